from odoo import api, models


class WechatCallback(models.Model):
    """The verdict on a picture, which WeChat pushes."""

    _inherit = "yangguang.wechat.callback"

    @api.model
    def _media_checked(self, found):
        super()._media_checked(found)
        return self.env["yangguang.wechat.check"]._result(found.trace, found.state, found.label)
