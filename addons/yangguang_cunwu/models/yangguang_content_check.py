from odoo import api, fields, models

from .append_only import protect
from .demo_stamp import guard_time


class ContentCheck(models.Model):
    """A named person has looked at exactly this content before it is made public.

    The points are in `lib/content_check.py`. What changes afterwards is another content, with
    another digest, and has to be looked at again.
    """

    _name = "yangguang.content.check"
    _description = "Content check"
    _order = "id desc"
    _log_access = False

    disclosure_id = fields.Many2one(
        "yangguang.disclosure", required=True, readonly=True, index=True, ondelete="restrict"
    )
    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, index=True, ondelete="restrict"
    )
    person_id = fields.Many2one("res.partner", required=True, readonly=True, ondelete="restrict")
    person_name = fields.Char("Checked by", required=True, readonly=True)
    points = fields.Char(required=True, readonly=True, help="What was looked at.")
    points_label = fields.Char("Looked at", compute="_compute_points_label")
    digest = fields.Char(required=True, readonly=True)
    time = fields.Datetime(required=True, readonly=True)

    _person_unique = models.Constraint(
        "UNIQUE (disclosure_id, digest, person_id)", "You have checked this content already."
    )

    @api.depends("points")
    def _compute_points_label(self):
        labels = self.env["yangguang.disclosure"]._content_check_labels()
        for check in self:
            check.points_label = "、".join(labels[point] for point in check.points.split(","))

    def init(self):
        protect(self.env.cr, self._table)
        guard_time(self.env.cr, self._table)
