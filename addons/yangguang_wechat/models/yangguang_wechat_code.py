import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib import errors


class WechatCode(models.Model):
    """The picture of a mini-program code: made once by WeChat, good for ever."""

    _name = "yangguang.wechat.code"
    _description = "Mini-program code"
    _log_access = False
    _rec_name = "scene"

    setting_id = fields.Many2one(
        "yangguang.wechat.setting", required=True, readonly=True, ondelete="cascade"
    )
    page = fields.Char(required=True, readonly=True)
    scene = fields.Char(required=True, readonly=True)
    picture = fields.Binary(required=True, readonly=True, attachment=False)

    _scene_unique = models.Constraint("UNIQUE (setting_id, page, scene)", "A code is made once.")

    @api.model
    def _picture(self, page, scene):
        """The bytes of the code that opens `page` with `scene`. Raises UserError in plain words
        when WeChat does not make it."""
        setting = self.env["yangguang.wechat.setting"]._current()
        known = self.sudo().search(
            [("setting_id", "=", setting.id), ("page", "=", page), ("scene", "=", scene)]
        )
        if known:
            return base64.b64decode(known.picture)
        version = {"trial": "trial", "developer": "develop"}.get(setting.program_state, "release")
        try:
            client = self.env["yangguang.wechat.client"]._client()
            picture = client.code_image(scene, page, version)
        except errors.WechatError as error:
            raise UserError(error.sentence) from None
        if version == "release":
            # whoever comes second at the same moment has the same picture
            self.env.cr.execute(
                "INSERT INTO yangguang_wechat_code (setting_id, page, scene, picture)"
                " VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
                (setting.id, page, scene, base64.b64encode(picture)),
            )
        return picture


class Coded(models.AbstractModel):
    """Whatever a printed code opens has a code of the mini-program, too."""

    _inherit = "yangguang.coded"

    def _compute_has_code(self):
        self.has_code = bool(self.env["yangguang.wechat.setting"]._current())

    def _wechat_code(self):
        """The picture of the code that opens this in the mini-program."""
        self.ensure_one()
        return self.env["yangguang.wechat.code"]._picture(*self._code_target())

    def action_download_code(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/wechat/codes/{self._name}/{self.id}"}


class Division(models.Model):
    _name = "yangguang.division"
    _inherit = ["yangguang.division", "yangguang.coded"]

    def _code_target(self):
        return "pages/village/village", f"v={self.code}"


class Publication(models.Model):
    _name = "yangguang.publication"
    _inherit = ["yangguang.publication", "yangguang.coded"]

    def _code_target(self):
        return "pages/item/item", f"p={self.code}"
