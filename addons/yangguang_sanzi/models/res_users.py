from odoo import api, fields, models

# who keeps books for the villages of the town
BOOKKEEPERS = ("town_accountant",)


class ResUsers(models.Model):
    _inherit = "res.users"

    book_place_ids = fields.Many2many(
        "yangguang.division",
        compute="_compute_book_place_ids",
        help="The divisions whose books this user keeps: those of his office, and all below.",
    )

    @api.depends("partner_id")
    def _compute_book_place_ids(self):
        appointments = (
            self.env["yangguang.appointment"]
            .sudo()
            .search(
                [
                    ("person_id", "in", self.sudo().partner_id.ids),
                    ("role", "in", BOOKKEEPERS),
                    ("in_force", "=", True),
                ]
            )
        )
        by_person = appointments.grouped("person_id")
        directory = self.env["yangguang.division"]._directory()
        for user in self.sudo():
            held = by_person.get(user.partner_id, appointments.browse()).division_id
            places = {
                place.id
                for one in directory
                if one.id in held._ids
                for place in directory.below(one)
            }
            user.book_place_ids = [(6, 0, sorted(places | set(held._ids)))]

    def _bookkeeping_office(self):
        """The highest division that this user keeps books of, with all below."""
        return self.book_place_ids.sorted("level")[:1]

    @property
    def SELF_READABLE_FIELDS(self):  # noqa: N802 (the framework's name)
        return [*super().SELF_READABLE_FIELDS, "book_place_ids"]
