import logging
import re
import threading
import time

import pytest

from odoo.addons.yangguang_wechat.lib import client as client_module
from odoo.addons.yangguang_wechat.lib import errors
from odoo.addons.yangguang_wechat.lib.client import Client
from odoo.addons.yangguang_wechat.simulators import state as fake_state
from odoo.addons.yangguang_wechat.simulators import wechat

SEND = "/cgi-bin/message/subscribe/send"
STABLE = "/cgi-bin/stable_token"
PICTURE = "/wxa/getwxacodeunlimit"
TEXT = "/wxa/msg_sec_check"
TEMPLATE = "fake-template-published"
DATA = {"thing1": "第三季度财务收支", "thing2": "东岸村", "date3": "2026年10月8日"}


class Tokens:
    """A token store of one process."""

    def __init__(self, client):
        self.client, self.kept = client, None

    def token(self):
        return self.kept or self.renewed(None)

    def renewed(self, used):
        if self.kept == used:
            self.kept = self.client.fetch_token()[0]
        return self.kept


@pytest.fixture
def fake():
    with wechat.running() as running:
        yield running


def bound(host, **values):
    values = {"appid": fake_state.APPID, "secret": fake_state.SECRET, **values}
    slept = []
    client = Client(host=host, sleep=slept.append, **values)
    client.bound_to(Tokens(client))
    client.slept = slept
    return client


@pytest.fixture
def client(fake):
    return bound(fake.host)


def test_login_gives_the_same_openid_each_time_and_a_code_is_good_once(fake, client):
    first = client.login("zhangsan.1")
    assert first == client.login("zhangsan.2") != client.login("lisi.1")
    for code in ("zhangsan.1", "expired.1", "<>"):
        with pytest.raises(errors.CodeInvalidError):
            client.login(code)


def test_phone_number(fake, client):
    openid = client.login("zhangsan.1")
    assert client.phone_number("13800000000.1", openid) == "13800000000"
    with pytest.raises(errors.CodeInvalidError):
        client.phone_number("13800000000.1", openid)
    with pytest.raises(errors.OpenidInvalidError):
        client.phone_number("13800000000.2", "o-of-somebody-else")
    fake.state.fail("/wxa/business/getuserphonenumber", 40013)
    with pytest.raises(errors.CodeInvalidError):
        client.phone_number("13800000000.3", openid)


def test_the_number_of_another_mini_program_is_refused(fake, client, monkeypatch):
    openid = client.login("zhangsan.1")
    client.phone_number("13800000000.1", openid)
    monkeypatch.setattr(client, "_appid", "wx0000000000000000")
    with pytest.raises(errors.CodeInvalidError):
        client.phone_number("13800000000.2", openid)


@pytest.mark.parametrize(
    ("words", "state"), [("路灯坏了", "passed"), ("违规的话", "refused"), ("存疑的话", "held")]
)
def test_words_are_checked(fake, client, words, state):
    assert client.check_text(fake.openid("zhangsan"), words).state == state


def test_long_words_are_checked_to_the_end(fake, client):
    openid, filler = fake.openid("zhangsan"), "路灯坏了。" * 600
    assert client.check_text(openid, filler).state == "passed"
    for place in (0, 2449, 2499, 2500, 2999):
        words = filler[:place] + "违规" + filler[place:]
        assert client.check_text(openid, words).state == "refused"
    assert client.check_text(openid, "存疑" + filler + "违规").state == "refused"


def test_words_of_somebody_who_is_away_are_not_checked(fake, client):
    openid = fake.openid("zhangsan")
    fake.state.opened[openid] -= 7201
    with pytest.raises(errors.NotOpenedError):
        client.check_text(openid, "路灯坏了")


def test_a_message_is_sent(fake, client):
    openid = fake.openid("zhangsan")
    fake.state.subscribe(openid, TEMPLATE)
    number = client.send(openid, TEMPLATE, "pages/item/item?code=1", DATA)
    [sent] = fake.state.sent
    assert number == str(sent["msgid"])
    assert sent["data"]["thing1"] == {"value": "第三季度财务收支"}
    assert (sent["touser"], sent["page"]) == (openid, "pages/item/item?code=1")
    with pytest.raises(errors.MistakeError) as caught:
        client.send(openid, TEMPLATE, "", {**DATA, "thing1": "长" * 21})
    assert caught.value.code == 47003
    assert "thing1" in caught.value.hint


def test_two_messages_to_one_user_at_once_collide(fake, client):
    openid = fake.openid("zhangsan")
    fake.state.subscribe(openid, TEMPLATE)
    fake.state.sending_seconds = 0.5
    client.fetch_token()
    first = threading.Thread(target=client.send, args=[openid, TEMPLATE, "", DATA])
    first.start()
    while first.is_alive() and not fake.state.in_flight[openid]:
        time.sleep(0.01)
    with pytest.raises(errors.CollisionError):
        client.send(openid, TEMPLATE, "", DATA)
    first.join()
    assert len(fake.state.sent) == 1


def test_a_code_is_a_picture(fake, client):
    assert client.code_image("v=990101101201", "pages/village/village").startswith(b"\x89PNG")
    for scene, page, kind in (
        ("村", "pages/a", errors.MistakeError),
        ("v" * 33, "pages/a", errors.MistakeError),
        ("v", "/pages/a", errors.ConfigurationError),
    ):
        with pytest.raises(kind):
            client.code_image(scene, page)


def test_where_it_pushes_from(fake, client):
    fake.state.push_servers = ["203.0.113.9", "203.0.113.10", "203.0.113.9", 7]
    assert client.push_servers() == ["203.0.113.10", "203.0.113.9"]
    fake.state.push_servers = []
    with pytest.raises(errors.WechatError):
        client.push_servers()


def test_templates(client):
    assert {one["priTmplId"] for one in client.templates()} >= {TEMPLATE}


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_a_token_that_is_not_taken_is_fetched_again_once(fake, client, code):
    client.templates()
    fake.state.expire_tokens()
    fake.state.fail("/wxaapi/newtmpl/gettemplate", code, times=1)
    assert client.templates()
    assert fake.called(STABLE) == 2
    fake.state.fail("/wxaapi/newtmpl/gettemplate", code)
    with pytest.raises(errors.TokenInvalidError):
        client.templates()
    assert fake.called("/wxaapi/newtmpl/gettemplate") == 5


def test_a_token_in_the_middle_of_its_life(fake, client):
    first = client._tokens.token()
    assert client.fetch_token() == (first, 7200)
    fake.state.tokens[first] -= 7200 - 200
    other, seconds = client.fetch_token()
    assert other != first
    assert seconds >= 300
    # the old one lives on until its end
    assert fake.state.token_error(first) == 0


def test_busy_is_tried_twice_more(fake, client):
    fake.state.fail("/wxaapi/newtmpl/gettemplate", -1, times=2)
    assert client.templates()
    assert len(client.slept) == 2
    fake.state.fail("/wxaapi/newtmpl/gettemplate", -1)
    with pytest.raises(errors.BusyError):
        client.templates()
    assert fake.called("/wxaapi/newtmpl/gettemplate") == 6


@pytest.mark.parametrize("code", sorted(errors.CODES))
def test_every_documented_code_has_its_class_and_a_sentence(fake, client, code):
    fake.state.fail(SEND, code)
    kind, _words = errors.CODES[code]
    with pytest.raises(kind) as caught:
        client.send(fake.openid("zhangsan"), TEMPLATE, "", DATA)
    assert type(caught.value) is kind
    assert caught.value.code == code
    assert caught.value.sentence.endswith("。")
    assert re.fullmatch(r"([0-9a-f]{8}-){2}[0-9a-f]{8}", caught.value.rid)


def test_a_code_that_is_not_documented(fake, client):
    fake.state.fail(TEXT, 99999)
    with pytest.raises(errors.WechatError) as caught:
        client.check_text(fake.openid("zhangsan"), "x")
    assert type(caught.value) is errors.WechatError


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"appid": "wx0"}, 40013),
        ({"secret": "x"}, 40125),
        ({"appid": ""}, 41002),
        ({"secret": ""}, 41004),
    ],
)
def test_wrong_credentials(fake, values, code):
    with pytest.raises(errors.ConfigurationError) as caught:
        bound(fake.host, **values).fetch_token()
    assert caught.value.code == code


def test_limits_of_a_minute_and_of_a_day(fake, client):
    fake.state.per_minute = 2
    client.templates()
    client.templates()
    with pytest.raises(errors.TooFastError):
        client.templates()
    fake.state.per_day = 2
    with pytest.raises(errors.QuotaSpentError):
        client.templates()


def test_down_slow_and_gone(fake, client, monkeypatch):
    client.templates()
    fake.state.is_down = True
    with pytest.raises(errors.UnreachableError) as caught:
        client.templates()
    assert not caught.value.taken
    fake.state.is_down = False
    monkeypatch.setattr(client_module, "_TIMEOUT", (3, 0.1))
    fake.state.slowness = 0.5
    with pytest.raises(errors.UnreachableError) as caught:
        client.templates()
    assert caught.value.taken
    with pytest.raises(errors.UnreachableError) as caught:
        bound("http://127.0.0.1:9").fetch_token()
    assert not caught.value.taken


@pytest.mark.parametrize("answer", [b"", b"<html>", b"[]", b"\xff", b'"x"'])
def test_an_answer_that_is_none(client, monkeypatch, answer):
    monkeypatch.setattr(client, "_exchange", lambda *_arguments: (200, answer))
    with pytest.raises(errors.UnreachableError):
        client.fetch_token()


@pytest.mark.parametrize("answer", [b"{}", b'{"access_token": ["x"]}', b'{"access_token": "x"}'])
def test_an_answer_without_what_it_should_have(client, monkeypatch, answer):
    monkeypatch.setattr(client, "_exchange", lambda *_arguments: (200, answer))
    with pytest.raises(errors.WechatError):
        client.fetch_token()


def test_no_redirect_is_followed(fake, client, monkeypatch):
    monkeypatch.setattr(client, "_exchange", lambda *_arguments: (302, b"{}"))
    with pytest.raises(errors.UnreachableError):
        client.fetch_token()


def test_no_secret_is_in_a_log_or_an_exception(fake, client, caplog):
    caplog.set_level(logging.DEBUG)
    token = client._tokens.token()
    openid = client.login("zhangsan.1")
    client.check_text(openid, "路灯坏了")
    caught = []
    for broken in (client, bound("http://127.0.0.1:9"), bound("http://no-such-host.invalid")):
        broken._tokens.kept = token
        fake.state.fail(TEXT, 40097)
        for call, arguments in (
            (broken.check_text, (openid, "路灯坏了")),
            (broken.login, ("zhangsan.1",)),
            (broken.fetch_token, ()),
        ):
            try:
                call(*arguments)
            except errors.WechatError as error:
                caught.append(error)
    assert len(caught) == 8
    told = caplog.text + "".join(
        f"{error!r} {error} {vars(error)} {error.__cause__!r} {error.__context__!r}"
        for error in caught
    )
    assert "sns/jscode2session" in told
    for secret in (fake_state.SECRET, token, "zhangsan.1", openid, "路灯坏了"):
        assert secret not in told
