from odoo import fields, models

from .append_only import protect_until_withdrawn


class Rendition(models.Model):
    """The bytes of a publication for readers the law names: verified residents of the village,
    members of the collective, Party members. Each carries a random salt inside, so that its
    public digest lets nobody guess what is masked. Deleted by taking down only."""

    _name = "yangguang.rendition"
    _description = "Rendition for an audience"
    _order = "id desc"
    _log_access = False

    publication_id = fields.Many2one(
        "yangguang.publication", required=True, readonly=True, ondelete="restrict"
    )
    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, index=True, ondelete="restrict"
    )
    audience = fields.Selection(
        [("village", "Residents"), ("member", "Members"), ("party", "Party members")],
        required=True,
        readonly=True,
    )
    content = fields.Text(required=True, readonly=True, prefetch=False)
    digest = fields.Char(required=True, readonly=True)

    _audience_unique = models.Constraint(
        "UNIQUE (publication_id, audience)", "This audience has its rendition already."
    )

    def init(self):
        protect_until_withdrawn(self.env.cr, self._table)


class Publication(models.Model):
    _inherit = "yangguang.publication"

    def _renditions_for(self, resident, is_party=False):
        """The renditions of these publications that a verified `resident` gets; empty for an empty
        or struck-off resident, and in other villages.

        The one place that decides it: residents of the village, members of its collective, and
        Party members (`is_party`, which the caller has verified).
        """
        audiences = {
            "village": True,
            "member": resident.is_collective_member,
            "party": is_party,
        }
        if not resident or not resident.active:
            return self.env["yangguang.rendition"].sudo()
        return (
            self.env["yangguang.rendition"]
            .sudo()
            .search(
                [
                    ("publication_id", "in", self.ids),
                    ("division_id", "=", resident.division_id.id),
                    ("audience", "in", [name for name, gets in audiences.items() if gets]),
                ]
            )
        )
