from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..lib.money import exact
from .ledger_guard import guard_parts

# set when it is made
_FIXED = frozenset({"voucher_id", "book_id", "division_id", "date"})


class VoucherLine(models.Model):
    """A line of a voucher, and of its day. It counts once the voucher is posted."""

    _name = "yangguang.voucher.line"
    _description = "Line of a voucher"
    _order = "date desc, voucher_id desc, sequence, id"

    voucher_id = fields.Many2one("yangguang.voucher", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    book_id = fields.Many2one("yangguang.book", required=True, readonly=True, ondelete="restrict")
    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, ondelete="restrict"
    )
    date = fields.Date(required=True, readonly=True, copy=False)
    account_id = fields.Many2one(
        "yangguang.ledger.account", required=True, index=True, ondelete="restrict"
    )
    summary = fields.Char(required=True)
    debit = fields.Float(digits=(16, 2), default=0.0, required=True)
    credit = fields.Float(digits=(16, 2), default=0.0, required=True)
    disclosure_line_id = fields.Many2one(
        "yangguang.disclosure.line", "Public line", ondelete="restrict"
    )
    counterparty = fields.Char()
    state = fields.Selection(related="voucher_id.state")
    number = fields.Integer(related="voucher_id.number", aggregator=None)

    _one_side = models.Constraint(
        "CHECK ((debit != 0) != (credit != 0))", "A line has an amount on one side, never nil."
    )
    _two_places = models.Constraint(
        "CHECK (debit = round(debit, 2) AND credit = round(credit, 2))",
        "Amounts have two places.",
    )
    _ledger_idx = models.Index("(book_id, account_id, date)")

    def init(self):
        guard_parts(self.env.cr, self._table)

    @api.model
    def default_get(self, fields_list):
        # the day is the voucher's, not somebody's own `ir.default`
        values = super().default_get(fields_list)
        return {key: value for key, value in values.items() if key != "date"}

    @api.constrains("account_id")
    def _check_account(self):
        for book, account in {(line.book_id, line.account_id) for line in self}:
            own = (False, book.collective_id.id)
            if account.chart_id != book.chart_id or account.collective_id.id not in own:
                raise ValidationError(
                    self.env._(
                        "%(account)s is no account of these books.", account=account.display_name
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        # a many2one takes any id; the rules then refuse the division of others' books
        vouchers = self.env["yangguang.voucher"].sudo()
        vouchers = vouchers.browse({values.get("voucher_id") for values in vals_list} - {None})
        vouchers._check_draft()
        by_id = {voucher.id: voucher for voucher in vouchers}
        for values in vals_list:
            voucher = by_id.get(values.get("voucher_id"), vouchers.browse())
            values["book_id"] = voucher.book_id.id
            values["division_id"] = voucher.division_id.id
            values["date"] = voucher.date
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self.voucher_id._check_draft()
            if _FIXED & vals.keys():
                raise UserError(self.env._("A line stays in its voucher: delete it there."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_posted(self):
        self.voucher_id._check_draft()

    def _as_entry(self):
        """This line as an entry of `lib.ledger.account_ledger`."""
        self.ensure_one()
        amounts = (exact(f"{amount:.2f}") for amount in (self.debit, self.credit))
        return self.date, self.number, self.summary, *amounts
