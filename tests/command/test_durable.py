"""The life of a durable database: restored, served, saved while served, restored again."""

import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tarfile
import time
import urllib.request
from pathlib import Path

import pytest

from scripts import backup, templates
from scripts.cluster import DURABLE, SCRATCH
from scripts.odoo_process import free_port
from scripts.settings import ROOT, STATE


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    """A state directory of our own that borrows Odoo and the Python packages."""
    directory = tmp_path_factory.mktemp("state")
    for name in ("odoo", "venv"):
        if (STATE / name).exists():
            (directory / name).symlink_to(STATE / name)
    yield directory
    # outside, as the test's own directory is closed to the account of PostgreSQL
    shutil.rmtree((directory / "durable" / "postgres").resolve())


@pytest.fixture(scope="module")
def saved(tmp_path_factory, cluster):
    """A backup of the demo district."""
    database = f"seed_{os.getpid()}"
    templates.clone(cluster, templates.demo(cluster), database)
    target = tmp_path_factory.mktemp("saved") / "seed.tar"
    try:
        backup.write(cluster, database, target)
    finally:
        cluster.drop(database)
    return target


@pytest.fixture(scope="module")
def restored(state, saved):
    """The state, with the backup restored in it."""
    done = call(state, "restore", saved)
    assert done.returncode == 0, done.stderr
    said = re.search(
        r"^yangguang: [0-9]+ digests and ([0-9]+) chains verified, 0 problems$", done.stdout, re.M
    )
    assert said and int(said[1]) >= 12, done.stdout
    with tarfile.open(saved) as archive:
        manifest = json.load(archive.extractfile(backup.MANIFEST))
    assert manifest["rows"]["yangguang_publication"] > 300
    for table, count in manifest["rows"].items():
        assert not count or f"  {table}: {count}\n" in done.stdout
    return state


def call(state: Path, *arguments) -> subprocess.CompletedProcess:
    return subprocess.run(
        [ROOT / "yangguang", *map(str, arguments)],
        env=os.environ | {"YANGGUANG_STATE": str(state)},
        capture_output=True,
        text=True,
        timeout=300,
    )


def is_running(state: Path) -> bool:
    return (state / "durable" / "postgres" / "data" / "postmaster.pid").exists()


def test_database_that_exists_is_not_overwritten(restored, saved):
    done = call(restored, "restore", saved)
    assert done.returncode == 1
    assert "exists already" in done.stderr


def test_damaged_backup_is_refused(state, saved, tmp_path):
    damaged = tmp_path / "damaged.tar"
    content = bytearray(saved.read_bytes())
    with tarfile.open(saved) as archive:
        place = archive.getmember(backup.DUMP).offset_data
    content[place + 5000] ^= 1
    damaged.write_bytes(content)
    done = call(state, "restore", damaged, "--database", "damaged")
    assert done.returncode == 1
    assert f"damaged: {backup.DUMP}" in done.stderr


def test_backup_with_another_history_is_refused(state, saved, tmp_path):
    """Whole in itself, but its rows are not those that the chains of its manifest seal."""
    forged = tmp_path / "forged.tar"
    with tarfile.open(saved) as archive, tarfile.open(forged, "w") as copy:
        for entry in archive:
            content = archive.extractfile(entry).read()
            if entry.name == backup.MANIFEST:
                manifest = json.loads(content)
                village = next(iter(manifest["heads"]))
                manifest["heads"][village] = "0" * 64
                content = json.dumps(manifest).encode()
                entry.size = len(content)
            copy.addfile(entry, io.BytesIO(content))
    done = call(state, "restore", forged, "--database", "forged")
    assert done.returncode == 1
    assert "chains of publications" in done.stderr


@pytest.mark.parametrize("name", ["../outside", "/outside"])
def test_backup_writes_nowhere_else(state, tmp_path, name):
    hostile = tmp_path / "hostile.tar"
    with tarfile.open(hostile, "w") as archive:
        archive.addfile(tarfile.TarInfo(name))
    done = call(state, "restore", hostile, "--database", "hostile")
    assert done.returncode == 1
    assert "unexpected entry" in done.stderr


def test_served_saved_and_stopped(restored, tmp_path):
    """`run` serves on the loopback address alone; a backup goes on beside it; Ctrl-C ends all."""
    port = free_port()
    process = subprocess.Popen(
        [ROOT / "yangguang", "run", f"--port={port}"],
        env=os.environ | {"YANGGUANG_STATE": str(restored)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        lines = read_until(process, "Ctrl-C")
        assert any(f"http://localhost:{port}" in line for line in lines), lines
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/web/login") as page:
            assert page.status == 200
        assert listening_addresses(port) == {"127.0.0.1"}
        target = tmp_path / "saved.tar"
        assert call(restored, "backup", target).returncode == 0
        assert target.stat().st_mode & 0o777 == 0o600
        assert is_running(restored)
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=60)
    assert process.returncode == 130
    assert not is_running(restored)
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
        pass
    with tarfile.open(target) as archive:
        manifest = json.load(archive.extractfile(backup.MANIFEST))
    assert manifest["modules"]["yangguang_cunwu"]
    assert manifest["rows"]["res_users"] >= 2
    done = call(restored, "restore", target, "--database", "second")
    assert done.returncode == 0, done.stderr


def read_until(process: subprocess.Popen, words: str, seconds: int = 60) -> list[str]:
    """Lines of output up to the one that holds the words."""
    lines = []
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        lines.append(process.stdout.readline())
        if words in lines[-1] or not lines[-1]:
            return lines
    raise AssertionError(lines)


def listening_addresses(port: int) -> set[str]:
    """IPv4 and IPv6 addresses on which somebody listens at the port."""
    addresses = set()
    for family, table in ((socket.AF_INET, "tcp"), (socket.AF_INET6, "tcp6")):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            address, number = line.split()[1].split(":")
            if int(number, 16) == port and line.split()[3] == "0A":
                words = [bytes.fromhex(address[i : i + 8])[::-1] for i in range(0, len(address), 8)]
                addresses.add(socket.inet_ntop(family, b"".join(words)))
    return addresses


def test_cluster_stays_while_somebody_uses_it(cluster):
    with SCRATCH.running():
        pass
    assert cluster.query("SELECT 1") == [(1,)]


def test_databases_of_dead_processes_are_dropped(cluster):
    dead = int(Path("/proc/sys/kernel/pid_max").read_text()) + 1
    names = [f"test_{dead}", f"test_{dead}-gw0", f"seed_{os.getpid()}_x"]
    for name in names:
        cluster.clone("template0", name)
    templates.drop_abandoned(cluster)
    left = [name for name in names if cluster.exists(name)]
    for name in left:
        cluster.drop(name)
    assert left == [f"seed_{os.getpid()}_x"]


def test_role_of_odoo_is_no_superuser(cluster):
    rows = cluster.query(
        "SELECT rolsuper, rolcreatedb, rolcanlogin FROM pg_roles WHERE rolname = 'odoo'"
    )
    assert rows == [(False, True, True)]
    assert cluster.query("SHOW listen_addresses") == [("",)]


def test_only_the_throw_away_cluster_is_without_fsync(cluster):
    assert cluster.query("SHOW fsync") == [("off",)]
    assert "fsync" not in DURABLE.settings
    assert SCRATCH.settings["fsync"] == "off"
