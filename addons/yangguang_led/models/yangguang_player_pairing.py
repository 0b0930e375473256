import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import hmac

from odoo.addons.yangguang_cunwu.lib import clock

from .yangguang_player import token_digest

VALID = timedelta(minutes=10)
# Among 100 codes on display, 20 wrong tries in ten minutes hit one by chance once in 500 times
MOST_CODES, MOST_CODES_OF_ADDRESS = 100, 10
MOST_WRONG, MOST_WRONG_OF_USER = 20, 5


class TooManyError(Exception):
    """More codes are asked for or tried than anybody needs."""


class PlayerPairing(models.Model):
    """A box that shows a code and waits for somebody to enter it. Of code, token and address only
    what is needed to know them again is kept."""

    _name = "yangguang.player.pairing"
    _description = "Web player that waits for its pairing"
    _log_access = False

    code_hash = fields.Char(required=True, groups=fields.NO_ACCESS)
    token_digest = fields.Char(required=True, groups=fields.NO_ACCESS)
    address_hash = fields.Char(required=True, groups=fields.NO_ACCESS)
    time = fields.Datetime(required=True)

    _code_unique = models.Constraint("UNIQUE (code_hash)", "This code is on display.")
    _token_unique = models.Constraint("UNIQUE (token_digest)", "A token belongs to one player.")

    @api.model
    def _begin(self, address):
        """Gives a new box its code and its token. Raises TooManyError."""
        self._one_by_one()
        waiting = self.sudo().search([])
        waiting.filtered(lambda one: not one._is_valid()).unlink()
        waiting = waiting.exists()
        here = self._hash("address", address)
        of_address = waiting.filtered(lambda one: one.address_hash == here)
        if len(waiting) >= MOST_CODES or len(of_address) >= MOST_CODES_OF_ADDRESS:
            raise TooManyError
        taken = set(waiting.mapped("code_hash"))
        code = next(
            code for code in iter(_random_code, None) if self._hash("code", code) not in taken
        )
        token = secrets.token_urlsafe(32)
        self.sudo().create(
            {
                "code_hash": self._hash("code", code),
                "token_digest": token_digest(token),
                "address_hash": here,
                "time": clock.now(),
            }
        )
        return code, token

    @api.model
    def _state(self, token):
        """What became of the box with this token: {"state": waiting, expired or paired}, a paired
        one with the key to pin, the code of its screen and the time."""
        caller = self.env["yangguang.player"]._identify(token)
        if not caller:
            waiting = self.sudo().search([("token_digest", "=", token_digest(token))])
            return {"state": "waiting" if waiting and waiting._is_valid() else "expired"}
        return {
            "state": "paired",
            "screen": self.env["yangguang.screen"].sudo().browse(caller.screen_id).code,
            "key": self.env["yangguang.manifest.key"]._pair()[1],
            "time": round(clock.to_local(clock.now()).timestamp() * 1000),
        }

    @api.model
    def _enter(self, code, screen):
        """Pairs the box that shows `code` with `screen`, in place of the one it had; gives the
        player, empty for a wrong code. Raises TooManyError.

        The caller must not undo the transaction after a wrong code: the try would not be counted.
        """
        screen.check_access("write")
        self._one_by_one()
        attempts = self.env["yangguang.player.attempt"].sudo()
        attempts._check(self.env.uid)
        pairing = self.sudo().search([("code_hash", "=", self._hash("code", code))])
        if not pairing or not pairing._is_valid():
            attempts.create({"user_id": self.env.uid, "time": clock.now()})
            return self.env["yangguang.player"]
        players = self.env["yangguang.player"].sudo()
        players.search([("screen_id", "=", screen.id), ("revoked_on", "=", False)])._revoke()
        # before its successor comes
        players.flush_model()
        self.env["yangguang.manifest.key"]._pair()
        player = players.create(
            {
                "screen_id": screen.id,
                "token_digest": pairing.token_digest,
                "paired_on": clock.now(),
                "paired_by_id": self.env.uid,
            }
        )
        pairing.unlink()
        return player

    def _is_valid(self):
        return clock.now() < self.time + VALID

    def _hash(self, kind, text):
        return hmac(self.env(su=True), f"yangguang.player.{kind}", text)

    def _one_by_one(self):
        """Limits hold for those who come at the same moment, too."""
        self.env.cr.execute(SQL("SELECT pg_advisory_xact_lock(hashtext(%s))", self._name))


class PlayerAttempt(models.Model):
    """A wrong pairing code that somebody entered."""

    _name = "yangguang.player.attempt"
    _description = "Wrong pairing code"
    _log_access = False

    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    time = fields.Datetime(required=True, readonly=True)

    @api.model
    def _check(self, user_id):
        """Raises TooManyError when too many wrong codes were entered lately."""
        self.search([("time", "<=", clock.now() - VALID)]).unlink()
        lately = self.search([])
        of_user = lately.filtered(lambda attempt: attempt.user_id.id == user_id)
        if len(lately) >= MOST_WRONG or len(of_user) >= MOST_WRONG_OF_USER:
            raise TooManyError


def _random_code():
    return f"{secrets.randbelow(10**6):06}"
