"""Fixtures of the black-box tests: a real server on a clone of the demo, a real browser."""

import contextlib
import os
import secrets
from dataclasses import dataclass

import playwright.sync_api
import pytest

from scripts import odoo_process, templates
from scripts.cluster import SCRATCH
from scripts.settings import STATE

# Chromium runs as root here, and may speak to nobody but our server
_CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


@dataclass(frozen=True)
class Server:
    """A running Odoo with the demo district."""

    base_url: str
    database: str
    admin_password: str
    logins: dict[str, str]
    """Passwords of the demo accounts, by login."""


@pytest.fixture(scope="session")
def cluster():
    """The throw-away PostgreSQL cluster, running."""
    with SCRATCH.running():
        yield SCRATCH


@pytest.fixture(scope="session")
def server(cluster):
    """One server for the session: a test leaves behind what it makes, and relies on none of it."""
    with served_clone(cluster) as served:
        yield served


@pytest.fixture
def own_server(cluster):
    """A server for one test that changes what others read."""
    with served_clone(cluster) as served:
        yield served


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
            yield Server(f"http://127.0.0.1:{port}", name, "admin", logins)
    finally:
        cluster.drop(name)
        templates.logins(cluster, name).unlink(missing_ok=True)


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium; open pages with `browser.new_context(...)` or the fixture `page`."""
    with playwright.sync_api.sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path="/usr/bin/chromium", args=list(_CHROMIUM_OPTIONS)
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, server):
    """A page in a context of its own, whose relative addresses are the server's."""
    context = browser.new_context(base_url=server.base_url, locale="zh-CN")
    yield context.new_page()
    context.close()
