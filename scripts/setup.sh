# Sourced by ./yangguang: brings a Debian machine to the point where Python takes over.
# Gives `set_up`, and in $state what `python -m scripts` needs: odoo/, venv/.

state=${YANGGUANG_STATE:-$root/.run}
logs=$state/log
os_release=${YANGGUANG_OS_RELEASE:-/etc/os-release}
explained=70 # exit status of a step that has itself said why it failed
failure_status=1
space_needed_mb=3000
server_packages=(postgresql file fonts-wqy-zenhei xfonts-wqy)
browser_packages=(chromium fonts-noto-cjk libatomic1) # the last for the node inside Playwright
node_packages=(nodejs npm) # unless the machine has its own, of this version or later
oldest_node=18

source "$root/scripts/odoo_tree.sh"
exec 3>&2 # the terminal, also for a step whose output goes to its log

fail() { # ENGLISH CHINESE
    printf 'yangguang: %s %s\n' "$1" "$2" >&3
    exit "$failure_status"
}

# A step keeps its output in a log; what is printed is its time and what it downloaded.
step() { # LABEL COMMAND...
    local label=$1 log=$logs/${1// /-}.log started=$EPOCHREALTIME status
    shift
    set +e
    (set -e; failure_status=$explained; "$@") >"$log" 2>&1
    status=$?
    set -e
    ((status == 0)) || explain_failure "$status" "$label" "$log"
    local bytes
    bytes=$(downloaded_bytes "$log")
    downloaded=$((downloaded + bytes))
    awk -v label="$label" -v from="$started" -v to="$EPOCHREALTIME" -v bytes="$bytes" 'BEGIN {
        printf "%8.1f s  %s%s\n", to - from, label, bytes ? sprintf(" (%.1f MB)", bytes / 1e6) : "" }' >&3
}

# Adds up what apt ("Fetched 8,123 kB in 2s") and pip ("Downloading x.whl (1.2 MB)") report.
downloaded_bytes() { # LOG
    sed -nE 's/,//g; s/^ *Fetched ([0-9.]+) ?([kMG]?)B in .*/\1 \2/p; s/^ *Downloading .*\(([0-9.]+) ?([kMG]?)(B|bytes)\)$/\1 \2/p' "$1" |
        awk '{ sum += $1 * ($2 == "k" ? 1e3 : $2 == "M" ? 1e6 : $2 == "G" ? 1e9 : 1) } END { printf "%d", sum }'
}

explain_failure() { # STATUS LABEL LOG
    (($1 != explained)) || exit 1
    local network='Could not resolve|[Tt]emporary failure|Name or service not known|Network is unreachable|Connection (timed out|refused|failed)|Failed to fetch|Read timed out|Max retries exceeded|E(NOTFOUND|AI_AGAIN|CONNREFUSED|TIMEDOUT)'
    if grep -q 'No space left on device' "$3"; then
        fail "The disk is full ($2)." "磁盘已满。"
    elif grep -qE "$network" "$3"; then
        fail "No network, or a package source does not answer ($2); see $3." "网络不通,或软件源无响应。"
    fi
    tail -n 5 "$3" >&3
    fail "The step \"$2\" failed; see $3." "该步骤失败,详见日志。"
}

check_system() {
    local ID='' VERSION_ID='' architecture
    # shellcheck source=/dev/null
    source "$os_release"
    architecture=$(uname -m)
    [[ $ID-$VERSION_ID =~ ^debian-1[23]$ && $architecture =~ ^(x86_64|aarch64)$ ]] ||
        fail "This needs Debian 12 or 13 on x86_64 or aarch64, not $ID $VERSION_ID on $architecture; elsewhere use docker-compose.yml." \
            "本命令需要 Debian 12 或 13;其他系统请用 docker-compose.yml。"
}

check_space() {
    local directory free
    for directory in "$state" /usr; do
        free=$(df --output=avail --block-size=1M "$directory" | tail -n 1)
        ((free >= space_needed_mb)) ||
            fail "The disk has $((free)) MB free at $directory; setting up needs $space_needed_mb MB." "磁盘空间不足。"
    done
}

install_packages() { # PACKAGE...
    export DEBIAN_FRONTEND=noninteractive LC_ALL=C
    apt-get update --quiet
    apt-get install --quiet --yes --no-install-recommends -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120 "$@"
}

missing_packages() { # PACKAGE...
    local package
    for package in "$@"; do
        dpkg-query --show --showformat '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || echo "$package"
    done
}

# The wheels named in the lock files, by hash; nothing is built and nothing else is looked up.
install_wheels() { # LOCK...
    [[ -x $state/venv/bin/pip ]] || /usr/bin/python3 -m venv --clear "$state/venv"
    local lock requirements=()
    for lock in "$@"; do requirements+=(--requirement "$lock"); done
    LC_ALL=C.UTF-8 "$state/venv/bin/pip" install --disable-pip-version-check --progress-bar off --no-deps --no-compile \
        --only-binary :all: --require-hashes "${requirements[@]}"
    cat "$@" >"$state/venv/installed.lock"
}

# The tests try the production configuration in a real nginx, which is unpacked and not installed:
# the package would start a server on port 80.
fetch_nginx() {
    local part=$state/nginx.part
    rm -rf "$part"
    mkdir -p "$part"
    cd "$part"
    apt-get download --quiet nginx || { apt-get update --quiet && apt-get download --quiet nginx; }
    dpkg-deb --extract nginx_*.deb .
    mv "$part" "$state/nginx"
}

has_node() {
    local version
    version=$(node --version 2>/dev/null) && [[ $version =~ ^v([0-9]+) ]] &&
        ((BASH_REMATCH[1] >= oldest_node)) && command -v npm >/dev/null
}

# What tests the mini-program, as named in its lock file, by hash; no script of a package is run.
install_node_modules() {
    local part=$state/node.part
    rm -rf "$part" "$state/node"
    mkdir -p "$part"
    cp "$root"/miniprogram/{.npmrc,package.json,package-lock.json} "$part"
    npm ci --prefix "$part"
    mv "$part" "$state/node"
}

# Node looks for packages beside the files that name them.
link_node_modules() {
    local link=$root/miniprogram/node_modules
    [[ -d $link && ! -L $link ]] || ln -sfn "$state/node/node_modules" "$link"
}

set_up() { # server|tools|browser|node...
    local packages=(python3-venv) locks=("$root/config/requirements.lock") wanted=" $* " missing started=$EPOCHREALTIME
    downloaded=0
    check_system
    [[ $wanted != *" server "* ]] || packages+=("${server_packages[@]}")
    [[ $wanted != *" browser "* ]] || packages+=("${browser_packages[@]}")
    [[ $wanted != *" node "* ]] || has_node || packages+=("${node_packages[@]}")
    [[ $wanted != *" tools "* ]] || locks+=("$root/config/requirements-test.lock")
    mkdir -p "$logs" 2>/dev/null && [[ -w $logs ]] ||
        fail "$state cannot be written; run this as root." "无法写入 $state,请用 root 运行。"
    exec 9>"$state/setup.lock"
    flock 9

    mapfile -t missing < <(missing_packages "${packages[@]}")
    if ((${#missing[@]})); then
        ((EUID == 0)) || fail "Root is needed to install: ${missing[*]}." "需要 root 权限才能安装软件包。"
        check_space
        step 'system packages' install_packages "${missing[@]}"
    fi
    [[ $wanted != *" server "* ]] || find_odoo
    if ! wheels_installed "${locks[@]}"; then
        check_space
        step 'python packages' install_wheels "${locks[@]}"
    fi
    if [[ $wanted == *" server "* ]]; then
        export YANGGUANG_ODOO=$odoo_home
        echo "$odoo_home" >"$(echo "$state"/venv/lib/python3.*/site-packages)/odoo.pth"
    fi
    [[ $wanted != *" browser "* || -d $state/nginx ]] || step 'nginx' fetch_nginx
    if [[ $wanted == *" node "* ]]; then
        cmp -s "$root/miniprogram/package-lock.json" "$state/node/package-lock.json" ||
            step 'node packages' install_node_modules
        link_node_modules
    fi
    exec 3>&- 9>&-
    export PYTHONPATH=$root YANGGUANG_STATE=$state YANGGUANG_STARTED=$started YANGGUANG_DOWNLOADED=$downloaded
}

# Tools that are there beside the runtime do no harm: `run` after `test` has nothing to install.
wheels_installed() { # LOCK...
    local installed=$state/venv/installed.lock
    [[ -s $installed ]] && { cat "$@" | cmp -s - "$installed" ||
        cat "$root"/config/requirements.lock "$root"/config/requirements-test.lock | cmp -s - "$installed"; }
}
