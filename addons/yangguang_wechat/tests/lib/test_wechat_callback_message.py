import contextlib
import json
import tracemalloc
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_wechat.lib.callback_message import (
    LARGEST,
    PLAIN,
    Channel,
    entries,
    identity,
    parse,
    receive,
)
from odoo.addons.yangguang_wechat.lib.crypto import CallbackRefusedError, signature
from odoo.addons.yangguang_wechat.simulators import pushing

ENTRY = {"TemplateId": "t1", "SubscribeStatusString": "accept", "PopupScene": "0"}
POPUP = {
    "ToUserName": "gh_1",
    "FromUserName": "o1",
    "CreateTime": 1714112445,
    "MsgType": "event",
    "Event": "subscribe_msg_popup_event",
}
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {name} "{f"&{below};" * 10}">' for below, name in pairwise("abcdefghi"))
    + "]><xml><Event>&i;</Event></xml>"
)
# XML knows no control characters
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30).filter(
    lambda text: "\ufffe" not in text and "\uffff" not in text
)
MESSAGES = st.dictionaries(
    st.from_regex(r"\A[A-Za-z][A-Za-z0-9]{0,8}\Z").filter(lambda name: name.lower() != "list"),
    TEXTS,
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize("form", ["xml", "json"])
@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_one_and_of_many_in_both_forms(form, count):
    text = pushing.written({**POPUP, "List": [ENTRY] * count}, form)
    message = parse(text.encode())
    assert message["FromUserName"] == "o1"
    assert message["CreateTime"] == "1714112445"
    assert entries(message) == [ENTRY] * count


def test_keys_lose_blanks_and_numbers_are_texts():
    message = parse(b'{" OpenID": "o1", "n": 1, "f": true, "x": null, "l": [1, {"y ": 2}]}')
    assert message == {"OpenID": "o1", "n": "1", "f": "true", "x": "", "l": ["1", {"y": "2"}]}


def test_entries_of_what_is_no_list():
    for text in ("{}", '{"List": "x"}', '{"List": ["x"]}', '{"W": "x"}', '{"W": {"List": ""}}'):
        assert entries(parse(text.encode())) == []


@given(MESSAGES)
def test_both_forms_say_the_same(message):
    in_xml = parse(pushing.written(message, "xml").encode())
    in_json = parse(pushing.written(message, "json").encode())
    assert in_xml == in_json == message
    assert identity(in_xml) == identity(in_json)


def test_the_same_message_is_the_same_each_time():
    first = parse(pushing.written({**POPUP, "List": [ENTRY]}, "json").encode())
    assert identity(first) == identity(dict(reversed(first.items())))
    in_xml = parse(pushing.written({**POPUP, "List": [ENTRY]}, "xml").encode())
    assert identity(first) == identity(in_xml)
    assert identity(first) != identity({**first, "CreateTime": "1714112446"})
    assert identity(first) != identity({**first, "List": [{**ENTRY, "TemplateId": "t2"}]})
    assert identity({"MsgId": "7", "Content": "a"}) == identity({"MsgId": "7", "Content": "b"})


def test_a_text_may_speak_of_document_types():
    assert parse(b"<xml><Content><![CDATA[<!DOCTYPE a>]]></Content></xml>") == {
        "Content": "<!DOCTYPE a>"
    }


@pytest.mark.parametrize(
    "body",
    [
        BOMB,
        '<!DOCTYPE xml SYSTEM "file:///etc/hostname"><xml><a/></xml>',
        "<xml><!DOCTYPE a><a/></xml>",
        "<xml><a>&b;</a></xml>",
        '<?xml version="1.0" encoding="UTF-16"?><a/>',
        "<xml><a></xml>",
        "<other><a>1</a></other>",
        "<xml",
        "",
        " ",
        "[]",
        "1",
        '{"a": ',
        '{"a": 1} {"b": 2}',
        '{"a":' * 10_000,
        '{"a":' * 30 + "1" + "}" * 30,
        "<xml>" + "<a>" * 30 + "</a>" * 30 + "</xml>",
        '{"a": ' + "1" * 5000 + "}",
    ],
)
def test_what_is_no_message_is_refused(body):
    with pytest.raises(CallbackRefusedError):
        parse(body.encode())


def test_no_other_encoding():
    for encoding in ("utf-16", "utf-32", "gb18030"):
        with pytest.raises(CallbackRefusedError):
            parse("<xml><a>村务</a></xml>".encode(encoding))


def test_a_bomb_costs_nothing():
    tracemalloc.start()
    try:
        with pytest.raises(CallbackRefusedError):
            parse(BOMB.encode())
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_a_large_body_is_refused_before_it_is_read():
    query = {"timestamp": "1", "nonce": "2", "signature": signature("t", "1", "2")}
    channel = Channel("wx1", "t", PLAIN)
    body = json.dumps({"a": "x" * (LARGEST - 20)}).encode()
    assert receive(channel, query, body)
    with pytest.raises(CallbackRefusedError):
        receive(channel, query, body + b" " * 20)


def test_nothing_that_the_database_cannot_keep():
    assert parse(b'{"a\\u0000": "x\\u0000y", "b": "\\ud800"}') == {"a": "xy", "b": "?"}


@given(st.binary(max_size=200))
def test_any_bytes(body):
    with contextlib.suppress(CallbackRefusedError):
        assert isinstance(parse(body), dict)
