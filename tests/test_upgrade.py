"""An update of the addons over a database in use changes nothing that was published."""

import contextlib
import os
import re

import psycopg2
import pytest
from shells import shell

from scripts import backup, odoo_process, templates
from scripts.settings import LOGS

FROZEN = (
    "yangguang_publication",
    "yangguang_public_page",
    "yangguang_publication_event",
    "yangguang_disclosure_event",
)
VERIFY = 'result = list(map(str, env["yangguang.publication"]._verify_all()))'
UNINSTALL = """
module = env["ir.module.module"].search([("name", "=", "yangguang_cunwu")])
try:
    module.button_immediate_uninstall()
    result = "uninstalled"
except Exception as refusal:
    env.cr.rollback()
    result = f"{type(refusal).__name__}: {refusal}"
"""


@pytest.fixture(scope="module")
def filled(cluster):
    """Name of a database with the demo's publications."""
    name = f"black_box_{os.getpid()}_upgrade"
    templates.clone(cluster, templates.demo(cluster), name)
    yield name
    cluster.drop(name)


def content(cluster, database):
    """Number of rows of every table that holds the districts' work, and the frozen bytes."""
    with contextlib.closing(cluster.connect(database)) as connection:
        counts = backup.count_rows(connection.cursor())
    kept = ("yangguang_", "res_partner", "res_users", "mail_message", "ir_attachment")
    counts = {table: count for table, count in counts.items() if table.startswith(kept)}
    frozen = [
        cluster.query(
            f"SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM {table} t", None, database
        )
        for table in FROZEN
    ]
    return counts, frozen


def test_update_over_a_filled_database(cluster, filled):
    counts, frozen = content(cluster, filled)
    assert all(counts[table] > 100 for table in FROZEN)
    log = LOGS / "update-filled.log"
    odoo_process.install(cluster, filled, log, "--update=yangguang_cunwu")
    assert not re.findall(r"^.* (?:WARNING|ERROR|CRITICAL) .*$", log.read_text("utf-8"), re.M)
    assert "loading yangguang_cunwu/" in log.read_text("utf-8")
    assert content(cluster, filled) == (counts, frozen)
    assert shell(cluster, filled, VERIFY) == []


def test_uninstall_is_refused(cluster, filled):
    before = content(cluster, filled)
    answer = shell(cluster, filled, UNINSTALL)
    assert answer.startswith("UserError: "), answer
    assert content(cluster, filled)[1] == before[1]


@pytest.mark.parametrize("table", FROZEN)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_database_refuses_its_own_role(cluster, filled, table, statement):
    with pytest.raises(psycopg2.Error) as refusal:
        cluster.query(
            statement.format(table) + (" CASCADE" if "TRUNC" in statement else ""), None, filled
        )
    # by our trigger, not for another reason
    assert refusal.value.pgcode == "42501"
    assert "only" in str(refusal.value)
