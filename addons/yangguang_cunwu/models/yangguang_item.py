from odoo import api, fields, models


class Item(models.Model):
    """One thing that a village must disclose: how often, until when, in which form, to whom, by
    which law. The customer's words are kept as they are, in Chinese."""

    _name = "yangguang.item"
    _description = "Disclosure item"
    _inherit = "yangguang.edition.part"
    _order = "edition_id, number"
    _rec_names_search = ["code", "name"]

    category_id = fields.Many2one(
        "yangguang.category", required=True, index=True, ondelete="restrict"
    )
    number = fields.Integer(required=True)
    code = fields.Char(required=True, index=True)
    name = fields.Char(required=True)
    name_en = fields.Char(string="English name")
    content = fields.Text()
    frequency = fields.Selection(
        [
            ("monthly", "Every month"),
            ("quarterly", "Every quarter"),
            ("half_yearly", "Every half-year"),
            ("yearly", "Every year"),
            ("anytime", "When it happens"),
            ("permanent", "Always shown"),
        ],
        required=True,
    )
    deadline = fields.Char(required=True, help="The rule as the program reads it: lib/deadlines.")
    deadline_text = fields.Char(help="The rule as the list words it.")
    min_display_days = fields.Integer(help="Calendar days on display at least.")
    display_source = fields.Char()
    retention = fields.Char(help="How long the archive keeps it.")
    department_ids = fields.Many2many("yangguang.department", string="Guiding departments")
    forms = fields.Char(help="Forms allowed: table, text, file, image, video.")
    forms_label = fields.Char("Published as", compute="_compute_forms_label")
    template_id = fields.Many2one(
        "yangguang.template",
        ondelete="restrict",
        index=True,
        string="First template",
        help="The form with which the edition began.",
    )
    use_ids = fields.One2many("yangguang.template.use", "item_id", string="Later templates")
    audience = fields.Selection(
        [
            ("public", "Everybody"),
            ("village", "Residents of the village"),
            ("member", "Members of the collective"),
            ("party", "Party members"),
        ],
        required=True,
    )
    open_web = fields.Selection(
        [("masked", "The table, masked"), ("totals", "Totals only"), ("nothing", "Nothing")],
        required=True,
        help="What a reader without login gets.",
    )
    needs_signature = fields.Boolean(help="The Party secretary signs before it is published.")
    emergency = fields.Boolean(help="May be published first and reviewed within 24 hours.")
    secrecy_check = fields.Boolean(help="A secrecy check is confirmed before it is submitted.")
    legal_basis = fields.Char()
    source = fields.Char()
    confidence = fields.Selection(
        [("assumed", "Assumed"), ("verified", "Verified against its source")],
        help="How sure we are that the list says so.",
    )

    _code_unique = models.Constraint(
        "UNIQUE (edition_id, code)", "This edition has an item of that code already."
    )

    def _period_label(self, period):
        """What readers are told of `period`; an item that is always shown has none of its own."""
        return "长期公开" if self.frequency == "permanent" else period.label

    @api.depends("forms")
    def _compute_forms_label(self):
        labels = {
            "table": self.env._("table"),
            "text": self.env._("text"),
            "file": self.env._("file"),
            "image": self.env._("picture"),
            "video": self.env._("video"),
        }
        for item in self:
            item.forms_label = "、".join(
                labels[form] for form in (item.forms or "").split("、") if form
            )

    def _template_on(self, day):
        """The version of the form that a sheet begun on `day` uses; empty for a text."""
        self.ensure_one()
        uses = self.env["yangguang.template.use"].sudo()
        use = uses.search([("item_id", "=", self.id), ("date_from", "<=", day)], limit=1)
        return (use or self).template_id.with_env(self.env)

    def _with_form(self, day):
        """Those of the items whose sheets, begun on `day`, are filled in on a form."""
        uses = self.env["yangguang.template.use"].sudo()
        began = uses.search([("item_id", "in", self.ids), ("date_from", "<=", day)]).item_id
        return self.filtered("template_id") | began.with_env(self.env)

    def action_design(self):
        """Opens a design of the item's next form."""
        self.ensure_one()
        return self.env["yangguang.template.draft"]._begin(self)._get_records_action()

    @api.depends("code", "name")
    def _compute_display_name(self):
        for item in self:
            item.display_name = f"{item.code} {item.name}"
