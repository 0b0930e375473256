from odoo import fields, models

from odoo.addons.yangguang_cunwu.lib import clock


class MemberLeaving(models.TransientModel):
    """How a membership ends."""

    _name = "yangguang.member.leaving"
    _description = "Membership ends"

    member_id = fields.Many2one("yangguang.member", required=True, readonly=True)
    day = fields.Date("Date", required=True, default=lambda self: clock.today())
    reason = fields.Selection(
        selection=lambda self: (
            self.env["yangguang.member"]._fields["left_reason"]._description_selection(self.env)
        ),
        required=True,
    )
    resolution = fields.Char(required=True)

    def action_leave(self):
        """Ends the membership."""
        self.ensure_one()
        self.member_id.action_leave(self.day, self.reason, self.resolution)
        return {"type": "ir.actions.act_window_close"}
