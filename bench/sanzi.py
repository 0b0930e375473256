"""What the books cost: booking vouchers against inserting the same rows page by page; the trial
balance of a district over five years against adding up its lines."""

import time
from datetime import date, datetime
from decimal import Decimal

from psycopg2.extras import execute_values

from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_sanzi.lib.vouchers import Line, Voucher

from . import harness
from .sheets import Village

VOUCHERS = 10_000
PAGE = 1_000
VILLAGES = 250
YEARS = range(2024, 2029)
VOUCHERS_A_MONTH = 20
LINES_A_VOUCHER = 10
MONTHS = 12
_NOW = datetime(2027, 1, 5, 2)
_TABLES = ("yangguang_voucher", "yangguang_voucher_line")


def main():
    with harness.database() as name, harness.environment(name) as env, clock.travel(_NOW):
        village = Village(env)
        _posting(env, village)
        _district(env, village)


def _posting(env, village):
    """Books vouchers as their accountant, from values in hand to what is committed."""
    book = _book(env, village)
    accountant = village.users["town_accountant"]
    handler = village.users["clerk"].partner_id
    env.cr.commit()
    vouchers = [_voucher(number) for number in range(VOUCHERS)]
    started = time.perf_counter()
    drafts = (
        env["yangguang.voucher"].with_user(accountant)._make(book, vouchers, handler_id=handler.id)
    )
    env.cr.commit()
    made = time.perf_counter()
    drafts.action_post()
    env.cr.commit()
    posted = time.perf_counter()
    floor = _floor(env, book)
    print(
        f"  {VOUCHERS} drafts made in {made - started:.2f} s, posted in {posted - made:.2f} s;"
        f" their rows alone {floor:.2f} s"
    )
    harness.report("sanzi", "posting_ratio", (posted - made) / floor, 6)
    harness.report("sanzi", "making_and_posting_ratio", (posted - started) / floor, 6)


def _book(env, village):
    return env["yangguang.book"].create(
        {
            "collective_id": env["yangguang.collective"]
            .search([("division_id", "=", village.division.id)])
            .id,
            "chart_id": env["yangguang.chart"].search([("code", "=", "2023")]).id,
            "begins": "2026-01-01",
        }
    )


def _voucher(number):
    """A payment by the bank for two purposes."""
    amount = Decimal(number % 5000 + 1)
    return Voucher(
        date(2026, number % MONTHS + 1, number % 28 + 1),
        (
            Line("513", amount, summary="付村委会电费", line="out_office", counterparty="供电所"),
            Line("513", Decimal(1), summary="付报刊费", line="out_press", counterparty="邮政所"),
            Line("102", credit=amount + 1, summary="付村委会电费"),
        ),
        proof="vat",
        handler="陈小芳",
    )


def _floor(env, book):
    """Seconds that the same rows take, into tables with the same columns, checks and indexes."""
    rows = {}
    for table in _TABLES:
        env.cr.execute(f"CREATE TABLE bench_{table} (LIKE {table} INCLUDING ALL)")
        env.cr.execute(f"SELECT * FROM {table} WHERE book_id = %s ORDER BY id", [book.id])
        rows[table] = env.cr.fetchall()
    env.cr.commit()
    started = time.perf_counter()
    for table in _TABLES:
        execute_values(
            env.cr._obj, f"INSERT INTO bench_{table} VALUES %s", rows[table], page_size=PAGE
        )
    env.cr.commit()
    return time.perf_counter() - started


def _district(env, village):
    """The trial balance that an officer above all villages sees."""
    town = village.division.parent_id
    _fill(env, town)
    totals = env["yangguang.book.total"].with_user(village.users["town_officer"])
    chart = env["yangguang.chart"].search([("code", "=", "2023")])
    start, end = date(YEARS[-1], MONTHS, 1), date(YEARS[-1], MONTHS, 31)

    def shown():
        env.invalidate_all()
        return totals._trial_balance(chart, town, start, end)

    def bare():
        env.cr.execute(_BARE, {"start": start, "end": end})
        return env.cr.fetchall()

    rows, sums = shown(), bare()
    assert rows["102"].closing == sum(one[1] + one[2] - one[3] for one in sums if one[0] == "102")
    seconds, floor = harness.paired(shown, bare, rounds=5)
    print(f"  trial balance {seconds:.3f} s, lines added up {floor:.3f} s")
    harness.report("sanzi", "trial_balance_ratio", seconds / floor, 2)
    harness.report("sanzi", "trial_balance_seconds", seconds, 1)


_BARE = """
SELECT account.code,
    sum(line.debit - line.credit) FILTER (WHERE line.date < %(start)s),
    sum(line.debit) FILTER (WHERE line.date >= %(start)s),
    sum(line.credit) FILTER (WHERE line.date >= %(start)s)
FROM yangguang_voucher_line line
    JOIN yangguang_ledger_account account ON account.id = line.account_id
WHERE line.date <= %(end)s GROUP BY account.code
"""


def _fill(env, town):
    """Five years of books of villages in `town`, by SQL with the guards out of the way."""
    villages = env["yangguang.division"].create(
        [
            {
                "name": f"测速{number}村",
                "code": f"990999999{number:03d}",
                "kind": "village",
                "parent_id": town.id,
            }
            for number in range(1, VILLAGES + 1)
        ]
    )
    collectives = env["yangguang.collective"].create(
        [{"name": f"{one.name}经济联合社", "division_id": one.id} for one in villages]
    )
    chart = env["yangguang.chart"].search([("code", "=", "2023")])
    env["yangguang.book"].create(
        [
            {"collective_id": one.id, "chart_id": chart.id, "begins": f"{YEARS[0]}-01-01"}
            for one in collectives
        ]
    )
    env.flush_all()
    for table in (*_TABLES, "yangguang_book_total", "yangguang_book_period"):
        env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for statement in _FILL:
        env.cr.execute(
            statement,
            {
                "first": f"{YEARS[0]}-01-01",
                "months": len(YEARS) * MONTHS,
                "vouchers": VOUCHERS_A_MONTH,
                "lines": LINES_A_VOUCHER,
            },
        )
    env.cr.commit()
    for table in (*_TABLES, "yangguang_book_total"):
        env.cr.execute(f"ANALYZE {table}")
    env.cr.commit()
    env.cr.execute("SELECT count(*) FROM yangguang_voucher_line")
    print(f"  {env.cr.fetchone()[0]} lines")


_FILL = (
    # the months of later years
    """
    INSERT INTO yangguang_book_period (book_id, month, state, last_number)
    SELECT book.id, to_char(%(first)s::date + n * interval '1 month', 'YYYY-MM'), 'open', 0
    FROM yangguang_book book, generate_series(0, %(months)s - 1) n WHERE book.begins = %(first)s
    ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO yangguang_voucher (book_id, division_id, date, kind, state, number, period_id,
        poster_id, posted_on)
    SELECT book.id, book.division_id, (period.month || '-15')::date, 'entry', 'posted', n,
        period.id, 1, now()
    FROM yangguang_book book JOIN yangguang_book_period period ON period.book_id = book.id,
        generate_series(1, %(vouchers)s) n
    WHERE book.begins = %(first)s
    """,
    # one line of the bank against the others, over every account without details
    """
    INSERT INTO yangguang_voucher_line (voucher_id, sequence, book_id, division_id, date,
        account_id, summary, counterparty, debit, credit)
    SELECT voucher.id, n, voucher.book_id, voucher.division_id, voucher.date,
        CASE WHEN n = 0 THEN bank.id
            ELSE accounts.ids[(voucher.number * 7 + n) %% accounts.size + 1] END,
        '样例', '',
        CASE WHEN n = 0 THEN 0 ELSE n END,
        CASE WHEN n = 0 THEN %(lines)s * (%(lines)s - 1) / 2 ELSE 0 END
    FROM yangguang_voucher voucher JOIN yangguang_book book ON book.id = voucher.book_id,
        (SELECT id FROM yangguang_ledger_account WHERE code = '102') bank,
        (SELECT array_agg(id ORDER BY id) AS ids, count(*) AS size FROM yangguang_ledger_account
            WHERE collective_id IS NULL AND code != '102') accounts,
        generate_series(0, %(lines)s - 1) n
    WHERE book.begins = %(first)s
    """,
    """
    INSERT INTO yangguang_book_total (book_id, month, kind, account_id, counterparty, debit, credit)
    SELECT book_id, date_trunc('month', date), 'entry', account_id, '', sum(debit), sum(credit)
    FROM yangguang_voucher_line WHERE book_id IN
        (SELECT id FROM yangguang_book WHERE begins = %(first)s)
    GROUP BY 1, 2, 4
    """,
)
