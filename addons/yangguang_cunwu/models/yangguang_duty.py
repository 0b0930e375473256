from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..lib import clock

# before the due date a duty is shown as due soon for so long
WARNING = timedelta(days=5)


class Duty(models.Model):
    """What one village owes for one item and one period, and until when."""

    _name = "yangguang.duty"
    _description = "Disclosure duty"
    _order = "due, id"

    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, index=True, ondelete="restrict"
    )
    item_id = fields.Many2one(
        "yangguang.item", required=True, readonly=True, index=True, ondelete="restrict"
    )
    period_key = fields.Char(required=True, readonly=True)
    period_label = fields.Char(readonly=True)
    due = fields.Date(required=True, readonly=True)
    disclosure_ids = fields.One2many("yangguang.disclosure", "duty_id")
    published_on = fields.Date(
        readonly=True, help="Day of the first publication, in Shanghai; empty while there is none."
    )
    light = fields.Selection(
        [
            ("waiting", "Not due yet"),
            ("soon", "Due within five days"),
            ("overdue", "Overdue"),
            ("done", "Published in time"),
            ("late", "Published late"),
        ],
        compute="_compute_light",
        search="_search_light",
    )

    _duty_unique = models.Constraint(
        "UNIQUE (division_id, item_id, period_key)", "This duty exists already."
    )
    _open_idx = models.Index("(due, division_id) WHERE published_on IS NULL")

    @api.depends("item_id", "division_id", "period_label")
    def _compute_display_name(self):
        for duty in self:
            duty.display_name = " ".join(
                part
                for part in (duty.division_id.name, duty.item_id.name, duty.period_label)
                if part
            )

    @api.depends("due", "published_on")
    def _compute_light(self):
        today = clock.today()
        for duty in self:
            if duty.published_on:
                duty.light = "done" if duty.published_on <= duty.due else "late"
            elif duty.due < today:
                duty.light = "overdue"
            else:
                duty.light = "soon" if duty.due <= today + WARNING else "waiting"

    def _search_light(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = clock.today()
        unpublished = Domain("published_on", "=", False)
        published_late = Domain.custom(
            to_sql=lambda model, alias, _query: SQL(
                "%s > %s", SQL.identifier(alias, "published_on"), SQL.identifier(alias, "due")
            ),
            predicate=lambda duty: bool(duty.published_on) and duty.published_on > duty.due,
        )
        lights = {
            "waiting": unpublished & Domain("due", ">", today + WARNING),
            "soon": unpublished & Domain("due", ">=", today) & Domain("due", "<=", today + WARNING),
            "overdue": unpublished & Domain("due", "<", today),
            "late": ~unpublished & published_late,
            "done": ~unpublished & ~published_late,
        }
        return Domain.OR(lights[light] for light in value if light in lights)

    def action_draft(self):
        """Opens the sheet of this duty, which begins with the first call."""
        self.ensure_one()
        self.check_access("read")
        disclosures = self.env["yangguang.disclosure"]
        disclosure = disclosures.search(
            [("duty_id", "=", self.id), ("state", "!=", "published")], limit=1
        ) or disclosures.create(
            {
                "division_id": self.division_id.id,
                "item_id": self.item_id.id,
                "duty_id": self.id,
                "period_key": self.period_key,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "yangguang.disclosure",
            "res_id": disclosure.id,
            "view_mode": "form",
        }
