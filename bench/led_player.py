"""How many heartbeats of web players this machine answers when it does nothing else, and what one
costs the database.

Counted in processor time of Odoo and PostgreSQL: the players run elsewhere.
"""

import http.client
import json
import os
import threading
import time
from urllib.parse import urlsplit

import psutil

from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_led.models.yangguang_player import token_digest

from scripts.cluster import DURABLE

from . import harness

PLAYERS = 50
CONNECTIONS = 4
SECONDS = 10
MESSAGE = {
    "serial": 1,
    "playing": "0" * 64,
    "ahead": 0,
    "full": False,
    "used": 1e9,
    "waiting": 0,
    "alarms": [],
}


def main():
    with harness.database() as name:
        with harness.environment(name) as env:
            tokens = _players(env)
            statements = _statements(env, tokens[0])
        with harness.server(name, "--workers=2") as server:
            _beat(server.base_url, tokens, 2)
            before = _cpu(server, name)
            answered = _beat(server.base_url, tokens, SECONDS)
            each = (_cpu(server, name) - before) / answered
    harness.report("led", "heartbeats_per_second", os.cpu_count() / each, 300, at_least=True)
    harness.report("led", "heartbeat_statements", statements, 3)


def _players(env):
    """Screens with a programme and a player each; gives the players' tokens."""
    villages = env["yangguang.division"].search([("level", "=", 3)])
    screens = env["yangguang.screen"].create(
        [
            {
                "name": f"Screen {number}",
                "division_id": villages[number % len(villages)].id,
                "width": 256,
                "height": 128,
                "driver": "web",
            }
            for number in range(PLAYERS)
        ]
    )
    screens.state = "on"
    tokens = [f"token{screen.id}" for screen in screens]
    for screen, token in zip(screens, tokens, strict=True):
        screen._arrange()
        env["yangguang.player"].create(
            {
                "screen_id": screen.id,
                "token_digest": token_digest(token),
                "paired_on": clock.now(),
                "paired_by_id": env.uid,
            }
        )
    env.cr.commit()
    return tokens


def _statements(env, token):
    """What a heartbeat asks of the database, beside the framework's own look for changes."""
    players = env["yangguang.player"]
    before = env.cr.sql_log_count
    players._heartbeat(players._identify(token), MESSAGE)
    statements = env.cr.sql_log_count - before
    env.cr.commit()
    return statements


def _cpu(server, name):
    """Processor time of the server and of its connections so far, in seconds."""
    # the connections of its workers stay, cleaning of tables comes and goes
    rows = DURABLE.query(
        "SELECT pid FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'"
        " AND pid <> pg_backend_pid()",
        [name],
    )
    return server.cpu_seconds() + sum(sum(psutil.Process(pid).cpu_times()[:2]) for (pid,) in rows)


def _beat(base_url, tokens, seconds):
    """Lets the players call over some connections at once; gives how many were answered."""
    address = urlsplit(base_url).netloc
    deadline = time.monotonic() + seconds
    answered = [0] * CONNECTIONS

    def beat(number):
        connection = http.client.HTTPConnection(address, timeout=30)
        body = json.dumps(MESSAGE)
        while time.monotonic() < deadline:
            token = tokens[(answered[number] * CONNECTIONS + number) % len(tokens)]
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            connection.request("POST", "/led/v1/heartbeat", body, headers)
            answer = connection.getresponse()
            assert answer.status == 200, answer.read()
            assert json.loads(answer.read())["manifest"]
            answered[number] += 1
        connection.close()

    threads = [threading.Thread(target=beat, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(answered)
