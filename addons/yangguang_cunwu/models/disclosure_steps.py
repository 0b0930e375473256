from odoo import SUPERUSER_ID, models
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.tools.misc import get_lang

from ..lib import clock, procedure
from ..lib.roles import SUPERVISORS


class Disclosure(models.Model):
    """The steps that a person takes: submit, sign, decline, reopen."""

    _inherit = "yangguang.disclosure"

    def action_submit(self, checked=()):
        """The clerk hands the draft to the supervision committee.

        `checked` are the points of the content check that he confirms (`lib/content_check.py`);
        empty when it has been made before. Refused with every reason at once: rules of the table,
        checks between tables, personal data, the very content that was returned, content that
        nobody has checked.
        """
        self.ensure_one()
        self._begin_step("submit")
        supervisors = self._holders(SUPERVISORS)
        if len(supervisors) < self._quorum():
            raise UserError(
                self.env._(
                    "%(division)s has fewer supervisors in office than the %(quorum)s that must"
                    " agree.",
                    division=self.division_id.name,
                    quorum=self._quorum(),
                )
            )
        self._refuse_problems()
        digest = self._digest()
        if digest in self.event_ids.filtered(
            lambda event: event.kind in ("return", "decline")
        ).mapped("content_digest"):
            raise UserError(
                self.env._("This is the sheet that was returned, unchanged: mend it first.")
            )
        if checked:
            self.action_check_content(checked)
        self._refuse_unchecked(1)
        self.sudo().write({"round": self.round + 1, "content_digest": digest})
        self._finish_step("submit")
        self._open_review()
        self._tell(supervisors, "review")

    def action_sign(self, password, digests):
        """The Party secretary signs the sheets; each must be the very one he was shown.

        `password` is checked afresh, under the login's own limit of tries; `digests` maps the id
        of each sheet to the digest that was on the screen. All are signed, or none.
        """
        for disclosure in self:
            disclosure._begin_step("sign_first" if disclosure._is_first() else "sign")
            disclosure._check_separate(self.env.user.partner_id)
        self._check_password(password)
        for disclosure in self:
            disclosure._sign(digests.get(str(disclosure.id)))

    def _is_first(self):
        """Whether the secretary signs this draft before its review: emergency items only."""
        return self.state == "draft" and self.item_id.emergency

    def _sign(self, digest):
        step = "sign_first" if self._is_first() else "sign"
        if step == "sign_first":
            self._refuse_problems()
            self._refuse_unchecked(1)
            self.sudo().write({"round": self.round + 1, "content_digest": self._digest()})
        if digest != self._digest():
            raise UserError(
                self.env._(
                    "%(sheet)s has changed since you opened it: read it again.",
                    sheet=self.display_name,
                )
            )
        self.env["yangguang.signature"].sudo().create(
            {
                "disclosure_id": self.id,
                "division_id": self.division_id.id,
                "round": self.round,
                "person_id": self.env.user.partner_id.id,
                "person_name": self.env.user.name,
                "method": "password",
                "digest": digest,
                "time": clock.now(),
            }
        )
        self._finish_step(step)
        self._tell(self._clerks(), "to_publish")

    def action_decline(self, reason):
        """The secretary returns the sheet to the clerk, with a reason."""
        self._step_with_reason("decline", reason)
        self._tell(self._clerks(), "declined")

    def action_reopen(self, reason):
        """The clerk takes a sheet back before it is published; votes and signature are void."""
        self._step_with_reason("reopen", reason)

    def _step_with_reason(self, step, reason):
        self.ensure_one()
        self._begin_step(step)
        if not (reason or "").strip():
            raise UserError(self.env._("Write the reason."))
        self._finish_step(step, note=reason.strip())

    # what every step does

    def _begin_step(self, name):
        """Checks that the current user may take the step now, and locks the sheet."""
        self.ensure_one()
        step = procedure.STEPS[name]
        # whoever takes a step may read the sheet, and holds the office today
        self.check_access("read")
        self._check_appointed(step.roles)
        self.lock_for_update(allow_referencing=True)
        self._check_state(step.sources)

    def _check_state(self, sources):
        if self.state not in sources:
            states = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(sheet)s is at “%(state)s”: this step does not follow from there.",
                    sheet=self.display_name,
                    state=states[self.state],
                )
            )

    def _finish_step(self, name, note=None, person=None, **values):
        """Writes the event and moves the sheet to the state it leads to.

        A step of the committee is written by the system: not even the record's last writer may
        tell the village whose vote was the last.
        """
        step = procedure.STEPS[name]
        committee = name in procedure.COMMITTEE_STEPS
        person = self.env.user.partner_id if person is None else person
        role = self._role_label(person, step.roles or SUPERVISORS)
        sheet = self.with_user(SUPERUSER_ID) if committee else self.sudo()
        event = sheet.env["yangguang.disclosure.event"]._append(sheet, name, person, role, note)
        sheet.write({"state": step.target, "last_event_id": event.id, **values})
        # the database checks one step at a time
        sheet.flush_recordset()
        return event

    def _role_label(self, person, roles):
        """The office in which `person` acts, as the reader knows it."""
        held = self.env["yangguang.appointment"].sudo()._of_person(person, self.division_id, roles)
        # kept for good, so in the language of the records, whoever acts
        language = get_lang(self.env, "zh_CN").code
        records = self.env["yangguang.appointment"].with_context(lang=language)
        labels = dict(records._fields["role"]._description_selection(records.env))
        return labels.get(held[:1].role)

    def _check_separate(self, person):
        """Raises when `person` drafted or reviewed this sheet: drafter, reviewer and signer are
        three persons (by person, not by login)."""
        voted = (
            self.env["yangguang.review.vote"]
            .sudo()
            .search_count(
                [("review_id.disclosure_id", "=", self.id), ("person_id", "=", person.id)], limit=1
            )
        )
        if voted or person in self.sudo().drafter_ids:
            raise AccessError(
                self.env._("Who drafts, who reviews and who signs a sheet are different persons.")
            )

    def _check_password(self, password):
        credential = {"login": self.env.user.login, "password": password, "type": "password"}
        try:
            with self.env.user._assert_can_auth(user=self.env.user.login):
                self.env.user._check_credentials(credential, {"interactive": True})
        except AccessDenied as denied:
            raise UserError(self.env._("The password is wrong; nothing was signed.")) from denied

    def _holders(self, roles):
        return self.env["yangguang.appointment"].sudo()._holders(self.division_id, roles)

    def _clerks(self):
        return self._holders({"clerk", "deputy_clerk"})

    def _tell(self, persons, kind):
        self.env["yangguang.notice"]._tell(persons, self, kind)

    def _quorum(self):
        """How many supervisors must agree."""
        return int(self.env["ir.config_parameter"].sudo().get_param("yangguang_cunwu.quorum", "2"))
