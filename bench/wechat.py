"""What the mini-program costs the server: CPU of the signed-in list of own questions against an
empty public route; ten thousand new people signing in, none of whom becomes a user, and the memory
they leave behind."""

import secrets

import requests

from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_wechat.lib.verdict import Verdict
from odoo.addons.yangguang_wechat.models.yangguang_wechat_token import digest
from odoo.addons.yangguang_wechat.simulators import wechat

from . import harness

REQUESTS = 150
ROUNDS = 5
QUESTIONS = 20
# who call in turn, so that nobody comes to his limit
CALLERS = 20
# questions of others
MASS = 50_000
LOGINS = 10_000
# behind a proxy, as in production: each caller has an address
_PROXY = {"X-Forwarded-Host": "localhost", "X-Forwarded-Proto": "https"}

_COPIES = """
INSERT INTO yangguang_question (number, code, division_id, text, channel, state, review_state,
       check_state, time, asked_on, clock_from, received_due, answer_due, level, reopened,
       wechat_account_id)
SELECT 'M-' || n, 'M' || n, division_id, text, channel, 'received', 'waiting', check_state, time,
       asked_on, clock_from, received_due, answer_due, level, 0, %(account)s
  FROM yangguang_question, generate_series(1, %(mass)s) n
 WHERE id = %(question)s
"""


def main():
    with harness.database() as name, wechat.running() as fake:
        with harness.environment(name) as env:
            tokens = _fill(env, fake)
            users = _users(env)
        with harness.server(name, "--proxy-mode") as server:
            floor, listed = _cpu(server, tokens)
            grown = _sign_in(server)
        with harness.environment(name) as env:
            accounts = env["yangguang.wechat.account"].search_count([])
            made = _users(env) - users
    harness.report("wechat", "cpu_ratio_own_list", listed / floor, 1.7)
    harness.report("wechat", "accounts_of_new_people", accounts, LOGINS, at_least=True)
    harness.report("wechat", "users_of_new_people", made, 0)
    harness.report("wechat", "memory_growth_mb", grown, 10)


def _fill(env, fake):
    """A mini-program, callers with questions of their own and many of others; gives the callers'
    tokens."""
    env["yangguang.wechat.setting"].create(
        {"appid": fake.state.appid, "api_host": fake.host, "new_secret": fake.state.secret}
    )
    village = env["yangguang.division"].search([("level", "=", 3)], limit=1)
    accounts, tokens = env["yangguang.wechat.account"], []
    for caller in range(CALLERS):
        account = accounts._opened(fake.state.appid, f"openid-of-caller-{caller}")
        for number in range(QUESTIONS):
            question = env["yangguang.question"]._ask_by_phone(
                account,
                {"division": village, "text": "路灯什么时候修好？", "key": f"{number:08}"},
                Verdict("passed", 100),
            )
        tokens.append(secrets.token_urlsafe(32))
        env["yangguang.wechat.token"].create(
            {
                "account_id": account.id,
                "digest": digest(tokens[-1]),
                "kind": "villager",
                "expires": clock.now().replace(year=clock.now().year + 1),
            }
        )
    env.flush_all()
    other = accounts._opened(fake.state.appid, "openid-of-others")
    env.cr.execute(_COPIES, {"mass": MASS, "question": question.id, "account": other.id})
    env.cr.commit()
    env.cr.execute("ANALYZE yangguang_question")
    env.cr.commit()
    return tokens


def _users(env):
    return env["res.users"].with_context(active_test=False).search_count([])


def _cpu(server, tokens):
    """CPU seconds of so many requests of the empty route and of the list, taking turns."""
    session = requests.Session()
    calls = [0]

    def empty():
        session.get(f"{server.base_url}/api/v1/ping", timeout=30).raise_for_status()

    def listed():
        calls[0] += 1
        token = tokens[calls[0] % len(tokens)]
        answer = session.get(
            f"{server.base_url}/wxapi/v1/questions",
            headers={"Authorization": f"Bearer {token}"},
            timeout=30,
        )
        answer.raise_for_status()
        return answer

    for call in (empty, listed) * 20:
        call()
    assert len(listed().json()["questions"]) == QUESTIONS
    totals = {empty: 0.0, listed: 0.0}
    for _round in range(ROUNDS):
        for call in totals:
            before = server.cpu_seconds()
            for _request in range(REQUESTS):
                call()
            totals[call] += server.cpu_seconds() - before
    return totals[empty], totals[listed]


def _sign_in(server):
    """Lets new people sign in; gives the megabytes by which the second half of them has made the
    server grow."""
    session, sizes = requests.Session(), []
    for number in range(LOGINS):
        if number in (LOGINS // 2, LOGINS - 1):
            sizes.append(server.process.memory_info().rss / 1e6)
        answer = session.post(
            f"{server.base_url}/wxapi/v1/login",
            json={"code": f"person{number}"},
            headers={**_PROXY, "X-Forwarded-For": f"10.1.{number // 250}.{number % 250 + 1}"},
            timeout=60,
        )
        answer.raise_for_status()
    return sizes[1] - sizes[0]
