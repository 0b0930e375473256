from odoo import api, fields, models

from ..lib.importing.accounts import Accounts, Target


class ImportAccount(models.Model):
    """Where entries of an account of the agency's program are booked in these books."""

    _name = "yangguang.import.account"
    _description = "Account of an agency's program"
    _order = "code, id"

    book_id = fields.Many2one("yangguang.book", required=True, ondelete="cascade")
    division_id = fields.Many2one(related="book_id.division_id", store=True, index=True)
    chart_id = fields.Many2one(related="book_id.chart_id")
    collective_id = fields.Many2one(related="book_id.collective_id")
    code = fields.Char("Account in the list", required=True)
    name = fields.Char("Its name")
    account_id = fields.Many2one(
        "yangguang.ledger.account",
        "Booked in",
        ondelete="restrict",
        domain="[('chart_id', '=', chart_id), ('collective_id', 'in', [False, collective_id])]",
    )
    counterparty = fields.Char()
    in_line_id = fields.Many2one(
        "yangguang.disclosure.line",
        "Public line of receipts",
        ondelete="restrict",
        domain=[("direction", "=", "in")],
    )
    out_line_id = fields.Many2one(
        "yangguang.disclosure.line",
        "Public line of payments",
        ondelete="restrict",
        domain=[("direction", "=", "out")],
    )

    _code_unique = models.Constraint(
        "UNIQUE (book_id, code)", "This account of the list is there already."
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for account in self:
            account.display_name = f"{account.code or ''} {account.name or ''}".strip()

    @api.model
    def _as_accounts(self, book):
        """Those of `book` as `lib.importing.accounts.Accounts`."""
        return Accounts(
            book._chart(),
            self.env["yangguang.disclosure.line"]._as_public_lines(),
            {one.code: one._as_target() for one in self.search([("book_id", "=", book.id)])},
        )

    def _as_target(self):
        self.ensure_one()
        return Target(
            self.account_id.code or None,
            self.counterparty or None,
            self.in_line_id.code or None,
            self.out_line_id.code or None,
        )

    @api.model
    def _keep(self, book, accounts):
        """Keeps what was proposed for accounts that were not known; gives all that were used."""
        own = self.env["yangguang.ledger.account"].search(
            [
                ("chart_id", "=", book.chart_id.id),
                ("collective_id", "in", [False, book.collective_id.id]),
            ]
        )
        codes = {one.code: one.id for one in own}
        lines = {one.code: one.id for one in self.env["yangguang.disclosure.line"].search([])}
        self.create(
            [
                {
                    "book_id": book.id,
                    "code": code,
                    "name": name,
                    "account_id": codes.get(target.account),
                    "counterparty": target.counterparty,
                    "in_line_id": lines.get(target.in_line),
                    "out_line_id": lines.get(target.out_line),
                }
                for code, (name, target) in accounts.used.items()
                if code not in accounts.known
            ]
        )
        return self.search([("book_id", "=", book.id), ("code", "in", list(accounts.used))])
