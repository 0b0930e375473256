from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib import excel, face
from ..lib.roles import DRAFTERS
from .yangguang_exemption import GRANTERS


class Disclosure(models.Model):
    """What the backend and the portal show of a sheet, and which buttons they offer."""

    _inherit = "yangguang.disclosure"

    preview = fields.Html(compute="_compute_preview", sanitize=False)
    problem_text = fields.Text(
        compute="_compute_problem_text", string="What is missing", compute_sudo=False
    )
    may_draft = fields.Boolean(compute="_compute_may")
    may_sign = fields.Boolean(compute="_compute_may")
    may_permit = fields.Boolean(compute="_compute_may")
    needs_signature = fields.Boolean(related="item_id.needs_signature")
    emergency = fields.Boolean(related="item_id.emergency")

    @api.depends("content", "state")
    def _compute_preview(self):
        for disclosure in self:
            disclosure.preview = disclosure._preview() if disclosure.item_id else False

    def _preview(self):
        """The sheet as HTML with every column, for those who draft, review and sign it."""
        context = self._face_context()
        shown = self._face(self._filled_document(), face.INTERNAL, context, False)
        return self.env["ir.qweb"]._render(
            "yangguang_cunwu.face_table",
            {"face": shown, "text": Markup(face.text_html(shown)), "heading": face.heading},
            minimal_qcontext=True,
        )

    @api.depends("content", "state")
    def _compute_problem_text(self):
        for disclosure in self:
            disclosure.problem_text = (
                "\n".join(disclosure._problems()) if disclosure.state == "draft" else False
            )

    @api.depends("division_id")
    @api.depends_context("uid")
    def _compute_may(self):
        appointments = self.env["yangguang.appointment"].sudo()
        person = self.env.user.partner_id
        for disclosure in self:
            division = disclosure.division_id
            disclosure.may_draft = bool(appointments._of_person(person, division, DRAFTERS))
            disclosure.may_sign = bool(appointments._of_person(person, division, {"secretary"}))
            disclosure.may_permit = bool(appointments._of_person(person, division, GRANTERS))

    def action_fill(self):
        """Opens the wizard that fills the draft."""
        self.ensure_one()
        context = {"default_disclosure_id": self.id, "dialog_size": "extra-large"}
        return self._wizard("yangguang.fill", context)

    def action_open_sign(self):
        """Opens the wizard in which the secretary reads and signs.

        It exists before it is shown: the client then keeps the password, which is not stored,
        until the button hands it over.
        """
        wizard = self.env["yangguang.sign"].with_context(active_ids=self.ids).create({})
        action = self._wizard("yangguang.sign", {"dialog_size": "extra-large"})
        return {**action, "res_id": wizard.id}

    def action_ask_decline(self):
        return self._ask("decline")

    def action_ask_reopen(self):
        return self._ask("reopen")

    def _ask(self, step):
        self.ensure_one()
        context = {"default_step": step, "default_record_id": self.id}
        return self._wizard("yangguang.reason", context)

    def action_attach(self):
        """Opens the wizard that attaches a file."""
        self.ensure_one()
        context = {"default_disclosure_id": self.id, "default_revision": self.revision}
        return self._wizard("yangguang.attach", context)

    def action_open_submit(self):
        """Opens the content check, which hands the sheet in."""
        self.ensure_one()
        # what is missing is said before the person is asked to look through the sheet
        self._begin_step("submit")
        self._refuse_problems()
        context = {"default_disclosure_id": self.id, "default_submits": True}
        return self._wizard("yangguang.content.confirm", context)

    def action_open_check(self):
        """Opens the content check alone: an emergency, or the second person for video."""
        self.ensure_one()
        return self._wizard("yangguang.content.confirm", {"default_disclosure_id": self.id})

    def action_form(self):
        """The Excel form of the item's table, with what is filled already, as a download."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/yangguang/form/{self.id}", "target": "self"}

    def _form_content(self):
        """The bytes of the Excel form, filled with what is there and what the system knows; the
        balance at the end is left to the rows that are still to come."""
        layout = self._layout()
        if not layout:
            raise UserError(self.env._("This item has no table: write its text."))
        document = self._with_known_header(self._begun_document())
        return excel.form(
            layout,
            header=document["header"],
            rows=document["rows"],
            title=self.display_name,
        )

    def _named(self):
        """What the sheet is about and nothing of what it says, for one who may know that there is
        such a sheet: which the caller has made sure of."""
        sheet = self.sudo()
        place = " · ".join(filter(None, (sheet.division_id.name, sheet.period_label)))
        return {"id": sheet.id, "item": sheet.item_id.name, "place": place}

    def _wizard(self, model, context):
        return {
            "type": "ir.actions.act_window",
            "name": self.env["ir.model"]._get(model).name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": context,
        }
