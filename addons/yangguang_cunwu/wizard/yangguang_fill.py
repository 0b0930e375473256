import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

from ..lib import excel, rich_text, text_item


class Fill(models.TransientModel):
    """Fills a draft: from the Excel form, as a text, or as "nothing this period".

    It keeps the revision that was read when it was opened; if another saves meanwhile, this one
    is told and nothing is lost.
    """

    _name = "yangguang.fill"
    _description = "Fill in a sheet"

    disclosure_id = fields.Many2one("yangguang.disclosure", required=True, ondelete="cascade")
    revision = fields.Integer(required=True)
    has_table = fields.Boolean(compute="_compute_has_table")
    zero = fields.Boolean(string="Nothing this period")
    file = fields.Binary(attachment=False)
    file_name = fields.Char()
    html = fields.Html(string="Text", sanitize=False)  # `_cleaned` before it is kept
    report = fields.Text(readonly=True)

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        disclosure = self.env["yangguang.disclosure"].browse(values.get("disclosure_id"))
        document = disclosure._document() if disclosure else {}
        # always from the document: another default would be shown as it came
        values["html"] = text_item.editable(document)
        if disclosure:
            values.update(revision=disclosure.revision, zero=bool(document.get("zero")))
        return values

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([_cleaned(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(_cleaned(vals))

    @api.depends("disclosure_id")
    def _compute_has_table(self):
        for wizard in self:
            wizard.has_table = bool(wizard.disclosure_id.template_id)

    def action_save(self):
        """Saves what was entered as the content of the draft."""
        self.ensure_one()
        document = self._document()
        if document is None:
            return self._reopen()
        self.disclosure_id.save_content(self.revision, document)
        return {"type": "ir.actions.act_window_close"}

    def _document(self):
        """The document entered; None, and the report filled, when a cell cannot be read."""
        if not self.has_table:
            if not self.zero and is_html_empty(self.html):
                raise UserError(self.env._("Write the text."))
            return {"zero": "1"} if self.zero else {"html": self.html}
        if not self.file:
            if not self.zero:
                raise UserError(self.env._("Choose the filled Excel form."))
            # balances above the table stay, even when nothing has moved
            header = self.disclosure_id._begun_document().get("header") or {}
            return {"zero": "1", "header": header}
        reading = excel.read(self.disclosure_id._layout(), base64.b64decode(self.file))
        if reading.problems:
            self.report = "\n".join(map(str, reading.problems))
            return None
        return {**reading.document, "zero": "1"} if self.zero else reading.document

    def _reopen(self):
        name = self.env["ir.model"]._get(self._name).name
        return self._get_records_action(name=name, target="new")


def _cleaned(vals):
    """`vals` with the text in our own writing, so that nothing else is ever shown.

    Raises UserError with a sentence for what is too large to be a text.
    """
    if not vals.get("html"):
        return vals
    try:
        return {**vals, "html": rich_text.clean(vals["html"])}
    except ValueError as error:
        raise UserError(str(error)) from error
