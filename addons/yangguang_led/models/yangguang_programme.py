from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.yangguang_cunwu.lib import canonical, clock

from ..lib import programme

# how long it can be looked up what a screen was told to show (days)
KEPT = 60


class Programme(models.Model):
    """What a screen is to show from a moment on until the next programme: computed from what is on
    display, frozen by its digest."""

    _name = "yangguang.programme"
    _description = "Programme of a screen"
    _order = "id desc"
    _log_access = False
    _rec_name = "number"

    screen_id = fields.Many2one(
        "yangguang.screen", required=True, readonly=True, ondelete="cascade"
    )
    number = fields.Integer(required=True, readonly=True, help="Grows with each one.")
    time = fields.Datetime(required=True, readonly=True)
    digest = fields.Char(required=True, readonly=True)
    content = fields.Text(required=True, readonly=True, prefetch=False)
    times = fields.Integer(
        string="Times a day", readonly=True, help="What each publication comes to in a day."
    )
    warnings = fields.Text(readonly=True)

    _number_unique = models.Constraint(
        "UNIQUE (screen_id, number)", "The programmes of a screen are numbered."
    )
    _screen_idx = models.Index("(screen_id, id DESC)")

    def _content(self):
        self.ensure_one()
        return canonical.parse(self.content.encode())

    def _show(self, moment=None):
        """What a card is to play from now on (a `lib.drivers.base.Show`)."""
        self.ensure_one()
        return programme.show(self._content(), moment or clock.to_local(clock.now()), self._file)

    def _file(self, digest):
        """The bytes of a picture or video of this programme."""
        picture = self.env["yangguang.picture"].search([("digest", "=", digest)])
        if picture:
            return picture._bytes()
        return self.env["yangguang.public.file"].search([("digest", "=", digest)], limit=1)._bytes()

    @api.autovacuum
    def _drop_old(self):
        """Removes programmes that are no longer on and older than KEPT days."""
        running = [last for _screen, last in self._read_group([], ["screen_id"], ["id:max"])]
        self.search(
            [
                ("time", "<", clock.now() - timedelta(days=KEPT)),
                ("id", "not in", running),
            ]
        ).unlink()
