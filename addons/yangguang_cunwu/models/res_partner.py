from odoo import fields, models


class ResPartner(models.Model):
    """A person of a division is a partner with `division_id`; other partners are not persons."""

    _inherit = "res.partner"

    division_id = fields.Many2one(
        "yangguang.division",
        index=True,
        ondelete="restrict",
        help="The division this person belongs to; it decides who may see the person.",
    )
    appointment_ids = fields.One2many("yangguang.appointment", "person_id")
