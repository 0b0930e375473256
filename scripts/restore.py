"""`./yangguang restore FILE`: load a backup into a new database, verifying every digest."""

import argparse
import contextlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from psycopg2 import sql

from . import backup, odoo_process
from .cluster import DURABLE
from .console import CommandError, phase, say

_VERIFY = """
model = "yangguang.publication"
if model in env and hasattr(env[model], "_verify_all"):
    print(*env[model]._verify_all(), sep="\\n")
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the call."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--database", default="yangguang", metavar="NAME")


def main(arguments) -> int:
    """Load the archive into a database that must not exist, and check it in every way we have."""
    database = arguments.database
    with DURABLE.running():
        if DURABLE.exists(database) or DURABLE.filestore(database).exists():
            raise CommandError(
                f"The database {database} exists already; name another with --database.",
                "数据库已存在,请用 --database 另取名称。",
            )
        with tempfile.TemporaryDirectory(dir=DURABLE.home, prefix="restore.") as directory:
            parts = Path(directory)
            with phase("digests"):
                manifest = unpack(arguments.file, parts)
            with phase("database"), DURABLE.dropped_on_error(database):
                _load(database, parts / backup.DUMP)
                _compare(database, manifest)
                DURABLE.set_comment(database, manifest["installed"])
                if (parts / backup.FILES).exists():
                    DURABLE.filestore(database).parent.mkdir(parents=True, exist_ok=True)
                    (parts / backup.FILES).rename(DURABLE.filestore(database))
        with phase("publications"):
            problems = odoo_process.run_script(DURABLE, database, _VERIFY).split("\n")
    problems = [problem for problem in problems if problem]
    for problem in problems:
        say(problem)
    parts, chains = len(manifest["parts"]), len(manifest["heads"])
    say(f"{database}: {parts} digests and {chains} chains verified, {len(problems)} problems")
    return 1 if problems else 0


def unpack(file: Path, target: Path) -> dict:
    """Unpack an archive and return its manifest.

    Raises CommandError when a part is missing, was added, or is not the one that was saved.
    """
    try:
        with tarfile.open(file) as archive:
            for entry in archive:
                _extract(archive, entry, target)
        manifest = json.loads((target / backup.MANIFEST).read_text("utf-8"))
        expected = manifest["parts"]
    except (OSError, tarfile.TarError, ValueError, KeyError) as error:
        raise CommandError(f"{file} is no backup: {error}.", "不是有效的备份文件。") from None
    if manifest["format"] != backup.FORMAT:
        raise CommandError(f"{file} has an unknown format.", "备份格式不受支持。")
    found = {str(path.relative_to(target)): path for path in target.rglob("*") if path.is_file()}
    del found[backup.MANIFEST]
    wrong = sorted(
        name
        for name in expected.keys() | found.keys()
        if name not in found or backup.sha256(found[name]) != expected.get(name)
    )
    if wrong:
        raise CommandError(f"{file} is damaged: {', '.join(wrong)}.", "备份已损坏,摘要不符。")
    return manifest


def _extract(archive: tarfile.TarFile, entry: tarfile.TarInfo, target: Path) -> None:
    """Write a plain file below `target`; Python before 3.11.4 has no filter of its own."""
    path = (target / entry.name).resolve()
    if not entry.isfile() or not path.is_relative_to(target.resolve()):
        raise ValueError(f"unexpected entry {entry.name}")
    path.parent.mkdir(parents=True, exist_ok=True)
    with archive.extractfile(entry) as source, path.open("wb") as destination:
        shutil.copyfileobj(source, destination)


def _load(database: str, dump: Path) -> None:
    # as Odoo makes its databases: the tree's paths are compared byte by byte
    create = "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C'"
    DURABLE.query(sql.SQL(create).format(sql.Identifier(database)))
    command = ["pg_restore", "--no-owner", "--no-acl", "--exit-on-error", "--jobs=2"]
    done = subprocess.run(
        [*command, f"--dbname={database}", str(dump)],
        env=DURABLE.environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        raise CommandError(f"pg_restore failed: {done.stderr.strip()}", "数据库导入失败。")


def _compare(database: str, manifest: dict) -> None:
    expected = manifest["rows"]
    with contextlib.closing(DURABLE.connect(database)) as connection:
        found = backup.count_rows(connection.cursor())
        heads = backup.chain_heads(connection.cursor())
    if heads != manifest["heads"]:
        raise CommandError(
            "The chains of publications end elsewhere than the backup says.",
            "恢复后的公开记录链与备份不一致。",
        )
    for table in sorted(expected.keys() | found.keys()):
        if found.get(table) != expected.get(table):
            raise CommandError(
                f"{table} has {found.get(table)} rows, the backup says {expected.get(table)}.",
                "恢复后的行数与备份不一致。",
            )
        if found[table]:
            say(f"  {table}: {found[table]}")
