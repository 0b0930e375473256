from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.yangguang_cunwu.lib import clock


class Member(models.Model):
    """A member of the collective with his shares, by household (Rural Collective Economic
    Organisations Law arts. 11–18). Nothing here that only checks who he is: no identity number.
    """

    _name = "yangguang.member"
    _description = "Member of a collective"
    _inherit = ["yangguang.register"]
    _order = "division_id, household, id"
    _rec_names_search = ["name", "household"]

    _fixed_fields = ("basis", "confirmed", "resolution")
    _step_fields = ("state", "left_on", "left_reason", "left_resolution")
    _closed_states = ("lost", "quit")

    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("member", "Member"),
            ("lost", "Lost"),
            ("quit", "Withdrew"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    household = fields.Char("Household number", required=True)
    head = fields.Char("Head of the household", required=True)
    group = fields.Char("Villagers' group", required=True)
    name = fields.Char(required=True)
    relation = fields.Char("Relation to the head")
    basis = fields.Selection(
        [
            ("origin", "Original"),
            ("birth", "Birth"),
            ("marriage", "Marriage"),
            ("adopt", "Adoption"),
            ("migrate", "Resettlement"),
            ("other", "Other"),
        ],
        required=True,
    )
    confirmed = fields.Date("Confirmed on", required=True)
    shown_from = fields.Date("Publicity from")
    shown_until = fields.Date("Publicity until")
    resolution = fields.Char("Resolution of the assembly")
    left_on = fields.Date(readonly=True, copy=False)
    left_reason = fields.Selection(
        [
            ("death", "Death"),
            ("nationality", "Loss of nationality"),
            ("other_collective", "Member of another collective"),
            ("civil_servant", "Civil servant"),
            ("own_will", "Own will"),
            ("law", "Other reason set by law"),
        ],
        readonly=True,
        copy=False,
        # neither study, work, divorce, widowhood nor prison: art. 18
        help="The reasons that the law knows.",
    )
    left_resolution = fields.Char(readonly=True, copy=False)
    share_ids = fields.One2many("yangguang.member.share", "member_id")
    shares = fields.Integer("Number of shares", compute="_compute_shares", store=True)

    _member_by_resolution = models.Constraint(
        "CHECK (state = 'draft' OR resolution IS NOT NULL)", "Members are confirmed by resolution."
    )
    _left_with_reason = models.Constraint(
        "CHECK ((state IN ('lost', 'quit')) = (left_on IS NOT NULL AND left_reason IS NOT NULL"
        " AND left_resolution IS NOT NULL))",
        "Whoever leaves does so on a day, for a reason and by resolution.",
    )
    _withdraws_by_will = models.Constraint(
        "CHECK (state NOT IN ('lost', 'quit') OR (state = 'quit') = (left_reason = 'own_will'))",
        "Whoever withdraws does so by his own will.",
    )
    _publicity = models.Constraint(
        "CHECK (shown_until >= shown_from)", "What is shown is shown until a later day."
    )
    _household_idx = models.Index("(collective_id, household)")

    @api.depends("share_ids.number")
    def _compute_shares(self):
        for member in self:
            member.shares = sum(member.share_ids.mapped("number"))

    def action_confirm(self):
        """Makes drafts members."""
        self._check_draft()
        self.sudo().write({"state": "member"})

    def action_leave(self, day, reason, resolution):
        """Ends a membership for good; the shares are kept as they were."""
        self.ensure_one()
        self.check_access("write")
        day = fields.Date.to_date(day)
        if self.state != "member" or not self.confirmed <= day <= clock.today():
            raise UserError(
                self.env._("A member leaves after he was confirmed, not in days to come.")
            )
        self.sudo().write(
            {
                "state": "quit" if reason == "own_will" else "lost",
                "left_on": day,
                "left_reason": reason,
                "left_resolution": resolution,
            }
        )


class MemberShare(models.Model):
    """Shares of a member, by kind."""

    _name = "yangguang.member.share"
    _description = "Shares of a member"
    _inherit = ["yangguang.register.part"]
    _order = "member_id, kind"
    _rec_name = "kind"

    _above = "member_id"

    member_id = fields.Many2one("yangguang.member", required=True, index=True, ondelete="cascade")
    kind = fields.Selection(
        [
            ("base", "Basic"),
            ("labour", "For years of labour"),
            ("merit", "For contributions"),
            ("other", "Other"),
        ],
        default="base",
        required=True,
    )
    number = fields.Integer(required=True)

    _kind_once = models.Constraint(
        "UNIQUE (member_id, kind)", "The member has shares of this kind already."
    )
    _number_positive = models.Constraint("CHECK (number > 0)", "Shares are one or more.")
