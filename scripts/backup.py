"""`./yangguang backup FILE`: one database and its files in one archive, also while it is used."""

import argparse
import contextlib
import datetime
import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from psycopg2 import sql

from .cluster import DURABLE, Cluster
from .console import CommandError, phase, say

FORMAT = 1
MANIFEST = "manifest.json"
DUMP = "database.dump"
FILES = "filestore"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the call."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--database", default="yangguang", metavar="NAME")


def main(arguments) -> int:
    """Write the archive; the file appears under its name only when it is complete."""
    if arguments.file.exists():
        raise CommandError(f"{arguments.file} exists already.", "文件已存在。")
    with DURABLE.running(), phase("backup"):
        if not DURABLE.exists(arguments.database):
            raise CommandError(f"There is no database {arguments.database}.", "数据库不存在。")
        manifest = write(DURABLE, arguments.database, arguments.file)
    say(
        f"{arguments.file}: {arguments.file.stat().st_size / 1e6:.1f} MB,"
        f" {sum(manifest['rows'].values())} rows of {len(manifest['rows'])} tables,"
        f" {len(manifest['parts']) - 1} files"
    )
    return 0


def write(cluster: Cluster, database: str, target: Path) -> dict:
    """Write the archive of a database to `target` and return its manifest."""
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as directory:
        parts = Path(directory)
        with _snapshot(cluster, database) as (cursor, snapshot):
            manifest = _describe(cursor, database, cluster.comment(database))
            _link_files(cursor, cluster.filestore(database), parts / FILES)
            _dump(cluster, database, snapshot, parts / DUMP)
        paths = sorted(path for path in parts.rglob("*") if path.is_file())
        manifest["parts"] = {str(path.relative_to(parts)): sha256(path) for path in paths}
        complete = parts / "complete.tar"
        with tarfile.open(complete, "w") as archive:
            content = json.dumps(manifest, indent=1, sort_keys=True).encode()
            entry = tarfile.TarInfo(MANIFEST)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
            for path in paths:
                archive.add(path, arcname=path.relative_to(parts))
        # it holds personal data and password hashes
        complete.chmod(0o600)
        complete.rename(target)
    return manifest


def sha256(path: Path) -> str:
    """Digest of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def count_rows(cursor) -> dict[str, int]:
    """Number of rows of every table, by its name."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    counts = {}
    for (table,) in cursor.fetchall():
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
        (counts[table],) = cursor.fetchone()
    return counts


def chain_heads(cursor) -> dict[str, str]:
    """The newest link of each village's chain, by the village's code: it seals all before it."""
    cursor.execute("SELECT to_regclass('yangguang_chain') IS NOT NULL")
    if not cursor.fetchone()[0]:
        return {}
    cursor.execute(
        "SELECT division.code, chain.head FROM yangguang_chain chain"
        " JOIN yangguang_division division ON division.id = chain.division_id"
    )
    return dict(cursor.fetchall())


@contextlib.contextmanager
def _snapshot(cluster: Cluster, database: str):
    """A read-only view of one moment, and its name, by which pg_dump sees the same."""
    with contextlib.closing(cluster.connect(database)) as connection:
        connection.set_session(isolation_level="REPEATABLE READ", readonly=True, autocommit=False)
        cursor = connection.cursor()
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor, cursor.fetchone()[0]


def _describe(cursor, database: str, installed: str) -> dict:
    cursor.execute("SHOW server_version")
    (postgresql,) = cursor.fetchone()
    cursor.execute(
        "SELECT name, latest_version FROM ir_module_module WHERE state = 'installed' ORDER BY name"
    )
    return {
        "format": FORMAT,
        "created": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "database": database,
        "postgresql": postgresql,
        "installed": installed,
        "modules": dict(cursor.fetchall()),
        "rows": count_rows(cursor),
        "heads": chain_heads(cursor),
    }


def _link_files(cursor, source: Path, target: Path) -> None:
    """Hold on to the files that the snapshot refers to before Odoo's clean-up can remove one."""
    cursor.execute("SELECT DISTINCT store_fname FROM ir_attachment WHERE store_fname IS NOT NULL")
    for (name,) in cursor.fetchall():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source / name, target / name)
        except FileNotFoundError:
            raise CommandError(
                f"The file {name} of an attachment is missing in {source}.", "附件文件缺失。"
            ) from None
        except OSError:
            # another file system
            shutil.copy2(source / name, target / name)


def _dump(cluster: Cluster, database: str, snapshot: str, target: Path) -> None:
    command = ["pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--snapshot={snapshot}"]
    done = subprocess.run(
        [*command, f"--file={target}", database],
        env=cluster.environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        raise CommandError(f"pg_dump failed: {done.stderr.strip()}", "数据库导出失败。")
