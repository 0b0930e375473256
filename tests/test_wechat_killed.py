"""A worker that dies while it sends messages: nobody is told twice, and the others are told."""

import os
import secrets
import signal
import subprocess
import time

import pytest
from shells import shell

from odoo.addons.yangguang_wechat.lib.client import SEND as ADDRESS
from odoo.addons.yangguang_wechat.simulators import wechat

from scripts import odoo_process, templates
from scripts.settings import STATE

# three who have allowed one message each; the first message is the first to go out
PREPARE = """
setting = env["yangguang.wechat.setting"].create({{
    "appid": {appid!r}, "api_host": {host!r}, "new_secret": {secret!r},
    "new_callback_token": {token!r}, "new_aes_key": {aes_key!r},
}})
env.cr.commit()
env["yangguang.wechat.template"]._take_over(
    setting, env["yangguang.wechat.client"]._client(setting).templates())
template = env["yangguang.wechat.template"]._for(setting, "answered")
for openid in {openids!r}:
    account = env["yangguang.wechat.account"]._opened(setting.appid, openid)
    env["yangguang.wechat.consent"]._given(account, template)
    env["yangguang.wechat.message"]._queue(account, "answered", {{
        "number": "HY-2026-0007", "text": "路灯已经修好", "time": "2026-04-01 09:30",
    }}, "pages/question/question", "once")
result = True
"""
# by day, so that messages go out whenever the test runs
SEND = """
from datetime import timedelta
from odoo.addons.yangguang_cunwu.lib import clock
day = clock.to_local(clock.now()) + timedelta(days=1)
with clock.travel(day.replace(hour={hour}, minute=0)):
    env["yangguang.wechat.message"]._cron_send()
result = True
"""
SLOW = """
CREATE OR REPLACE FUNCTION slow_down() RETURNS trigger AS $$
BEGIN PERFORM pg_sleep(60); RETURN NEW; END $$ LANGUAGE plpgsql;
CREATE TRIGGER slow_down BEFORE UPDATE ON yangguang_wechat_message
    FOR EACH ROW WHEN (NEW.state = 'sent') EXECUTE FUNCTION slow_down();
"""
SLEEPING = """
SELECT count(*) FROM pg_stat_activity
WHERE wait_event = 'PgSleep' AND datname = current_database()
"""
# the database would notice at the end of the statement that nobody is there any more
END = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE wait_event = 'PgSleep' AND datname = current_database()
"""
STATES = """
SELECT account.openid, message.state FROM yangguang_wechat_message message
  JOIN yangguang_wechat_account account ON account.id = message.account_id ORDER BY message.id
"""


@pytest.fixture
def place(cluster):
    """A database with three messages to be sent, and the fake WeChat that takes them."""
    name = f"black_box_{os.getpid()}_{secrets.token_hex(3)}"
    templates.clone(cluster, templates.demo(cluster), name)
    with wechat.running() as fake:
        openids = [fake.openid(one) for one in ("first", "second", "third")]
        for openid in openids:
            fake.state.subscribe(openid, "fake-template-answered")
        known = {key: getattr(fake.state, key) for key in ("appid", "secret", "token", "aes_key")}
        shell(cluster, name, PREPARE.format(host=fake.host, openids=openids, **known))
        yield cluster, name, fake, openids
    cluster.drop(name)


def killed_when(place, hour, reached):
    """Lets a worker send, and kills it as soon as `reached()`."""
    cluster, name, _fake, _openids = place
    with (STATE / "log" / f"{name}.log").open("a") as log:
        worker = subprocess.Popen(
            odoo_process.command(cluster, name, "--no-http", "--log-level=warn", call="shell"),
            env=cluster.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=log,
            text=True,
        )
    worker.stdin.write(SEND.format(hour=hour))
    worker.stdin.close()
    deadline = time.monotonic() + 60
    while not reached():
        assert worker.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)
    os.kill(worker.pid, signal.SIGKILL)
    assert worker.wait() == -signal.SIGKILL


def test_nobody_is_told_twice_and_everybody_else_is_told(place):
    cluster, name, fake, openids = place
    # while WeChat takes the first message
    fake.state.sending_seconds = 1
    killed_when(place, 10, lambda: fake.called(ADDRESS) == 1)
    fake.state.sending_seconds = 0
    # when WeChat has taken the second one, and that is being written down
    cluster.query(SLOW, database=name)
    killed_when(place, 12, lambda: cluster.query(SLEEPING, database=name) == [(1,)])
    cluster.query(END, database=name)
    cluster.query("DROP TRIGGER slow_down ON yangguang_wechat_message", database=name)
    shell(cluster, name, SEND.format(hour=14))
    assert [one["touser"] for one in fake.state.sent] == openids
    states = cluster.query(STATES, database=name)
    assert [tuple(row) for row in states] == list(
        zip(openids, ("unsure", "unsure", "sent"), strict=True)
    )
