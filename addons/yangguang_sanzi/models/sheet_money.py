"""The sheets of money bound to a purpose as the registers fill them (T_SZ09, T_BK02, T_BK03)."""

from datetime import date

from odoo import api, models

from ..lib import cells, earmarked
from ..lib.money import ZERO
from .yangguang_register import money


class Grant(models.Model):
    _inherit = "yangguang.grant"

    @api.model
    def _sheet_domain(self, item_code):
        running = [("running_item", "!=" if item_code == "BK03" else "=", False)]
        return [("state", "!=", "draft"), *running]

    def _sheet_rows(self, item_code, period):
        row = type(self)._running_row if item_code == "BK03" else type(self)._special_row
        granted = self.filtered(lambda one: one.granted_on <= period.end)
        in_order = granted.sorted(lambda one: (one.granted_on, one.code))
        return [found for one in in_order if (found := row(one, period))]

    def _special_row(self, period):
        movements = self._movements()
        figures = earmarked.figures(movements, period.start, period.end)
        if self.state == "closed" and not (figures.opening or figures.received or figures.spent):
            return None
        came = [one.day for one in movements if one.kind == "received" and one.day <= period.end]
        return {
            "doc_no": self.code,
            "source": self.source,
            "fund_name": self.name,
            "project": self.project_id.name or self.purpose,
            "allocated": cells.money(money(self.promised)),
            "received_date": cells.day(max(came, default=None)),
            "opening": cells.money(figures.opening),
            "received": cells.money(figures.received),
            "used": cells.money(figures.spent),
            "used_total": cells.money(figures.spent_total),
            "progress": self.progress,
        }

    def _running_row(self, period):
        figures = earmarked.figures(self._movements(), period.start, period.end)
        granted = money(self.promised) if self.granted_on >= period.start else ZERO
        if not (granted or figures.received or figures.spent):
            return None
        return {
            "period": period.label,
            "item": self.running_item,
            "persons": cells.count(self.persons),
            "standard": cells.known_money(money(self.rate)),
            "allocated": cells.money(granted),
            "received": cells.money(figures.received),
            "spent": cells.money(figures.spent),
        }


class LandCompensation(models.Model):
    _inherit = "yangguang.land.compensation"

    @api.model
    def _sheet_domain(self, item_code):
        return [("state", "!=", "draft")]

    def _sheet_rows(self, item_code, period):
        """What came and went from the beginning to the end of `period`."""
        granted = self.filtered(lambda one: one.granted_on <= period.end)
        return [
            one._compensation_row(period)
            for one in granted.sorted(lambda one: (one.granted_on, one.name, one.item))
        ]

    def _compensation_row(self, period):
        movements = [one for one in self._movements() if one.day <= period.end]
        figures = earmarked.figures(movements, date.min, period.end)
        came = [one.day for one in movements if one.kind == "received"]
        used_for = dict.fromkeys(one.note for one in movements if one.kind == "used")
        return {
            "batch": self.name,
            "approval_no": self.code,
            "area": cells.area(self.area),
            "item": self.item,
            "due": cells.money(money(self.promised)),
            "received": cells.money(figures.received),
            "receive_date": cells.day(max(came, default=None)),
            **{
                kind: cells.money(figures.spent_by.get(kind, ZERO))
                for kind in ("to_household", "to_social", "used")
            },
            "use_note": "；".join(used_for) or None,
            "resolution_no": self.resolution,
        }
