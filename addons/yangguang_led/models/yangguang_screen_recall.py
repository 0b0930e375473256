from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_cunwu.models.append_only import protect

# a clerk takes off what his own village shows; the officers above may as well
RECALLERS = frozenset({"clerk", "deputy_clerk", "secretary"})
OFFICERS = frozenset({"town_officer", "district_officer"})


class ScreenRecall(models.Model):
    """A publication taken off the screens, or put back: at once, with a reason. It stays published
    on the web; the days it is dark do not count as display. Only grows."""

    _name = "yangguang.screen.recall"
    _description = "Publication off the screens"
    _order = "id desc"
    _log_access = False

    publication_id = fields.Many2one(
        "yangguang.publication", required=True, readonly=True, index=True, ondelete="restrict"
    )
    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [("recalled", "Taken off"), ("restored", "Put back")], required=True, readonly=True
    )
    reason = fields.Char(required=True, readonly=True)
    person_id = fields.Many2one("res.partner", required=True, readonly=True, ondelete="restrict")
    time = fields.Datetime(required=True, readonly=True)

    def init(self):
        protect(self.env.cr, self._table)

    @api.model
    def _recalled(self, publications):
        """Those of `publications` that are off the screens now."""
        last = {}
        for recall in self.search([("publication_id", "in", publications.ids)], order="id"):
            last[recall.publication_id] = recall.kind
        return publications.filtered(lambda one: last.get(one) == "recalled")


class Publication(models.Model):
    _inherit = "yangguang.publication"

    on_screens = fields.Boolean(compute="_compute_on_screens", string="In turn on screens")

    def _compute_on_screens(self):
        recalled = self.env["yangguang.screen.recall"].sudo()._recalled(self)
        for publication in self:
            publication.on_screens = (
                publication.state == "published" and publication not in recalled
            )

    def action_recall_from_screens(self, reason):
        """Takes these publications off all screens at once; `reason` is kept."""
        self._record_recall("recalled", reason)

    def action_restore_to_screens(self, reason):
        """Puts them back in turn."""
        self._record_recall("restored", reason)

    def action_ask_recall(self):
        """Opens the wizard that asks why it leaves the screens."""
        return self.env["yangguang.reason"]._ask("recall", self)

    def action_ask_restore(self):
        """Opens the wizard that asks why it comes back."""
        return self.env["yangguang.reason"]._ask("restore", self)

    def _record_recall(self, kind, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Write the reason."))
        self.check_access("read")
        for publication in self:
            publication._check_may_recall()
            if publication.on_screens == (kind == "restored"):
                raise UserError(self.env._("It is so already: %(title)s", title=publication.title))
        self.env["yangguang.screen.recall"].sudo().create(
            [
                {
                    "publication_id": publication.id,
                    "division_id": publication.division_id.id,
                    "kind": kind,
                    "reason": reason.strip(),
                    "person_id": self.env.user.partner_id.id,
                    "time": clock.now(),
                }
                for publication in self
            ]
        )
        self.invalidate_recordset(["on_screens"])
        self.env["yangguang.screen"]._arrange_soon()

    def _check_may_recall(self):
        appointments = self.env["yangguang.appointment"].sudo()
        person, place = self.env.user.partner_id, self.division_id
        allowed = appointments._of_person(person, place, RECALLERS)
        while place and not allowed:
            allowed = appointments._of_person(person, place, OFFICERS)
            place = place.parent_id
        if not allowed:
            raise AccessError(
                self.env._("The village's clerk or secretary or an officer above takes it off.")
            )
