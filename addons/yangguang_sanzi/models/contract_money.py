from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import arrears, rent
from .register_guard import guard_below
from .yangguang_register import money


class ContractInstalment(models.Model):
    """What is due on a day. Instalments are made and shortened by the steps of the contract."""

    _name = "yangguang.contract.instalment"
    _description = "Instalment of a contract"
    _order = "due, id"
    _rec_name = "due"

    contract_id = fields.Many2one(
        "yangguang.contract", required=True, readonly=True, index=True, ondelete="restrict"
    )
    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, index=True, ondelete="restrict"
    )
    start = fields.Date("From", required=True, readonly=True)
    end = fields.Date("Last day of it", required=True, readonly=True)
    due = fields.Date("Due on", required=True, readonly=True)
    amount = fields.Float(digits=(16, 2), required=True, readonly=True)
    receipt_ids = fields.One2many("yangguang.contract.receipt", "instalment_id", readonly=True)
    paid = fields.Float(digits=(16, 2), compute="_compute_paid")
    unpaid = fields.Float(digits=(16, 2), compute="_compute_paid")
    overdue_days = fields.Integer("Days overdue", compute="_compute_paid", aggregator=None)

    _once = models.Constraint("UNIQUE (contract_id, start)", "This time has its instalment.")
    _sound = models.Constraint(
        'CHECK (amount > 0 AND amount = round(amount, 2) AND "end" >= start)',
        "An instalment is above nil and for a time.",
    )

    def init(self):
        closed = self.env["yangguang.contract"]._closed_states
        guard_below(self.env.cr, self._table, "yangguang_contract", "contract_id", closed)

    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:
            contract = self.env["yangguang.contract"].browse(values["contract_id"])
            values["division_id"] = contract.division_id.id
        return super().create(vals_list)

    @api.depends(
        "amount", "contract_id.receipt_ids.amount", "contract_id.receipt_ids.instalment_id"
    )
    def _compute_paid(self):
        today = clock.today()
        for contract, instalments in self.grouped("contract_id").items():
            matching = contract._matching()
            by_key = {due.key: due for due in matching.dues}
            for one in instalments:
                due = by_key.get(one.id)
                one.unpaid = matching.unpaid(due, today) if due else one.amount
                one.paid = one.amount - one.unpaid
                one.overdue_days = max((today - one.due).days, 0) if one.unpaid else 0

    def _as_instalment(self):
        self.ensure_one()
        return rent.Instalment(self.start, self.end, self.due, money(self.amount))


class ContractReceipt(models.Model):
    """Money of a contract: rent, a deposit, or a deposit paid back. Rent goes to the instalment
    that is named, else to the one that has been due for longest (`lib/arrears.py`)."""

    _name = "yangguang.contract.receipt"
    _description = "Receipt of a contract"
    _inherit = ["yangguang.register.movement"]

    _above = "contract_id"
    # what is owed may still be paid when the contract has ended
    _closes = False

    contract_id = fields.Many2one(
        "yangguang.contract", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [("rent", "Rent"), ("deposit", "Deposit"), ("deposit_back", "Deposit paid back")],
        default="rent",
        required=True,
    )
    instalment_id = fields.Many2one(
        "yangguang.contract.instalment",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('contract_id', '=', contract_id)]",
    )
    number = fields.Char("Receipt number")

    _rent_alone = models.Constraint(
        "CHECK (kind = 'rent' OR instalment_id IS NULL)", "A deposit pays no instalment."
    )
    _rent_has_a_receipt = models.Constraint(
        "CHECK (kind != 'rent' OR number IS NOT NULL)", "Whoever pays rent gets a receipt."
    )

    @api.constrains("instalment_id", "contract_id")
    def _check_instalment(self):
        if any(
            one.instalment_id and one.instalment_id.contract_id != one.contract_id for one in self
        ):
            raise ValidationError(self.env._("This instalment is another contract's."))

    @api.constrains("contract_id", "kind", "amount", "day")
    def _check_contract(self):
        for contract in self.contract_id:
            if contract.state == "draft":
                raise UserError(self.env._("The contract has not begun."))
            if contract._deposit_held() < 0:
                raise UserError(self.env._("No more of a deposit is paid back than was paid."))


class ContractReminder(models.Model):
    """What was done about arrears."""

    _name = "yangguang.contract.reminder"
    _description = "Action on arrears"
    _inherit = ["yangguang.register.part"]
    _order = "day desc, id desc"
    _rec_name = "day"

    _above = "contract_id"
    # what is owed may still be paid when the contract has ended
    _closes = False

    contract_id = fields.Many2one(
        "yangguang.contract", required=True, index=True, ondelete="cascade"
    )
    day = fields.Date("Date", required=True, default=lambda self: clock.today())
    kind = fields.Selection(
        [
            ("urge", "Urged"),
            ("plan", "Plan of payment"),
            ("sue", "Lawsuit"),
            ("end", "Taken back"),
        ],
        default="urge",
        required=True,
    )
    note = fields.Char()


class Contract(models.Model):
    """What is paid of a contract and what is owed."""

    _inherit = "yangguang.contract"

    arrears = fields.Float(digits=(16, 2), compute="_compute_arrears", search="_search_arrears")
    days_30 = fields.Float("0–30 days", digits=(16, 2), compute="_compute_arrears")
    days_90 = fields.Float("31–90 days", digits=(16, 2), compute="_compute_arrears")
    days_180 = fields.Float("91–180 days", digits=(16, 2), compute="_compute_arrears")
    older = fields.Float("Over 180 days", digits=(16, 2), compute="_compute_arrears")
    deposit_held = fields.Float(digits=(16, 2), compute="_compute_deposit_held")

    @api.depends("instalment_ids.amount", "receipt_ids.amount", "receipt_ids.kind")
    def _compute_arrears(self):
        today = clock.today()
        for contract in self:
            ages = contract._matching().ageing(today)
            for key, amount in ages.items():
                contract[key] = amount
            contract.arrears = sum(ages.values())

    @api.model
    def _search_arrears(self, operator, value):
        if operator != ">" or value:
            return NotImplemented
        today = clock.today()
        receipts = self.env["yangguang.contract.receipt"]
        rent_of = fields.Domain([("kind", "=", "rent"), ("day", "<=", today)]) & receipts._counts()
        due = self.env["yangguang.contract.instalment"]._read_group(
            [("due", "<=", today)], ["contract_id"], ["amount:sum"]
        )
        paid = dict(receipts._read_group(rent_of, ["contract_id"], ["amount:sum"]))
        # who has paid less than is due owes; who has not may owe when he paid for later times
        told = receipts._read_group(
            rent_of & fields.Domain("instalment_id", "!=", False), ["contract_id"]
        )
        unsure = {contract for (contract,) in told}
        owing = [
            contract.id
            for contract, amount in due
            if money(amount) > money(paid.get(contract))
            or (contract in unsure and contract.arrears > 0)
        ]
        return [("id", "in", owing)]

    @api.depends("receipt_ids.amount", "receipt_ids.kind")
    def _compute_deposit_held(self):
        for contract in self:
            contract.deposit_held = contract._deposit_held()

    def _deposit_held(self):
        """What of deposits is still with the collective."""
        self.ensure_one()
        signs = {"deposit": 1, "deposit_back": -1, "rent": 0}
        return sum(signs[one.kind] * money(one.amount) for one in self.receipt_ids._counted())

    def _matching(self):
        """How the receipts pay the instalments, as `lib.arrears.Matching`."""
        self.ensure_one()
        return arrears.match(
            [arrears.Due(one.id, one.due, money(one.amount)) for one in self.instalment_ids],
            [
                arrears.Receipt(
                    one.number, one.day, money(one.amount), one.instalment_id.id or None
                )
                for one in self.receipt_ids._counted().sorted(lambda one: (one.day, one._origin.id))
                if one.kind == "rent" and one.day
            ],
        )
