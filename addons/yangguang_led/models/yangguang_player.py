import hashlib
from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import manifest, proofs


class Caller(NamedTuple):
    """A player that calls: what one look at its token tells."""

    player_id: int
    screen_id: int
    shot_wanted: bool
    paused: bool
    programme_id: int | None
    serial: int | None

    def tag(self):
        """The name of the newest manifest: it is signed afresh every day."""
        return self.serial and f"{self.serial}-{clock.today():%Y%m%d}"


def token_digest(token):
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


class Player(models.Model):
    """A box with a browser that has been paired with a screen. A screen has one at a time."""

    _name = "yangguang.player"
    _description = "Web player"
    _order = "id desc"
    _log_access = False
    _rec_name = "paired_on"

    screen_id = fields.Many2one(
        "yangguang.screen", required=True, readonly=True, index=True, ondelete="cascade"
    )
    token_digest = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    paired_on = fields.Datetime(required=True, readonly=True)
    paired_by_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="restrict")
    revoked_on = fields.Datetime(readonly=True)
    revoked_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    sequence = fields.Integer(readonly=True, help="Number of the last proof that was counted.")
    shot_wanted = fields.Boolean(readonly=True)
    alarm_ids = fields.One2many("yangguang.player.alarm", "player_id", readonly=True)

    _token_unique = models.Constraint("UNIQUE (token_digest)", "A token belongs to one player.")
    _one_active = models.UniqueIndex(
        "(screen_id) WHERE revoked_on IS NULL", "A screen has one player at a time."
    )

    def action_revoke(self):
        """Ends the pairing: the box shows the safe page from its next heartbeat on."""
        self.check_access("read")
        self.screen_id.check_access("write")
        self.sudo()._revoke()

    def _revoke(self):
        self.filtered(lambda player: not player.revoked_on).write(
            {"revoked_on": clock.now(), "revoked_by_id": self.env.uid, "shot_wanted": False}
        )

    @api.model
    def _identify(self, token):
        """The active player (a `Caller`) that holds a token, or None. One statement."""
        self.env.cr.execute(
            """
            SELECT player.id, screen.id, COALESCE(player.shot_wanted, FALSE),
                   screen.state = 'paused', newest.id, newest.number
              FROM yangguang_player player
              JOIN yangguang_screen screen ON screen.id = player.screen_id
              LEFT JOIN LATERAL (
                   SELECT id, number
                     FROM yangguang_programme
                    WHERE screen_id = screen.id
                      -- before it is in operation a screen shows test pages only
                      AND (screen.state != 'planned' OR screen.test_page IS NOT NULL)
                    ORDER BY id DESC
                    LIMIT 1
              ) newest ON TRUE
             WHERE player.token_digest = %s
               AND player.revoked_on IS NULL
            """,
            (token_digest(token),),
        )
        row = self.env.cr.fetchone()
        return row and Caller(*row)

    @api.model
    def _manifest(self, caller):
        """What is sent of the newest programme: the signed text, its signature and its tag."""
        private, _public = self.env["yangguang.manifest.key"]._pair()
        content = self._programme_of(caller)._content()
        midnight = clock.to_local(clock.now()).replace(hour=0, minute=0, second=0)
        signed = manifest.make(content, caller.serial, midnight)
        return {
            "manifest": signed.decode(),
            "signature": manifest.sign(signed, private),
            "tag": caller.tag(),
        }

    @api.model
    def _file(self, caller, digest):
        """The record with the bytes of a file of the newest programme; empty for any other."""
        return self._programme_of(caller)._file(digest)

    def _programme_of(self, caller):
        return self.env["yangguang.programme"].sudo().browse(caller.programme_id or ())

    @api.model
    def _heartbeat(self, caller, said):
        """Keeps what a player says of itself, and gives what it is told. One statement when it
        has no alarms."""
        self.env["yangguang.screen.contact"]._heartbeat(caller.screen_id, said)
        if said["alarms"]:
            self.env["yangguang.player.alarm"]._note(caller, said["alarms"])
        return {
            "time": round(clock.to_local(clock.now()).timestamp() * 1000),
            "serial": caller.serial,
            "manifest": caller.tag(),
            "screenshot": caller.shot_wanted,
            "paused": caller.paused,
        }

    @api.model
    def _take_shot(self, caller, content, page):
        """Keeps the picture that was asked for; `page` is the digest of the page that the player
        says is on it. A picture that is that page, dot by dot, proves its display.

        Raises ValueError.
        """
        self.browse(caller.player_id).sudo().shot_wanted = False
        code = None
        if caller.programme_id:
            code = proofs.publication_of(self._programme_of(caller)._content(), page)
        publications = self.env["yangguang.publication"].sudo()
        self.env["yangguang.screen.shot"].sudo()._keep(
            caller.screen_id,
            content,
            page if code else None,
            publications.search([("code", "=", code)]) if code else publications,
        )

    @api.autovacuum
    def _drop_revoked(self):
        """A player that is gone leaves its row for a year."""
        year = timedelta(days=366)
        self.search([("revoked_on", "<", clock.now() - year)]).unlink()
