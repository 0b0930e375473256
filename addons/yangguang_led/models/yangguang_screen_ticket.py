from datetime import UTC, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import upkeep
from .screen_operation import SILENCE

# who opened and closed a ticket, and when, is not for people to write
CLOSED = {
    "opened": lambda: clock.now(),
    "opened_by_id": lambda: False,
    "closed": lambda: False,
    "closed_by_id": lambda: False,
}
# everybody reports; what is done and paid is written by those who set screens up
UPKEEP = frozenset({"done", "vendor", "cost"})
MANAGER = "yangguang_cunwu.group_manager"


class ScreenTicket(models.Model):
    """Something is wrong with a screen, what was done about it, and what that cost. The system
    opens one when a screen is dark that should be lit, and closes it when the screen is heard
    again; what a person has opened, a person closes."""

    _name = "yangguang.screen.ticket"
    _description = "Upkeep of a screen"
    _order = "state desc, opened desc, id desc"
    _rec_name = "screen_id"

    screen_id = fields.Many2one("yangguang.screen", required=True, index=True, ondelete="restrict")
    division_id = fields.Many2one(related="screen_id.division_id", store=True, index=True)
    town_id = fields.Many2one(related="screen_id.town_id", store=True)
    kind = fields.Selection(
        [
            ("dark", "Dark"),
            ("content", "Wrong content"),
            ("clock", "Wrong clock"),
            ("other", "Other"),
        ],
        string="What is wrong",
        required=True,
        default="other",
    )
    opened = fields.Datetime(required=True, readonly=True, default=lambda self: clock.now())
    opened_by_id = fields.Many2one(
        "res.partner", readonly=True, ondelete="restrict", help="Empty when the system did."
    )
    note = fields.Text(string="What was seen")
    done = fields.Text(string="What was done")
    vendor = fields.Char()
    cost = fields.Monetary()
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        readonly=True,
        default=lambda self: self.env.ref("base.CNY"),
    )
    closed = fields.Datetime(readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.partner", readonly=True, copy=False, ondelete="restrict")
    minutes = fields.Integer(
        string="Minutes until closed", compute="_compute_minutes", store=True, aggregator=None
    )
    state = fields.Selection(
        [("open", "Open"), ("closed", "Closed")],
        compute="_compute_state",
        store=True,
    )

    _one_open = models.UniqueIndex(
        "(screen_id, kind) WHERE closed IS NULL",
        "This screen has an open ticket of this kind already.",
    )
    _cost_range = models.Constraint("CHECK (cost >= 0)", "A cost is not negative.")
    _order_of_times = models.Constraint(
        "CHECK (closed >= opened)", "A ticket is closed after it was opened."
    )

    def _has_field_access(self, field, operation):
        if operation == "write" and not self.env.su:
            if field.name in CLOSED:
                return False
            if field.name in UPKEEP and not self.env.user.has_group(MANAGER):
                return False
        return super()._has_field_access(field, operation)

    @api.model
    def default_get(self, fields_list):
        # not even a default that somebody has stored sets what the methods below write
        values = super().default_get(fields_list)
        return values | {name: CLOSED[name]() for name in CLOSED.keys() & set(fields_list)}

    @api.depends("closed", "opened")
    def _compute_minutes(self):
        for ticket in self:
            open_for = ticket.closed and ticket.closed - ticket.opened
            ticket.minutes = open_for.total_seconds() // 60 if open_for else 0

    @api.depends("closed")
    def _compute_state(self):
        for ticket in self:
            ticket.state = "closed" if ticket.closed else "open"

    @api.model_create_multi
    def create(self, vals_list):
        """Somebody reports what he has seen; who and when is not for him to say."""
        tickets = super().create(vals_list)
        if not self.env.su:
            tickets.sudo().opened_by_id = self.env.user.partner_id
        return tickets

    def action_close(self):
        """It is mended."""
        self.check_access("write")
        if any(ticket.closed for ticket in self):
            raise UserError(self.env._("This ticket is closed already."))
        self.sudo().write({"closed": clock.now(), "closed_by_id": self.env.user.partner_id.id})

    @api.model
    def _cron_watch(self):
        """Opens a ticket for each screen that is dark though it should be lit, and closes those
        of screens that are heard again."""
        now = clock.now()
        screens = self.env["yangguang.screen"].search([("state", "=", "on")])
        tickets = self.search([("kind", "=", "dark"), ("closed", "=", False)])
        self.create(
            [
                {
                    "screen_id": screen.id,
                    "kind": "dark",
                    "opened": now,
                    "note": upkeep.silence(screen.last_heard and clock.to_local(screen.last_heard)),
                }
                for screen in (screens - tickets.screen_id).filtered(lambda one: one._is_silent())
            ]
        )
        tickets.filtered(
            lambda ticket: (
                not ticket.opened_by_id
                and (ticket.screen_id.last_heard or ticket.opened) > ticket.opened
            )
        ).closed = now


class Screen(models.Model):
    _inherit = "yangguang.screen"

    ticket_ids = fields.One2many("yangguang.screen.ticket", "screen_id", string="Tickets")
    ticket_count = fields.Integer(compute="_compute_ticket_count", string="Open tickets")

    def _compute_ticket_count(self):
        counts = dict(
            self.env["yangguang.screen.ticket"]._read_group(
                [("screen_id", "in", self.ids), ("closed", "=", False)],
                ["screen_id"],
                ["__count"],
            )
        )
        for screen in self:
            screen.ticket_count = counts.get(screen, 0)

    def _is_silent(self):
        """Whether it should be lit, and has not been heard of for SILENCE minutes since."""
        self.ensure_one()
        now = clock.now()
        midnight = clock.to_local(now).replace(hour=0, minute=0, second=0)
        lit_from = (midnight + timedelta(hours=self.opens)).astimezone(UTC).replace(tzinfo=None)
        since = max(filter(None, (lit_from, self.on_since, self.last_heard)))
        return self._is_lit() and now - since > timedelta(minutes=SILENCE)

    def action_tickets(self):
        """Opens what was wrong with this screen, and lets a new ticket be written."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Upkeep"),
            "res_model": "yangguang.screen.ticket",
            "view_mode": "list,form",
            "domain": [("screen_id", "=", self.id)],
            "context": {"default_screen_id": self.id},
        }
