"""The sheets of assets as the registers fill them (T_SZ02, T_SZ03, T_SZ04, T_SZ12)."""

from odoo import api, models
from odoo.exceptions import UserError

from ..lib import cells
from .yangguang_register import money


class Asset(models.Model):
    _inherit = "yangguang.asset"

    @api.model
    def _sheet_domain(self, item_code):
        kind = "fixed" if item_code == "SZ02" else "resource"
        return [("kind", "=", kind), ("state", "!=", "draft")]

    def _sheet_rows(self, item_code, period):
        """The rows of what was there when `period` ended."""
        there = self.filtered(
            lambda asset: (
                (not asset.acquired or asset.acquired <= period.end)
                and not any(one.leaves and one.day <= period.end for one in asset.event_ids)
            )
        )
        row = type(self)._value_row if item_code == "SZ02" else type(self)._area_row
        return [row(asset, period) for asset in there.sorted("code")]

    def _value_row(self, period):
        return {
            "asset_code": self.code,
            "name": self.name,
            "category": self.category_id.form_code,
            "nature": self.nature,
            "location": self.location,
            "qty": str(self.quantity),
            "qty_unit": self.quantity_unit,
            "acquired": cells.day(self.acquired),
            "source": self.source,
            "original": cells.money(money(self.original)),
            "life": str(self.years),
            "residual": str(self.residual),
            "accumulated": cells.money(self._accumulated(period.end)),
            "use": self.use,
            "contract_no": self.contract_id.code or None,
            "keeper": self.keeper,
        }

    def _area_row(self, period):
        contract = self.contract_id
        return {
            "parcel_code": self.code,
            "name": self.name,
            "kind": self.category_id.form_code,
            "owner_level": self.owner_level,
            "area": cells.area(self.area),
            "bounds": self.bounds,
            "mode": self.mode,
            "operator": contract.party or None,
            "contract_no": contract.code or None,
            "start": cells.day(contract.start),
            "end": cells.day(contract.end),
            "annual": cells.known_money(money(contract.annual)),
            "cert_no": self.certificate or None,
            "dispute": cells.yes(self.dispute),
        }


class AssetEvent(models.Model):
    _inherit = "yangguang.asset.event"

    @api.model
    def _sheet_domain(self, item_code):
        return []

    def _owner_name(self):
        return self.asset_id._owner_name()

    def _sheet_rows(self, item_code, period):
        """The rows of what came and left in `period`."""
        return [
            {
                "date": cells.day(one.day),
                "kind": one.kind,
                "asset_code": one.asset_id.code,
                "name": one.asset_id.name,
                "original": cells.money(money(one.original)),
                "accumulated": cells.money(money(one.accumulated)),
                "appraisal": cells.known_money(money(one.appraisal)),
                "price": cells.money(money(one.price)) if one.leaves else None,
                "method": one.method,
                "party": one.party or None,
                "resolution_no": one.resolution or None,
            }
            for one in self.sorted(lambda one: (one.day, one.id))
            if period.start <= one.day <= period.end
        ]


class Stocktaking(models.Model):
    _inherit = "yangguang.stocktaking"

    @api.model
    def _sheet_domain(self, item_code):
        return []

    def _sheet_rows(self, item_code, period):
        """The result of the check of the year; the sheet waits until it is confirmed."""
        check = self.filtered(lambda one: one.year == str(period.end.year))
        if not check or check.state != "confirmed":
            raise UserError(self.env._("The yearly check is not confirmed yet."))
        return [
            {
                "category": one.category,
                "book": cells.money(one.book),
                "checked": cells.money(one.checked),
                "op_part": cells.money(one.income_earning),
                "reason": "；".join(one.reasons) or None,
                "handling": "；".join(one.handlings) or None,
                "resolution_no": check.resolution,
            }
            for one in check._results()
        ]
