import secrets

from werkzeug.exceptions import TooManyRequests

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import sending
from .yangguang_player import token_digest

# calls of one agent in a minute: it may fetch a few hundred pictures for the first time
MOST_CALLS = 600
# changed by the methods below alone, which say who did it
CLOSED = {
    "token_digest",
    "token_on",
    "token_by_id",
    "revoked_on",
    "revoked_by_id",
    "heard",
    "calls",
}


class Agent(models.Model):
    """A small computer in a village, behind its router, that drives the screens there with the
    same drivers. It calls us; we cannot call it."""

    _name = "yangguang.agent"
    _description = "Agent for screens"
    _order = "division_id, name"

    name = fields.Char(required=True, help="Such as: box in the village office.")
    division_id = fields.Many2one(
        "yangguang.division",
        required=True,
        index=True,
        ondelete="restrict",
        help="The village where it stands, or the town if it serves several villages.",
    )
    screen_ids = fields.One2many("yangguang.screen", "agent_id", readonly=True)
    token_digest = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    token_on = fields.Datetime(readonly=True, copy=False, string="Token made on")
    token_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict", string="Token made by"
    )
    revoked_on = fields.Datetime(readonly=True, copy=False)
    revoked_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    heard = fields.Datetime(readonly=True, copy=False, string="Last heard")
    calls = fields.Integer(readonly=True, copy=False, help="In the minute of the last one.")
    state = fields.Selection(
        [("new", "Without token"), ("active", "Active"), ("revoked", "Revoked")],
        compute="_compute_state",
    )

    _token_unique = models.Constraint("UNIQUE (token_digest)", "A token belongs to one agent.")
    _revoked_has_no_token = models.Constraint(
        "CHECK (revoked_on IS NULL OR token_digest IS NULL)", "A revoked agent has no token."
    )

    @api.depends("token_on", "revoked_on")
    def _compute_state(self):
        for agent in self:
            if agent.revoked_on:
                agent.state = "revoked"
            else:
                agent.state = "active" if agent.token_on else "new"

    @api.constrains("division_id")
    def _check_division(self):
        self.screen_ids._check_agent()

    def _has_field_access(self, field, operation):
        if operation == "write" and field.name in CLOSED and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def default_get(self, fields_list):
        # not even a default that somebody has stored sets what the methods below change
        values = super().default_get(fields_list)
        return {name: value for name, value in values.items() if name not in CLOSED}

    def action_new_token(self):
        """Makes a token and shows it, this once; one from before is good for nothing any more."""
        self.ensure_one()
        self.check_access("write")
        token = secrets.token_urlsafe(32)
        self.sudo().write(
            {
                "token_digest": token_digest(token),
                "token_on": clock.now(),
                "token_by_id": self.env.uid,
                "revoked_on": False,
                "revoked_by_id": False,
            }
        )
        # a form that nobody saves: the token is in the answer and nowhere else
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Token of the agent"),
            "res_model": "yangguang.agent.token",
            "view_mode": "form",
            "target": "new",
            "context": {"default_token": token},
        }

    def action_revoke(self):
        """Ends it: the agent forgets everything and stops at its next call."""
        self.check_access("write")
        self.sudo().filtered(lambda agent: not agent.revoked_on).write(
            {"token_digest": False, "revoked_on": clock.now(), "revoked_by_id": self.env.uid}
        )

    @api.model
    def _identify(self, token):
        """The agent that holds a token, or nothing. One statement, which also lets the calls of
        one agent follow each other. Raises TooManyRequests."""
        now = clock.now()
        self.env.cr.execute(
            """
            UPDATE yangguang_agent
               SET calls = CASE WHEN date_trunc('minute', heard) = date_trunc('minute', %(now)s)
                                THEN calls + 1 ELSE 1 END,
                   heard = %(now)s
             WHERE token_digest = %(digest)s
            RETURNING id, calls
            """,
            {"now": now, "digest": token_digest(token)},
        )
        row = self.env.cr.fetchone()
        if row and row[1] > MOST_CALLS:
            raise TooManyRequests
        return row and self.browse(row[0]).sudo()

    def _exchange(self, outcomes):
        """Keeps `outcomes` of its screens and gives what there is to do, and which tasks it has.

        An agent asks when it has done everything it was given; so what it was given and has not
        reported has not reached it, or was lost with its power, and is given again at once.
        """
        tasks = self.env["yangguang.screen.task"].search(self._domain_of_tasks())
        own = set(tasks.ids)
        tasks._keep([outcome for outcome in outcomes if outcome.key in own])
        errands = tasks._take(self)._plain_errands()
        return {"errands": errands, "tasks": tasks.ids}

    def _domain_of_tasks(self):
        return Domain("screen_id.agent_id", "=", self.id)

    def _introduction(self):
        """What an installer sees of the server: who he is to it, and his screens."""
        return {
            "agent": self.name,
            "place": self.division_id.name,
            "screens": [
                {
                    "name": screen.name,
                    "driver": screen.driver,
                    "address": screen.address,
                    "options": screen._driver_options(),
                }
                for screen in self.screen_ids
            ],
        }

    def _file(self, digest):
        """The record of a picture or film that one of its screens is to show; else empty."""
        domain = self._domain_of_tasks() & Domain("kind", "=", sending.PLAY)
        return self.env["yangguang.screen.task"].search(domain).programme_id._file(digest)
