from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.yangguang_cunwu.lib import clock

# no word from a screen for so long (minutes) means that it is dark
SILENCE = 20
# changed by the methods below alone, which say who did it
CLOSED = {
    "state": "planned",
    "test_page": False,
    "commissioned_on": False,
    "commissioned_by_id": False,
    "on_since": False,
}


class Screen(models.Model):
    """Setting up a screen, running it, and knowing how it is."""

    _inherit = "yangguang.screen"

    commissioned_on = fields.Date(readonly=True, copy=False)
    commissioned_by_id = fields.Many2one(
        "res.partner", readonly=True, copy=False, ondelete="restrict"
    )
    on_since = fields.Datetime(readonly=True, copy=False, help="Last taken into operation.")
    health = fields.Selection(
        [
            ("planned", "Being set up"),
            ("lit", "Lit"),
            ("dark", "Dark"),
            ("off", "Off by plan"),
            ("paused", "Paused"),
        ],
        compute="_compute_health",
        search="_search_health",
        string="How it is",
    )
    last_heard = fields.Datetime(related="contact_ids.time", string="Last heard")
    problem = fields.Char(compute="_compute_problem")
    programme_warnings = fields.Text(compute="_compute_programme_warnings")

    def _has_field_access(self, field, operation):
        if operation == "write" and field.name in CLOSED and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def default_get(self, fields_list):
        # not even a default that somebody has stored sets what the methods below change
        values = super().default_get(fields_list)
        return values | {name: CLOSED[name] for name in CLOSED.keys() & set(fields_list)}

    @api.depends("state", "opens", "closes", "contact_ids.time")
    def _compute_health(self):
        silent_since = clock.now() - timedelta(minutes=SILENCE)
        for screen in self:
            if screen.state != "on":
                screen.health = screen.state
            elif not screen._is_lit():
                screen.health = "off"
            else:
                heard = screen.last_heard and screen.last_heard >= silent_since
                screen.health = "lit" if heard else "dark"

    def _search_health(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = self.search([]).filtered(lambda screen: screen.health in value)
        return Domain("id", "in", found.ids)

    @api.depends("task_ids.reason")
    def _compute_problem(self):
        for screen in self:
            screen.problem = screen.task_ids.filtered("reason")[:1].reason

    @api.depends("programme_ids")
    def _compute_programme_warnings(self):
        for screen in self:
            screen.programme_warnings = screen.programme_id.warnings

    def action_show_ruler(self):
        """Shows the page by which the edges, the dots and the colours are checked."""
        self._show_test("ruler")

    def action_show_text(self):
        """Shows the text by which the size of the characters is checked."""
        self._show_test("text")

    def _show_test(self, page):
        self.check_access("write")
        if self.filtered(lambda screen: screen.state != "planned"):
            raise UserError(self.env._("A screen in operation shows publications only."))
        self.sudo().test_page = page
        self._arrange_soon()

    def action_commission(self):
        """Opens the list of what has to be seen with one's own eyes first."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Take into operation"),
            "res_model": "yangguang.screen.commissioning",
            "view_mode": "form",
            "target": "new",
            "context": {"default_screen_id": self.id},
        }

    def _commission(self):
        """From now on the screen shows what is on display."""
        self.check_access("write")
        self.sudo().write(
            {
                "state": "on",
                "test_page": False,
                "commissioned_on": clock.today(),
                "on_since": clock.now(),
                "commissioned_by_id": self.env.user.partner_id.id,
            }
        )
        self._arrange_soon()

    def action_pause(self):
        """Darkens the screen until somebody lights it up again, such as for repair."""
        self._switch("on", "paused")

    def action_resume(self):
        """Lights the screen up again."""
        self._switch("paused", "on")

    def _switch(self, state, other):
        self.check_access("write")
        self.sudo().filtered(lambda screen: screen.state == state).write(
            {"state": other, "on_since": clock.now() if other == "on" else False}
        )
        self._arrange_soon()

    def action_preview(self):
        """Opens the pages as the screen shows them, dot by dot."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/led/screens/{self.id}/preview",
            "target": "new",
        }
