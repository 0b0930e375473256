"""What an import of 50,000 lines costs: reading and checking them, booking them, and what the
reading keeps in memory."""

import base64
import time
import tracemalloc
from datetime import date, datetime

from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_sanzi.lib import shipped
from odoo.addons.yangguang_sanzi.lib.importing import fields
from odoo.addons.yangguang_sanzi.lib.importing.accounts import Accounts
from odoo.addons.yangguang_sanzi.lib.importing.cells import Records
from odoo.addons.yangguang_sanzi.lib.importing.entries import Rules, entries
from odoo.addons.yangguang_sanzi.lib.importing.table import open_table
from odoo.addons.yangguang_sanzi.tests.lib.import_files import as_csv, as_xlsx, plant, voucher_rows

from . import harness
from .sanzi import _book
from .sheets import Village

LINES = 50_000
ERRORS = 50
# the whole import as its user waits for it: check, then check and book
SECONDS = 60
# what reading keeps besides the file, when nothing is kept of the vouchers
MEGABYTES = 100
_NOW = datetime(2027, 1, 5, 2)


def main():
    rows = voucher_rows(LINES)
    spoilt = [list(row) for row in rows]
    planted = plant(spoilt, ERRORS)
    with harness.database() as name, harness.environment(name) as env, clock.travel(_NOW):
        village = Village(env)
        book = _book(env, village)
        env.cr.commit()
        wrong, seconds = _import(env, village, book, as_csv(spoilt))
        told = base64.b64decode(wrong.problem_file).decode("utf-8-sig").splitlines()[1:]
        found = {tuple(line.split(",")[:2]) for line in told}
        assert len(told) == ERRORS
        assert found == {(str(row), head) for row, head in planted}
        assert not env["yangguang.voucher"].search_count([("book_id", "=", book.id)])
        print(f"  {ERRORS} errors listed in {seconds:.1f} s, nothing booked")
        batch, seconds = _import(env, village, book, as_xlsx(rows))
        posted = [("book_id", "=", book.id), ("voucher_id.state", "=", "posted")]
        assert batch.state == "done"
        assert env["yangguang.voucher.line"].search_count(posted) == LINES
        harness.report("imports", "xlsx_50000_lines_seconds", seconds, SECONDS)
    for kind, content in (("csv", as_csv(rows)), ("xlsx", as_xlsx(rows))):
        harness.report("imports", f"{kind}_reading_megabytes", _peak(content), MEGABYTES)


def _import(env, village, book, content):
    """The batch, and the seconds from choosing the file until what it holds is committed."""
    started = time.perf_counter()
    batch = (
        env["yangguang.import.batch"]
        .with_user(village.users["town_accountant"])
        .create(
            {
                "collective_id": book.collective_id.id,
                "program": "用友T3",
                "file": base64.b64encode(content),
                "proof": "vat",
                "handler_id": village.users["clerk"].partner_id.id,
            }
        )
    )
    batch.action_read_columns()
    batch.action_check()
    env.cr.commit()
    print(f"  read and checked {time.perf_counter() - started:.1f} s")
    batch.action_import()
    env.cr.commit()
    return batch, time.perf_counter() - started


def _peak(content):
    """Megabytes that reading and checking `content` takes at its most."""
    chart, lines = shipped.chart(), shipped.public_lines()
    months = frozenset(f"2026-{month:02d}" for month in range(1, 13))
    rules = Rules(chart, lines, months, date(2027, 1, 5), proof="vat", handler="王五")
    tracemalloc.start()
    table = open_table(content)
    records = Records(table, "voucher", fields.propose("voucher", table.heads))
    assert sum(1 for _entry in entries(records, Accounts(chart, lines, {}), rules)) > 0
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert not records.problems
    return peak / 1024**2
