from odoo import api, fields, models

from ..lib import clock


class Publication(models.Model):
    """How long a publication has been on the screens of its village, beside how long it has to
    be."""

    _inherit = "yangguang.publication"

    display_day_ids = fields.One2many("yangguang.display.day", "publication_id")
    has_screen = fields.Boolean(compute="_compute_days_displayed")
    days_displayed = fields.Integer(
        compute="_compute_days_displayed",
        string="Days on the screen",
        help="Full days that screens have proven.",
    )
    days_asked = fields.Integer(
        compute="_compute_days_asked",
        string="Days asked for",
        help="The least number of days on display; none for standing items.",
    )
    shown_until = fields.Date(
        compute="_compute_shown_until",
        string="Now protected until",
        help="With the days that were added because a screen was dark.",
    )

    @api.depends("display_day_ids.counts")
    def _compute_days_displayed(self):
        groups = self.env["yangguang.display.day"]._read_group(
            [("publication_id", "in", self.ids)], ["publication_id", "counts"], ["__count"]
        )
        days = {(publication, counts): number for publication, counts, number in groups}
        for publication in self:
            publication.days_displayed = days.get((publication, True), 0)
            publication.has_screen = bool(
                publication.days_displayed or days.get((publication, False))
            )

    @api.depends("display_until", "time")
    def _compute_days_asked(self):
        for publication in self:
            until = publication.display_until
            begun = until and clock.to_local(publication.time).date()
            publication.days_asked = (until - begun).days if until else 0

    @api.depends("display_until", "event_ids.display_until")
    def _compute_shown_until(self):
        for publication in self:
            publication.shown_until = publication._shown_until()
