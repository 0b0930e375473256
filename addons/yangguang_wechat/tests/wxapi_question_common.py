"""Questions from a telephone."""

import io

from PIL import Image

from .wxapi_common import WxCommon

TEXT = "村口的路灯什么时候修好？"


def picture(colour="red", size=(40, 30)):
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "JPEG")
    return buffer.getvalue()


class WxQuestionCommon(WxCommon):
    def setUp(self):
        super().setUp()
        self.token = self._login()
        self._post("/phone", {"code": self._code("13800000001")}, self.token)
        self.keys = 0

    def _ask(self, status=200, token=None, **values):
        self.keys += 1
        body = {"village": self.village.code, "text": TEXT, "key": f"key-{self.keys:08}"}
        return self._post("/questions", {**body, **values}, token or self.token, status)

    def _question(self, told):
        return self.env["yangguang.question"].search([("code", "=", told["code"])])

    def _upload(self, content=None, status=200, token=None):
        return self._post("/pictures", content or picture(), token or self.token, status)

    def _run_checks(self):
        with self.enter_registry_test_mode():
            self.env.ref("yangguang_wechat.ir_cron_check").method_direct_trigger()

    def _show(self, question):
        question.with_user(self.clerk).action_show()

    def _is_public(self, question):
        return bool(self.env["yangguang.public.question"].search([("code", "=", question.code)]))
