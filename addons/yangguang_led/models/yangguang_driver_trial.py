from odoo import fields, models

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import connections


class DriverTrial(models.Model):
    """Somebody has run a driver on a real card and says how it went. Until then every screen of
    that driver says “not tested on hardware”."""

    _name = "yangguang.driver.trial"
    _description = "Trial of a driver on hardware"
    _order = "date desc, id desc"

    driver = fields.Selection(selection=lambda self: connections.choices(), required=True)
    model = fields.Char(string="Card", required=True)
    firmware = fields.Char()
    date = fields.Date(required=True, default=lambda self: clock.today())
    person_id = fields.Many2one(
        "res.partner",
        string="By",
        required=True,
        readonly=True,
        ondelete="restrict",
        default=lambda self: self.env.user.partner_id,
    )
    passed = fields.Boolean(string="It worked")
    note = fields.Text(help="What was tried, and what was seen.")
