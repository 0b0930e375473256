from odoo import api, fields, models


class EditionPart(models.AbstractModel):
    """A line of the list, which changes only while its edition is a draft."""

    _name = "yangguang.edition.part"
    _description = "Part of an edition of the list"

    edition_id = fields.Many2one("yangguang.edition", required=True, index=True, ondelete="cascade")

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records.edition_id._check_draft()
        return records

    def write(self, vals):
        self.edition_id._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_force(self):
        self.edition_id._check_draft()
