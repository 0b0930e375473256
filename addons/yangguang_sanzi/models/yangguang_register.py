from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.money import exact
from .register_guard import guard_below, guard_matched, guard_register


class Register(models.AbstractModel):
    """What a collective keeps a register of: a draft, then in force, then closed for good.

    Inheriting models say which fields a step has fixed (`_fixed_fields`), which ones steps alone
    write (`_step_fields`), in which states nothing changes any more (`_closed_states`), and what
    may still be added below then (`_open_fields`).
    """

    _name = "yangguang.register"
    _description = "Register of a collective"

    _fixed_fields = ()
    _step_fields = ("state",)
    _closed_states = ()
    _open_fields = ()

    collective_id = fields.Many2one(
        "yangguang.collective",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self._default_collective_id(),
    )
    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, index=True, ondelete="restrict"
    )

    def init(self):
        if "state" in self._fields and not self._abstract:
            fixed = ("collective_id", "division_id", *self._fixed_fields)
            guard_register(self.env.cr, self._table, self._closed_states, fixed)
        return super().init()

    @api.model
    def _default_collective_id(self):
        """The collective of whoever keeps the registers of one alone."""
        places = self.env.user.register_place_ids
        found = self.env["yangguang.collective"].search(
            [("division_id", "in", places.ids)], limit=2
        )
        return found if len(found) == 1 else found.browse()

    @api.model
    def default_get(self, fields_list):
        # a user's own `ir.default`, or a key of his context, must not choose what steps decide
        values = super().default_get(fields_list)
        given = {key: value for key, value in values.items() if key not in self._step_fields}
        if "state" in self._fields and "state" in fields_list:
            given["state"] = "draft"
        return given

    @api.model
    def _has_field_access(self, field, operation):
        if operation == "write" and field.name in self._step_fields and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:
            collective = values.get("collective_id") or self._default_collective_id().id
            # a many2one takes any id; the rules then refuse the division of another's register
            division = self.env["yangguang.collective"].sudo().browse(collective).division_id
            values |= {"collective_id": collective, "division_id": division.id}
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            if {"collective_id", "division_id"} & vals.keys():
                raise UserError(self.env._("An entry stays in its register: delete this draft."))
            if vals.keys() - set(self._open_fields):
                self._check_open()
            if set(self._fixed_fields) & vals.keys() and not self._are_drafts():
                raise UserError(
                    self.env._("What was entered with the step is fixed and does not change.")
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_force(self):
        if not self._are_drafts():
            raise UserError(self.env._("Only drafts are deleted."))

    def _owner_name(self):
        """The collective whose register this is, as sheets name it."""
        return self.collective_id.name

    def _are_drafts(self):
        return "state" not in self._fields or all(one.state == "draft" for one in self)

    def _check_open(self):
        """Raises for what is closed."""
        if "state" in self._fields and any(one.state in self._closed_states for one in self):
            raise UserError(self.env._("This is closed and does not change any more."))

    def _check_draft(self):
        """Raises unless the current user may write these drafts."""
        self.check_access("write")
        if not self._are_drafts():
            raise UserError(self.env._("This step is taken with a draft."))


class RegisterPart(models.AbstractModel):
    """What lies below an entry of a register, and stays with it when that is closed."""

    _name = "yangguang.register.part"
    _description = "Part of a register's entry"

    # the field that names the entry, and whether what lies below closes with it
    _above = None
    _closes = True

    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, index=True, ondelete="restrict"
    )

    def init(self):
        if not self._abstract and self._closes:
            above = self.env[self._fields[self._above].comodel_name]
            if above._closed_states:
                guard_below(
                    self.env.cr, self._table, above._table, self._above, above._closed_states
                )
        return super().init()

    @api.model_create_multi
    def create(self, vals_list):
        above = self.env[self._fields[self._above].comodel_name].sudo()
        for values in vals_list:
            entry = above.browse(values.get(self._above))
            if self._closes and not self.env.su:
                entry._check_open()
            values["division_id"] = entry.division_id.id
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._check_open()
            if {self._above, "division_id"} & vals.keys():
                raise UserError(self.env._("A line stays with its entry: delete it there."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self._check_open()

    def _check_open(self):
        if self._closes:
            self[self._above]._check_open()


class RegisterMovement(models.AbstractModel):
    """Money of an entry that came or went. It may name its line in the ledger: it then has that
    line's day, and all that name it are together not above its amount (`register_guard.py`)."""

    _name = "yangguang.register.movement"
    _description = "Money of a register's entry"
    _inherit = ["yangguang.register.part"]
    _order = "day, id"

    day = fields.Date(
        "Date", compute="_compute_from_ledger", store=True, precompute=True, readonly=False
    )
    amount = fields.Float(
        digits=(16, 2),
        compute="_compute_from_ledger",
        store=True,
        precompute=True,
        readonly=False,
    )
    voucher_line_id = fields.Many2one(
        "yangguang.voucher.line",
        "Line of the ledger",
        index="btree_not_null",
        ondelete="restrict",
        domain=[("state", "=", "posted")],
    )
    note = fields.Char()

    _complete = models.Constraint(
        "CHECK (day IS NOT NULL AND amount > 0)", "Money has a day and an amount above nil."
    )
    _two_places = models.Constraint("CHECK (amount = round(amount, 2))", "Amounts have two places.")

    def init(self):
        if not self._abstract:
            guard_matched(self.env.cr, self._table)
        return super().init()

    @api.depends("voucher_line_id")
    def _compute_from_ledger(self):
        for movement in self:
            line = movement.voucher_line_id
            movement.day = line.date or movement.day
            movement.amount = movement.amount or abs(line.debit + line.credit)

    def _counted(self):
        """These without what the books have reversed since."""
        return self.filtered(lambda one: not one.voucher_line_id.sudo().voucher_id.reversal_ids)

    @api.model
    def _counts(self):
        """The domain of `_counted`."""
        return fields.Domain("voucher_line_id", "=", False) | fields.Domain(
            "voucher_line_id.voucher_id.reversal_ids", "=", False
        )

    @api.constrains("voucher_line_id", "day", "amount")
    def _check_ledger(self):
        for line, moved in self.grouped("voucher_line_id").items():
            if not line:
                continue
            if line.state != "posted" or line.division_id != moved[:1].division_id:
                raise UserError(self.env._("Choose a posted line of this collective's ledger."))
            if any(one.day != line.date for one in moved):
                raise UserError(
                    self.env._("The day is that of the ledger: %(day)s.", day=line.date)
                )
            matched = self.sudo().search([("voucher_line_id", "=", line.id)])
            total = sum(money(one.amount) for one in matched)
            if total > money(abs(line.debit + line.credit)):
                raise UserError(
                    self.env._(
                        "Together this is more than the line of the ledger: %(summary)s.",
                        summary=line.summary,
                    )
                )


def money(amount):
    """Return a stored amount as an exact Decimal."""
    return exact(f"{amount or 0:.2f}")
