# Sourced by setup.sh: the Odoo tree, from ODOO_HOME or from Debian's package odoo-19.
# That package is in sid only. A private apt configuration under $state reads sid from the machine's
# own mirror, checks the archive's signature, and leaves the system's suites and packages alone.

keyring=/usr/share/keyrings/debian-archive-keyring.gpg

find_odoo() { # sets odoo_home, the directory on Python's path that holds the package `odoo`
    if [[ ${ODOO_HOME:-} ]]; then
        odoo_home=$(realpath "$ODOO_HOME")
        grep -q '^version_info = (19, 0,' "$odoo_home/odoo/release.py" 2>/dev/null ||
            fail "ODOO_HOME=$ODOO_HOME holds no Odoo 19.0 (odoo/release.py)." "ODOO_HOME 目录中没有 Odoo 19.0。"
        return
    fi
    if [[ ! -e $state/odoo/VERSION ]]; then
        check_space
        step 'odoo' fetch_odoo
    fi
    odoo_home=$(realpath "$state/odoo/usr/lib/python3/dist-packages")
}

fetch_odoo() {
    local apt=$state/apt part=$state/odoo.part
    export LC_ALL=C
    rm -rf "$apt" "$part"
    mkdir -p "$apt"/{state/lists/partial,cache/archives/partial,none,debs} "$part"
    write_sources >"$apt/sources.list"
    private_apt apt-get update --quiet --error-on=any ||
        fail "The suite sid could not be read from $(awk 'END { print $3 }' "$apt/sources.list") (see $logs/odoo.log); or set ODOO_HOME to an Odoo 19.0 of your own." \
            "无法读取 sid 软件源;也可用 ODOO_HOME 指定自备的 Odoo 19.0。"
    local version
    version=$(newest_odoo)
    [[ $version ]] ||
        fail "Debian's sid offers no odoo-19 of version 19.0 now; set ODOO_HOME to an Odoo 19.0 of your own." \
            "sid 中目前没有 odoo-19;请用 ODOO_HOME 指定自备的 Odoo 19.0。"
    cd "$apt/debs"
    private_apt apt-get download --quiet "odoo-19=$version"
    download_linked odoo-19_*.deb
    unpack "$part"
    echo "$version" >"$part/VERSION"
    rm -rf "$state/odoo"
    mv "$part" "$state/odoo"
    rm -rf "$apt"
}

write_sources() {
    local VERSION_CODENAME='' mirror
    # shellcheck source=/dev/null
    source "$os_release"
    mirror=$(apt-get indextargets --no-release-info --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
        awk -v suite="$VERSION_CODENAME" '$3 == "main" && ($2 == suite || $2 ~ /^(old)?stable$/) { print $1; exit }')
    [[ $mirror ]] || fail "No source of $VERSION_CODENAME main among the machine's apt sources." "本机 apt 源中没有 Debian 主仓库。"
    printf "deb [signed-by=$keyring] %s %s main\n" "$mirror" "$VERSION_CODENAME" "$mirror" sid
}

private_apt() { # apt-get|apt-cache ARGUMENT...
    local apt=$state/apt
    : >"$apt/status"
    "$@" -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts="$apt/none" \
        -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts="$apt/none" \
        -o Dir::State="$apt/state" -o Dir::State::status="$apt/status" -o Dir::Cache="$apt/cache" \
        -o APT::Sandbox::User=root -o Acquire::Languages=none -o Acquire::Retries=3 \
        -o Acquire::AllowInsecureRepositories=false -o APT::Get::AllowUnauthenticated=false \
        -o Acquire::Check-Valid-Until=false # a mirror may lag behind; the signature is checked all the same
}

newest_odoo() {
    private_apt apt-cache madison odoo-19 | awk '$3 ~ /^19\.0\./ { print $3 }' | sort --version-sort | tail -n 1
}

# Fonts and scripts that the package links to: they are unpacked beside it, not installed.
# They come from the system's own suite where it has them: Odoo wants Font Awesome 4, sid has 7.
download_linked() { # DEB
    local VERSION_CODENAME='' linked
    # shellcheck source=/dev/null
    source "$os_release"
    mapfile -t linked < <(dpkg-deb --field "$1" Depends | tr ',' '\n' |
        sed -nE 's/^ *((fonts|libjs)-[a-z0-9.+-]+)[^|]*$/\1/p')
    private_apt apt-get download --quiet --target-release "$VERSION_CODENAME" "${linked[@]}"
}

unpack() { # DIRECTORY
    local packages=$1/usr/lib/python3/dist-packages deb stub
    dpkg-deb --fsys-tarfile odoo-19_*.deb | tar --extract --directory "$1" --exclude=./usr/lib/python3/dist-packages/{addons,doc,setup}
    for deb in {fonts,libjs}-*.deb; do dpkg-deb --extract "$deb" "$1"; done
    # Debian leaves this script out as non-free; mail's bundle names it, and every backend page would log an error.
    stub=$packages/odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js
    mkdir -p "$(dirname "$stub")"
    [[ -e $stub ]] || echo '// not part of Debian: video calls have no background blur' >"$stub"
    find "$packages/odoo" -xtype l -printf 'dangling link: %p\n'
}
