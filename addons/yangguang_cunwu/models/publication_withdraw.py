from odoo import models
from odoo.exceptions import AccessError, UserError

from ..lib import clock

REASONS = ("privacy", "lifted", "court")
# offices that may take a sheet down at once, and confirm what another has taken down
_ROLES = frozenset({"clerk", "deputy_clerk", "secretary"})


class Publication(models.Model):
    """Taking down: the content goes at once, a stub with the reason stays for good."""

    _inherit = "yangguang.publication"

    def action_withdraw(self, reason, note):
        """The clerk, the secretary or the town takes the sheet down.

        `reason` is privacy, lifted (an emergency that is over) or court; nothing else takes a
        sheet down, its days on display are protected. `note` is a sentence for the public. A
        second person confirms within a day.
        """
        self.ensure_one()
        self._check_may_withdraw()
        if reason not in REASONS:
            raise UserError(
                self.env._(
                    "A sheet is taken down for privacy, because an emergency is over, or by order"
                    " of a court or authority; otherwise correct it."
                )
            )
        if reason == "lifted" and not self.item_id.emergency:
            raise UserError(self.env._("This item is no emergency information."))
        if not (note or "").strip():
            raise UserError(self.env._("Write a sentence for the public."))
        if self.state == "withdrawn":
            raise UserError(self.env._("This sheet is taken down already."))
        person = self.env.user.partner_id
        self.sudo()._record_event(
            "withdrawn", clock.now(), person, reason=reason, note=note.strip()
        )
        self.env["yangguang.public.page"].sudo().search([("publication_id", "=", self.id)]).unlink()
        self.env["yangguang.public.file"].sudo().search([("publication_id", "=", self.id)]).unlink()
        self.env["yangguang.rendition"].sudo().search([("publication_id", "=", self.id)]).unlink()
        disclosure = self._disclosure()
        appointments = self.env["yangguang.appointment"].sudo()
        others = appointments._holders(self.division_id, _ROLES) | appointments._holders(
            self.division_id.parent_id, {"town_officer"}
        )
        self.env["yangguang.notice"]._tell(others - person, disclosure, "withdrawn")

    def action_confirm_withdrawal(self):
        """A second person confirms that the sheet had to be taken down."""
        self.ensure_one()
        self._check_may_withdraw()
        events = self.event_ids.sudo()
        withdrawn = events.filtered(lambda event: event.kind == "withdrawn")
        if not withdrawn or events.filtered(lambda event: event.kind == "confirmed"):
            raise UserError(self.env._("There is nothing to confirm."))
        person = self.env.user.partner_id
        if withdrawn.person_id == person:
            raise UserError(self.env._("Somebody else confirms what you have taken down."))
        self.sudo()._record_event("confirmed", clock.now(), person)

    def _check_may_withdraw(self):
        self.check_access("read")
        appointments = self.env["yangguang.appointment"].sudo()
        person = self.env.user.partner_id
        if not appointments._of_person(person, self.division_id, _ROLES) and not (
            appointments._of_person(person, self.division_id.parent_id, {"town_officer"})
        ):
            raise AccessError(
                self.env._("The clerk, the secretary or the town officer takes a sheet down.")
            )

    def _disclosure(self):
        """The disclosure that this publication came from."""
        self.ensure_one()
        return self.env["yangguang.disclosure"].sudo().search([("publication_id", "=", self.id)])
