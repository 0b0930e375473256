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

    def _outline(self, moment=None):
        """What a card is to play from now on, without the pictures (`lib.programme.outline`)."""
        self.ensure_one()
        return programme.outline(self._content(), moment or clock.to_local(clock.now()))

    def _show(self, moment=None):
        """The same with them (a `lib.drivers.base.Show`)."""
        return programme.show_of(self._outline(moment), self._read)

    @api.model
    def _read(self, page):
        """The bytes of the picture or film of a page."""
        return self._record_of(page["digest"])._bytes()

    def _file(self, digest):
        """The record with the bytes of a file that one of these programmes shows, which is
        `yangguang.picture` or, for a film, `yangguang.public.file`; empty for any other file."""
        if any(digest in programme.pictures(one._content()) for one in self):
            return self._record_of(digest)
        return self.env["yangguang.picture"]

    def _record_of(self, digest):
        picture = self.env["yangguang.picture"].search([("digest", "=", digest)])
        return picture or self.env["yangguang.public.file"].search(
            [("digest", "=", digest)], limit=1
        )

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
