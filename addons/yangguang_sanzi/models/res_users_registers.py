from odoo import api, fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    register_place_ids = fields.Many2many(
        "yangguang.division",
        compute="_compute_register_place_ids",
        help="The divisions whose registers this user keeps: as their clerk, with the groups below,"
        " or as the accountant of their books.",
    )

    @api.depends("draft_division_ids", "book_place_ids")
    def _compute_register_place_ids(self):
        directory = self.env["yangguang.division"]._directory()
        for user in self.sudo():
            held = set(user.draft_division_ids.ids)
            places = {
                place.id for one in directory if one.id in held for place in directory.below(one)
            }
            user.register_place_ids = [(6, 0, sorted(places | held | set(user.book_place_ids.ids)))]

    @property
    def SELF_READABLE_FIELDS(self):  # noqa: N802 (the framework's name)
        return [*super().SELF_READABLE_FIELDS, "register_place_ids"]
