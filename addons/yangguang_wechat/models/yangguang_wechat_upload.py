import base64
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.yangguang_cunwu.lib import clock, echo_wall, files

from .yangguang_wechat_account import TooOftenError

# what is not used goes after
_KEPT = timedelta(days=1)
# pictures that one account may send in that time
_MOST = 30


class WechatUpload(models.Model):
    """A picture that was sent before the question it belongs to. Nobody sees it but its sender."""

    _name = "yangguang.wechat.upload"
    _description = "Picture for a question that is being written"
    _log_access = False
    _rec_name = "time"

    account_id = fields.Many2one(
        "yangguang.wechat.account", required=True, readonly=True, index=True, ondelete="cascade"
    )
    content = fields.Binary(attachment=True, required=True, readonly=True)
    time = fields.Datetime(required=True, readonly=True)

    @api.model
    def _take(self, account, content):
        """Keeps a picture, drawn anew, for the next question of `account`; gives its row."""
        lately = Domain("time", ">", clock.now() - _KEPT)
        own = Domain("account_id", "=", account.id)
        if self.sudo().search_count(own & lately) >= _MOST:
            raise TooOftenError(
                self.env._("That is enough pictures for today. Try again tomorrow.")
            )
        try:
            _mimetype, drawn = files.clean_picture(content, echo_wall.PICTURE_BYTES)
        except files.RefusedError as error:
            raise UserError(str(error)) from error
        return self.sudo().create(
            {
                "account_id": account.id,
                "content": base64.b64encode(drawn),
                "time": clock.now(),
            }
        )

    @api.model
    def _of_account(self, account, numbers):
        """The pictures with these ids, in this order; raises UserError for one that is not there
        or not `account`'s."""
        found = self.sudo().search([("id", "in", numbers), ("account_id", "=", account.id)])
        if len(found) != len(numbers):
            raise UserError(self.env._("A picture has been lost on the way. Choose it once more."))
        return self.sudo().browse(numbers)

    def _bytes(self):
        return [base64.b64decode(one.content) for one in self.with_context(bin_size=False)]

    @api.autovacuum
    def _drop_unused(self):
        self.search([("time", "<=", clock.now() - _KEPT)]).unlink()
