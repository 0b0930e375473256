from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib import attachments, clock, content_check


class Disclosure(models.Model):
    """The content check by name that comes before anything is made public."""

    _inherit = "yangguang.disclosure"

    content_check_ids = fields.One2many(
        "yangguang.content.check", "disclosure_id", readonly=True, string="Content checks"
    )
    may_check_content = fields.Boolean(compute="_compute_may_check_content")

    @api.depends("division_id", "state", "content", "content_check_ids")
    @api.depends_context("uid")
    def _compute_may_check_content(self):
        appointments = self.env["yangguang.appointment"].sudo()
        person = self.env.user.partner_id
        for disclosure in self:
            # a clerk's ordinary check is part of handing the sheet in
            due = disclosure.state in ("agreed", "signed") or (
                disclosure.state == "draft" and disclosure.item_id.emergency
            )
            disclosure.may_check_content = (
                due
                and disclosure.revision
                and bool(
                    appointments._of_person(person, disclosure.division_id, content_check.CHECKERS)
                )
                and len(checkers := disclosure._content_checkers()) < disclosure._checkers_needed()
                and person not in checkers
            )

    def action_check_content(self, points):
        """The current user confirms that he has looked at this content for each of `points`
        (`lib/content_check.py`); refused while one is left out."""
        self.ensure_one()
        self.check_access("read")
        self._check_appointed(content_check.CHECKERS)
        self.lock_for_update(allow_referencing=True)
        self._check_state(("draft", "agreed", "signed"))
        party = self.item_id.secrecy_check
        missing = content_check.missing(points, party)
        if content_check.PARTY in missing:
            raise UserError(
                self.env._("Confirm first that the sheet holds nothing secret (Party affairs).")
            )
        if missing:
            labels = self._content_check_labels()
            raise UserError(
                self.env._(
                    "Content check: look at this too, and confirm it: %(points)s.",
                    points="、".join(labels[point] for point in missing),
                )
            )
        if self.env.user.partner_id in self._content_checkers():
            return
        self.env["yangguang.content.check"].sudo().create(
            {
                "disclosure_id": self.id,
                "division_id": self.division_id.id,
                "person_id": self.env.user.partner_id.id,
                "person_name": self.env.user.name,
                "points": ",".join(content_check.required(party)),
                "digest": self._digest(),
                "time": clock.now(),
            }
        )

    @api.model
    def _content_check_labels(self):
        return {
            "political": self.env._("politically sound"),
            "secret": self.env._("no secrets"),
            "personal": self.env._("no personal data that must stay inside"),
            "advertising": self.env._("no advertising"),
            "quality": self.env._("complete and readable"),
            content_check.PARTY: self.env._("Party affairs: nothing secret"),
        }

    def _content_checkers(self):
        """The persons who have checked the content as it is now."""
        return self._current_checks().person_id

    def _current_checks(self):
        checks = self.env["yangguang.content.check"].sudo()
        return checks.search_fetch(
            [("disclosure_id", "=", self.id), ("digest", "=", self._digest())],
            ["person_id", "person_name"],
        )

    def _checkers_needed(self):
        return content_check.persons_needed(attachments.kinds(self._document().get("files") or ()))

    def _refuse_unchecked(self, needed):
        """Raises unless `needed` persons have checked this very content."""
        checked = len(self._content_checkers())
        if checked >= needed:
            return
        if checked:
            raise UserError(
                self.env._(
                    "Video is checked by two persons before it is published: one is missing."
                )
            )
        raise UserError(
            self.env._("Nobody has checked this content yet: the content check comes first.")
        )
