"""What ./yangguang says and does when something is in the way."""

import os
import platform
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest

from scripts.settings import ROOT, STATE
from scripts.test import Result, run_mini_program, summed


def run(*arguments, command=(str(ROOT / "yangguang"),), **environment):
    """The finished call, with both streams as text."""
    inherited = {name: value for name, value in os.environ.items() if name != "YANGGUANG_STATE"}
    return subprocess.run(
        [*command, *map(str, arguments)],
        env=inherited | {name: str(value) for name, value in environment.items()},
        capture_output=True,
        text=True,
        timeout=60,
    )


def assert_refused(done, *words):
    """The call failed with one sentence, which holds the words."""
    assert done.returncode == 1, done.stdout + done.stderr
    sentences = [line for line in done.stderr.splitlines() if line.startswith("yangguang: ")]
    assert len(sentences) == 1, done.stderr
    assert all(word in sentences[0] for word in words), sentences[0]
    assert "Traceback" not in done.stderr


@pytest.fixture
def stub(tmp_path):
    """`stub(name, script)` puts a program of that name before the machine's own."""
    directory = tmp_path / "bin"
    directory.mkdir()

    def write(name: str, script: str) -> dict[str, str]:
        (directory / name).write_text(f"#!/bin/bash\n{script}\n")
        (directory / name).chmod(0o755)
        return {"PATH": f"{directory}:{os.environ['PATH']}"}

    return write


def test_help_needs_nothing(tmp_path):
    done = run("help", YANGGUANG_STATE=tmp_path / "state")
    assert done.returncode == 0
    for call in ("run", "test", "lint", "shell", "bench", "backup", "restore", "agent"):
        assert f"  {call} " in done.stdout
    assert not (tmp_path / "state").exists()


def test_unknown_call():
    done = run("dance")
    assert done.returncode == 2
    assert "./yangguang CALL" in done.stderr


@pytest.mark.parametrize(
    "identity", ['ID=ubuntu\nVERSION_ID="24.04"', 'ID=debian\nVERSION_ID="11"']
)
def test_unsupported_distribution(tmp_path, identity):
    (tmp_path / "os-release").write_text(identity)
    assert_refused(
        run("run", YANGGUANG_OS_RELEASE=tmp_path / "os-release"), "Debian 12", "docker-compose.yml"
    )


def test_unsupported_architecture(stub):
    assert_refused(run("run", **stub("uname", "echo riscv64")), "riscv64", "docker-compose.yml")


def test_disk_full(tmp_path, stub):
    environment = stub("df", "echo Avail; echo 120")
    assert_refused(run("run", YANGGUANG_STATE=tmp_path / "state", **environment), "120 MB free")


def test_not_root(stub):
    """A user without rights, where a package is missing."""
    stub_environment = stub("dpkg-query", "exit 1")
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory)
        place.chmod(0o777)
        for name in ("yangguang", "scripts", "config"):
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
            copy(ROOT / name, place / name)
        shutil.copytree(stub_environment["PATH"].split(":")[0], place / "bin")
        environment = {"PATH": f"{place}/bin:{os.environ['PATH']}"}
        command = ("runuser", "--user=nobody", "--", str(place / "yangguang"))
        assert_refused(run("run", command=command, **environment), "Root is needed", "postgresql")
        shutil.rmtree(place / ".run", ignore_errors=True)
        (place / ".run").mkdir(mode=0o700)
        assert_refused(run("run", command=command, **environment), "cannot be written", "root")


def test_no_network(tmp_path, stub):
    stub("dpkg-query", "exit 1")
    environment = stub("apt-get", "echo 'Temporary failure resolving deb.example' >&2; exit 100")
    assert_refused(run("run", YANGGUANG_STATE=tmp_path / "state", **environment), "No network")


@pytest.mark.parametrize(("version", "missing"), [("v16.20.2", True), ("v18.20.4", False)])
def test_node_of_the_machine_is_kept_when_it_is_new_enough(tmp_path, stub, version, missing):
    stub("dpkg-query", "exit 1")
    stub("node", f"echo {version}")
    stub("npm", "exit 0")
    environment = stub("apt-get", 'echo "$@"; [[ $1 == update ]]')
    state = tmp_path / "state"
    assert run("test", YANGGUANG_STATE=state, **environment).returncode == 1
    log = (state / "log" / "system-packages.log").read_text()
    assert ("nodejs npm" in log) is missing


def test_no_odoo_offered(tmp_path, stub):
    stub("apt-get", '[[ $1 != indextargets ]] || echo "http://mirror.example/debian/ stable main"')
    environment = stub("apt-cache", "echo 'odoo-19 | 20.0.0+dfsg-1 | http://mirror.example'")
    done = run("run", YANGGUANG_STATE=tmp_path / "state", **environment)
    assert_refused(done, "offers no odoo-19", "ODOO_HOME")


SOURCES = {
    "sources.list": "deb [trusted=yes] file:{mirror} {codename} main contrib\n",
    "debian.sources": "Types: deb\nURIs: file:{mirror}\nSuites: {codename} {codename}-updates\n"
    "Components: main\nTrusted: yes\n",
}


@pytest.mark.parametrize("name", SOURCES)
def test_unsigned_mirror_is_not_trusted(tmp_path, name):
    """The mirror comes from the machine's sources in either format, its signature is checked."""
    mirror = tmp_path / "mirror"
    packages = mirror / "dists" / "sid" / "main" / "binary-amd64" / "Packages"
    packages.parent.mkdir(parents=True)
    packages.write_text("Package: odoo-19\nVersion: 19.0.99-1\nArchitecture: all\n")
    (mirror / "dists" / "sid" / "Release").write_text("Suite: unstable\nCodename: sid\n")
    codename = platform.freedesktop_os_release()["VERSION_CODENAME"]
    parts = tmp_path / "parts"
    parts.mkdir()
    listed = tmp_path / name if name.endswith(".list") else parts / name
    listed.write_text(SOURCES[name].format(mirror=mirror, codename=codename))
    configuration = tmp_path / "apt.conf"
    configuration.write_text(
        f'Dir::Etc::sourcelist "{tmp_path}/sources.list";\nDir::Etc::sourceparts "{parts}";\n'
    )
    state = tmp_path / "state"
    done = run("run", YANGGUANG_STATE=state, APT_CONFIG=configuration)
    assert_refused(done, f"file:{mirror}", "ODOO_HOME")
    assert "is not signed" in (state / "log" / "odoo.log").read_text()


def test_odoo_home_without_odoo(tmp_path):
    assert_refused(run("run", ODOO_HOME=tmp_path), "ODOO_HOME", "19.0")


def test_port_taken():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert_refused(run("run", "--port", port, YANGGUANG_STATE=STATE), f"Port {port}", "--port")


def test_address_of_another_machine():
    done = run("run", "--listen", "203.0.113.1", YANGGUANG_STATE=STATE)
    assert_refused(done, "203.0.113.1")


def test_last_line_counts_what_did_not_pass(tmp_path):
    (tmp_path / "test_sample.py").write_text(
        "import pytest\n"
        "def test_good(): pass\n"
        "def test_bad(): assert False\n"
        "def test_skipped(): pytest.skip('no browser')\n"
        "@pytest.mark.slow\n"
        "def test_slow(): pass\n"
    )
    done = run("test", tmp_path, YANGGUANG_STATE=STATE)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (1, "1 passed, 2 failed")
    done = run("test", tmp_path, "--slow", "-k", "good or slow", YANGGUANG_STATE=STATE)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "2 passed, 0 failed")
    done = run("test", tmp_path, "-k", "nothing", YANGGUANG_STATE=STATE)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (1, "0 passed, 0 failed")


def test_failures_of_node_are_counted(tmp_path):
    sample = tmp_path / "sample.test.mjs"
    sample.write_text(
        "import { it } from 'node:test'\n"
        "it('is good', () => {})\n"
        "it('is bad', () => { throw new Error('bad') })\n"
        "it.skip('is left out', () => {})\n"
    )
    assert run_mini_program(sample) == Result(passed=1, failed=2)
    sample.write_text("this is no JavaScript")
    assert run_mini_program(sample) == Result(failed=1)


def test_run_that_broke_counts_as_a_failure(tmp_path):
    assert summed(tmp_path / "missing.xml", 2) == Result(failed=1)
    report = tmp_path / "report.xml"
    report.write_text("<testsuites><testsuite><testcase name='a'/></testsuite></testsuites>")
    assert summed(report, 0) == Result(passed=1)
    assert summed(report, 3) == Result(passed=1, failed=1)
    assert str(summed(report, 3) + summed(report, 0)) == "2 passed, 1 failed"
