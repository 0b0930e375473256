from odoo import api, fields, models

_OWNED = frozenset({"import_id", "agency_number"})


class Voucher(models.Model):
    """Where an imported voucher comes from."""

    _inherit = "yangguang.voucher"

    import_id = fields.Many2one(
        "yangguang.import.batch",
        "Imported with",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    agency_number = fields.Char(
        "Number at the agency", readonly=True, copy=False, help="Such as 2026-03 记-12."
    )

    _agency_number_unique = models.UniqueIndex(
        "(book_id, agency_number) WHERE agency_number IS NOT NULL",
        "A voucher of this number is imported already.",
    )

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        return {key: value for key, value in values.items() if key not in _OWNED}

    @api.model
    def _has_field_access(self, field, operation):
        if operation == "write" and field.name in _OWNED and not self.env.su:
            return False
        return super()._has_field_access(field, operation)
