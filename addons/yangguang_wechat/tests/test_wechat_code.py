from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.yangguang_cunwu.tests.common import PASSWORD

from .wechat_common import WechatCommon

CODE = "/wxa/getwxacodeunlimit"


@tagged("post_install", "-at_install")
class TestWechatCode(HttpCase, WechatCommon):
    def test_a_code_is_made_once_and_kept(self):
        first = self.village._wechat_code()
        self.assertTrue(first.startswith(b"\x89PNG"))
        self.assertEqual(self.village._wechat_code(), first)
        self.assertNotEqual(self.sister_village._wechat_code(), first)
        self.assertEqual(self.fake.called(CODE), 2)

    def test_forms_offer_a_code_where_the_mini_program_is_set_up(self):
        village = self.village.with_user(self.clerk)
        self.assertTrue(village.has_code)
        self.setting.active = False
        village.invalidate_recordset(["has_code"])
        self.assertFalse(village.has_code)

    def test_the_code_of_a_version_that_is_tried_out_is_not_kept(self):
        self.setting.program_state = "trial"
        self.village._wechat_code()
        self.setting.program_state = "formal"
        self.village._wechat_code()
        self.village._wechat_code()
        self.assertEqual(self.fake.called(CODE), 2)

    def test_staff_download_codes_of_what_they_read(self):
        publication = self._published().publication_id
        self.authenticate(self.clerk.login, PASSWORD)
        for record in (self.village, publication):
            answer = self.url_open(record.action_download_code()["url"])
            self.assertEqual(answer.status_code, 200)
            self.assertEqual(answer.headers["Content-Type"], "image/png")
        coded = self.env.registry.descendants(["yangguang.coded"], "_inherit")
        abstract = [f"{name}/1" for name in coded if self.env[name]._abstract]
        self.assertIn("yangguang.coded/1", abstract)
        for path in ("yangguang.division/0", *abstract, "res.users/2", "nothing/1"):
            self.assertEqual(self.url_open(f"/wechat/codes/{path}").status_code, 404, path)
        self.authenticate(None, None)
        path = self.village.action_download_code()["url"]
        answer = self.url_open(path, allow_redirects=False)
        self.assertEqual(answer.status_code, 303)

    @mute_logger("odoo.addons.yangguang_wechat.lib.client")
    def test_what_is_wrong_is_said_in_plain_words(self):
        self.fake.state.fail(CODE, 41030)
        with self.assertRaisesRegex(UserError, "已发布"):
            self.village._wechat_code()
        self.authenticate(self.clerk.login, PASSWORD)
        answer = self.url_open(self.village.action_download_code()["url"])
        self.assertEqual((answer.status_code, answer.text), (503, "小程序页面不在已发布的版本里。"))
