from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import vouchers
from .ledger_guard import guard_vouchers

PROOFS = [
    ("vat", "Tax invoice"),
    ("fiscal", "Fiscal receipt"),
    ("fin_receipt", "Uniform collection receipt"),
    ("receipt", "Payee's stamped receipt"),
    ("self", "Internal form"),
    ("slip", "Slip without receipt"),
]
# what a voucher begins with, and what is written by the steps alone
_BEGINNING = {"kind": "entry", "state": "draft"}
_STEP_FIELDS = frozenset(
    {*_BEGINNING, "number", "period_id", "poster_id", "posted_on", "reverses_id"}
)
# set when it is made
_FIXED = frozenset({"book_id", "division_id", "maker_id"})


class Voucher(models.Model):
    """A voucher: a draft until it is posted, and unchangeable from then on.

    Which one may be posted is said by `lib/vouchers.py`; that it balances, stands in an open
    month, and stays as it is, is also held by the database (`ledger_guard.py`).
    """

    _name = "yangguang.voucher"
    _description = "Voucher"
    _order = "date desc, number desc, id desc"

    book_id = fields.Many2one("yangguang.book", required=True, ondelete="restrict")
    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, ondelete="restrict"
    )
    # what the choice of accounts depends on
    chart_id = fields.Many2one(related="book_id.chart_id")
    collective_id = fields.Many2one(related="book_id.collective_id")
    date = fields.Date(required=True, default=lambda self: clock.today(), copy=False)
    kind = fields.Selection(
        [
            ("entry", "Ordinary"),
            ("opening", "Opening balances"),
            ("carry_over", "Carry-over of the year"),
            ("reversal", "Reversal"),
        ],
        default="entry",
        required=True,
        readonly=True,
        copy=False,
    )
    state = fields.Selection(
        [("draft", "Draft"), ("posted", "Posted")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    number = fields.Integer(readonly=True, copy=False, aggregator=None)
    period_id = fields.Many2one(
        "yangguang.book.period", string="Month", readonly=True, copy=False, ondelete="restrict"
    )
    proof = fields.Selection(PROOFS)
    attachments = fields.Integer("Papers attached", copy=False)
    handler_id = fields.Many2one("res.partner", string="Handled by", ondelete="restrict")
    line_ids = fields.One2many("yangguang.voucher.line", "voucher_id", copy=True)
    paper_ids = fields.One2many("yangguang.voucher.paper", "voucher_id")
    maker_id = fields.Many2one("res.partner", "Made by", readonly=True, ondelete="restrict")
    poster_id = fields.Many2one(
        "res.partner", "Posted by", readonly=True, copy=False, ondelete="restrict"
    )
    posted_on = fields.Datetime(readonly=True, copy=False)
    reverses_id = fields.Many2one(
        "yangguang.voucher", readonly=True, copy=False, ondelete="restrict"
    )
    reversal_ids = fields.One2many("yangguang.voucher", "reverses_id", readonly=True)
    total = fields.Float("Amount", digits=(16, 2), compute="_compute_total")
    difference = fields.Float(digits=(16, 2), compute="_compute_total")

    _number_unique = models.UniqueIndex(
        "(period_id, number) WHERE number > 0", "This number is taken."
    )
    _one_reversal = models.UniqueIndex(
        "(reverses_id) WHERE reverses_id IS NOT NULL", "This voucher is reversed already."
    )
    _one_opening = models.UniqueIndex(
        "(book_id) WHERE kind = 'opening'", "The opening balances are entered already."
    )
    _posted_is_complete = models.Constraint(
        "CHECK (state = 'draft' OR (number IS NOT NULL AND period_id IS NOT NULL"
        " AND poster_id IS NOT NULL AND posted_on IS NOT NULL))",
        "A posted voucher has its number, its month, and who posted it.",
    )
    _reversal_reverses = models.Constraint(
        "CHECK ((kind = 'reversal') = (reverses_id IS NOT NULL))",
        "A reversal names what it reverses.",
    )
    _attachments_counted = models.Constraint(
        "CHECK (COALESCE(attachments, 0) >= 0)", "Papers are counted from nil up."
    )
    _book_idx = models.Index("(book_id, date DESC, id DESC)")
    _division_idx = models.Index("(division_id, date DESC)")

    def init(self):
        guard_vouchers(self.env.cr)

    @api.model
    def default_get(self, fields_list):
        # a user's own `ir.default`, or a key of his context, must not choose what steps decide
        values = super().default_get(fields_list)
        given = {key: value for key, value in values.items() if key not in _STEP_FIELDS}
        return given | {key: _BEGINNING[key] for key in _BEGINNING.keys() & set(fields_list)}

    @api.depends("number", "state", "date", "kind")
    def _compute_display_name(self):
        for voucher in self:
            if voucher.state != "posted":
                voucher.display_name = self.env._("Draft")
            elif voucher.kind == "opening":
                voucher.display_name = self.env._("Opening balances")
            else:
                voucher.display_name = vouchers.title(voucher.date, voucher.number)

    @api.depends("line_ids.debit", "line_ids.credit")
    def _compute_total(self):
        for voucher in self:
            debit = sum(voucher.line_ids.mapped("debit"))
            voucher.total = debit
            voucher.difference = debit - sum(voucher.line_ids.mapped("credit"))

    @api.model
    def _has_field_access(self, field, operation):
        if operation == "write" and field.name in _STEP_FIELDS and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:
            # a many2one takes any id; the rules then refuse the division of others' books
            book = self.env["yangguang.book"].sudo().browse(values.get("book_id"))
            values["division_id"] = book.division_id.id
            values["maker_id"] = self.env.user.partner_id.id
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._check_draft()
            if _FIXED & vals.keys():
                raise UserError(self.env._("A voucher stays in its book: delete this draft."))
        result = super().write(vals)
        if "date" in vals:
            # the lines of a draft that its user may write; their day is no field of his
            self.sudo().line_ids.write({"date": vals["date"]})
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_posted(self):
        self._check_draft()

    def _check_draft(self):
        """Raises for a posted voucher."""
        if any(voucher.state == "posted" for voucher in self):
            raise UserError(
                self.env._("A posted voucher does not change: reverse it and book it anew.")
            )

    def _check_bookkeeper(self):
        """Raises unless the current user keeps these books today."""
        self.check_access("read")
        places = self.env.user.book_place_ids
        if any(voucher.division_id not in places for voucher in self):
            raise AccessError(self.env._("You do not keep these books."))

    def _open(self):
        """The action that shows this voucher."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }
