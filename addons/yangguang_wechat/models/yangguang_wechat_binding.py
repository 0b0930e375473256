import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import hmac

from odoo.addons.yangguang_cunwu.lib import clock

VALID = timedelta(minutes=10)
DIGITS = 8
# (seconds, tries): codes that one person types, and wrong ones that all type together. Among a
# hundred codes on display, fifty wrong tries hit one by chance once in twenty thousand times
MOST_OF_ONE, MOST_WRONG = ((600, 5),), ((600, 50),)


class WechatBinding(models.Model):
    """A code that an official sees in the browser and types into his telephone, so that the
    telephone works for his office. Only its hash is kept."""

    _name = "yangguang.wechat.binding"
    _description = "Code that binds a telephone to an official"
    _log_access = False
    _rec_name = "expires"

    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    code_hash = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    expires = fields.Datetime(required=True, readonly=True)

    _user_unique = models.Constraint("UNIQUE (user_id)", "An official has one code at a time.")
    _code_unique = models.Constraint("UNIQUE (code_hash)", "This code is on display.")

    @api.model
    def _begin(self):
        """A new code for the current user, who holds an office today; the one from before ends."""
        user = self.env.user
        if not user._holds_office():
            raise UserError(self.env._("Only who holds an office binds a telephone."))
        bindings = self.sudo()
        bindings.search(["|", ("user_id", "=", user.id), ("expires", "<=", clock.now())]).unlink()
        taken = set(bindings.search([]).mapped("code_hash"))
        code = next(code for code in iter(_random_code, None) if self._hash(code) not in taken)
        bindings.create(
            {
                "user_id": user.id,
                "code_hash": self._hash(code),
                "expires": clock.now() + VALID,
            }
        )
        return code

    @api.model
    def _enter(self, code, account):
        """Binds `account` to the official whose code it is; gives whether there is one.

        The caller must not undo the transaction after a wrong code: the try would not be counted.
        Raises TooManyQuestionsError.
        """
        tries, one = self.env["yangguang.question.quota"], f"codes {account._whose()}"
        sentence = self.env._("That was too often. Please wait a little and try again.")
        tries._check("codes", MOST_WRONG, sentence)
        tries._check(one, MOST_OF_ONE, sentence)
        # before it is looked up: of two at once the second is run again, and counts the first
        tries._take(one, MOST_OF_ONE)
        binding = self.sudo().search(
            [("code_hash", "=", self._hash(code)), ("expires", ">", clock.now())]
        )
        user = binding.user_id
        if not user.active or not user._holds_office():
            tries._take("codes", MOST_WRONG)
            return False
        binding.unlink()
        account._bind(user)
        return True

    def _hash(self, code):
        return hmac(self.env(su=True), "yangguang.wechat.binding", code)


def _random_code():
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
