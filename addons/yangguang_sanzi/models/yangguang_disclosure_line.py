from odoo import api, fields, models

from ..lib import shipped
from ..lib.public_lines import PublicLines


class DisclosureLine(models.Model):
    """A line under which money that comes in or goes out is disclosed (the rule of 2011)."""

    _name = "yangguang.disclosure.line"
    _description = "Public line of receipts and payments"
    _order = "sequence, id"

    sequence = fields.Integer()
    code = fields.Char(required=True)
    name = fields.Char(required=True)
    name_en = fields.Char("English name")
    direction = fields.Selection([("in", "Receipts"), ("out", "Payments")], required=True)
    account_codes = fields.Char(required=True, help="Accounts of the first level, with commas.")

    _code_unique = models.Constraint("UNIQUE (code)", "This code is taken.")

    @api.model
    def _load_shipped(self):
        """Takes in the shipped lines that are not there yet."""
        present = set(self.search([]).mapped("code"))
        self.create(
            [
                {
                    "sequence": place,
                    "code": one["code"],
                    "name": one["name"],
                    "name_en": one["name_en"],
                    "direction": one["direction"],
                    "account_codes": ",".join(one["accounts"]),
                }
                for place, one in enumerate(shipped.public_lines_data())
                if one["code"] not in present
            ]
        )

    @api.model
    def _as_public_lines(self):
        """All lines as `lib.public_lines.PublicLines`."""
        return PublicLines.from_data(
            {
                "code": line.code,
                "name": line.name,
                "direction": line.direction,
                "accounts": line.account_codes.split(","),
            }
            for line in self.search([])
        )
