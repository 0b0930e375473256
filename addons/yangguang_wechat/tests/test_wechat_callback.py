import json
import time
from pathlib import Path
from unittest.mock import patch

from odoo.tests import HttpCase, tagged
from odoo.tools import config, mute_logger

from ..lib.callback_message import LARGEST
from ..simulators import api, pushing
from .wechat_common import WechatCommon

ADDRESS = "/wxapi/callback"
LOG = "odoo.addons.yangguang_wechat.controllers.callback"


class CallbackCommon(WechatCommon):
    def setUp(self):
        super().setUp()
        self.templates = self._take_over_templates()
        self.account = self._account()
        self.openid = self.account.openid

    def _event(self, kind, **values):
        return api.event(kind, self.openid, **values)

    def _popup(self, *templates, status="accept", kind="subscribe_msg_popup_event"):
        entries = [
            {
                "TemplateId": template.template_id,
                "SubscribeStatusString": status,
                "PopupScene": "0",
            }
            for template in templates
        ]
        return self._event(kind, List=entries)

    def _stored(self):
        return self.env["yangguang.wechat.callback"].search([])


@tagged("post_install", "-at_install")
class TestCallbackAddress(HttpCase, CallbackCommon):
    def _push(self, message, **changes):
        query, body = pushing.request_of(message, self.fake.state)
        return self._post(query, changes.get("body", body))

    def _post(self, query, body):
        return self.url_open(
            f"{ADDRESS}?{query}", data=body, headers={"Content-Type": "text/xml"}, method="POST"
        )

    def _check_refused(self, answer, status=403):
        self.assertEqual((answer.status_code, answer.content), (status, b""))
        self.assertNotIn("Set-Cookie", answer.headers)

    def _address(self, **changes):
        values = {"timestamp": "1", "nonce": "2", "echostr": "<b>438", **changes}
        values.setdefault(
            "signature",
            pushing.sign(self.fake.state.token, values["timestamp"], values["nonce"]),
        )
        return self.url_open(ADDRESS, params=values)

    def test_the_address_is_confirmed(self):
        answer = self._address()
        self.assertEqual((answer.status_code, answer.text), (200, "<b>438"))
        self.assertEqual(answer.headers["Content-Type"], "text/plain; charset=utf-8")
        self.assertNotIn("Set-Cookie", answer.headers)

    @mute_logger(LOG)
    def test_the_address_says_nothing_to_others(self):
        self._check_refused(self._address(signature="0" * 40))
        self._check_refused(self._address(signature="村"))
        self._check_refused(self.url_open(ADDRESS))

    def test_every_mode_and_form(self):
        for mode in ("secure", "compatible", "plain"):
            for form in ("xml", "json"):
                with self.subTest(mode=mode, form=form):
                    self.setting.mode = self.fake.state.mode = mode
                    self.fake.state.form = form
                    answer = self._push(self._event("user_info_modified", Note=f"{mode} {form}"))
                    self.assertEqual((answer.status_code, answer.text), (200, "success"))
        self.assertEqual(len(self._stored()), 6)
        self.assertEqual(set(self._stored().mapped("event")), {"user_info_modified"})

    def test_ten_times_the_same_is_one(self):
        message = self._popup(self.templates["answered"])
        for turn in range(10):
            self.fake.state.form = "xml" if turn % 2 else "json"
            self.assertEqual(self._push(message).text, "success")
        self.assertEqual(len(self._stored()), 1)

    def test_the_key_from_before_is_taken(self):
        self.setting.new_aes_key = "B" * 43
        self.assertEqual(self._push(self._event("x")).text, "success")

    @mute_logger(LOG)
    def test_whatever_is_wrong_is_refused_without_words(self):
        message = self._event("user_authorization_cancellation", OpenID=self.openid)
        query, body = pushing.request_of(message, self.fake.state)
        self.fake.state.mode = "plain"
        plain_query, plain_body = pushing.request_of(message, self.fake.state)
        self.fake.state.mode, self.fake.state.appid = "secure", "wx0000000000000000"
        other_query, other_body = pushing.request_of(message, self.fake.state)
        flipped = json.loads(body)
        flipped["Encrypt"] = "A" + flipped["Encrypt"][1:]
        for wrong_query, wrong_body in (
            (plain_query, plain_body),
            (query.replace("msg_signature", "other"), body),
            (query.replace("encrypt_type=aes", "encrypt_type=raw"), body),
            (query + "1", body),
            (other_query, other_body),
            (query, json.dumps(flipped).encode()),
            (query, b""),
            (query, b"\xff\x00"),
            (query, b"<!DOCTYPE a [<!ENTITY b 'c'>]><xml><Encrypt>&b;</Encrypt></xml>"),
            ("", b""),
        ):
            self._check_refused(self._post(wrong_query, wrong_body))
        self._check_refused(self._post(query, b" " * (LARGEST + 1)), 413)
        self._check_refused(self.url_open(ADDRESS, method="PUT", data=b"x"), 405)
        self.assertFalse(self._stored())
        self.assertFalse(self.account.is_closed)

    def test_an_event_of_nobody_is_of_no_closed_account(self):
        self.account._erase()
        callbacks = self.env["yangguang.wechat.callback"]
        callback = callbacks.new({"setting_id": self.setting.id})
        for message in ({}, {"OpenID": ""}, {"FromUserName": ""}):
            self.assertFalse(callback._account(message))

    @mute_logger(LOG)
    def test_without_a_mini_program_there_is_no_address(self):
        self.setting.active = False
        self._check_refused(self._address())
        self._check_refused(self._push(self._event("x")))

    @mute_logger(LOG)
    def test_a_failure_of_ours_lets_wechat_send_again(self):
        model = type(self.env["yangguang.wechat.callback"])
        with patch.object(model, "_receive", side_effect=RuntimeError):
            self._check_refused(self._push(self._event("x")), 503)

    def test_no_session_is_kept(self):
        folder = Path(config.session_dir)
        before = set(folder.rglob("*"))
        self.opener.cookies.clear()
        for number in range(20):
            answer = self._push(self._event("x", Number=number))
            self.assertNotIn("Set-Cookie", answer.headers)
        files = {path for path in set(folder.rglob("*")) - before if path.is_file()}
        self.assertFalse(files)


@tagged("post_install", "-at_install")
class TestCallbackEvents(CallbackCommon):
    def _come(self, message, form="json"):
        """An event comes and is handled."""
        self.fake.state.form = form
        query, body = pushing.request_of(message, self.fake.state)
        parameters = dict(pushing.urllib.parse.parse_qsl(query))
        self.env["yangguang.wechat.callback"]._receive(parameters, body)
        self._run("callback")
        return self._stored()[:1]

    def _left(self, kind):
        told = self.env["yangguang.wechat.consent"]._told(self.account)
        return next(one["left"] for one in told if one["kind"] == kind)

    def test_consents_are_counted(self):
        answered, published = self.templates["answered"], self.templates["published"]
        self._come(self._popup(answered, published))
        self._come(self._popup(answered) | {"CreateTime": 7}, "xml")
        self.assertEqual((self._left("answered"), self._left("published")), (2, None))
        self._come(self._popup(answered, status="reject") | {"CreateTime": 8})
        self.assertEqual(self._left("answered"), 2)
        change = {"status": "reject", "kind": "subscribe_msg_change_event"}
        self._come(self._popup(answered, published, **change), "xml")
        self.assertEqual((self._left("answered"), self._left("published")), (0, 0))

    def test_what_is_handled_is_forgotten(self):
        stored = self._come(self._popup(self.templates["answered"]))
        self.assertEqual((stored.state, stored.content), ("done", False))

    def test_the_result_of_a_message_comes_later(self):
        message = self._queue(self.account)
        message.write({"state": "sent", "number": "1864323726461255680"})
        entry = {"TemplateId": "x", "MsgID": "1864323726461255680", "ErrorCode": "1"}
        self._come(self._event("subscribe_msg_sent_event", List=[entry]), "xml")
        self.assertEqual(message.state, "failed")

    def test_a_number_that_is_taken_back_is_forgotten(self):
        self.account.phone = "13800000000"
        self._come(self._event("user_authorization_revoke", OpenID=self.openid, RevokeInfo="6"))
        self.assertTrue(self.account.phone)
        self._come(self._event("user_authorization_revoke", OpenID=self.openid, RevokeInfo="8"))
        self.assertFalse(self.account.phone)

    def test_a_closed_account_is_forgotten(self):
        self.env["yangguang.wechat.token"]._issue(self.account, "villager")
        self._come(self._event("user_authorization_cancellation", OpenID=self.openid))
        self.assertTrue(self.account.is_closed)
        self.assertFalse(self.account.openid or self.account.token_ids)

    def test_a_verdict_on_a_picture_goes_to_whoever_waits(self):
        told = []
        model = type(self.env["yangguang.wechat.callback"])
        cases = (
            (0, {"suggest": "pass", "label": 100}, "passed"),
            (0, {"suggest": "risky", "label": 20002}, "refused"),
            (0, {"suggest": "review", "label": 21000}, "held"),
            (-1008, {"suggest": "pass", "label": 100}, "held"),
        )
        with patch.object(model, "_media_checked", lambda _self, found: told.append(found) or True):
            for number, (code, result, _state) in enumerate(cases):
                event = self._event(
                    "wxa_media_check", trace_id=f"t{number}", errcode=code, result=result
                )
                self._come(event, "xml" if number % 2 else "json")
        self.assertEqual([one.state for one in told], [state for *_rest, state in cases])
        self.assertEqual([one.trace for one in told], ["t0", "t1", "t2", "t3"])

    def test_a_verdict_that_comes_too_early_is_told_again(self):
        model = type(self.env["yangguang.wechat.callback"])
        with patch.object(model, "_media_checked", lambda *_arguments: False):
            stored = self._come(self._event("wxa_media_check", trace_id="t", errcode=0))
        self.assertEqual((stored.state, stored.tries), ("waiting", 1))

    @mute_logger("odoo.addons.yangguang_wechat.models.yangguang_wechat_callback")
    def test_an_event_that_fails_keeps_no_other_back(self):
        model = type(self.env["yangguang.wechat.callback"])
        with patch.object(model, "_revoked", side_effect=RuntimeError):
            self._come(self._event("user_authorization_revoke", OpenID=self.openid))
        self._come(self._popup(self.templates["answered"]))
        self.assertEqual(self._left("answered"), 1)

    def test_events_of_strangers_and_of_no_kind(self):
        self.openid = "o-of-nobody"
        for kind in (
            "subscribe_msg_popup_event",
            "subscribe_msg_change_event",
            "subscribe_msg_sent_event",
            "user_authorization_revoke",
            "user_authorization_cancellation",
            "wxa_punish_event",
            "debug_demo",
        ):
            stored = self._come(
                self._event(kind, List=[{"TemplateId": "x"}], RevokeInfo="8", rule_name="5.18")
            )
            self.assertEqual(stored.state, "done", kind)
        self.assertIn("5.18", self.setting.problem)
        self.assertTrue(self.env["mail.activity"].search([("summary", "ilike", "5.18")]))

    def test_a_picture_is_fetched_and_its_verdict_pushed(self):
        waiting = []
        with patch.object(
            pushing, "post", lambda *arguments: waiting.append(arguments) or (200, "")
        ):
            self.fake.state.callback = "http://127.0.0.1:9"
            api.check_media(
                self.fake.state,
                {},
                {"openid": self.openid, "media_type": 2, "media_url": f"{self.fake.host}/none"},
            )
            deadline = time.monotonic() + 10
            while not waiting and time.monotonic() < deadline:
                time.sleep(0.01)
        _address, query, body, _form = waiting[0]
        parameters = dict(pushing.urllib.parse.parse_qsl(query))
        self.env["yangguang.wechat.callback"]._receive(parameters, body)
        self.assertEqual(self._stored()[:1].event, "wxa_media_check")
