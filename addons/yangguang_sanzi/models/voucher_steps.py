from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import vouchers
from ..lib.money import exact


class Voucher(models.Model):
    """The steps of a voucher: post, reverse; and drafts that the system makes."""

    _inherit = "yangguang.voucher"

    def action_post(self):
        """Posts the vouchers, in the order of their days; all of them, or none.

        Refused with every reason at once. Whoever handled the money does not book it.
        """
        self._check_bookkeeper()
        self.lock_for_update(allow_referencing=True)
        self._check_draft()
        drafts = self._as_vouchers()
        self._refuse_problems(drafts)
        for (book, month), batch in self.grouped(
            lambda voucher: (voucher.book_id, drafts[voucher].month)
        ).items():
            period = book.period_ids.filtered(lambda one, month=month: one.month == month)
            batch.sorted(lambda one: (one.date, one.id))._post_into(period)

    def _post_into(self, period):
        """Posts the checked drafts into `period`, numbered in their order, in one statement: the
        database adds up their lines once."""
        ordinary = self.filtered(lambda voucher: voucher.kind != "opening")
        # giving out no number still makes a closing of the month at the same time fail
        first = period._give_numbers(len(ordinary))
        numbers = dict.fromkeys(self.ids, 0)
        numbers |= {voucher.id: first + place for place, voucher in enumerate(ordinary)}
        self.env.flush_all()
        self.env.cr.execute(
            """
            UPDATE yangguang_voucher voucher
            SET state = 'posted', number = given.number, period_id = %s, poster_id = %s,
                posted_on = %s, write_uid = %s, write_date = %s
            FROM unnest(%s, %s) AS given(id, number) WHERE voucher.id = given.id
            """,
            [
                period.id,
                self.env.user.partner_id.id,
                clock.now(),
                self.env.uid,
                clock.now(),
                list(numbers),
                list(numbers.values()),
            ],
        )
        self.invalidate_recordset()
        self.line_ids.invalidate_recordset(["state", "number"])

    def _refuse_problems(self, drafts):
        """Raises with everything that keeps `drafts` (`{record: lib.vouchers.Voucher}`) back."""
        lines = self.env["yangguang.disclosure.line"]._as_public_lines()
        found = []
        for book, batch in self.grouped("book_id").items():
            chart, months = book._chart(), book._open_months()
            for voucher in batch:
                problems = vouchers.problems(drafts[voucher], chart, lines, months, clock.today())
                if voucher.handler_id and voucher.handler_id == self.env.user.partner_id:
                    problems.append(self.env._("Whoever handled the money does not book it."))
                found += problems if len(self) == 1 else map(voucher._with_place, problems)
        if found:
            raise UserError("\n".join(found))

    def _with_place(self, problem):
        """The sentence, with what tells this draft from others."""
        return self.env._(
            "%(day)s “%(summary)s”: %(problem)s",
            day=self.date,
            summary=self.line_ids[:1].summary or "",
            problem=problem,
        )

    def action_reverse(self, day=None):
        """Posts the reversal in red of each voucher, on `day` (today when none is given), and
        opens it when there is only one."""
        self._check_bookkeeper()
        day = fields.Date.to_date(day) or clock.today()
        made = self.browse()
        for voucher in self:
            if voucher.state != "posted" or voucher.reversal_ids:
                raise UserError(self.env._("Only a posted voucher is reversed, and only once."))
            try:
                red = vouchers.reversal(voucher._as_voucher(), voucher.number, day)
            except ValueError as error:
                raise UserError(str(error)) from error
            made |= self._make(
                voucher.book_id, [red], reverses_id=voucher.id, handler_id=voucher.handler_id.id
            )
        made.action_post()
        return made._open() if len(made) == 1 else None

    @api.model
    def _make(self, book, vouchers, **values):
        """Drafts in `book` of the `lib.vouchers.Voucher`s, with `values` in each; the books must be
        kept by the user."""
        book.check_access("write")
        accounts = {
            account.code: account.id
            for account in self.env["yangguang.ledger.account"].search(
                [
                    ("chart_id", "=", book.chart_id.id),
                    ("collective_id", "in", [False, book.collective_id.id]),
                ]
            )
        }
        public = {line.code: line.id for line in self.env["yangguang.disclosure.line"].search([])}
        drafts = [
            {
                "book_id": book.id,
                "kind": voucher.kind,
                "date": voucher.date,
                "proof": voucher.proof,
                "attachments": voucher.papers,
                **values,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": accounts[line.account],
                            "debit": line.debit,
                            "credit": line.credit,
                            "summary": line.summary,
                            "disclosure_line_id": public.get(line.line),
                            "counterparty": line.counterparty,
                        }
                    )
                    for line in voucher.lines
                ],
            }
            for voucher in vouchers
        ]
        # rights are checked above; fields of the steps are the system's
        return self.sudo().create(drafts).sudo(False)

    def _as_voucher(self):
        """This voucher as `lib.vouchers.Voucher`."""
        self.ensure_one()
        return self._as_vouchers()[self]

    def _as_vouchers(self):
        """These vouchers as `{record: lib.vouchers.Voucher}`, in one query: there may be many."""
        self.check_access("read")
        self.env.flush_all()
        # amounts as text: the framework reads numbers of the database as floats
        self.env.cr.execute(
            """
            SELECT voucher.id, voucher.date, voucher.kind, voucher.proof, handler.name,
                COALESCE(voucher.attachments, 0),
                array_agg(ARRAY[account.code, line.debit::text, line.credit::text, line.summary,
                    public.code, NULLIF(line.counterparty, '')] ORDER BY line.sequence, line.id)
                    FILTER (WHERE line.id IS NOT NULL)
            FROM yangguang_voucher voucher
                LEFT JOIN res_partner handler ON handler.id = voucher.handler_id
                LEFT JOIN yangguang_voucher_line line ON line.voucher_id = voucher.id
                LEFT JOIN yangguang_ledger_account account ON account.id = line.account_id
                LEFT JOIN yangguang_disclosure_line public ON public.id = line.disclosure_line_id
            WHERE voucher.id = ANY(%s) GROUP BY voucher.id, handler.id
            """,
            [self.ids],
        )
        return {
            self.browse(voucher): vouchers.Voucher(
                day,
                tuple(
                    vouchers.Line(code, exact(debit), exact(credit), summary, public, counterparty)
                    for code, debit, credit, summary, public, counterparty in lines or ()
                ),
                kind,
                proof,
                handler,
                papers,
            )
            for voucher, day, kind, proof, handler, papers, lines in self.env.cr.fetchall()
        }
