"""A real server on a clone of the demo database."""

import contextlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from scripts import odoo_process, templates
from scripts.settings import STATE


@dataclass(frozen=True)
class Server:
    """A running Odoo with the demo district."""

    base_url: str
    database: str
    admin_password: str
    logins: dict[str, str]
    """Passwords of the demo accounts, by login."""
    log: Path


@contextlib.contextmanager
def served_clone(cluster):
    """A server on a fresh clone of the demo database."""
    name = f"black_box_{os.getpid()}_{secrets.token_hex(3)}"
    templates.clone(cluster, templates.demo(cluster), name)
    port = odoo_process.free_port()
    table = templates.logins(cluster, name).read_text("utf-8")
    logins = dict(line.split("\t")[:2] for line in table.splitlines() if "\t" in line)
    log = STATE / "log" / f"{name}.log"
    try:
        with odoo_process.server(cluster, name, port, log=log):
            yield Server(f"http://127.0.0.1:{port}", name, "admin", logins, log)
    finally:
        cluster.drop(name)
        templates.logins(cluster, name).unlink(missing_ok=True)
