from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib.importing import plan
from ..lib.importing.balances import opening
from ..lib.importing.entries import Rules, bunches, entries

# vouchers that are made at once: what the framework keeps of them is let go in between
_AT_ONCE = 1000


class ImportBatch(models.Model):
    """Vouchers and opening balances out of a list."""

    _inherit = "yangguang.import.batch"

    voucher_ids = fields.One2many("yangguang.voucher", "import_id", readonly=True)

    def _book(self):
        book = self.env["yangguang.book"].search([("collective_id", "=", self.collective_id.id)])
        if not book:
            raise UserError(self.env._("This collective has no books yet: begin them first."))
        return book

    def _read_voucher(self, records):
        book = self._book()
        accounts = self.env["yangguang.import.account"]._as_accounts(book)
        rules = self._rules(book, accounts)
        found = list(entries(records, accounts, rules))
        self._keep_accounts(book, accounts)
        numbered = ((one.number[8:], one.voucher) for one in found)
        return plan.of_vouchers(found, numbered, rules.chart, rules.public_lines)

    def _read_balance(self, records):
        book = self._book()
        if self.env["yangguang.voucher"].search_count(
            [("book_id", "=", book.id), ("kind", "=", "opening"), ("line_ids", "!=", False)]
        ):
            raise UserError(self.env._("The opening balances are entered already."))
        accounts = self.env["yangguang.import.account"]._as_accounts(book)
        voucher = opening(
            records,
            accounts,
            accounts.chart,
            accounts.public_lines,
            book.begins,
            book._open_months(),
        )
        self._keep_accounts(book, accounts)
        return plan.of_vouchers([voucher], [("", voucher)], accounts.chart, accounts.public_lines)

    def _rules(self, book, accounts):
        if self.handler_id and self.handler_id == self.env.user.partner_id:
            raise UserError(self.env._("Whoever handled the money does not book it."))
        vouchers = self.env["yangguang.voucher"]
        used = vouchers.search_fetch(
            [("book_id", "=", book.id), ("agency_number", "!=", False)], ["agency_number"]
        )
        return Rules(
            accounts.chart,
            accounts.public_lines,
            book._open_months(),
            clock.today(),
            frozenset(used.mapped("agency_number")),
            self.proof or None,
            self.handler_id.name or None,
            frozenset(self._handlers()),
            self.env.user.partner_id.name,
        )

    def _handlers(self):
        """The persons of the division by name, without those who share theirs."""
        persons = self.env["res.partner"].search([("division_id", "=", self.division_id.id)])
        return {name: one for name, one in persons.grouped("name").items() if len(one) == 1}

    def _keep_accounts(self, book, accounts):
        used = self.env["yangguang.import.account"]._keep(book, accounts)
        self.sudo().account_ids = used

    def _book_voucher(self, read):
        book = self._book()
        handlers = self._handlers() | {self.handler_id.name: self.handler_id}
        made = []
        for name, entered in bunches(read.things, _AT_ONCE):
            made += self._make_vouchers(book, entered, handlers[name].id if name else False)
        self.env["yangguang.voucher"].browse(made).action_post()

    def _make_vouchers(self, book, entered, handler):
        """Makes drafts of the `lib.importing.entries.Entry`s; gives their ids."""
        vouchers = self.env["yangguang.voucher"]._make(
            book, [one.voucher for one in entered], handler_id=handler, import_id=self.id
        )
        numbers = [one.number for one in entered]
        self.env.flush_all()
        self.env.cr.execute(
            """
            UPDATE yangguang_voucher voucher SET agency_number = given.number
            FROM unnest(%s, %s) AS given(id, number) WHERE voucher.id = given.id
            """,
            [vouchers.ids, numbers],
        )
        self.env.invalidate_all()
        return vouchers.ids

    def _book_balance(self, read):
        book = self._book()
        vouchers = self.env["yangguang.voucher"]
        # one that somebody has begun and left empty
        vouchers.search([("book_id", "=", book.id), ("kind", "=", "opening")]).unlink()
        vouchers._make(book, read.things, import_id=self.id).action_post()
