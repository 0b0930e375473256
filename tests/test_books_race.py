"""Two who post into one month at once: every number once, none left out, every line added up."""

from shells import shell

PREPARE = """
import threading
from datetime import date
from decimal import Decimal

from psycopg2.errors import SerializationFailure

from bench.sheets import Village
from odoo.addons.yangguang_sanzi.lib.vouchers import Line, Voucher

village = Village(env)
accountant = village.users["town_accountant"]
book = env["yangguang.book"].create({
    "collective_id": env["yangguang.collective"].search(
        [("division_id", "=", village.division.id)]).id,
    "chart_id": env["yangguang.chart"].search([("code", "=", "2023")]).id,
    "begins": "2026-01-01",
})

def drafts(count):
    lines = (
        Line("513", Decimal("1.11"), summary="付村委会电费", line="out_office"),
        Line("102", credit=Decimal("1.11"), summary="付村委会电费"),
    )
    return env["yangguang.voucher"].with_user(accountant)._make(
        book, [Voucher(date(2026, 1, 5), lines, proof="vat")] * count,
        handler_id=village.users["clerk"].partner_id.id,
    )
"""
POST = """
made = drafts(1000)
env.cr.commit()
failures = []

def post(ids):
    for one in ids:
        while True:
            with env.registry.cursor() as cr:
                try:
                    made.with_env(made.env(cr=cr)).browse(one).action_post()
                    cr.commit()
                    break
                except SerializationFailure:
                    failures.append(one)

threads = [threading.Thread(target=post, args=(ids,)) for ids in (made.ids[::2], made.ids[1::2])]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
env.cr.rollback()
env.invalidate_all()
period = made.period_id
totals = env["yangguang.book.total"].search([("book_id", "=", book.id)])
result = [
    sorted(made.mapped("number")) == list(range(1, 1001)),
    period.last_number,
    sorted(totals.mapped(lambda one: (one.debit, one.credit))),
    len(failures) > 0,
]
"""
# nothing is locked any more when it is posted, and what is posted has not been seen
LATE_LINE = """
draft = drafts(1)
env.cr.commit()
with env.registry.cursor() as first, env.registry.cursor() as second:
    posting = draft.with_env(draft.env(cr=second))
    posting.state
    first.execute(
        "UPDATE yangguang_voucher_line SET debit = 5 WHERE voucher_id = %s AND debit > 0",
        [draft.id])
    first.commit()
    try:
        posting.action_post()
        result.append("posted")
    except SerializationFailure:
        result.append("run again")
    second.rollback()
"""


def test_two_who_post_at_once(own_server, cluster):
    """Of two at the same number the second is run again; so some are, or it proves nothing."""
    assert shell(cluster, own_server.database, PREPARE + POST + LATE_LINE) == [
        True,
        1000,
        [[0.0, 1110.0], [1110.0, 0.0]],
        True,
        "run again",
    ]
