import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

from ..lib import excel, text_item


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
    html = fields.Html(string="Text")
    report = fields.Text(readonly=True)

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        disclosure = self.env["yangguang.disclosure"].browse(values.get("disclosure_id"))
        if disclosure:
            document = disclosure._document()
            values.update(
                revision=disclosure.revision,
                html=text_item.editable(document),
                zero=bool(document.get("zero")),
            )
        return values

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
        return {
            "type": "ir.actions.act_window",
            "name": self.env["ir.model"]._get(self._name).name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
