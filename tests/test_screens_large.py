"""Two thousand screens, each tenth dead: the dead cost their time-out, and nobody else anything.

The ideal: what the live ones alone take, and the dead ones' time-outs shared out over the threads.
"""

import hashlib
import time

import pytest
from crowd import HEIGHT, WIDTH, crowd, percentile
from serving import served_clone
from shells import shell

from odoo.addons.yangguang_led.lib import sending
from odoo.addons.yangguang_led.lib.drivers.base import Page, Show

LIVE, DEAD, TIMEOUT = 1800, 200, 3
DEAD_SHARE = DEAD * TIMEOUT / sending.THREADS
MOST = 1.5

pytestmark = pytest.mark.slow


def errands(addresses, name):
    """Each screen's new programme and its light."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    show = Show(digest, WIDTH, HEIGHT, (Page(8, name),))
    for key, address in enumerate(addresses):
        yield sending.Errand(key, sending.PLAY, "onbon_k", address, show=show, timeout=TIMEOUT)
        yield sending.Errand(key, sending.POWER, "onbon_k", address, value=True, timeout=TIMEOUT)


def timed(wanted):
    """Seconds that all took, and after how many each one that worked was through."""
    begun = time.monotonic()
    through = [time.monotonic() - begun for one in sending.run(wanted) if one.answer.ok]
    return time.monotonic() - begun, through


def test_the_threads():
    with crowd(LIVE, DEAD) as (cards, addresses):
        alone, alone_through = timed(errands(addresses[:LIVE], "第1期"))
        mixed = [addresses[number * 1009 % len(addresses)] for number in range(len(addresses))]
        together, through = timed(errands(mixed, "第2期"))
        known, known_through = timed(errands(addresses, "第3期"))
        assert all("第3期" in str(card.texts()) for card in cards)
    ideal = alone + DEAD_SHARE
    print(f"live alone {alone:.1f} s, all {together:.1f} s, ideal {ideal:.1f} s")
    late, alone_late = percentile(known_through, 0.99), percentile(alone_through, 0.99)
    print(f"99th percentile of the live: {alone_late:.1f} s alone, {late:.1f} s with known dead")
    assert len(through) == len(known_through) == 2 * LIVE
    assert together <= MOST * ideal
    assert known <= MOST * ideal
    # those that did not answer the last time come last
    assert late <= MOST * alone_late


ROUND = """
import time
sys.path[:0] = [{tests!r}]
from bench.sheets import Village
from crowd import HEIGHT, WIDTH, crowd, percentile
from odoo.addons.yangguang_led.lib import sending

env = env(context={{**env.context, "tracking_disable": True}})
env["ir.cron"].search([]).active = False
env["yangguang.screen"].search([]).active = False
village = Village(env)
sheets = village.signed(["2026-01", "2026-02", "2026-03"], rows=3)
screens, tasks = env["yangguang.screen"], env["yangguang.screen.task"]
heard = {{}}
keep = type(tasks)._keep

def noting(self, outcomes):
    for outcome in outcomes:
        if outcome.answer.ok:
            heard[outcome.key] = time.monotonic()
    return keep(self, outcomes)

type(tasks)._keep = noting

def put_up(addresses):
    made = screens.create([
        {{"name": f"屏{{number}}", "division_id": village.division.id, "width": WIDTH,
          "height": HEIGHT, "colours": "one", "driver": "onbon_k", "address": address,
          "opens": 0, "closes": 24}}
        for number, address in enumerate(addresses)])
    made.state = "on"
    return made

def counted(call):
    env.cr.flush()
    before, begun = env.cr.sql_log_count, time.monotonic()
    call()
    env.cr.flush()
    return env.cr.sql_log_count - before, time.monotonic() - begun, begun

def publish(sheet):
    sheet.with_user(village.users["clerk"]).action_publish()

def full_round(known_dead=0):
    heard.clear()
    for _screen in screens._arrange_changed():
        pass
    env.cr.commit()
    want = counted(screens.search([])._want_now)
    env.cr.commit()
    statements, seconds, begun = counted(tasks._cron_send)
    plays = tasks.search([("kind", "=", "play"), ("state", "=", "confirmed")])
    times = [heard[play.id] - begun for play in plays if play.id in heard]
    return {{"want": want[0], "want_seconds": want[1], "statements": statements,
             "seconds": seconds, "late": percentile(times, 0.99), "confirmed": len(times),
             "outcomes": len(heard)}}

result = []
with crowd({live}, {dead}) as (cards, addresses):
    living = put_up(addresses[:{live}])
    publish(sheets[0])
    # everything is drawn, every programme begun
    result.append(full_round())
    publish(sheets[1])
    result.append(full_round())
    deaf = put_up(addresses[{live}:])
    publish(sheets[2])
    result.append(full_round())
"""


def test_the_models(cluster):
    with served_clone(cluster) as server:
        script = ROUND.format(live=LIVE, dead=DEAD, tests=__file__.rpartition("/")[0])
        _first, alone, together = shell(cluster, server.database, script)
    ideal = alone["seconds"] + DEAD_SHARE
    print(f"live alone {alone}\nall {together}\nideal {ideal:.1f} s")
    assert alone["confirmed"] == together["confirmed"] == LIVE
    assert together["seconds"] <= MOST * ideal
    # the framework writes some hundred rows with one statement; no screen costs one of its own
    assert together["want"] <= (LIVE + DEAD) / 20
    assert together["statements"] <= 4 * DEAD + LIVE
    assert together["late"] <= MOST * alone["late"]
