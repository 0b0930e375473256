"""`./yangguang run --fake-wechat`: a WeChat beside the demo, and the demo set up for it."""

from functools import partial

import requests
from remote import at_once
from shells import shell

from odoo.addons.yangguang_wechat.simulators import api, pushing
from odoo.addons.yangguang_wechat.simulators.state import State

from scripts import fake_wechat, odoo_process

STATE = """
setting = env["yangguang.wechat.setting"].search([])
result = {
    "templates": sorted(setting.template_ids.mapped("kind")),
    "findings": setting.finding_ids.mapped("state"),
    "events": env["yangguang.wechat.callback"].search([]).mapped("event"),
}
"""


def _event():
    """The query and the body of one event, as the fake would push it."""
    return pushing.request_of(api.event("user_info_modified", "o2"), State())


def _push(base_url, query, body):
    return requests.post(f"{base_url}/wxapi/callback?{query}", data=body, timeout=60)


def test_the_demo_and_the_fake_speak_with_each_other(cluster, own_server):
    database, port = own_server.database, odoo_process.free_port()
    with fake_wechat.running(cluster, database, port, own_server.base_url) as host:
        assert "模拟微信服务" in requests.get(host, timeout=10).text
        event = {"event": "user_info_modified", "openid": "o1", "times": 3}
        answers = requests.post(f"{host}/_fake/push", json=event, timeout=30).json()
        assert answers == [[200, "success"]] * 3
        same = [partial(_push, own_server.base_url, *_event())] * 10
        assert {answer.text for answer in at_once(*same)} == {"success"}
        state = shell(cluster, database, STATE)
    assert state["templates"] == ["answered", "duty_due", "overdue", "published", "review"]
    # all but the address, which is no https
    assert state["findings"] == ["good", "good", "open", "wrong"]
    # each once, whether it came three times in turn or ten times at once
    assert state["events"] == ["user_info_modified"] * 2
    # another time, on another port
    port = odoo_process.free_port()
    with fake_wechat.running(cluster, database, port, own_server.base_url):
        assert shell(cluster, database, STATE)["findings"][0] == "good"
