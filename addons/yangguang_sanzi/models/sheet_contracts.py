"""The sheets of contracts as the registers fill them (T_SZ05, T_SZ06, T_SZ08)."""

from odoo import api, models

from ..lib import arrears, cells
from .yangguang_contract import LETTING
from .yangguang_register import money


class Contract(models.Model):
    _inherit = "yangguang.contract"

    @api.model
    def _sheet_domain(self, item_code):
        begun = [("state", "!=", "draft")]
        return begun if item_code == "SZ05" else [*begun, ("kind", "in", LETTING)]

    def _sheet_rows(self, item_code, period):
        in_order = self.sorted(lambda one: (one.start, one.code))
        if item_code == "SZ05":
            return [
                one._ledger_row()
                for one in in_order
                if one.signed <= period.end and not (one.ended_on and one.ended_on < period.start)
            ]
        return [row for one in in_order for row in one._arrears_rows(period)]

    def _ledger_row(self):
        return {
            "contract_no": self.code,
            "name": self.name,
            "kind": self.kind,
            "subject": self.subject,
            "area": cells.area(self.area),
            "party_b": self.party,
            "insider": cells.yes(self.is_member),
            "sign_date": cells.day(self.signed),
            "start": cells.day(self.start),
            "end": cells.day(self.end),
            "term": str(self.term),
            "annual": cells.money(money(self.annual)),
            "total": cells.known_money(money(self.total)),
            "pay_cycle": self.cycle,
            "adjust": self._terms().step.in_words(),
            "deposit": cells.known_money(money(self.deposit)),
            "method": self.method,
            "votes_for": cells.count(self.votes_for),
            "votes_all": cells.count(self.votes_all),
            "resolution_no": self.resolution,
            "town_filed": self.town,
            "trade_no": self.trade_number or None,
            "status": self.standing,
        }

    def _arrears_rows(self, period):
        """The instalments that `period` is about."""
        matching = self._matching()
        instalments = {one.id: one for one in self.instalment_ids}
        reminded = self.reminder_ids.filtered(lambda one: one.day <= period.end)[:1].kind or None
        return [
            {
                "contract_no": self.code,
                "party_b": self.party,
                "period": f"{instalments[row.due.key].start}至{instalments[row.due.key].end}",
                "due_date": cells.day(row.due.day),
                "arrears_opening": cells.money(row.opening),
                "receivable": cells.money(row.receivable),
                "received": cells.money(row.received),
                "receipt_no": self._receipt_numbers(matching, row.due, period),
                "overdue_days": str(row.overdue_days),
                "action": _action(row, reminded),
            }
            for row in arrears.rows(matching, period.start, period.end)
        ]

    @staticmethod
    def _receipt_numbers(matching, due, period):
        numbers = [
            part.receipt.key
            for part in matching.parts
            if part.due is due and period.start <= part.receipt.day <= period.end
        ]
        return "、".join(dict.fromkeys(numbers)) or None


def _action(row, reminded):
    """What the sheet says was done; nothing when something should have been done."""
    if not row.closing:
        return "paid"
    return reminded if row.overdue_days else "none"


class Tender(models.Model):
    _inherit = "yangguang.tender"

    @api.model
    def _sheet_domain(self, item_code):
        return [("result_start", "!=", False)]

    def _sheet_rows(self, item_code, period):
        """The results that are shown in `period`."""
        return [
            {
                "project_no": one.code,
                "name": one.name,
                "platform": one.platform,
                "notice_start": cells.day(one.notice_start),
                "notice_end": cells.day(one.notice_end),
                "base_price": cells.money(money(one.base_price)),
                "bidders": str(one.bidders),
                "deal_price": cells.money(money(one.deal_price)),
                "winner": one.winner or None,
                "term": str(one.term),
                "method": one.method,
                "pub_start": cells.day(one.result_start),
                "pub_end": cells.day(one.result_end),
                "contract_no": one.contract_id.code or None,
            }
            for one in self.sorted("code")
            if one.result_start <= period.end
            and not (one.result_end and one.result_end < period.start)
        ]
