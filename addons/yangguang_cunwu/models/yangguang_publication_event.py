from odoo import fields, models

from .append_only import protect
from .demo_stamp import guard_time


class PublicationEvent(models.Model):
    """What happened to a publication after, and including, its publishing. Only grows."""

    _name = "yangguang.publication.event"
    _description = "Event of a publication"
    _order = "id"
    _log_access = False

    publication_id = fields.Many2one(
        "yangguang.publication", required=True, readonly=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [
            ("published", "Published"),
            ("superseded", "Corrected"),
            ("withdrawn", "Taken down"),
            ("confirmed", "Taking down confirmed"),
            ("extended", "Displayed longer"),
        ],
        required=True,
        readonly=True,
    )
    time = fields.Datetime(required=True, readonly=True)
    reason = fields.Selection(
        [
            ("correction", "Correction"),
            ("privacy", "Privacy"),
            ("lifted", "Emergency lifted"),
            ("court", "Decision of a court or authority"),
            ("display", "Display made longer"),
        ],
        readonly=True,
    )
    note = fields.Char(readonly=True, help="A sentence for the public.")
    display_until = fields.Date(readonly=True)
    successor_id = fields.Many2one(
        "yangguang.publication", string="Corrected by", readonly=True, ondelete="restrict"
    )
    person_id = fields.Many2one(
        "res.partner",
        readonly=True,
        ondelete="restrict",
        groups="yangguang_cunwu.group_staff",
    )

    _publication_idx = models.Index("(publication_id, kind)")
    _withdrawn_once = models.UniqueIndex(
        "(publication_id) WHERE kind = 'withdrawn'", "This publication is taken down already."
    )
    _superseded_once = models.UniqueIndex(
        "(publication_id) WHERE kind = 'superseded'", "This publication is corrected already."
    )

    def init(self):
        protect(self.env.cr, self._table)
        guard_time(self.env.cr, self._table)
