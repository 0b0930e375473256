from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_cunwu.lib.roles import DRAFTERS

# (seconds, times) that somebody may say that he lives somewhere
_LIMITS = ((86400, 5),)
# what the clerk chooses; everything else is changed by the methods below
_CHOSEN = frozenset({"resident_id"})


class WechatResidence(models.Model):
    """Somebody says in the mini-program that he lives in a village, and the register did not tell
    by his name and telephone number. The village's clerk looks who he is.

    What somebody has said of himself is forgotten when that is decided. Of who is confirmed it is
    kept who in the register that is, and who has confirmed it when; of others nothing.
    """

    _name = "yangguang.wechat.residence"
    _description = "Resident to be confirmed"
    _order = "id desc"
    _log_access = False

    account_id = fields.Many2one(
        "yangguang.wechat.account",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        groups=fields.NO_ACCESS,
    )
    division_id = fields.Many2one(
        "yangguang.division",
        string="Village",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    name = fields.Char("Full name", readonly=True)
    phone = fields.Char(readonly=True, help="As he has said. Forgotten once this is decided.")
    phone_proven = fields.Boolean(
        "Telephone proven", readonly=True, help="WeChat says that the number is his."
    )
    time = fields.Datetime("Asked", readonly=True)
    resident_id = fields.Many2one(
        "yangguang.resident",
        string="In the register",
        ondelete="set null",
        domain="[('division_id', '=', division_id)]",
    )
    state = fields.Selection(
        [("waiting", "To be looked at"), ("verified", "Confirmed")],
        default="waiting",
        required=True,
        readonly=True,
    )
    person_id = fields.Many2one(
        "res.partner", string="Decided by", readonly=True, ondelete="restrict"
    )
    decided = fields.Datetime(readonly=True)

    _one_waiting = models.UniqueIndex(
        "(account_id) WHERE state = 'waiting'", "This account waits already."
    )
    _decided_is_forgotten = models.Constraint(
        "CHECK (state = 'waiting' AND num_nulls(name, time) = 0"
        " OR state != 'waiting' AND num_nonnulls(name, phone, time) = 0)",
        "What somebody said of himself is kept until that is decided.",
    )

    @api.model
    def _has_field_access(self, field, operation):
        if operation == "write" and field.name not in _CHOSEN and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    @api.constrains("resident_id")
    def _check_resident(self):
        for claim in self:
            if claim.resident_id and claim.resident_id.division_id != claim.division_id:
                raise UserError(self.env._("Choose somebody of this village's register."))

    def write(self, vals):
        if not self.env.su and any(claim.state != "waiting" for claim in self):
            raise UserError(self.env._("This is decided already."))
        return super().write(vals)

    @api.model
    def _claim(self, account, division, name, phone):
        """`account` says that he is `name` of the village `division`.

        He is believed at once when the register has exactly this name with the number that WeChat
        gave for him; a number he has only typed is no proof. Otherwise the village decides.
        """
        if account._resident():
            raise UserError(self.env._("You are confirmed as a resident already."))
        quota, of_person = self.env["yangguang.question.quota"], f"residence {account._whose()}"
        sentence = self.env._("That was often enough for today. Try again tomorrow.")
        quota._check(of_person, _LIMITS, sentence)
        quota._take(of_person, _LIMITS)
        claims = self.sudo()
        claims._waiting(account)._refuse()
        claim = claims.create(
            {
                "account_id": account.id,
                "division_id": division.id,
                "name": name,
                "phone": account.phone or phone,
                "phone_proven": bool(account.phone),
                "time": clock.now(),
            }
        )
        account.residence_state = "waiting"
        if account.phone:
            claim.resident_id = claims.env["yangguang.resident"]._find(
                division, name, account.phone
            )
        if claim.resident_id:
            claim._verify()

    @api.model
    def _waiting(self, account):
        """What `account` waits for; empty when nothing."""
        return self.search([("account_id", "=", account.id), ("state", "=", "waiting")])

    def action_confirm(self):
        """The clerk knows who this is in the register."""
        self._check_clerk()
        for claim in self:
            if not claim.resident_id:
                raise UserError(
                    self.env._("Choose who %(name)s is in the register.", name=claim.name)
                )
        self.sudo()._verify(self.env.user.partner_id)

    def action_refuse(self):
        """The clerk finds nobody of the village in this. Gives the action that opens the list, as
        nothing of it is kept."""
        self._check_clerk()
        self.sudo()._refuse()
        action = "yangguang_wechat.yangguang_wechat_residence_action"
        return {**self.env["ir.actions.act_window"]._for_xml_id(action), "target": "main"}

    def _check_clerk(self):
        self.check_access("write")
        appointments = self.env["yangguang.appointment"].sudo()
        for claim in self:
            if claim.state != "waiting":
                raise UserError(self.env._("This is decided already."))
            if not appointments._of_person(self.env.user.partner_id, claim.division_id, DRAFTERS):
                raise UserError(self.env._("The village's clerk decides this."))

    def _verify(self, person=None):
        for claim in self:
            claim.account_id.write(
                {"residence_state": "verified", "resident_id": claim.resident_id.id}
            )
        self.write(
            {
                "state": "verified",
                "name": False,
                "phone": False,
                "phone_proven": False,
                "time": False,
                "person_id": person.id if person else False,
                "decided": clock.now(),
            }
        )

    def _refuse(self):
        self.account_id.write({"residence_state": "refused", "resident_id": False})
        self.unlink()
