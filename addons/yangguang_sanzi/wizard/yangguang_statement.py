from odoo import api, fields, models

from odoo.addons.yangguang_cunwu.lib.periods import Period

from ..lib.vouchers import number_text


class Statement(models.TransientModel):
    """A statement of the books for a month, worked out when it is opened; nothing is typed."""

    _name = "yangguang.statement"
    _description = "Statement of the books"

    period_id = fields.Many2one(
        "yangguang.book.period", string="Month", required=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("trial_balance", "Trial balance"),
            ("place_balance", "Trial balance of all books of a place"),
            ("account_ledger", "Ledger of an account"),
            ("balance_sheet", "Balance sheet"),
            ("income_statement", "Income and distribution"),
        ],
        default="trial_balance",
        required=True,
    )
    division_id = fields.Many2one(
        "yangguang.division",
        string="Place",
        ondelete="cascade",
        default=lambda self: self.env.user.read_division_ids.sorted("level")[:1],
    )
    chart_id = fields.Many2one(related="period_id.book_id.chart_id")
    collective_id = fields.Many2one(related="period_id.book_id.collective_id")
    account_id = fields.Many2one("yangguang.ledger.account", ondelete="cascade")
    line_ids = fields.One2many(
        "yangguang.statement.line", "statement_id", compute="_compute_line_ids"
    )

    @api.depends("period_id", "kind", "account_id", "division_id")
    def _compute_line_ids(self):
        for statement in self:
            rows = getattr(statement, f"_rows_{statement.kind}")() if statement.period_id else []
            statement.line_ids = [(5, 0, 0), *((0, 0, row) for row in rows)]

    def _rows_trial_balance(self):
        book, span = self.period_id.book_id, Period.parse(self.period_id.month)
        yield from self._rows_of_balances(book._chart(), book._trial_balance(span))

    def _rows_place_balance(self):
        if not self.division_id:
            return
        chart, span = self.chart_id, Period.parse(self.period_id.month)
        rows = self.env["yangguang.book.total"]._trial_balance(
            chart, self.division_id, span.start, span.end
        )
        yield from self._rows_of_balances(chart._as_chart(self.collective_id), rows)

    @staticmethod
    def _rows_of_balances(chart, rows):
        for code, row in rows.items():
            account = chart.by_code[code]
            sign = 1 if account.side == "debit" else -1
            yield {
                "label": f"{code} {account.name}",
                "opening": sign * row.opening,
                "debit": row.debit,
                "credit": row.credit,
                "closing": sign * row.closing,
            }

    def _rows_account_ledger(self):
        if not self.account_id:
            return
        span = Period.parse(self.period_id.month)
        sign = 1 if self.account_id.side == "debit" else -1
        for row in self.period_id.book_id._account_ledger(self.account_id.code, span):
            yield {
                "date": row.date,
                "label": f"{number_text(row.number)} {row.summary}",
                "debit": row.debit,
                "credit": row.credit,
                "closing": sign * row.balance,
            }

    def _rows_balance_sheet(self):
        sheet = self.period_id.book_id._balance_sheet(Period.parse(self.period_id.month))
        for key, label in self._labels("T_CW11"):
            opening, closing = sheet[key]
            yield {"label": label, "opening": opening, "closing": closing}

    def _rows_income_statement(self):
        sheet = self.period_id.book_id._income_statement(Period.parse(self.period_id.month))
        for key, label in self._labels("T_CW12"):
            yield {"label": label, "closing": sheet[key]}

    def _labels(self, code):
        """Keys and labels of the rows of the newest form `code`, in its order."""
        form = self.env["yangguang.template"].search([("code", "=", code)], limit=1)
        return [(row.key, row.label) for row in form._layout().fixed_rows] if form else []


class StatementLine(models.TransientModel):
    """A row of a statement."""

    _name = "yangguang.statement.line"
    _description = "Row of a statement"

    statement_id = fields.Many2one("yangguang.statement", required=True, ondelete="cascade")
    date = fields.Date(readonly=True)
    label = fields.Char(readonly=True)
    opening = fields.Float(digits=(16, 2), readonly=True)
    debit = fields.Float(digits=(16, 2), readonly=True)
    credit = fields.Float(digits=(16, 2), readonly=True)
    closing = fields.Float(digits=(16, 2), readonly=True)
