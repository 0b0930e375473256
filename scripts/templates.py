"""Databases that are made once and cloned: core modules, our addons, the demo district.

Each layer is known by the digest of what went into it; an older one of the same layer is dropped.
"""

import fcntl
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from . import odoo_process
from .cluster import Cluster
from .console import phase
from .settings import (
    DEMOS,
    LANGUAGE,
    LOGS,
    addons_digest,
    base_digest,
    core_modules,
    installed_digest,
    manifests,
)

# both languages stay active: a test user has English, where the messages are the source's
_LANGUAGE = f"""
env["res.lang"]._activate_lang("{LANGUAGE}")
env["ir.module.module"].search([("state", "=", "installed")])._update_translations(["{LANGUAGE}"])
env.cr.commit()
"""
_BUNDLES = """
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
"""
# what a database gets that was made for Chinese users
_CHINESE = f"""
env["ir.default"].set("res.partner", "lang", "{LANGUAGE}")
env["res.partner"].with_context(active_test=False).search([]).lang = "{LANGUAGE}"
env.cr.commit()
"""
_ADDONS_LOG = LOGS / "install-addons.log"
_OF_A_PROCESS = re.compile(r"(?:test|black_box|seed|bench|unfinished_[a-z]+)_([0-9]+)(?![0-9])")
_COMPLAINT = re.compile(r" (WARNING|ERROR|CRITICAL) ")


def base(cluster: Cluster) -> str:
    """Name of a database with the core modules and Chinese."""

    def fill(database: str) -> None:
        odoo_process.install(
            cluster,
            database,
            LOGS / "install-base.log",
            f"--init={','.join(core_modules())}",
        )
        odoo_process.run_script(cluster, database, _LANGUAGE)

    return _layer(cluster, "base", base_digest(), None, fill)


def addons(cluster: Cluster, again: bool = False) -> str:
    """Name of a database with all our addons; `again` installs even if there is a current one."""

    def fill(database: str) -> None:
        odoo_process.install(cluster, database, _ADDONS_LOG, f"--init={','.join(manifests())}")
        odoo_process.run_script(cluster, database, _BUNDLES)

    return _layer(cluster, "addons", addons_digest(), base, fill, again)


def complaints() -> list[str]:
    """Warnings and errors in the log of the last installation of our addons."""
    lines = _ADDONS_LOG.read_text("utf-8").splitlines() if _ADDONS_LOG.exists() else []
    return [line for line in lines if _COMPLAINT.search(line)]


def demo(cluster: Cluster) -> str:
    """Name of a database with the demo district."""

    def fill(database: str) -> None:
        table = odoo_process.run_script(cluster, database, _CHINESE)
        for script in DEMOS:
            table += odoo_process.run_script(cluster, database, script.read_text("utf-8"))
        logins(cluster, database).parent.mkdir(exist_ok=True)
        logins(cluster, database).write_text(table)

    return _layer(cluster, "demo", addons_digest(), addons, fill)


def logins(cluster: Cluster, database: str) -> Path:
    """The table of demo logins that belongs to a database: what the demo script printed."""
    return cluster.home / "logins" / f"{database}.txt"


def clone(cluster: Cluster, source: str, target: str) -> None:
    """Clone a template for use: identifiers and secrets are drawn afresh."""
    cluster.clone(source, target)
    cluster.set_comment(target, installed_digest())
    cluster.query(
        "UPDATE ir_config_parameter SET value = gen_random_uuid()"
        " WHERE key IN ('database.uuid', 'database.secret')",
        database=target,
    )
    if logins(cluster, source).exists():
        shutil.copy(logins(cluster, source), logins(cluster, target))


def drop_abandoned(cluster: Cluster) -> None:
    """Remove the databases of processes that did not live to remove them."""
    for name in cluster.databases():
        made_by = _OF_A_PROCESS.match(name)
        if made_by and not Path(f"/proc/{made_by[1]}").exists():
            cluster.drop(name)


def _layer(
    cluster: Cluster,
    kind: str,
    digest: str,
    below: Callable[[Cluster], str] | None,
    fill: Callable[[str], None],
    again: bool = False,
) -> str:
    name = f"template_{kind}_{digest[:12]}"
    if cluster.exists(name) and not again:
        return name
    source = below(cluster) if below else None
    with (cluster.home / f"{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if cluster.exists(name) and not again:
            return name
        unfinished = f"unfinished_{kind}_{os.getpid()}"
        with phase(f"{kind} database"), cluster.dropped_on_error(unfinished):
            if source:
                cluster.clone(source, unfinished)
            fill(unfinished)
            for old in cluster.databases(f"template_{kind}_"):
                cluster.drop(old)
            cluster.rename(unfinished, name)
            if logins(cluster, unfinished).exists():
                logins(cluster, unfinished).rename(logins(cluster, name))
    return name
