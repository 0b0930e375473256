from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..lib import clock
from .append_only import protect
from .demo_stamp import guard_time


class Review(models.Model):
    """One round of review of a disclosure. The village cannot read it: how many have voted, and
    when, is between the supervisors, their town and the auditors."""

    _name = "yangguang.review"
    _description = "Round of review"
    _order = "id desc"

    disclosure_id = fields.Many2one(
        "yangguang.disclosure", required=True, readonly=True, ondelete="restrict"
    )
    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, index=True, ondelete="restrict"
    )
    round = fields.Integer(required=True, readonly=True)
    votes_cast = fields.Integer(readonly=True)
    vote_ids = fields.One2many("yangguang.review.vote", "review_id")

    _round_unique = models.Constraint(
        "UNIQUE (disclosure_id, round)", "This round of review exists already."
    )

    def _add(self, person, agrees, reason):
        """Adds the vote of `person` and gives (agreed, objected) of the round.

        Each vote moves the counter of its round: of two that come at the same time the second is
        run again by the framework and then sees the first, so the quorum is never missed.
        """
        self.ensure_one()
        self.env.cr.execute(
            "UPDATE yangguang_review SET votes_cast = COALESCE(votes_cast, 0) + 1 WHERE id = %s",
            [self.id],
        )
        self.invalidate_recordset(["votes_cast"])
        self._check_not_voted(person)
        self.env["yangguang.review.vote"].create(
            {
                "review_id": self.id,
                "division_id": self.division_id.id,
                "person_id": person.id,
                "agrees": agrees,
                "reason": reason,
                "time": clock.now(),
            }
        )
        agreed = len(self.vote_ids.filtered("agrees"))
        return agreed, len(self.vote_ids) - agreed

    def _check_not_voted(self, person):
        if person in self.vote_ids.person_id:
            raise UserError(self.env._("You have voted on this sheet already."))


class ReviewVote(models.Model):
    """The vote of one supervisor: readable by himself, his town and the auditors, nobody else."""

    _name = "yangguang.review.vote"
    _description = "Vote of a supervisor"
    _order = "id"
    _log_access = False

    review_id = fields.Many2one(
        "yangguang.review", required=True, readonly=True, index=True, ondelete="restrict"
    )
    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, index=True, ondelete="restrict"
    )
    person_id = fields.Many2one(
        "res.partner", required=True, readonly=True, index=True, ondelete="restrict"
    )
    agrees = fields.Boolean(readonly=True)
    reason = fields.Text(readonly=True)
    time = fields.Datetime(required=True, readonly=True)

    _person_once = models.Constraint(
        "UNIQUE (review_id, person_id)", "You have voted on this sheet already."
    )
    _objection_has_reason = models.Constraint(
        "CHECK (agrees OR COALESCE(length(reason), 0) > 0)", "Say why you do not agree."
    )

    @api.model
    def _of_user(self, sheet_ids):
        """The user's own votes on these sheets, by (id of the sheet, round).

        The rounds of review, which carry how many have voted, are closed to him: here they tell
        which sheet a vote is about, and nothing else.
        """
        votes = self.search(
            Domain("person_id", "=", self.env.user.partner_id.id)
            & Domain("review_id", "any!", Domain("disclosure_id", "in", sheet_ids))
        )
        rounds = ((vote.review_id.sudo(), vote) for vote in votes)
        return {(one.disclosure_id.id, one.round): vote for one, vote in rounds}

    def init(self):
        protect(self.env.cr, self._table)
        guard_time(self.env.cr, self._table)

    @api.depends("review_id", "person_id")
    def _compute_display_name(self):
        for vote in self:
            vote.display_name = vote.person_id.name
