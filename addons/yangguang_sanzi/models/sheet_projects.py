"""The sheets of public projects as the registers fill them (T_GY01 to T_GY04)."""

from odoo import api, models

from ..lib import cells
from ..lib.money import ZERO
from .yangguang_register import money


class Project(models.Model):
    _inherit = "yangguang.project"

    @api.model
    def _sheet_domain(self, item_code):
        if item_code == "GY02":
            return [("state", "!=", "draft")]
        return [("resolution", "!=", False)]

    def _sheet_rows(self, item_code, period):
        """The projects of `period`; what was settled in an earlier year and is paid is not told."""
        year = period.start.replace(month=1, day=1)
        told = self.filtered(
            lambda one: (
                (not one.start or one.start <= period.end)
                and (one.state != "done" or one.accepted_on >= year or one._unpaid(period.end))
            )
        )
        row = type(self)._works_row if item_code == "GY02" else type(self)._project_row
        return [row(one, period) for one in told.sorted("code")]

    def _unpaid(self, day):
        return max(money(self.final or self.contract_amount) - self._paid(day), ZERO)

    def _project_row(self, period):
        return {
            "project_no": self.code,
            "name": self.name,
            "kind": self.kind,
            "resolution_no": self.resolution,
            "fund_gov": cells.money(money(self.fund_above)),
            "fund_own": cells.money(money(self.fund_own)),
            "fund_donate": cells.money(money(self.fund_donated)),
            "fund_raise": cells.money(money(self.fund_raised)),
            "contractor": self.contractor or None,
            "contract_amount": cells.known_money(money(self.contract_amount)),
            "start": cells.day(self.start),
            "plan_finish": cells.day(self.planned_finish),
            "finish": cells.day(self.finish),
            "progress": str(self.progress),
            "settle": cells.known_money(money(self.final)),
            "paid": cells.money(self._paid(period.end)),
            "stage": {"draft": "before", "running": "during", "done": "after"}[self.state],
            "accepted": self.accepted,
        }

    def _works_row(self, period):
        return {
            "project_no": self.code,
            "name": self.name,
            "method": self.method,
            "control_price": cells.known_money(money(self.control_price)),
            "notice_start": cells.day(self.notice_start),
            "notice_end": cells.day(self.notice_end),
            "bidders": cells.count(self.bidders),
            "winner": self.contractor,
            "bid_price": cells.known_money(money(self.bid_price)),
            "contract_amount": cells.known_money(money(self.contract_amount)),
            "change_amount": cells.known_money(money(self.change_amount)),
            "change_resolution": self.change_resolution or None,
            "settle": cells.known_money(money(self.settlement)),
            "reduction": cells.known_money(money(self.reduction)),
            "retention": cells.known_money(money(self.retention)),
            "paid": cells.money(self._paid(period.end)),
            "accept_date": cells.day(self.accepted_on),
        }


class Donation(models.Model):
    _inherit = "yangguang.donation"

    @api.model
    def _sheet_domain(self, item_code):
        return []

    def _sheet_rows(self, item_code, period):
        """What was given in `period`, used in it, or still left when it began."""
        return [
            row
            for one in self.sorted(lambda one: (one.day, one.id))
            if one.day <= period.end and (row := one._donation_row(period))
        ]

    def _donation_row(self, period):
        uses = self.use_ids._counted().filtered(lambda one: one.day <= period.end)
        used = sum((money(one.amount) for one in uses), ZERO)
        within = uses.filtered(lambda one: one.day >= period.start)
        if self.day < period.start and not within and used >= money(self.value):
            return None
        return {
            "date": cells.day(self.day),
            "donor": self.donor,
            "named": cells.yes(self.is_named),
            "kind": self.kind,
            "goods": self.goods or None,
            "qty": cells.count(self.quantity),
            "qty_unit": self.quantity_unit or None,
            "value": cells.money(money(self.value)),
            "purpose": self.purpose or None,
            "receipt_no": self.receipt,
            "use_date": cells.day(max(uses.mapped("day"), default=None)),
            "use_note": "；".join(dict.fromkeys(uses.mapped("note"))) or None,
            "used": cells.money(used),
        }


class Levy(models.Model):
    _inherit = "yangguang.levy"

    @api.model
    def _sheet_domain(self, item_code):
        return []

    def _sheet_rows(self, item_code, period):
        """Each group's levy from its beginning to the end of `period`."""
        return [one._levy_row(period) for one in self.sorted(lambda one: (one.matter, one.group))]

    def _levy_row(self, period):
        sums = {"received": ZERO, "award": ZERO, "used": ZERO}
        for one in self.movement_ids._counted().filtered(lambda one: one.day <= period.end):
            sums[one.kind] += money(one.amount)
        return {
            "matter": self.matter,
            "resolution_no": self.resolution,
            "group": self.group,
            "households": str(self.households),
            "persons": str(self.persons),
            "exempt": str(self.exempt),
            "per_capita": cells.money(money(self.per_head)),
            "labour_due": str(self.labour_due),
            "labour_done": str(self.labour_done),
            **{kind: cells.money(amount) for kind, amount in sums.items()},
        }
