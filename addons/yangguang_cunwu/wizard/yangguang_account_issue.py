from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class AccountIssue(models.TransientModel):
    """A town officer hands out accounts: one printed slip with a one-time code a person."""

    _name = "yangguang.account.issue"
    _description = "Issue accounts"

    line_ids = fields.One2many("yangguang.account.issue.line", "issue_id")
    issued = fields.Boolean(readonly=True)

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") == "res.partner":
            persons = self.env["res.partner"].browse(self.env.context.get("active_ids", []))
            values["line_ids"] = [
                Command.create({"person_id": person.id, "login": self._login_of(person)})
                for person in persons
            ]
        return values

    @api.model
    def _login_of(self, person):
        """The login a person has, or his phone number: villages have no e-mail."""
        user = person.sudo().with_context(active_test=False).user_ids[:1]
        return user.login or "".join(filter(str.isdigit, person.phone or "")) or False

    def action_issue(self):
        """Makes or resets the accounts and shows the codes, once."""
        self.ensure_one()
        if self.issued:
            raise UserError(self.env._("These accounts are issued already."))
        for line in self.line_ids:
            if not line.login:
                raise UserError(
                    self.env._("%(person)s has no login yet.", person=line.person_id.name)
                )
            line.code = self.env["res.users"]._issue_account(line.person_id, line.login)
        self.issued = True
        name = self.env["ir.model"]._get(self._name).name
        return self._get_records_action(name=name, target="new")

    def action_print(self):
        self.ensure_one()
        return self.env.ref("yangguang_cunwu.account_slips_report").report_action(self)


class AccountIssueLine(models.TransientModel):
    _name = "yangguang.account.issue.line"
    _description = "Account to issue"

    issue_id = fields.Many2one("yangguang.account.issue", required=True, ondelete="cascade")
    person_id = fields.Many2one("res.partner", required=True, ondelete="cascade")
    login = fields.Char()
    code = fields.Char(readonly=True)
