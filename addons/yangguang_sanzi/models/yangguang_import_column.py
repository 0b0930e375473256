from odoo import api, fields, models

from ..lib.importing.fields import KINDS


class ImportColumn(models.Model):
    """A column of a list that is imported, and what it is taken for."""

    _name = "yangguang.import.column"
    _description = "Column of an agency's list"
    _inherit = ["yangguang.register.part"]
    _order = "place, id"
    _above = "batch_id"

    batch_id = fields.Many2one(
        "yangguang.import.batch", required=True, index=True, ondelete="cascade"
    )
    place = fields.Integer("Column", required=True, readonly=True, aggregator=None)
    head = fields.Char("Column in the file", required=True, readonly=True)
    sample = fields.Char("First line", readonly=True)
    # heads as the lists have them, so in Chinese in every language
    field = fields.Selection("_selection_field", "Imported as")
    choices = fields.Char(compute="_compute_choices")

    _place_unique = models.Constraint("UNIQUE (batch_id, place)", "This column is there already.")

    @api.model
    def _selection_field(self):
        return [
            (f"{kind}.{one.key}", f"{one.label}*" if one.required else one.label)
            for kind, fields_of_kind in KINDS.items()
            for one in fields_of_kind
        ]

    @api.depends("batch_id.kind")
    def _compute_choices(self):
        for column in self:
            kind = column.batch_id.kind
            column.choices = ",".join(f"{kind}.{one.key}" for one in KINDS.get(kind, ()))

    def _key(self):
        """The field of its kind that it is taken for."""
        self.ensure_one()
        return self.field.partition(".")[2]
