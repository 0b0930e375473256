from odoo import api, fields, models

from ..lib import shipped

KINDS = [
    ("fixed", "Fixed asset"),
    ("bio", "Biological asset"),
    ("intan", "Intangible asset"),
    ("resource", "Resource"),
]


class AssetCategory(models.Model):
    """A kind of assets or resources, with what they are depreciated by."""

    _name = "yangguang.asset.category"
    _description = "Category of assets"
    _order = "sequence, id"

    sequence = fields.Integer(default=100)
    kind = fields.Selection(KINDS, required=True)
    code = fields.Char(required=True)
    form_code = fields.Char(required=True, help="The option of the form it is shown under.")
    name = fields.Char(required=True)
    name_en = fields.Char("English name")
    years = fields.Integer("Useful life", help="In years; nil for what is not depreciated.")
    residual = fields.Integer("Residual value", help="Per cent of the original value.")
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint("UNIQUE (kind, code)", "This code is taken.")
    _depreciated = models.Constraint(
        "CHECK (years >= 0 AND residual BETWEEN 0 AND 100)",
        "A life is nil years or more, a residual value nil to a hundred per cent.",
    )

    @api.model
    def _load_shipped(self):
        """Takes in the shipped categories, unless there are any."""
        if self.with_context(active_test=False).search_count([], limit=1):
            return
        self.create(
            [
                {"form_code": one["code"], **one, "sequence": place}
                for place, one in enumerate(shipped.asset_categories_data(), start=1)
            ]
        )
