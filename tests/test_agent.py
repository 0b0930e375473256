"""The agent's one file beside two simulated cards, and a real server far away."""

import base64
import contextlib
import io

import pytest
from PIL import Image
from remote import Session
from serving import served_clone
from shells import shell
from village_agent import STOPPED, Between, Box, wait

from odoo.addons.yangguang_led.simulators.onbon_k import OnbonK
from odoo.addons.yangguang_led.simulators.onbon_y import OnbonY

PASSWORD = "Bench-password-1"
BAUD = 9600
FILE_BLOCK = b"\xa1\x06"
PREPARE = """
from bench.sheets import Village
village = Village(env)
sheets = village.signed(["2026-01", "2026-02", "2026-03", "2026-04"], rows=3)
agents = env["yangguang.agent"].create([
    {{"name": name, "division_id": village.division.id}} for name in ("盒子", "旧盒子")])
common = {{"division_id": village.division.id, "opens": 0, "closes": 24,
          "agent_id": agents[0].id}}
screens = env["yangguang.screen"].create([
    {{"name": "条屏", "width": 192, "height": 64, "colours": "one", "driver": "onbon_k",
      "address": {line!r}, "driver_options": "baudrate = {baud}", **common}},
    {{"name": "大屏", "width": 384, "height": 192, "colours": "full", "driver": "onbon_y",
      "address": {site!r}, "driver_options": "password = own-password", **common}},
])
screens.state = "on"
result = {{"sheets": sheets.ids, "agents": agents.ids, "screens": screens.ids}}
"""
TOLD = """
SELECT kind, state, tries, COALESCE(reason, '') FROM yangguang_screen_task WHERE screen_id = %s
"""
PASS = """
UPDATE yangguang_screen_task SET due = due - interval '1 minute'
WHERE state = 'waiting' AND screen_id = ANY(%s)
"""
PREVIEW = """
import base64
result = [
    base64.b64encode(page.picture).decode()
    for page in env["yangguang.screen"].browse({screen}).programme_id._show().pages]
"""
TWO_WORKERS = """
import time
crons = env["ir.cron"].search([])
crons.active = False
env.cr.commit()
time.sleep(5)
tasks = env["yangguang.screen.task"]
own = tasks.search([("screen_id.agent_id", "=", False)])
own.write({"state": "waiting", "due": "2026-01-01 00:00:00"})
env.cr.commit()
with env.registry.cursor() as one, env.registry.cursor() as two:
    first = tasks.with_env(env(cr=one)).sudo()._take()
    first.flush_recordset()
    second = tasks.with_env(env(cr=two)).sudo()._take()
    result = [len(own), len(first), len(second)]
    two.rollback()
    one.rollback()
crons.active = True
"""


class Village:
    """A village with an agent and two screens, its people signed in."""

    def __init__(self, cluster, server, line, site):
        self._cluster, self._database = cluster, server.database
        made = self.shell(PREPARE.format(line=line, site=site, baud=BAUD))
        self.screens, self._sheets, self.agents = made["screens"], made["sheets"], made["agents"]
        self._clerk = Session(server, "bench.clerk", PASSWORD)
        self.officer = Session(server, "bench.town_officer", PASSWORD)

    def shell(self, script):
        return shell(self._cluster, self._database, script)

    def _query(self, statement, parameters):
        return self._cluster.query(statement, parameters, database=self._database)

    def token(self, number):
        action = self.officer.call("yangguang.agent", "action_new_token", [self.agents[number]])
        return action["context"]["default_token"]

    def publish(self):
        self._clerk.call("yangguang.disclosure", "action_publish", [self._sheets.pop(0)])

    def told(self):
        """By screen and kind of task what the server knows: state, failures, reason."""
        return [
            {kind: told for kind, *told in self._query(TOLD, [screen])} for screen in self.screens
        ]

    def preview(self, screen):
        pages = self.shell(PREVIEW.format(screen=screen))
        return [
            Image.open(io.BytesIO(base64.b64decode(page))).convert("RGB").tobytes()
            for page in pages
        ]

    def let_a_minute_pass(self):
        """What waits for the first try after a failure is due."""
        self._query(PASS, [self.screens])

    def all_confirmed(self):
        return all(state == "confirmed" for one in self.told() for state, *_more in one.values())


@pytest.fixture(scope="module")
def scene(cluster, agent_file, tmp_path_factory):
    """Village, cards, line and box; the agent runs and shows the first publication."""
    strip, wall = OnbonK(192, 64), OnbonY(384, 192)
    with contextlib.ExitStack() as stack:
        line = stack.enter_context(strip.serve_serial(BAUD))
        site = stack.enter_context(wall.serve())
        server = stack.enter_context(served_clone(cluster))
        village = Village(cluster, server, line, site)
        between = Between(server.base_url)
        address = stack.enter_context(between.serve())
        box = Box(tmp_path_factory.mktemp("box"), agent_file, address, village.token(0))
        stack.callback(box.kill)
        one = Scene(village, strip, wall, between, box)
        box.start()
        village.publish()
        wait(one.is_shown, "the first publication on both screens", 150)
        yield one


class Scene:
    def __init__(self, village, strip, wall, between, box):
        self.village, self.strip, self.wall = village, strip, wall
        self.between, self.box = between, box

    def is_shown(self):
        return "货币资金" in str(self.strip.texts()) and self.wall.playlist is not None

    def publish(self):
        """Publishes another sheet; gives what was on the strip before."""
        before = self.strip.texts()
        self.village.publish()
        return before

    def settled(self):
        """Everything is done and reported."""
        wait(lambda: not self.box.kept()["outcomes"], "outcomes reported")
        wait(self.village.all_confirmed, "all confirmed")


def assert_whole(card, steps, before):
    """From the old programme to the new one: for a moment in turn, never half of one."""
    after = card.texts()
    assert len(card.files) == 1
    shown = card.history[steps:]
    assert [one for one in shown if one not in (before, before + after, after)] == []
    assert shown.count(before + after) <= 1


def test_what_is_published_is_what_is_seen(scene):
    scene.settled()
    pictures = [one.tobytes() for one in scene.wall.pictures()]
    assert pictures == scene.village.preview(scene.village.screens[1])


def test_nothing_is_sent_or_fetched_twice(scene):
    scene.settled()
    files = {path: times for path, times in scene.between.paths.items() if "/file/" in path}
    assert set(files.values()) == {1}
    done = len(scene.strip.commands), len(scene.wall.functions)
    asked, given = scene.between.paths["/led/agent/v1/errands"], len(scene.between.errands)
    wait(lambda: scene.between.paths["/led/agent/v1/errands"] > asked + 5, "five questions")
    if len(scene.between.errands) == given:
        assert (len(scene.strip.commands), len(scene.wall.functions)) == done


def test_without_network_it_goes_on_after_a_restart(scene):
    scene.settled()
    shown, pictures = scene.strip.texts(), [one.tobytes() for one in scene.wall.pictures()]
    scene.box.kill()
    scene.between.cut = True
    scene.strip.files.clear()
    scene.wall.playlist = None
    scene.box.start()
    wait(lambda: scene.strip.texts() == shown, "the same text again")
    wait(lambda: scene.wall.playlist, "the same pictures again")
    assert [one.tobytes() for one in scene.wall.pictures()] == pictures
    scene.between.cut = False
    scene.settled()


def test_what_came_of_it_waits_on_the_disk(scene):
    scene.settled()
    scene.between.cut_when_given = True
    scene.village.officer.call("yangguang.screen", "action_pause", scene.village.screens)
    wait(lambda: not scene.strip.on and not scene.wall.on, "both dark")
    wait(lambda: len(scene.box.kept()["outcomes"]) >= 2, "two outcomes kept")
    assert scene.village.told()[0]["power"][0] == "sending"
    scene.box.kill()
    scene.box.start()
    scene.between.cut = False
    scene.settled()
    scene.village.officer.call("yangguang.screen", "action_resume", scene.village.screens)
    wait(lambda: scene.strip.on and scene.wall.on, "both lit")
    scene.settled()


def test_answers_that_are_lost(scene):
    scene.settled()
    before, steps = scene.publish(), len(scene.strip.history)
    scene.between.lose = 2
    wait(lambda: scene.strip.texts() not in (before, []), "the new text")
    scene.settled()
    assert_whole(scene.strip, steps, before)


def test_a_silent_card(scene):
    scene.settled()
    scene.strip.faults.silent = True
    before = scene.publish()
    wait(lambda: scene.village.told()[0]["play"][1] == 1, "one failure told")
    state, tries, reason = scene.village.told()[0]["play"]
    assert (state, tries) == ("waiting", 1)
    assert "没有回答" in reason
    assert scene.village.told()[1]["play"][0] == "confirmed"
    scene.strip.faults.silent = False
    scene.village.let_a_minute_pass()
    wait(lambda: scene.strip.texts() not in (before, []), "the new text")
    scene.settled()


def test_power_lost_in_the_middle_of_a_file(scene):
    scene.settled()
    scene.strip.commands.clear()
    steps, before = len(scene.strip.history), scene.publish()
    wait(lambda: scene.strip.commands.count(FILE_BLOCK) >= 1, "the middle of the file")
    scene.box.kill()
    scene.box.start()
    wait(lambda: scene.strip.texts() not in (before, []), "the new text")
    scene.settled()
    assert_whole(scene.strip, steps, before)


def test_a_word_for_the_installer(scene):
    scene.settled()
    said, status = scene.box.check()
    assert status == 0, said
    assert "测速村，盒子" in said
    assert said.count("控制卡有回答") == 2
    scene.between.cut = True
    said, status = scene.box.check()
    scene.between.cut = False
    assert status == 1
    assert "✗ 连不上服务器" in said


def test_a_revoked_token(scene, agent_file, tmp_path):
    token = scene.village.token(1)
    with scene.between.serve() as address:
        box = Box(tmp_path, agent_file, address, token)
        box.start()
        wait(lambda: box.disk.exists() and scene.between.paths, "it has started")
        scene.village.officer.call("yangguang.agent", "action_revoke", [scene.village.agents[1]])
        assert box.ended() == STOPPED
        assert box.kept() == {"wishes": {}, "outcomes": {}}
        box.start()
        assert box.ended() == STOPPED
        assert "口令已作废" in box.log.read_text("utf-8")


def test_two_workers_take_nothing_twice(scene):
    own, first, second = scene.village.shell(TWO_WORKERS)
    assert first == min(own, 64)
    assert second == min(own - first, 64)
