from odoo import api, fields, models

from ..lib import template_matching, template_values

KINDS = [
    ("answered", "A question was answered"),
    ("published", "A sheet was published"),
    ("duty_due", "An official's turn"),
    ("overdue", "A duty is overdue"),
    ("review", "A sheet waits for review"),
]
VALUES = [
    ("title", "What it is about"),
    ("village", "Village"),
    ("number", "Number"),
    ("time", "Time"),
    ("text", "Text"),
    ("state", "State in a word"),
]


class WechatTemplate(models.Model):
    """A template for subscribe messages that the mini-program has at WeChat."""

    _name = "yangguang.wechat.template"
    _description = "Template for subscribe messages"
    _rec_name = "title"
    _order = "kind, id"

    setting_id = fields.Many2one(
        "yangguang.wechat.setting", required=True, readonly=True, index=True, ondelete="cascade"
    )
    template_id = fields.Char(required=True, readonly=True, string="Number at WeChat")
    title = fields.Char(required=True, readonly=True)
    content = fields.Text(readonly=True)
    is_long_term = fields.Boolean(
        string="Long-term",
        readonly=True,
        help="Allowed once, sent as often as there is something to tell.",
    )
    kind = fields.Selection(KINDS, string="Used when")
    line_ids = fields.One2many("yangguang.wechat.template.line", "template_id")
    is_gone = fields.Boolean(readonly=True, help="No longer in WeChat's console.")

    _template_unique = models.Constraint(
        "UNIQUE (setting_id, template_id)", "A template is in the list once."
    )
    _kind_unique = models.UniqueIndex(
        "(setting_id, kind) WHERE is_gone IS NOT TRUE", "Each kind of message has one template."
    )

    @api.model
    def _for(self, setting, kind):
        """The template for messages of `kind`, empty when the mini-program has none."""
        return self.sudo().search(
            [("setting_id", "=", setting.id), ("kind", "=", kind), ("is_gone", "=", False)], limit=1
        )

    @api.model
    def _take_over(self, setting, described):
        """Brings the list up to what WeChat says (`lib.client.Client.templates`); what people have
        chosen stays."""
        own = self.sudo().search([("setting_id", "=", setting.id)])
        numbers = [str(one.get("priTmplId", "")) for one in described]
        own.filtered(lambda template: template.template_id not in numbers).is_gone = True
        taken = set(own.filtered(lambda template: not template.is_gone).mapped("kind"))
        for number, one in zip(numbers, described, strict=True):
            if not number:
                continue
            known = own.filtered(lambda template, number=number: template.template_id == number)
            values = {
                "title": str(one.get("title", "")) or number,
                "content": str(one.get("content", "")),
                "is_long_term": str(one.get("type")) == "3",
                "is_gone": False,
            }
            if known.is_gone and known.kind in taken:
                values["kind"] = False
            if known and known.content == values["content"]:
                known.write(values)
                continue
            values["line_ids"] = [
                fields.Command.clear(),
                *(
                    fields.Command.create({"label": label, "keyword": keyword, "value": value})
                    for label, keyword, value in template_matching.values_of(values["content"])
                ),
            ]
            if known:
                known.write(values)
            else:
                kind = template_matching.kind_of(values["title"], taken)
                taken.add(kind)
                self.sudo().create(
                    {**values, "setting_id": setting.id, "template_id": number, "kind": kind}
                )

    def _data(self, values):
        """What WeChat gets for `values`, {name of a value: text}: {keyword: text}.

        Raises ValueError with a sentence for what the template cannot say.
        """
        return {
            line.keyword: template_values.shaped(line.keyword, values.get(line.value) or "")
            for line in self.line_ids
        }


class WechatTemplateLine(models.Model):
    """What is said in one line of a template."""

    _name = "yangguang.wechat.template.line"
    _description = "Line of a template"
    _rec_name = "label"
    _order = "id"

    template_id = fields.Many2one(
        "yangguang.wechat.template", required=True, readonly=True, index=True, ondelete="cascade"
    )
    label = fields.Char(readonly=True)
    keyword = fields.Char(required=True, readonly=True)
    value = fields.Selection(VALUES, required=True, string="Says")
