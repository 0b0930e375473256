from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..lib import procedure
from ..lib.roles import BARRED_FROM_SUPERVISION, SUPERVISORS

# sheets on which the committee has still to decide
OPEN = Domain("state", "=", "review") | (
    Domain("state", "=", "published")
    & Domain("published_first", "=", True)
    & Domain("event_ids", "not any", [("kind", "in", ["ratify", "object"])])
)


class Disclosure(models.Model):
    """The review by the supervision committee."""

    _inherit = "yangguang.disclosure"

    @api.model
    def _open_to_vote(self):
        """The sheets of the current user's villages that wait for his vote, and those on which
        he has voted and that wait for the others'."""
        person = self.env.user.partner_id
        sheets = self.search(
            OPEN
            & Domain("division_id", "in", self.env.user.review_division_ids.ids)
            & Domain("drafter_ids", "not in", person.ids),
            order="ratify_until, id",
        )
        votes = self.env["yangguang.review.vote"]._of_user(sheets.ids)
        voted = sheets.filtered(lambda sheet: (sheet.id, sheet.round) in votes)
        return sheets - voted, voted

    def _refusal_to_vote(self):
        """Why the current user may not vote on this sheet, None when he may."""
        try:
            self._check_may_review(self.env.user.partner_id)
        except AccessError as refusal:
            return str(refusal)
        return None

    def action_vote(self, agrees, reason=None):
        """The current supervisor agrees, or objects with a reason; once a round.

        When the votes decide, the committee's step follows: agreed at the quorum, returned as
        soon as that has become impossible, the reasons unsigned.
        """
        self.ensure_one()
        self.check_access("read")
        self._check_appointed(SUPERVISORS)
        person = self.env.user.partner_id
        review = self._current_review()
        review._check_not_voted(person)
        self._check_open_to_votes()
        self._check_may_review(person)
        reason = (reason or "").strip()
        if not agrees and not reason:
            raise UserError(self.env._("Say why you do not agree."))
        agreed, objected = review._add(person, bool(agrees), reason or False)
        members = len(self._holders(SUPERVISORS) | review.vote_ids.person_id)
        decided = procedure.outcome(agreed, objected, members, self._quorum())
        if decided is not None:
            self.with_user(SUPERUSER_ID)._close_review(review, decided)

    def _check_open_to_votes(self):
        if self.state == "review" or self._awaits_ratification():
            return
        self._check_state({"review"})

    def _awaits_ratification(self):
        return bool(
            self.state == "published"
            and self.published_first
            and not self.event_ids.filtered(lambda event: event.kind in ("ratify", "object"))
        )

    def _check_may_review(self, person):
        """Raises when `person` drafted or signed the sheet, sits on the village committee, keeps
        its books, or is a close relative of one who does (VCO art. 32, 2018 numbering)."""
        signers = self.env["yangguang.signature"].sudo().search([("disclosure_id", "=", self.id)])
        if person in self.sudo().drafter_ids | signers.person_id:
            raise AccessError(
                self.env._("Who drafts, who reviews and who signs a sheet are different persons.")
            )
        appointments = self.env["yangguang.appointment"].sudo()
        barred = appointments.search(
            [
                ("division_id", "in", (self.division_id | self.division_id.parent_id).ids),
                ("role", "in", list(BARRED_FROM_SUPERVISION)),
                ("in_force", "=", True),
            ]
        ).person_id
        relatives = self.env["yangguang.relation"]._relatives(person)[person]
        if person in barred or relatives & barred:
            raise AccessError(
                self.env._(
                    "Members of the village committee, its bookkeepers and their close relatives"
                    " do not review."
                )
            )

    def _open_review(self):
        """Begins the review of the present round."""
        self.env["yangguang.review"].with_user(SUPERUSER_ID).create(
            {"disclosure_id": self.id, "division_id": self.division_id.id, "round": self.round}
        )

    def _current_review(self):
        return (
            self.env["yangguang.review"]
            .sudo()
            .search([("disclosure_id", "=", self.id), ("round", "=", self.round)])
        )

    def _close_review(self, review, agreed):
        """Writes the committee's decision, in the name of its chair."""
        chair = self._holders({"supervisor_chair"})[:1]
        if self.state == "published":
            step = "ratify" if agreed else "object"
        else:
            step = "agree" if agreed else "return"
        reasons = None
        if not agreed:
            # in the order of their words, so that the order of the votes does not show
            reasons = "\n".join(sorted(filter(None, review.vote_ids.mapped("reason"))))
        self._finish_step(step, note=reasons, person=chair)
        if step == "agree":
            if self.item_id.needs_signature:
                self._tell(self._holders({"secretary"}), "to_sign")
            else:
                self._tell(self._clerks(), "to_publish")
        elif step != "ratify":
            self._tell(self._clerks(), "returned" if step == "return" else "objected")
