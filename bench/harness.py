"""What bench modules share: reporting, paired timing, databases and servers of their own.

Everything here runs on the durable cluster, which `./yangguang bench` keeps running.
"""

import contextlib
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

import odoo.api
import odoo.modules.registry
import odoo.sql_db
import odoo.tools

from scripts import odoo_process, templates
from scripts.cluster import DURABLE

_results: list[bool] = []


def report(name: str, figure: str, value: float, limit: float, at_least: bool = False) -> bool:
    """Print one figure beside its limit; it is short above the limit, with `at_least` below it."""
    ok = value >= limit if at_least else value <= limit
    _results.append(ok)
    print(f"bench {name} {figure} value={value:.4g} limit={limit:.4g} {'ok' if ok else 'short'}")
    sys.stdout.flush()
    return ok


def all_ok() -> bool:
    """Whether something was reported and nothing was short."""
    return bool(_results) and all(_results)


def paired(
    first: Callable[[], object], second: Callable[[], object], rounds: int = 15
) -> tuple[float, float]:
    """Median seconds of two calls that take turns, so that both meet the same machine.

    One round before does not count.
    """
    seconds: tuple[list[float], list[float]] = ([], [])
    for _round in range(rounds + 1):
        for call, taken in zip((first, second), seconds, strict=True):
            started = time.perf_counter()
            call()
            taken.append(time.perf_counter() - started)
    return statistics.median(seconds[0][1:]), statistics.median(seconds[1][1:])


@contextlib.contextmanager
def database() -> Iterator[str]:
    """A clone of the demo database, gone afterwards."""
    name = f"bench_{os.getpid()}"
    templates.clone(DURABLE, templates.demo(DURABLE), name)
    try:
        yield name
    finally:
        DURABLE.drop(name)


@contextlib.contextmanager
def environment(name: str) -> Iterator[odoo.api.Environment]:
    """An Odoo environment of the superuser on a database, in this process; `env.cr.commit()` is
    real. What is not committed is rolled back at the end."""
    options = odoo_process.command(DURABLE, name, "--no-http", "--log-level=warn")
    # without the interpreter, its module and the word `server`
    options = [option for option in options[3:] if option != "server"]
    odoo.tools.config.parse_config(options, setup_logging=True)
    registry = odoo.modules.registry.Registry(name)
    try:
        with registry.cursor() as cursor:
            yield odoo.api.Environment(cursor, odoo.api.SUPERUSER_ID, {})
            cursor.rollback()
    finally:
        odoo.modules.registry.Registry.delete(name)
        odoo.sql_db.close_db(name)


@dataclass(frozen=True)
class Server:
    """A running Odoo server."""

    base_url: str
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """Processor time that the server and its workers have used so far."""
        family = [self.process, *self.process.children(recursive=True)]
        return sum(sum(member.cpu_times()[:2]) for member in family)


@contextlib.contextmanager
def server(name: str, *options: str) -> Iterator[Server]:
    """An Odoo server on a database, on a port of its own."""
    port = odoo_process.free_port()
    log = Path(DURABLE.home / f"server-{name}.log")
    with odoo_process.server(DURABLE, name, port, log=log, options=options) as process:
        yield Server(f"http://127.0.0.1:{port}", psutil.Process(process.pid))
