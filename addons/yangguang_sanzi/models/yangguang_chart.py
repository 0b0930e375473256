from odoo import api, fields, models

from ..lib import shipped
from ..lib.chart import Chart


class AccountChart(models.Model):
    """A chart of accounts: the accounts that an accounting system sets, with the day it begins.

    A later system is another chart; books say which one they are kept by.
    """

    _name = "yangguang.chart"
    _description = "Chart of accounts"
    _order = "date_from desc, code"

    code = fields.Char(required=True)
    name = fields.Char(required=True)
    basis = fields.Char(string="Document number")
    date_from = fields.Date(required=True, help="In force from this day on.")
    result_code = fields.Char("Account of the year's result", required=True)
    undistributed_code = fields.Char("Account of the undistributed result", required=True)
    account_ids = fields.One2many(
        "yangguang.ledger.account", "chart_id", domain=[("collective_id", "=", False)]
    )

    _code_unique = models.Constraint("UNIQUE (code)", "This code is taken.")

    @api.model
    def _load_shipped(self):
        """Takes in the shipped chart, unless it is there."""
        data = shipped.chart_data()
        if self.search_count([("code", "=", data["code"])], limit=1):
            return
        chart = self.create(
            {
                "code": data["code"],
                "name": data["name"],
                "basis": data["basis"],
                "date_from": data["date_from"],
                "result_code": data["result"],
                "undistributed_code": data["undistributed"],
            }
        )
        accounts = self.env["yangguang.ledger.account"]
        accounts.create([accounts._values(chart, one) for one in shipped.chart().accounts])

    def _as_chart(self, collective):
        """This chart with the detail accounts of `collective`, as `lib.chart.Chart`."""
        self.ensure_one()
        accounts = self.env["yangguang.ledger.account"].search(
            [("chart_id", "=", self.id), ("collective_id", "in", [False, collective.id])]
        )
        return Chart(
            self.code,
            self.name,
            tuple(account._as_account() for account in accounts),
            self.result_code,
            self.undistributed_code,
            self.basis or "",
            self.date_from,
        )
