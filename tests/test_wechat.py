"""The mini-program against a real server and a fake WeChat: the whole way of a question, two at the
same moment, and what is left behind after a thousand calls."""

import io
import json
import time

import pytest
import requests
from PIL import Image
from remote import Session, at_once
from serving import served_clone
from shells import shell

from odoo.addons.yangguang_wechat.simulators import wechat

from scripts.settings import ROOT

PASSWORD = "Bench-password-1"
PREPARE = """
from bench.sheets import Village
village = Village(env)
disclosure = village.signed(["2026-01"], rows=3)
env["ir.config_parameter"].set_param("web.base.url", {base_url!r})
setting = env["yangguang.wechat.setting"].create({{
    "appid": {appid!r}, "api_host": {host!r}, "new_secret": {secret!r},
    "new_callback_token": {token!r}, "new_aes_key": {aes_key!r},
}})
env.cr.commit()
templates = env["yangguang.wechat.client"]._client(setting).templates()
env["yangguang.wechat.template"]._take_over(setting, templates)
asset = env["yangguang.asset"].create({{
    "collective_id": env["yangguang.collective"].search([], order="id desc", limit=1).id,
    "category_id": env["yangguang.asset.category"].search([("kind", "=", "resource")], limit=1).id,
    "code": "资001", "name": "第一鱼塘", "location": "村东", "area_entered": 10.0,
    "bounds": "东至村道",
}})
asset.action_enter()
asset.action_show_card()
result = {{
    "code": village.division.code,
    "asset": asset.id,
    "publication": disclosure.action_publish().code,
}}
"""
# by day, so that messages go out whenever the test runs
SEND = """
from datetime import timedelta
from odoo.addons.yangguang_cunwu.lib import clock
tomorrow = clock.to_local(clock.now()) + timedelta(days=1)
with clock.travel(tomorrow.replace(hour=10, minute=0)):
    env["yangguang.wechat.message"]._cron_send()
result = True
"""
STATE = """
SELECT question.id, question.last_event_id, question.check_state, picture.check_state
  FROM yangguang_question question
  LEFT JOIN yangguang_question_picture picture ON picture.question_id = question.id
 WHERE question.code = %s
"""
SLOW = """
CREATE OR REPLACE FUNCTION slow_down() RETURNS trigger AS $$
BEGIN PERFORM pg_sleep(0.7); RETURN NEW; END $$ LANGUAGE plpgsql;
CREATE OR REPLACE TRIGGER slow_down AFTER INSERT ON {table}
    FOR EACH ROW EXECUTE FUNCTION slow_down();
"""


class Telephone:
    """One telephone: it keeps a token and no cookie."""

    def __init__(self, base_url, name=None):
        self.base_url, self.token, self.cookies = f"{base_url}/wxapi/v1", None, 0
        if name:
            self.token = self.post("/login", {"code": name})["token"]

    def call(self, method, path, body=None, status=200):
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        data = body if isinstance(body, bytes) or body is None else json.dumps(body)
        answer = requests.request(
            method, self.base_url + path, data=data, headers=headers, timeout=60
        )
        self.cookies += "Set-Cookie" in answer.headers
        assert answer.status_code == status, answer.text
        return answer.json()

    def get(self, path, status=200):
        return self.call("GET", path, status=status)

    def post(self, path, body=None, status=200):
        return self.call("POST", path, body or {}, status)


@pytest.fixture(scope="module")
def place(cluster):
    """A server with a village and a mini-program, and the fake WeChat that it speaks with."""
    with served_clone(cluster) as server, wechat.running() as fake:
        fake.state.callback = f"{server.base_url}/wxapi/callback"
        prepared = shell(
            cluster,
            server.database,
            PREPARE.format(
                base_url=server.base_url,
                host=fake.host,
                **{name: getattr(fake.state, name) for name in ("appid", "secret", "token")},
                aes_key=fake.state.aes_key,
            ),
        )
        yield {**prepared, "server": server, "fake": fake, "cluster": cluster}


def query(place, statement, *values):
    return place["cluster"].query(
        statement, list(values) or None, database=place["server"].database
    )


def state_of(place, question):
    """Id, last step, check of the words, check of the picture."""
    [row] = query(place, STATE, question["code"])
    return row


def wait_for(found):
    """What `found` gives as soon as it is something; the server's jobs need a moment."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if value := found():
            return value
        time.sleep(0.2)
    raise AssertionError("the server's jobs have not come so far")


def photograph(colour):
    buffer = io.BytesIO()
    Image.new("RGB", (400, 300), colour).save(buffer, "JPEG")
    return buffer.getvalue()


def ask(telephone, place, text, pictures=(), key=None):
    body = {
        "village": place["code"],
        "publication": place["publication"],
        "text": text,
        "pictures": list(pictures),
        "key": key or f"key-{time.monotonic_ns()}",
    }
    return telephone.post("/questions", body)


def public(place, code, status=200):
    """What everybody reads of a question."""
    address = f"{place['server'].base_url}/v/{place['code']}/wall/{code}"
    answer = requests.get(address, timeout=30)
    assert answer.status_code == status, answer.text
    return answer.text


def test_the_whole_way(place):
    fake, base_url = place["fake"], place["server"].base_url
    # long enough to see that nothing is shown meanwhile
    fake.state.media_seconds = 3
    telephone = Telephone(base_url, "villager")
    assert telephone.get("/me")["village"] is None

    # choose the village, read what it has published
    places = requests.get(f"{base_url}/api/v1/divisions?level=3", timeout=30).json()["items"]
    assert place["code"] in [one["code"] for one in places]
    me = telephone.post("/village", {"village": place["code"]})
    assert me["village"]["name"] == "测速村"
    address = f"{base_url}/api/v1/publications?division={place['code']}"
    found = requests.get(address, timeout=30).json()["items"]
    assert [one["code"] for one in found] == [place["publication"]]

    # ask with a picture: first the telephone number, since who asks is known to the system
    telephone.call("POST", "/questions", {"key": "key-without-phone"}, 403)
    telephone.post("/phone", {"code": "13800000001"})
    clerk = Session(place["server"], "bench.clerk", PASSWORD)
    asked = {}
    for verdict, words in (("risky", "第二行的支出是什么？"), ("pass", "第一行的收入是谁交的？")):
        fake.state.media = verdict
        picture = telephone.call("POST", "/pictures", photograph("green"))["picture"]
        question = asked[verdict] = ask(telephone, place, words, [picture])
        number, _step, *checks = state_of(place, question)
        assert checks == ["passed", "waiting"]
        # a person shows it; nobody sees it before WeChat has passed the picture
        clerk.call("yangguang.question", "action_show", [number])
        public(place, question["code"], 404)
        wait_for(lambda found=question: state_of(place, found)[3] != "waiting")
        assert fake.state.pushed[-1]["message"]["errcode"] == 0, "WeChat has fetched the picture"
    assert state_of(place, asked["risky"])[3] == "refused"
    public(place, asked["risky"]["code"], 404)
    shown = public(place, asked["pass"]["code"])
    assert "第一行的收入是谁交的？" in shown
    assert "13800000001" not in shown

    # allow one message; the clerk answers; it arrives, once
    openid, template = wechat.api.openid_of("villager"), "fake-template-answered"
    fake.state.subscribe(openid, template)
    entry = {"TemplateId": template, "SubscribeStatusString": "accept", "PopupScene": "0"}
    assert fake.push("subscribe_msg_popup_event", openid, List=[entry])[0][0] == 200
    wait_for(lambda: query(place, "SELECT 1 FROM yangguang_wechat_consent WHERE count > 0"))
    number = state_of(place, asked["pass"])[0]
    clerk.call("yangguang.question", "action_accept", [number])
    seen = state_of(place, asked["pass"])[1]
    clerk.call("yangguang.question", "action_answer", [number], "李四交的承包款。", seen)
    for _turn in range(2):
        shell(place["cluster"], place["server"].database, SEND)
    sent = [one for one in fake.state.sent if one["touser"] == openid]
    assert len(sent) == 1, sent
    assert "李四交的承包款。" in json.dumps(sent[0]["data"], ensure_ascii=False)
    assert sent[0]["page"].endswith(asked["pass"]["code"])
    told = telephone.get(f"/questions/{asked['pass']['code']}")
    assert (told["state"], told["answer"]) == ("answered", "李四交的承包款。")
    assert (
        telephone.post(f"/questions/{told['code']}/verdict", {"solved": True})["state"] == "solved"
    )
    assert telephone.cookies == 0
    # WeChat's calls open pictures, and name people
    log = place["server"].log.read_text("utf-8")
    assert log.count("signature=") == log.count("signature=***") > 0
    assert openid not in log


def test_the_code_of_an_asset(place):
    """Made once; whoever scans it reads the card until it is taken down."""
    fake, base_url, asset = place["fake"], place["server"].base_url, place["asset"]
    clerk = Session(place["server"], "bench.clerk", PASSWORD)
    address = base_url + clerk.call("yangguang.asset", "action_download_code", [asset])["url"]
    before = fake.called("/wxa/getwxacodeunlimit")
    first, second = (clerk.http.get(address, timeout=30) for _turn in range(2))
    assert first.headers["Content-Type"] == "image/png"
    assert first.content == second.content
    assert fake.called("/wxa/getwxacodeunlimit") == before + 1
    [[page, scene]] = query(place, "SELECT page, scene FROM yangguang_wechat_code")
    program = json.loads((ROOT / "miniprogram/miniprogram/app.json").read_text("utf-8"))
    assert page in program["pages"]
    card = f"{base_url}/api/v1/cards/{scene.removeprefix('c=')}"
    assert requests.get(card, timeout=30).json()["title"] == "第一鱼塘"
    clerk.call("yangguang.asset", "action_withdraw_card", [asset])
    assert requests.get(card, timeout=30).status_code == 410
    assert clerk.http.get(address, timeout=30).status_code == 503


def test_two_logins_at_once_make_one_account(place):
    server = place["server"]
    query(place, SLOW.format(table="yangguang_wechat_token"))
    try:
        first, second = at_once(
            lambda: Telephone(server.base_url, "twin.1"),
            lambda: Telephone(server.base_url, "twin.2"),
        )
    finally:
        query(place, "DROP TRIGGER slow_down ON yangguang_wechat_token")
    for telephone in (first, second):
        telephone.get("/me")
    [[accounts]] = query(
        place,
        "SELECT count(*) FROM yangguang_wechat_account WHERE openid = %s",
        wechat.api.openid_of("twin"),
    )
    assert accounts == 1


def test_one_question_sent_twice_at_once_is_one(place):
    telephone = Telephone(place["server"].base_url, "hasty")
    telephone.post("/phone", {"code": "13800000002"})
    query(place, SLOW.format(table="yangguang_question"))
    try:
        first, second = at_once(
            lambda: ask(telephone, place, "路灯什么时候修好？", key="the-same-key"),
            lambda: ask(telephone, place, "路灯什么时候修好？", key="the-same-key"),
        )
    finally:
        query(place, "DROP TRIGGER slow_down ON yangguang_question")
    assert first == second
    assert [one["code"] for one in telephone.get("/questions")["questions"]] == [first["code"]]


def test_a_thousand_calls_leave_no_session(place):
    sessions = place["cluster"].odoo_data / "sessions"
    # other servers keep theirs beside them
    ours = f'"db": "{place["server"].database}"'

    def kept():
        files = [path for path in sessions.rglob("*") if path.is_file()]
        return {path for path in files if ours in path.read_text("utf-8")}

    telephone = Telephone(place["server"].base_url, "busy")
    other = Telephone(place["server"].base_url)
    before = kept()
    for number in range(1000):
        # below the limit of one account
        if number % 5 == 0:
            telephone.get("/questions")
        elif number % 5 == 1:
            other.call("GET", "/nothing", status=404)
        else:
            other.call("GET", "/me", status=401)
    assert telephone.cookies + other.cookies == 0
    assert kept() == before
