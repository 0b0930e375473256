from odoo import api, fields, models


class ImportMapping(models.Model):
    """What the columns of an agency's program are, as they were chosen last."""

    _name = "yangguang.import.mapping"
    _description = "Columns of an agency's program"
    _order = "write_date desc, id desc"

    division_id = fields.Many2one(
        "yangguang.division", required=True, index=True, ondelete="cascade"
    )
    program = fields.Char(required=True)
    kind = fields.Selection(
        lambda self: self.env["yangguang.import.batch"]._fields["kind"].selection, required=True
    )
    columns = fields.Json(required=True, help="Field by head; empty for what is left out.")

    _mapping_unique = models.Constraint(
        "UNIQUE (division_id, program, kind)", "The columns of this program are kept already."
    )

    @api.depends("program")
    def _compute_display_name(self):
        for mapping in self:
            mapping.display_name = mapping.program

    @api.model
    def _saved(self, batch):
        """The columns that were chosen for this program: here, or else where last."""
        kept = self.search([("program", "=", batch.program), ("kind", "=", batch.kind)])
        here = kept.filtered(lambda one: one.division_id == batch.division_id)
        return (here or kept)[:1].columns or {}

    @api.model
    def _keep(self, batch):
        """Keeps what was chosen for the columns of `batch`."""
        columns = {one.head: one._key() if one.field else "" for one in batch.column_ids}
        mapping = self.search(
            [
                ("division_id", "=", batch.division_id.id),
                ("program", "=", batch.program),
                ("kind", "=", batch.kind),
            ]
        )
        if mapping:
            mapping.columns = columns
        else:
            self.create(
                {
                    "division_id": batch.division_id.id,
                    "program": batch.program,
                    "kind": batch.kind,
                    "columns": columns,
                }
            )
