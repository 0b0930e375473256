"""Two at the same moment, and a server that dies: one result, nothing half done."""

import contextlib
import os
import signal
import time
from dataclasses import replace
from threading import Thread

import psutil
import pytest
from remote import RefusedError, Session, at_once
from serving import served_clone
from shells import shell

from scripts import odoo_process

PASSWORD = "Bench-password-1"
PREPARE = """
from bench.sheets import Village
village = Village(env)
result = {
    "village": village.division.id,
    "signed": village.signed(["2026-01", "2026-02", "2026-03"], rows=3).ids,
    "review": [village.submitted(key, rows=3).id for key in ("2026-08", "2026-09")],
}
"""
VERIFY = """
publications = env["yangguang.publication"].search(
    [("division_id", "=", {village})], order="position")
events = env["yangguang.disclosure.event"].search([("disclosure_id", "in", {sheets})])
disclosures = env["yangguang.disclosure"].browse({sheets})
assert publications.mapped("position") == list(range(1, len(publications) + 1))
result = {{
    "problems": env["yangguang.publication"]._verify_all(),
    "states": disclosures.mapped("state"),
    "published": [
        env["yangguang.publication"].search_count(
            [("division_id", "=", {village}), ("period_key", "=", one.period_key)])
        for one in disclosures
    ],
    "kinds": [(one.disclosure_id.id, one.kind) for one in events],
    "votes": env["yangguang.review.vote"].search_count(
        [("review_id.disclosure_id", "in", {sheets})]),
    "pages": env["yangguang.public.page"].search_count(
        [("publication_id", "in", publications.ids)]),
    "filings": env["yangguang.filing"].search_count(
        [("disclosure_id", "in", disclosures.ids)]),
}}
"""
# lets two transactions overlap for sure
SLOWED = ("yangguang_publication", "yangguang_filing", "yangguang_review_vote")
SLOW = """
CREATE OR REPLACE FUNCTION slow_down() RETURNS trigger AS $$
BEGIN PERFORM pg_sleep({seconds}); RETURN NEW; END $$ LANGUAGE plpgsql;
CREATE OR REPLACE TRIGGER slow_down AFTER INSERT ON {table}
    FOR EACH ROW EXECUTE FUNCTION slow_down();
"""
_SLEEPING = """
SELECT count(*) FROM pg_stat_activity
WHERE wait_event = 'PgSleep' AND datname = current_database()
"""
# the connection of a dead client ends its statement before it notices
_END_SLEEPS = _SLEEPING.replace("count(*)", "count(pg_terminate_backend(pid))")


@pytest.fixture(scope="module")
def shared_village(cluster):
    """One server for the races that it survives."""
    with served_clone(cluster) as server:
        yield prepared(cluster, server)


@pytest.fixture
def village(shared_village):
    """The village; what slows its database down ends with the test."""
    yield shared_village
    for table in SLOWED:
        shared_village["cluster"].query(
            f"DROP TRIGGER IF EXISTS slow_down ON {table}",
            database=shared_village["server"].database,
        )


def prepared(cluster, server):
    """A village with signed sheets and two in review, its users signed in."""
    users = {}
    sheets = shell(cluster, server.database, PREPARE)
    for role in ("clerk", "supervisor_chair", "supervisor"):
        users[role] = Session(server, f"bench.{role}", PASSWORD)
    return {**sheets, **users, "server": server, "cluster": cluster}


def slow(village, table, seconds):
    statement = SLOW.format(table=table, seconds=seconds)
    village["cluster"].query(statement, database=village["server"].database)


def outcome(village, sheets):
    return shell(
        village["cluster"],
        village["server"].database,
        VERIFY.format(village=village["village"], sheets=sheets),
    )


def test_two_sheets_published_at_once_make_one_chain(village):
    slow(village, "yangguang_publication", 0.5)
    first, second = village["signed"][:2]
    clerk = village["clerk"]
    results = at_once(
        lambda: clerk.call("yangguang.disclosure", "action_publish", [first]),
        lambda: clerk.call("yangguang.disclosure", "action_publish", [second]),
    )
    assert not [result for result in results if isinstance(result, RefusedError)]
    after = outcome(village, [first, second])
    assert after["published"] == [1, 1]
    assert after["problems"] == []
    assert after["states"] == ["published", "published"]


def test_one_sheet_published_twice_at_once_is_published_once(village):
    slow(village, "yangguang_publication", 0.5)
    sheet = village["signed"][2]
    clerk = village["clerk"]
    results = at_once(*[lambda: clerk.call("yangguang.disclosure", "action_publish", [sheet])] * 2)
    assert len([result for result in results if isinstance(result, RefusedError)]) == 1
    after = outcome(village, [sheet])
    assert after["published"] == [1]
    assert after["problems"] == []


def test_the_deciding_votes_at_once_decide_once(village):
    slow(village, "yangguang_review_vote", 0.5)
    sheet = village["review"][0]
    results = at_once(
        *[
            lambda role=role: village[role].call(
                "yangguang.disclosure", "action_vote", [sheet], True
            )
            for role in ("supervisor_chair", "supervisor")
        ]
    )
    assert not [result for result in results if isinstance(result, RefusedError)]
    after = outcome(village, [sheet])
    assert after["states"] == ["agreed"]
    assert [kind for _sheet, kind in after["kinds"]] == ["submit", "agree"]
    assert after["votes"] == 2


def test_the_same_second_vote_at_once_counts_once(village):
    slow(village, "yangguang_review_vote", 0.5)
    sheet = village["review"][1]
    chair = village["supervisor_chair"]
    results = at_once(
        *[lambda: chair.call("yangguang.disclosure", "action_vote", [sheet], True)] * 2
    )
    assert len([result for result in results if isinstance(result, RefusedError)]) == 1
    after = outcome(village, [sheet])
    assert (after["states"], after["votes"]) == (["review"], 1)


def test_two_clerks_save_at_once(village):
    """One of them is told; what the other has saved stays."""
    clerk = village["clerk"]
    sheet = clerk.call(
        "yangguang.disclosure",
        "create",
        [{"division_id": village["village"], "item_id": _notice_item(clerk)}],
    )[0]
    results = at_once(
        *[
            lambda text=text: clerk.call(
                "yangguang.disclosure", "save_content", [sheet], 0, {"text": text}
            )
            for text in ("第一稿", "第二稿")
        ]
    )
    refused = [result for result in results if isinstance(result, RefusedError)]
    assert len(refused) == 1
    saved = clerk.call("yangguang.disclosure", "read", [sheet], ["content", "revision"])[0]
    assert saved["revision"] == 1
    assert ("第一稿" in saved["content"]) != ("第二稿" in saved["content"])


def _notice_item(session):
    return session.call(
        "yangguang.item",
        "search",
        [("code", "=", "TG01"), ("edition_id.division_kind", "=", "village")],
        limit=1,
    )[0]


def test_killed_while_publishing(cluster, own_server):
    """`kill -9` in the middle leaves nothing, early or late in the work; the sheet is published
    afterwards as if new."""
    server, village = own_server, prepared(cluster, own_server)
    sheet = village["signed"][0]
    with contextlib.ExitStack() as servers:
        for table in ("yangguang_publication", "yangguang_filing"):
            _kill_at(village, server, table, sheet)
            after = outcome(village, [sheet])
            assert (after["published"], after["pages"], after["filings"]) == ([0], 0, 0)
            assert after["states"] == ["signed"]
            port = odoo_process.free_port()
            servers.enter_context(odoo_process.server(cluster, server.database, port))
            server = replace(server, base_url=f"http://127.0.0.1:{port}")
            village["clerk"] = Session(server, "bench.clerk", PASSWORD)
        village["clerk"].call("yangguang.disclosure", "action_publish", [sheet])
    after = outcome(village, [sheet])
    assert (after["published"], after["pages"], after["filings"]) == ([1], 1, 1)
    assert after["problems"] == []


def _kill_at(village, server, table, sheet):
    """Kills the server while it waits to write a row of `table` in publishing `sheet`."""
    cluster = village["cluster"]
    slow(village, table, 20)
    results = []
    publishing = _in_background(
        lambda: results.append(
            village["clerk"].call("yangguang.disclosure", "action_publish", [sheet])
        )
    )
    _wait_for_sleep(cluster, server.database)
    os.kill(_process_of(server), signal.SIGKILL)
    publishing.join(30)
    assert not results
    cluster.query(_END_SLEEPS, database=server.database)
    cluster.query(f"DROP TRIGGER slow_down ON {table}", database=server.database)


def _in_background(call):
    def run():
        try:
            call()
        except OSError as broken:
            # the server is gone: that is the test
            print(broken)

    thread = Thread(target=run)
    thread.start()
    return thread


def _wait_for_sleep(cluster, database):
    deadline = time.monotonic() + 30
    while not cluster.query(_SLEEPING, database=database)[0][0]:
        assert time.monotonic() < deadline, "publish never reached the database"
        time.sleep(0.05)


def _process_of(server):
    """The process that listens on the server's port."""
    port = int(server.base_url.rsplit(":", 1)[1])
    for connection in psutil.net_connections("tcp"):
        if connection.laddr.port == port and connection.status == psutil.CONN_LISTEN:
            return connection.pid
    raise LookupError(f"nobody listens on {port}")
