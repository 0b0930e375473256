from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib import source


class Disclosure(models.Model):
    """A sheet that the program fills from what it knows already.

    A part of the program that knows the figures of some sheets says so in `_source`. They are then
    filled when the sheet begins, or by one click; nobody types over them, on no path; and a sheet
    that shows anything else is not submitted.
    """

    _inherit = "yangguang.disclosure"

    from_source = fields.Boolean(compute="_compute_from_source")

    @api.depends("item_id", "division_id", "period_key", "state")
    def _compute_from_source(self):
        for disclosure in self:
            disclosure.from_source = disclosure.state == "draft" and bool(disclosure._known())

    @api.model_create_multi
    def create(self, vals_list):
        disclosures = super().create(vals_list)
        for disclosure in disclosures:
            if known := disclosure._known():
                disclosure._store_content(disclosure._filled_from(known))
        return disclosures

    def _source(self):
        """What is known of this sheet as `lib.source.Source`; None when it is typed.

        Called for the sheet of any user, so it asks for no right of his. Raises UserError while
        the figures are still to come."""
        return None

    def _known(self):
        """As `_source`, fitted to the form of this sheet; None also while it is still to come."""
        return self._known_or_why_not()[0]

    def _known_or_why_not(self):
        """What is known of this sheet, and why it is still to come; at least one is None."""
        layout = self._layout()
        try:
            known = self._source() if layout else None
        except UserError as error:
            return None, str(error)
        return (known.fitted(layout) if known else None), None

    def action_fill_from_source(self):
        """Fills the draft from what the program knows; what people typed beside it stays."""
        self.ensure_one()
        self._begin_change(self.revision)
        if not self._source():
            raise UserError(self.env._("Nothing of this sheet is known: fill it in."))
        self._store_content(self._filled_from(self._known()))

    def _filled_from(self, known):
        earlier = self._previous_sheet()
        documents = [self._document(), *([earlier._document()] if earlier else [])]
        try:
            filled = self._completed(source.fill(known, *documents))
        except UserError as error:
            raise UserError(
                self.env._("The sheet cannot be filled: %(reason)s", reason=error)
            ) from error
        # files come and go by `attach` and `detach` alone
        if files := self._document().get("files"):
            filled["files"] = files
        return filled

    def save_content(self, revision, document):
        known = self._known()
        if known and (wrong := list(self._source_problems(self._completed(document), known))):
            raise UserError("\n".join(wrong))
        return super().save_content(revision, document)

    def _problems(self, document=None):
        yield from super()._problems(document)
        if self.state != "draft":
            # what was submitted agreed; a person who is called otherwise since changes nothing
            return
        known, why_not = self._known_or_why_not()
        if why_not:
            yield why_not
        if known:
            yield from self._source_problems(self._document(), known)

    def _source_problems(self, document, known):
        """How a canonical `document` differs from what is known, as sentences."""
        wrong = list(source.differences(self._layout(), known, document))
        if wrong:
            yield self.env._("What the books say is not typed: fill the sheet from the books.")
            yield from wrong

    def grid_previous(self):
        if self._known():
            raise UserError(self.env._("This sheet is filled already, with all that is known."))
        return super().grid_previous()

    def _grid_layout(self, layout):
        described = super()._grid_layout(layout)
        if known := self._known():
            described["sourced"] = True
            locked = sorted(known.columns)
            described["locked"] = [
                sorted({*cells, *locked}) for cells in described["locked"] or [[]] * len(known.rows)
            ]
            for each in described["header"]:
                each["locked"] = each["key"] in known.header
        return described
