from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..lib.chart import Account

# what a detail has from the account it details
_INHERITED = (
    "kind",
    "side",
    "money",
    "balance",
    "owed",
    "income",
    "distribution",
    "settles",
    "computed",
    "public_lines",
)


class LedgerAccount(models.Model):
    """An account of a chart, or a detail that one collective adds below it (a bank account).

    A detail stands in the statements where its parent does. What entries stand in does not
    change its code or kind any more; it ends with its last day.
    """

    _name = "yangguang.ledger.account"
    _description = "Account of the books"
    _order = "code"
    _rec_names_search = ["code", "name"]

    chart_id = fields.Many2one("yangguang.chart", required=True, index=True, ondelete="restrict")
    collective_id = fields.Many2one(
        "yangguang.collective", index=True, ondelete="restrict", help="Empty: of all."
    )
    code = fields.Char(required=True)
    name = fields.Char(required=True)
    name_en = fields.Char("English name")
    kind = fields.Selection(
        [
            ("asset", "Assets"),
            ("liability", "Liabilities"),
            ("equity", "Equity"),
            ("cost", "Costs"),
            ("income", "Income"),
            ("expense", "Expense"),
        ],
        required=True,
    )
    side = fields.Selection([("debit", "Debit"), ("credit", "Credit")], required=True)
    money = fields.Selection([("cash", "Cash"), ("bank", "Bank")])
    balance = fields.Char("Line of the balance sheet", required=True)
    owed = fields.Char("Its line when the counterparty stands on the other side")
    income = fields.Char("Line of the income statement")
    distribution = fields.Char("Line of the distribution")
    settles = fields.Boolean("Claims and debts")
    computed = fields.Boolean("Never paid or received")
    public_lines = fields.Char(help="Codes of further public lines that go with it.")
    date_from = fields.Date(required=True)
    date_to = fields.Date(string="Last day")
    bank_name = fields.Char("Held at")
    bank_number = fields.Char("Account number")

    _code_unique = models.UniqueIndex(
        "(chart_id, code, COALESCE(collective_id, 0))", "This account code is taken."
    )
    _days = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)", "An account ends after it begins."
    )
    _code_shape = models.Constraint(
        "CHECK (code ~ '^[0-9]{3,}$')", "An account code has three digits or more."
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for account in self:
            account.display_name = f"{account.code or ''} {account.name or ''}".strip()

    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:
            if collective := values.get("collective_id"):
                parent = self._parent(values.get("chart_id"), values.get("code"), collective)
                values.update({name: parent[name] for name in _INHERITED})
        accounts = super().create(vals_list)
        accounts._check_place()
        return accounts

    def write(self, vals):
        fixed = {"chart_id", "collective_id", "code", *_INHERITED}
        if fixed & vals.keys() and self._is_used():
            raise UserError(
                self.env._("Entries stand in this account: end it, and open another one.")
            )
        result = super().write(vals)
        self._check_place()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if self._is_used():
            raise UserError(
                self.env._("Entries stand in this account: end it, and open another one.")
            )

    def _check_place(self):
        """Raises when a detail of a collective takes a code of the chart, or when entries stand
        in the account that it details: they would be above a detail."""
        for account in self.filtered("collective_id"):
            if self.search_count(
                [
                    ("chart_id", "=", account.chart_id.id),
                    ("collective_id", "=", False),
                    ("code", "=", account.code),
                ]
            ):
                raise ValidationError(self.env._("This account code is taken."))
            parent = self._parent(account.chart_id.id, account.code, account.collective_id.id)
            if parent._is_used(account.collective_id):
                raise ValidationError(
                    self.env._(
                        "Entries stand in %(parent)s: details are opened before the first entry.",
                        parent=parent.display_name,
                    )
                )

    def _is_used(self, collective=None):
        domain = [("account_id", "in", self.ids)]
        if collective:
            domain.append(("book_id.collective_id", "=", collective.id))
        return bool(self.env["yangguang.voucher.line"].sudo().search_count(domain, limit=1))

    @api.model
    def _parent(self, chart_id, code, collective_id):
        """The account whose detail `code` is for the collective. Raises when there is none."""
        above = [code[:length] for length in range(3, len(code or ""))]
        parent = self.search(
            [
                ("chart_id", "=", chart_id),
                ("collective_id", "in", [False, collective_id]),
                ("code", "in", above),
            ],
            order="code desc",
            limit=1,
        )
        if not parent:
            raise ValidationError(
                self.env._(
                    "%(code)s: a detail begins with the code of its account.", code=code or ""
                )
            )
        return parent

    def _of_the_chart(self):
        """The account of the chart in which this one stands: itself, or what it details."""
        self.ensure_one()
        if not self.collective_id:
            return self
        return self._parent(self.chart_id.id, self.code, False)

    @api.model
    def _values(self, chart, account):
        """The values of a record of `chart` for the `lib.chart.Account`."""
        return {
            "chart_id": chart.id,
            **{name: getattr(account, name) for name in _INHERITED if name != "public_lines"},
            "code": account.code,
            "name": account.name,
            "name_en": account.name_en,
            "public_lines": ",".join(account.lines),
            "date_from": account.date_from,
            "date_to": False if account.date_to == date.max else account.date_to,
        }

    def _as_account(self):
        self.ensure_one()
        return Account(
            code=self.code,
            name=self.name,
            kind=self.kind,
            side=self.side,
            balance=self.balance,
            name_en=self.name_en or "",
            money=self.money or None,
            owed=self.owed or None,
            income=self.income or None,
            distribution=self.distribution or None,
            settles=self.settles,
            computed=self.computed,
            lines=tuple(filter(None, (self.public_lines or "").split(","))),
            date_from=self.date_from,
            date_to=self.date_to or date.max,
        )
