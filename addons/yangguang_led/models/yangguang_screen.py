from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import connections
from ..lib.timetable import Timetable

# what a screen needs to be told before it lights up for the first time; 22:00 to 06:00 is dark
OPENS, CLOSES = 6.0, 22.0


class Screen(models.Model):
    """An outdoor screen of a village: where it hangs, what it is made of, how it is reached, and
    when it is lit. What it shows is computed (`yangguang.programme`), never chosen by hand."""

    _name = "yangguang.screen"
    _description = "Screen"
    _order = "division_id, name"
    _inherit = ["mail.thread"]

    name = fields.Char(required=True, tracking=True)
    code = fields.Char(string="Number", readonly=True, copy=False)
    division_id = fields.Many2one(
        "yangguang.division",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        domain="[('kind', 'in', ('village', 'community'))]",
    )
    town_id = fields.Many2one(related="division_id.parent_id", string="Town", store=True)
    place = fields.Char(help="Where it hangs, as villagers would say it.")
    active = fields.Boolean(default=True)
    state = fields.Selection(
        [
            ("planned", "Being set up"),
            ("on", "In operation"),
            ("paused", "Paused"),
        ],
        default="planned",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    group_ids = fields.Many2many("yangguang.screen.group", string="Groups")

    width = fields.Integer(required=True, help="px")
    height = fields.Integer(required=True, help="px")
    pitch = fields.Float(required=True, digits=(6, 2), default=10.0, help="From dot to dot, mm.")
    distance = fields.Float(
        string="Viewing distance", required=True, digits=(6, 1), default=10.0, help="m"
    )
    lit = fields.Selection(
        [
            ("red", "Red"),
            ("green", "Green"),
            ("yellow", "Yellow"),
            ("white", "White"),
            ("blue", "Blue"),
        ],
        string="Colour",
        required=True,
        default="red",
        help="What the dots of a screen of one colour shine in.",
    )
    colours = fields.Selection(
        [("one", "One colour"), ("sixteen", "Sixteen colours"), ("full", "Full colour")],
        required=True,
        default="full",
    )

    driver = fields.Selection(
        selection=lambda self: connections.choices(), required=True, default="web", tracking=True
    )
    address = fields.Char(
        groups="yangguang_cunwu.group_manager,yangguang_cunwu.group_administrator",
        help="A serial device, socket://host:port, rfc2217://host:port, or http://host.",
    )
    driver_options = fields.Text(
        groups="yangguang_cunwu.group_manager,yangguang_cunwu.group_administrator",
        help="One “name = value” in a line; which there are is said below.",
    )
    driver_help = fields.Text(compute="_compute_driver_help")
    not_drivable = fields.Text(compute="_compute_driver_help", string="Cards that cannot be driven")
    bench_tested = fields.Boolean(compute="_compute_driver_help", string="Tested on hardware")

    opens = fields.Float(required=True, default=OPENS)
    closes = fields.Float(required=True, default=CLOSES)
    brightness_ids = fields.One2many("yangguang.screen.brightness", "screen_id", copy=True)
    daypart_ids = fields.One2many("yangguang.screen.daypart", "screen_id", copy=True)
    volume = fields.Integer(help="%; outdoor screens are silent by default.")
    times = fields.Integer(
        string="Times a day",
        required=True,
        default=20,
        help="How often each publication under protection is shown in a day, at least.",
    )

    contact_ids = fields.One2many("yangguang.screen.contact", "screen_id", string="Contacts")
    programme_ids = fields.One2many("yangguang.programme", "screen_id", string="Programmes")
    programme_id = fields.Many2one(
        "yangguang.programme", string="Present programme", compute="_compute_programme_id"
    )
    task_ids = fields.One2many("yangguang.screen.task", "screen_id")

    _code_unique = models.Constraint("UNIQUE (code)", "This number of a screen is taken.")
    _size = models.Constraint(
        "CHECK (width BETWEEN 16 AND 8192 AND height BETWEEN 8 AND 8192)",
        "A screen is 16 to 8192 px wide and 8 to 8192 px high.",
    )
    _measures = models.Constraint(
        "CHECK (pitch BETWEEN 0.5 AND 100 AND distance BETWEEN 1 AND 500)",
        "The pitch is 0.5 to 100 mm, the viewing distance 1 to 500 m.",
    )
    _hours = models.Constraint(
        "CHECK (opens >= 0 AND opens < closes AND closes <= 24)",
        "A screen is lit from an hour of the day to a later one, at most 24:00.",
    )
    _volume_range = models.Constraint(
        "CHECK (volume BETWEEN 0 AND 100)", "The volume is 0 to 100 %."
    )
    _times_range = models.Constraint(
        "CHECK (times BETWEEN 1 AND 500)", "Each publication is shown 1 to 500 times a day."
    )

    @api.depends("driver")
    def _compute_driver_help(self):
        tested = set(
            self.env["yangguang.driver.trial"]
            .sudo()
            .search([("passed", "=", True)])
            .mapped("driver")
        )
        for screen in self:
            screen.driver_help = connections.explanation(screen.driver)
            screen.not_drivable = connections.not_drivable()
            screen.bench_tested = screen.driver in tested

    @api.depends("programme_ids")
    def _compute_programme_id(self):
        newest = dict(
            self.env["yangguang.programme"]._read_group(
                [("screen_id", "in", self.ids)], ["screen_id"], ["id:max"]
            )
        )
        for screen in self:
            screen.programme_id = newest.get(screen, False)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["code"] = self.env["ir.sequence"].sudo().next_by_code("yangguang.screen")
        screens = super().create(vals_list)
        self.env["yangguang.screen.contact"].sudo().create(
            [{"screen_id": screen.id} for screen in screens]
        )
        return screens

    @api.constrains("driver", "driver_options", "address")
    def _check_driver(self):
        for screen in self.sudo():
            try:
                connections.build(screen.driver, screen.address, screen._driver_options())
            except ValueError as error:
                raise ValidationError(str(error)) from error

    def write(self, vals):
        if "code" in vals and not self.env.su:
            raise UserError(self.env._("The number of a screen stays."))
        return super().write(vals)

    def _driver_options(self):
        """The driver's options as a dictionary of texts.

        Raises ValueError for a line that is none.
        """
        options = {}
        for line in (self.driver_options or "").splitlines():
            name, equals, value = line.partition("=")
            if line.strip() and not equals:
                raise ValueError(
                    self.env._("An option is written as “name = value”: %(line)s", line=line)
                )
            if line.strip():
                options[name.strip()] = value.strip()
        return options

    def _timetable(self):
        """The opening hours and the brightness table (a `lib.timetable.Timetable`)."""
        self.ensure_one()
        return Timetable(
            round(self.opens * 60),
            round(self.closes * 60),
            tuple((round(step.hour * 60), step.percent) for step in self.brightness_ids),
        )

    def _contact(self):
        """The row of what was last heard of this screen; each screen has one."""
        self.ensure_one()
        return self.contact_ids[:1]

    def _is_lit(self):
        """Whether the screen is to show something now."""
        return self.state == "on" and self._timetable().is_open(clock.to_local(clock.now()))
