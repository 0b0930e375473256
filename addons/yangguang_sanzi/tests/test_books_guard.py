"""What the database refuses, whoever asks: these tests write as nobody in the product does."""

from psycopg2 import DatabaseError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PIXEL, BooksCommon


@tagged("post_install", "-at_install")
class TestBooksGuard(BooksCommon):
    def setUp(self):
        super().setUp()
        self.draft = self._bill("2026-03-01")
        self.posted = self._bill()
        self.posted.action_post()
        self.period = self.posted.period_id
        self.env.flush_all()
        self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def _refused(self, query, *parameters):
        with (
            self.subTest(query=query),
            mute_logger("odoo.sql_db"),
            self.assertRaises(DatabaseError),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(query, parameters)
            self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_a_posted_voucher_stays(self):
        voucher, line = self.posted.id, self.posted.line_ids[0].id
        for query, key in (
            ("UPDATE yangguang_voucher SET date = date + 1 WHERE id = %s", voucher),
            ("UPDATE yangguang_voucher SET state = 'draft' WHERE id = %s", voucher),
            ("DELETE FROM yangguang_voucher WHERE id = %s", voucher),
            ("UPDATE yangguang_voucher_line SET debit = 1 WHERE id = %s", line),
            ("DELETE FROM yangguang_voucher_line WHERE id = %s", line),
            (
                """
                INSERT INTO yangguang_voucher_line (voucher_id, book_id, division_id, date,
                    account_id, summary, debit, credit)
                SELECT voucher_id, book_id, division_id, date, account_id, summary, debit, credit
                FROM yangguang_voucher_line WHERE id = %s
                """,
                line,
            ),
        ):
            self._refused(query, key)
        self._refused(
            "UPDATE yangguang_voucher_line SET voucher_id = %s WHERE voucher_id = %s",
            voucher,
            self.draft.id,
        )
        for table in ("yangguang_voucher", "yangguang_voucher_line", "yangguang_book_period"):
            self._refused(f"TRUNCATE {table} CASCADE")

    def test_papers_stay_with_what_is_posted(self):
        papers = self.env["yangguang.voucher.paper"].with_user(self.accountant)
        paper = papers.create({"voucher_id": self.draft.id, "image": PIXEL})
        with self.assertRaises(UserError):
            papers.create({"voucher_id": self.posted.id, "image": PIXEL})
        self.env.cr.execute("SET CONSTRAINTS ALL DEFERRED")
        self.draft.action_post()
        with self.assertRaises(UserError):
            paper.name = "发票"
        with self.assertRaises(UserError):
            paper.unlink()
        self._refused("UPDATE yangguang_voucher_paper SET name = 'x' WHERE id = %s", paper.id)
        self._refused("DELETE FROM yangguang_voucher_paper WHERE id = %s", paper.id)
        self._refused("TRUNCATE yangguang_voucher_paper")

    def test_a_voucher_is_not_born_posted(self):
        self._refused(
            """
            INSERT INTO yangguang_voucher (book_id, division_id, date, kind, state, number,
                period_id, poster_id, posted_on)
            SELECT book_id, division_id, date, kind, 'posted', 2, period_id, poster_id, posted_on
            FROM yangguang_voucher WHERE id = %s
            """,
            self.posted.id,
        )

    def _posting(self, **values):
        """The update that posts the draft, as `action_post` would, with `values` instead."""
        posting = {
            "state": "posted",
            "number": 2,
            "period_id": self.period.id,
            "poster_id": self.handler.id,
            "posted_on": "2027-01-05",
            **values,
        }
        columns = ", ".join(f"{name} = %s" for name in posting)
        return (
            f"UPDATE yangguang_voucher SET {columns} WHERE id = %s",
            *posting.values(),
            self.draft.id,
        )

    def _give_number(self):
        self.env.cr.execute("SET CONSTRAINTS ALL DEFERRED")
        self.env.cr.execute(
            "UPDATE yangguang_book_period SET last_number = last_number + 1 WHERE id = %s",
            [self.period.id],
        )

    def test_a_number_is_given_out_by_the_month(self):
        self._refused(*self._posting())
        self._give_number()
        self._refused(*self._posting(number=1))
        self._refused(*self._posting(number=3))
        self._refused(*self._posting(period_id=self.book.period_ids[0].id))
        query, *parameters = self._posting()
        self.env.cr.execute(query, parameters)
        self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_a_number_given_out_is_used(self):
        self._refused(
            "UPDATE yangguang_book_period SET last_number = last_number + 1 WHERE id = %s",
            self.period.id,
        )

    def test_what_does_not_balance_is_not_posted(self):
        self._give_number()
        self.env.cr.execute(
            "UPDATE yangguang_voucher_line SET debit = debit + 0.01"
            " WHERE voucher_id = %s AND debit > 0",
            [self.draft.id],
        )
        self._refused(*self._posting())

    def test_lines_are_of_the_voucher_s_day_and_book(self):
        self._give_number()
        move = "UPDATE yangguang_voucher_line SET {} WHERE voucher_id = %s"
        for change in ("date = date + 1", f"book_id = {self.far_book.id}"):
            with self.subTest(change=change), self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(move.format(change), [self.draft.id])
                self._refused(*self._posting())
                savepoint.rollback()

    def test_sums_follow_from_vouchers_alone(self):
        sums = "FROM yangguang_book_total WHERE book_id = %s"
        self.env.cr.execute(f"SELECT sum(debit), sum(credit), count(*) {sums}", [self.book.id])
        self.assertEqual(self.env.cr.fetchone(), (100, 100, 2))
        self._refused(f"DELETE {sums}", self.book.id)
        self._refused("UPDATE yangguang_book_total SET debit = 0")
        self._refused("TRUNCATE yangguang_book_total")
        self._refused(
            """
            INSERT INTO yangguang_book_total
                (book_id, month, kind, account_id, counterparty, debit, credit)
            SELECT book_id, month, kind, account_id, 'x', debit, credit FROM yangguang_book_total
            """
        )

    def test_amounts_have_two_places_and_one_side(self):
        line = self.draft.line_ids[0].id
        self._refused("UPDATE yangguang_voucher_line SET debit = 0.001 WHERE id = %s", line)
        self._refused("UPDATE yangguang_voucher_line SET debit = 0 WHERE id = %s", line)
        self._refused("UPDATE yangguang_voucher_line SET credit = 5 WHERE id = %s", line)

    def test_months_close_in_their_order_and_for_ever(self):
        close = "UPDATE yangguang_book_period SET state = 'closed' WHERE id = %s"
        first = self.book.period_ids.sorted("month")[0]
        self._refused(close, self.period.id)
        self.env.cr.execute(close, [first.id])
        self._refused("UPDATE yangguang_book_period SET state = 'open' WHERE id = %s", first.id)
        self._refused("DELETE FROM yangguang_book_period WHERE id = %s", first.id)
        self._refused(
            "UPDATE yangguang_book_period SET last_number = 0 WHERE id = %s", self.period.id
        )
