"""Two private PostgreSQL clusters that listen on a Unix socket alone."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import psycopg2
from psycopg2 import sql

from .console import CommandError
from .settings import STATE

# PostgreSQL refuses to run as root; its package brings this account
_ACCOUNT = "postgres"
_PORT = "5432"
# the kernel's limit for the path of a Unix socket is 107 bytes
_LONGEST_DIRECTORY = 107 - len("/.s.PGSQL.5432.lock")
_DURABLE = {"shared_buffers": "256MB"}
# speed over durability: what is in it can be made again
_SCRATCH = _DURABLE | {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum_naptime": "5min",
}


class Cluster:
    """A cluster with the data directory of the Odoo databases in it.

    Commands hold a shared lock while they use it: the first one starts the server, the last one
    stops it.
    """

    def __init__(self, name: str, settings: dict[str, str]):
        self.name = name
        self.settings = settings
        self.home = STATE / name
        self.odoo_data = self.home / "odoo"

    @property
    def environment(self) -> dict[str, str]:
        """Environment for `odoo`, `psql`, `pg_dump` and their like."""
        return os.environ | {
            "PGHOST": str(self._directory),
            "PGPORT": _PORT,
            "PGUSER": "odoo",
            "PGDATABASE": "postgres",
        }

    @contextlib.contextmanager
    def running(self):
        """Keep the server running for the block, whoever started it."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "users.lock").open("w") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            with (self.home / "start.lock").open("w") as start:
                fcntl.flock(start, fcntl.LOCK_EX)
                self._start()
            try:
                yield self
            finally:
                with contextlib.suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self._control("stop", "--mode=fast")

    def connect(self, database: str = "postgres", user: str = "odoo"):
        """An autocommit connection of psycopg2."""
        connection = psycopg2.connect(
            host=str(self._directory), port=_PORT, user=user, dbname=database
        )
        connection.autocommit = True
        return connection

    def query(
        self, statement, parameters=None, database: str = "postgres", user: str = "odoo"
    ) -> list[tuple]:
        """Rows of one statement."""
        with contextlib.closing(self.connect(database, user)) as connection:
            cursor = connection.cursor()
            cursor.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []

    def databases(self, prefix: str = "") -> list[str]:
        """Names of the databases that start with `prefix`."""
        rows = self.query(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY 1", [prefix]
        )
        return [name for (name,) in rows]

    def exists(self, database: str) -> bool:
        """Whether there is a database of that name."""
        return bool(self.query("SELECT 1 FROM pg_database WHERE datname = %s", [database]))

    def clone(self, source: str, target: str) -> None:
        """Copy a database nobody is connected to, and link its files: Odoo never changes one."""
        self._run("CREATE DATABASE {} TEMPLATE {}", target, source)
        if self.filestore(source).is_dir():
            shutil.copytree(
                self.filestore(source),
                self.filestore(target),
                copy_function=os.link,
                dirs_exist_ok=True,
            )

    def set_comment(self, database: str, text: str) -> None:
        """Keep a text with a database."""
        statement = sql.SQL("COMMENT ON DATABASE {} IS {}")
        self.query(statement.format(sql.Identifier(database), sql.Literal(text)))

    def comment(self, database: str) -> str:
        """The text that is kept with a database, if any."""
        function = "shobj_description(oid, 'pg_database')"
        rows = self.query(f"SELECT {function} FROM pg_database WHERE datname = %s", [database])
        return rows[0][0] or ""

    def rename(self, source: str, target: str) -> None:
        """Rename a database and its files."""
        self._run("ALTER DATABASE {} RENAME TO {}", source, target)
        if self.filestore(source).is_dir():
            self.filestore(source).rename(self.filestore(target))

    def drop(self, database: str) -> None:
        """Remove a database and its files, if they are there.

        As the cluster's own account: no other one may end the autovacuum that is at work in it.
        """
        statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        self.query(statement.format(sql.Identifier(database)), user=_ACCOUNT)
        shutil.rmtree(self.filestore(database), ignore_errors=True)

    def checkpoint(self) -> None:
        """Write out what is dirty, so that what is measured next does not pay for it."""
        self.query("CHECKPOINT", user=_ACCOUNT)

    @contextlib.contextmanager
    def dropped_on_error(self, database: str):
        """Leave no half-made database behind when the block is interrupted."""
        try:
            yield
        except BaseException:
            self.drop(database)
            raise

    def filestore(self, database: str) -> Path:
        """Where Odoo keeps the files of a database."""
        return self.odoo_data / "filestore" / database

    def _run(self, statement: str, *names: str) -> None:
        self.query(sql.SQL(statement).format(*map(sql.Identifier, names)))

    @property
    def _directory(self) -> Path:
        """Holds data and socket; resolved, as the account may not be able to follow our link."""
        return (self.home / "postgres").resolve()

    def _start(self) -> None:
        if not (self._directory / "data" / "PG_VERSION").exists():
            self._create()
        if self._control("status", check=False).returncode:
            self._control("start", f"--log={self._directory}/log")
        if not self.query("SELECT 1 FROM pg_roles WHERE rolname = 'odoo'", user=_ACCOUNT):
            self.query("CREATE ROLE odoo LOGIN CREATEDB NOSUPERUSER", user=_ACCOUNT)

    def _create(self) -> None:
        directory = self._place()
        _run_as_account(
            _programs() / "initdb",
            f"--pgdata={directory}/data",
            f"--username={_ACCOUNT}",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            # whoever can reach the socket is let in; its permissions say who can
            "--auth=trust",
        )
        settings = self.settings | {
            "listen_addresses": "",
            "port": _PORT,
            "unix_socket_directories": str(directory),
            "unix_socket_permissions": "0700",
        }
        with (directory / "data" / "postgresql.conf").open("a") as configuration:
            configuration.writelines(f"{name} = '{value}'\n" for name, value in settings.items())

    def _place(self) -> Path:
        """Make the directory; elsewhere if the state is too deep or closed to the account."""
        directory = self.home / "postgres"
        reachable = not _run_as_account("test", "-x", self.home, check=False).returncode
        if reachable and len(str(directory)) <= _LONGEST_DIRECTORY:
            shutil.rmtree(directory, ignore_errors=True)
            directory.mkdir()
        else:
            digest = hashlib.sha256(str(directory).encode()).hexdigest()
            elsewhere = Path("/var/lib/postgresql") / f"yangguang-{digest[:12]}"
            shutil.rmtree(elsewhere, ignore_errors=True)
            elsewhere.mkdir()
            directory.unlink(missing_ok=True)
            directory.symlink_to(elsewhere)
        if os.geteuid() == 0:
            shutil.chown(directory, _ACCOUNT, _ACCOUNT)
        return directory.resolve()

    def _control(self, action: str, *arguments: str, check: bool = True):
        data = self._directory / "data"
        version = (data / "PG_VERSION").read_text().strip()
        program = Path(f"/usr/lib/postgresql/{version}/bin/pg_ctl")
        return _run_as_account(
            program, action, f"--pgdata={data}", "--wait", *arguments, check=check
        )


def _programs() -> Path:
    """The programs of the newest PostgreSQL on the machine."""
    found = Path("/usr/lib/postgresql").glob("*/bin")
    return max(found, key=lambda path: int(path.parent.name))


def _run_as_account(*command, check: bool = True) -> subprocess.CompletedProcess:
    prefix = ["runuser", f"--user={_ACCOUNT}", "--"] if os.geteuid() == 0 else []
    # pg_ctl's server keeps the output open: a pipe would never end
    with (STATE / "log" / "postgresql.log").open("a") as log:
        done = subprocess.run([*prefix, *map(str, command)], cwd="/", stdout=log, stderr=log)
    if check and done.returncode:
        raise CommandError(
            f"PostgreSQL: {Path(str(command[0])).name} failed; see {log.name}.",
            "数据库命令失败,详见日志。",
        )
    return done


DURABLE = Cluster("durable", _DURABLE)
SCRATCH = Cluster("scratch", _SCRATCH)
