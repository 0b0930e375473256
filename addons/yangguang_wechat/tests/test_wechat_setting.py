import json
from datetime import timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_cunwu.tests.common import PASSWORD

from ..lib import errors
from ..simulators import state
from .wechat_common import STABLE, WechatCommon

SECRETS = (state.SECRET, state.TOKEN, state.AES_KEY)
CLOSED = ("secret", "callback_token", "aes_key", "previous_aes_key", "access_token")


@tagged("post_install", "-at_install")
class TestWechatSetting(WechatCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = new_test_user(
            cls.env, "wechat-office", "yangguang_cunwu.group_administrator"
        )

    def test_secrets_are_entered_and_never_shown(self):
        self.administrator.group_ids |= self.env.ref("base.group_allow_export")
        seen = self.setting.with_user(self.administrator)
        self.env["yangguang.wechat.client"]._client().fetch_token()
        shown = seen.read()[0]
        self.assertFalse(shown.keys() & set(CLOSED))
        self.assertTrue(
            shown["has_secret"] and shown["has_callback_token"] and shown["has_aes_key"]
        )
        for secret in SECRETS:
            self.assertNotIn(secret, json.dumps(shown, default=str))
        for name in CLOSED:
            for operation in (
                lambda name=name: seen.read([name]),
                lambda name=name: seen.write({name: "x"}),
                lambda name=name: seen.search([(name, "!=", False)]),
                lambda name=name: seen.search([], order=name),
                lambda name=name: seen.export_data([name]),
            ):
                with self.assertRaises(AccessError):
                    operation()

    def test_what_is_entered_replaces_what_was_kept(self):
        seen = self.setting.with_user(self.administrator)
        seen.new_aes_key = "B" * 43
        self.assertEqual(self.setting.aes_key, "B" * 43)
        self.assertEqual(self.setting.previous_aes_key, state.AES_KEY)
        seen.new_aes_key = False
        self.assertEqual(self.setting.aes_key, "B" * 43)
        self.assertFalse(seen.new_aes_key)

    def test_what_does_not_look_like_wechats_is_refused(self):
        for values in (
            {"new_secret": "short"},
            {"new_callback_token": "a b"},
            {"new_aes_key": "A" * 42},
            {"appid": "wx1"},
        ):
            with self.assertRaises(ValidationError):
                self.setting.write(values)

    def test_secrets_go_to_wechat_or_to_this_machine(self):
        for host in (
            "http://api.weixin.qq.com",
            "https://api.weixin.qq.com.example.cn",
            "https://api.weixin.qq.com@example.cn",
            "https://example.cn",
            "http://10.0.0.1",
            "http://localhost.example.cn",
            "https://api.weixin.qq.com:x",
            "file:///etc",
        ):
            with self.subTest(host=host), self.assertRaises(ValidationError):
                self.setting.api_host = host
        self.setting.api_host = "https://api.weixin.qq.com"
        self.setting.api_host = "http://127.0.0.1:8090"

    def test_nobody_writes_what_the_sending_keeps(self):
        seen = self.setting.with_user(self.administrator)
        for values in (
            {"stopped": True},
            {"pause_until": False},
            {"problem": "x"},
            {"push_servers": "x"},
        ):
            with self.assertRaises(AccessError):
                seen.write(values)

    def test_without_a_mini_program(self):
        self.setting.active = False
        calls = self.env["yangguang.wechat.client"]
        for call in (calls.appid, lambda: calls.login("zhangsan.1")):
            with self.assertRaises(errors.ConfigurationError):
                call()
        self._run("send")
        self._run("callback")
        self._run("announce")
        self.assertEqual(self._published().publication_id.state, "published")
        self.assertFalse(self.env["yangguang.wechat.announcement"].search([]))

    def _findings(self):
        self.setting.with_user(self.administrator).action_check()
        return [finding.state for finding in self.setting.finding_ids]

    def test_the_check_finds_everything_in_order(self):
        self.env["ir.config_parameter"].set_param("web.base.url", "https://cunwu.example.cn")
        with self.enter_registry_test_mode():
            self.assertEqual(self._findings(), ["good", "good", "open", "open"])
        self.assertEqual(
            set(self.setting.template_ids.mapped("kind")),
            {"answered", "published", "duty_due", "overdue", "review"},
        )

    @mute_logger("odoo.addons.yangguang_wechat.lib.client")
    def test_the_check_says_what_is_wrong(self):
        self.fake.state.fail(STABLE, 40164)
        self.setting.sudo().callback_token = False
        self.env["ir.config_parameter"].set_param("web.base.url", "http://192.0.2.1:8069")
        with self.enter_registry_test_mode():
            self.assertEqual(self._findings(), ["wrong", "open", "wrong", "wrong"])
        self.assertIn("白名单", self.setting.finding_ids[0].sentence)
        self.assertIn("40164", self.setting.finding_ids[0].sentence)

    def _activities(self):
        return self.env["mail.activity"].search([("user_id", "=", self.administrator.id)])

    def test_the_page_says_when_wechat_pushes_from_elsewhere(self):
        seen = self.setting.with_user(self.administrator)
        self.assertIn("Nothing has come yet", seen.push_notice)
        self._run("watch")
        self.assertEqual(self.setting.push_servers, "203.0.113.7\n203.0.113.8")
        self.assertFalse(self._activities())
        self.fake.state.push_servers.append("203.0.113.9")
        for _day in range(2):
            self._run("watch")
        self.assertIn("203.0.113.9", seen.push_notice)
        [activity] = self._activities()
        self.assertIn("203.0.113.9", activity.note)
        with clock.travel(clock.now() + timedelta(days=31)):
            seen.invalidate_recordset()
            self.assertNotIn("203.0.113.9", seen.push_notice)

    @mute_logger(
        "odoo.addons.yangguang_wechat.lib.client",
        "odoo.addons.yangguang_wechat.models.setting_watch",
    )
    def test_servers_that_are_not_told_are_no_change(self):
        self._run("watch")
        self.fake.state.push_servers.clear()
        self._run("watch")
        self.fake.state.fail("/cgi-bin/getcallbackip", 48001)
        self._run("watch")
        self.assertTrue(self.setting.push_servers)
        self.assertFalse(self.setting.servers_changed)
        self.setting.sudo().callback_token = False
        before = self.fake.called("/cgi-bin/getcallbackip")
        self._run("watch")
        self.assertEqual(self.fake.called("/cgi-bin/getcallbackip"), before)

    def test_administrators_are_told_of_a_punishment_once(self):
        for _turn in range(2):
            self.setting.sudo()._punished("5.18")
        [activity] = self._activities()
        self.assertIn("5.18", activity.summary)
        # a message that goes out afterwards takes nothing of it back
        self.setting._goes_on()
        self.assertTrue(self._activities())

    def test_what_people_chose_for_a_template_stays(self):
        templates = self._take_over_templates()
        templates["review"].kind = False
        templates["answered"].line_ids[0].value = "title"
        again = self._take_over_templates()
        self.assertNotIn("review", again)
        self.assertEqual(again["answered"].line_ids[0].value, "title")
        self.assertEqual(len(self.setting.template_ids), 5)

    def test_a_template_that_is_gone_is_not_used(self):
        answered = self._take_over_templates()["answered"]
        self.fake.state.templates.remove(self.fake.state.template(answered.template_id))
        self._take_over_templates()
        self.assertTrue(answered.is_gone)
        found = self.env["yangguang.wechat.template"]._for(self.setting, "answered")
        self.assertFalse(found)


@tagged("post_install", "-at_install")
class TestSecretsByRpc(HttpCase, WechatCommon):
    def test_no_call_gives_a_secret(self):
        administrator = new_test_user(
            self.env,
            "wechat-office",
            "yangguang_cunwu.group_administrator,base.group_system",
            password=PASSWORD,
        )
        self.authenticate(administrator.login, PASSWORD)
        token = self.env["yangguang.wechat.client"]._client()._tokens.token()
        model, ids = "yangguang.wechat.setting", self.setting.ids
        calls = [
            (model, "read", [ids]),
            (model, "read", [ids, list(CLOSED)]),
            (model, "search_read", [[("id", "in", ids)], ["secret"]]),
            (model, "web_search_read", [[], {"secret": {}}]),
            (model, "export_data", [ids, ["secret", "access_token"]]),
            (model, "copy_data", [ids]),
            (model, "formatted_read_group", [[], ["secret"], ["id:count"]]),
            (model, "mapped", [ids, "secret"]),
            (model, "_current", []),
            (model, "_channel", [ids]),
            ("yangguang.wechat.client", "_client", []),
            ("yangguang.wechat.client", "login", ["zhangsan.1"]),
            ("yangguang.wechat.client", "code_image", ["v=1", "pages/a"]),
            ("yangguang.wechat.template", "search_read", [[], ["setting_id.secret"]]),
            ("yangguang.wechat.callback", "_receive", [{}, ""]),
            ("yangguang.wechat.message", "_queue", [1, "answered", {}]),
        ]
        for name, method, arguments in calls:
            for context in ({}, {"su": True, "prefetch_fields": False}):
                with self.subTest(method=method), mute_logger("odoo.http"):
                    answer = self.url_open(
                        f"/web/dataset/call_kw/{name}/{method}",
                        json={
                            "params": {
                                "model": name,
                                "method": method,
                                "args": arguments,
                                "kwargs": {"context": context},
                            }
                        },
                    )
                    self.assertEqual(answer.status_code, 200)
                    for secret in (*SECRETS, token):
                        self.assertNotIn(secret, answer.text)
                    if name != model or method.startswith("_"):
                        self.assertIn("error", answer.json())
        self.assertFalse(self.fake.called("/sns/jscode2session"))
