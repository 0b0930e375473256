from odoo import api, fields, models

from ..lib import clock, face, masking
from ..lib.tables import trial
from .yangguang_template_draft import CONTENT


class TemplateDraft(models.Model):
    """What the designer shows while somebody types: the form, its rules at work, what is wrong."""

    _inherit = "yangguang.template.draft"

    preview = fields.Html(compute="_compute_preview", sanitize=False)
    effects = fields.Html(compute="_compute_preview", sanitize=False)
    problem_text = fields.Text(compute="_compute_problem_text", string="What is missing")
    change_text = fields.Text(compute="_compute_problem_text", string="Changes")

    @api.depends(*CONTENT)
    def _compute_preview(self):
        render = self.env["ir.qweb"]._render
        for draft in self:
            try:
                template = draft._template()
                faces = draft._faces(template)
                effects = trial(template, clock.today())
            except ValueError:
                # what is wrong is told beside it
                draft.preview = draft.effects = False
                continue
            draft.preview = render(
                "yangguang_cunwu.template_preview",
                {"faces": faces, "heading": face.heading},
                minimal_qcontext=True,
            )
            draft.effects = render(
                "yangguang_cunwu.template_effects", {"effects": effects}, minimal_qcontext=True
            )

    def _faces(self, template):
        """The sample as those see it who draft it, and as the open web does."""
        faces = [face.specimen(template, face.INTERNAL, mask=masking.mask)]
        open_web = self.item_id.open_web
        if open_web != "nothing":
            totals_only = open_web == "totals"
            faces.append(
                face.specimen(template, "public", mask=masking.mask, totals_only=totals_only)
            )
        return faces

    @api.depends(*CONTENT, "date_from")
    def _compute_problem_text(self):
        for draft in self:
            problems = draft._problems()
            draft.problem_text = "\n".join(problems)
            draft.change_text = False if draft._template_problems() else "\n".join(draft._changes())

    def action_form(self):
        """The Excel form as designed, as a download."""
        return self._download("xlsx")

    def action_export(self):
        """The design as YAML, as a download."""
        return self._download("yaml")

    def _download(self, kind):
        self.ensure_one()
        url = f"/yangguang/template-draft/{self.id}.{kind}"
        return {"type": "ir.actions.act_url", "url": url, "target": "self"}
