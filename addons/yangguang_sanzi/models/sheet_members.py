"""The sheets of members as the registers fill them (T_SZ11, T_CW13)."""

from odoo import api, models

from ..lib import cells
from .yangguang_register import money


class Member(models.Model):
    _inherit = "yangguang.member"

    @api.model
    def _sheet_domain(self, item_code):
        return [("state", "!=", "draft")]

    def _sheet_rows(self, item_code, period):
        """The roll at the end of `period`, with those who have left in it."""
        # what members read is Chinese, whoever fills the sheet
        reasons = dict(
            self._fields["left_reason"]._description_selection(self.with_context(lang="zh_CN").env)
        )
        on_the_roll = self.filtered(
            lambda one: (
                one.confirmed <= period.end and not (one.left_on and one.left_on < period.start)
            )
        )
        return [
            {
                "household_no": one.household,
                "head": one.head,
                "member": one.name,
                "relation": one.relation or None,
                "basis": one.basis,
                "change": one._change(period),
                "reason": reasons[one.left_reason] if one._has_left(period) else None,
                "shares": str(one.shares),
                "confirm_date": cells.day(one.confirmed),
                "pub_start": cells.day(one.shown_from),
                "pub_end": cells.day(one.shown_until),
                "resolution_no": one.left_resolution if one._has_left(period) else one.resolution,
            }
            for one in on_the_roll.sorted(lambda one: (one.household, one.id))
        ]

    def _has_left(self, period):
        return bool(self.left_on) and self.left_on <= period.end

    def _change(self, period):
        if self._has_left(period):
            return "quit" if self.state == "quit" else "lose"
        return "add" if self.confirmed >= period.start else "keep"


class Dividend(models.Model):
    _inherit = "yangguang.dividend"

    @api.model
    def _sheet_domain(self, item_code):
        return [("state", "=", "fixed")]

    def _sheet_rows(self, item_code, period):
        """The last dividend that was fixed for a year up to the end of `period`."""
        last = self.filtered(lambda one: one.year <= str(period.end.year)).sorted("year")[-1:]
        return [
            {
                "household_no": one.household,
                "head": one.head,
                "group": one.group,
                "members": str(one.members),
                "shares": str(one.shares),
                "per_share": cells.money(money(last.per_share)),
                "deduct": cells.money(money(one.deducted)),
                "method": one.method,
            }
            for one in last.line_ids.sorted("household")
        ]
