from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.yangguang_cunwu.lib.periods import Period

from ..lib.ledger import trial_balance
from ..lib.money import ZERO, exact
from ..lib.reconciliation import reconcile


class Reconciliation(models.Model):
    """At the end of a month: the book of a money account against the bank's statement, or
    against what was counted in the cash box, with what only one of the two knows."""

    _name = "yangguang.reconciliation"
    _description = "Reconciliation of money"
    _order = "period_id desc, account_id"

    period_id = fields.Many2one(
        "yangguang.book.period", string="Month", required=True, ondelete="cascade"
    )
    account_id = fields.Many2one(
        "yangguang.ledger.account",
        required=True,
        ondelete="restrict",
        domain=[("money", "!=", False)],
    )
    statement_balance = fields.Float("Statement or count", digits=(16, 2), required=True)
    item_ids = fields.One2many("yangguang.reconciliation.item", "reconciliation_id")
    book_balance = fields.Float(digits=(16, 2), compute="_compute_difference")
    difference = fields.Float(digits=(16, 2), compute="_compute_difference")
    explanation = fields.Char()

    _account_unique = models.Constraint(
        "UNIQUE (period_id, account_id)", "This account is reconciled for this month already."
    )

    @api.depends("period_id", "account_id", "statement_balance", "item_ids.kind", "item_ids.amount")
    def _compute_difference(self):
        for one in self:
            known = one.period_id and one.account_id
            one.book_balance = one._book_balance() if known else False
            one.difference = one._difference() if known else False

    @api.constrains("period_id", "account_id")
    def _check_account(self):
        for one in self:
            own = (False, one.period_id.book_id.collective_id.id)
            if (
                not one.account_id.money
                or one.account_id.chart_id != one.period_id.book_id.chart_id
                or one.account_id.collective_id.id not in own
            ):
                raise ValidationError(
                    self.env._("Choose an account of cash or bank of these books.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        made = super().create(vals_list)
        made._check_open()
        return made

    def write(self, vals):
        self._check_open()
        result = super().write(vals)
        self._check_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self._check_open()

    def _check_open(self):
        """Raises when the month is closed: what it was closed with stays."""
        if any(one.period_id.state == "closed" for one in self):
            raise UserError(self.env._("This month is closed."))

    def _book_balance(self):
        """What the book says at the end of the month."""
        book, span = self.period_id.book_id, Period.parse(self.period_id.month)
        rows = trial_balance(book._chart(), book._balances(span.start, span.end))
        row = rows.get(self.account_id.code)
        return row.closing if row else ZERO

    def _difference(self):
        """What is left when both sides know what only one of them knew; nil when they agree."""
        self.ensure_one()
        return reconcile(
            self._book_balance(),
            exact(f"{self.statement_balance:.2f}"),
            [(item.kind, exact(f"{item.amount:.2f}")) for item in self.item_ids if item.amount > 0],
        ).difference


class ReconciliationItem(models.Model):
    """What only the bank, or only the book, knows at the end of the month."""

    _name = "yangguang.reconciliation.item"
    _description = "Item of a reconciliation"
    _order = "id"

    reconciliation_id = fields.Many2one(
        "yangguang.reconciliation", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("bank_received", "Received by the bank, not booked"),
            ("bank_paid", "Paid by the bank, not booked"),
            ("book_received", "Booked as received, not at the bank"),
            ("book_paid", "Booked as paid, not at the bank"),
        ],
        required=True,
    )
    amount = fields.Float(digits=(16, 2), required=True)
    note = fields.Char()

    _amount_positive = models.Constraint("CHECK (amount > 0)", "The amount is above nil.")

    @api.model_create_multi
    def create(self, vals_list):
        made = super().create(vals_list)
        made.reconciliation_id._check_open()
        return made

    def write(self, vals):
        self.reconciliation_id._check_open()
        result = super().write(vals)
        self.reconciliation_id._check_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self.reconciliation_id._check_open()
