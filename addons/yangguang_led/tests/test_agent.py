"""Who may make an agent, and what it may ask and tell."""

import hashlib
import json
from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_cunwu.tests.common import PASSWORD

from ..lib import exchange, programme, sending
from ..models import yangguang_agent
from .common import ScreenCommon

SILENT = {"state": "failed", "reason": "没有回答。", "retryable": True}
CONFIRMED = {"state": "confirmed", "reason": "", "retryable": False}


class AgentCommon(ScreenCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self._published()
        self.agent = self._agent()
        self.headers = self._headers(self.agent)
        self.screen = self._screen(agent_id=self.agent.id, address="/dev/ttyUSB0")
        self._arrange()

    def _agent(self, user=None, **values):
        agents = self.env["yangguang.agent"].with_user(user or self.town_officer)
        return agents.create({"name": "村委会盒子", "division_id": self.village.id, **values})

    def _token(self, agent):
        return agent.action_new_token()["context"]["default_token"]

    def _headers(self, agent):
        return {"Authorization": f"Bearer {self._token(agent)}"}

    def _arrange(self):
        screens = self.env["yangguang.screen"]
        list(screens._arrange_changed())
        screens.search([])._want_now()

    def _call(self, path, status=200, body=None, headers=None):
        answer = self.url_open(
            f"{exchange.PREFIX}/{path}",
            data=body,
            headers=headers or self.headers,
            method="GET" if body is None else "POST",
        )
        self.assertEqual(answer.status_code, status, answer.text[:300])
        self.assertNotIn("Set-Cookie", answer.headers)
        self.env.invalidate_all()
        return answer

    def _ask(self, *outcomes, status=200, **options):
        body = json.dumps({"outcomes": outcomes})
        return self._call("errands", status, body, **options).json()

    def _came_of(self, errand, answer=CONFIRMED, **values):
        brought = {name: errand[name] for name in ("key", "turn", "wanted")}
        return {**brought, **answer, "name": None, "status": None, **values}

    def _of_kind(self, answer, kind=sending.PLAY):
        [errand] = [one for one in answer["errands"] if one["kind"] == kind]
        return errand


@tagged("post_install", "-at_install")
class TestAgent(AgentCommon):
    def test_it_gets_what_its_screens_are_to_do(self):
        other = self._screen(name="另一块屏")
        self._arrange()
        answer = self._ask()
        self.assertEqual({one["key"] for one in answer["errands"]}, set(self.screen.task_ids.ids))
        self.assertEqual(set(answer["tasks"]), set(self.screen.task_ids.ids))
        self.assertEqual(set(self.screen.task_ids.mapped("state")), {"sending"})
        play = self._of_kind(answer)
        self.assertEqual((play["address"], play["driver"]), ("/dev/ttyUSB0", "onbon_k"))
        self.assertEqual(play["outline"], self.screen.programme_id._outline())
        self.assertEqual(set(other.task_ids.mapped("state")), {"waiting"})

    def test_the_server_leaves_its_screens_alone(self):
        self.assertFalse(self.env["yangguang.screen.task"]._take())
        with clock.travel(clock.now() + timedelta(hours=1)):
            self._ask()
        self.assertFalse(self.env["yangguang.screen.task"]._take())
        self.screen.agent_id = False
        with clock.travel(clock.now() + timedelta(hours=2)):
            self.assertTrue(self.env["yangguang.screen.task"]._take())

    def test_outcomes_are_kept(self):
        errands = self._ask()["errands"]
        said = {"playing": "P001", "powered": True, "brightness": 40}
        self._ask(*(self._came_of(one, status=said, name="P001") for one in errands))
        self.assertEqual(set(self.screen.task_ids.mapped("state")), {"confirmed"})
        self.assertEqual(self.screen.health, "lit")
        self.assertEqual(self.screen.contact_ids.brightness, 40)
        self.assertEqual(self._ask()["errands"], [])

    def test_a_silent_card_waits_longer_and_longer(self):
        play = self._of_kind(self._ask())
        # told twice as the answer was lost: counted once
        for _time in range(2):
            self._ask(self._came_of(play, SILENT))
        task = self.screen.task_ids.filtered(lambda task: task.kind == sending.PLAY)
        self.assertEqual((task.state, task.tries, task.reason), ("waiting", 1, "没有回答。"))
        with clock.travel(clock.now() + timedelta(seconds=61)):
            again = self._of_kind(self._ask())
            self.assertEqual(again["turn"], play["turn"] + 1)
            self._ask(self._came_of(play))
            self.assertFalse(task.reached)

    def test_what_it_did_not_come_back_with_is_given_again(self):
        first = self._of_kind(self._ask())
        again = self._of_kind(self._ask())
        self.assertEqual({**again, "turn": first["turn"]}, first)
        self.assertGreater(again["turn"], first["turn"])

    def test_when_to_come_again(self):
        answer = self._call("errands", body="{}")
        self.assertEqual(answer.headers["Retry-After"], "0")
        errands = answer.json()["errands"]
        outcomes = [self._came_of(one) for one in errands]
        answer = self._call("errands", body=json.dumps({"outcomes": outcomes}))
        self.assertEqual(answer.headers["Retry-After"], "15")

    def test_no_outcome_for_a_screen_of_others(self):
        other = self._screen(name="另一块屏", address="socket://127.0.0.1:8")
        self._arrange()
        [errand, *_more] = self.env["yangguang.screen.task"]._take()._plain_errands()
        self._ask(self._came_of(errand))
        self.assertEqual(set(other.task_ids.mapped("state")), {"sending"})

    def test_files_of_its_screens_only(self):
        far = self._screen(name="远村屏", width=96, division_id=self.far_village.id)
        self._arrange()
        digests = {page["digest"] for page in self._of_kind(self._ask())["outline"]["pages"]}
        for digest in digests:
            content = self._call(f"file/{digest}").content
            self.assertEqual(hashlib.sha256(content).hexdigest(), digest)
        others = programme.pictures(far.programme_id._content()).keys()
        foreign = others - programme.pictures(self.screen.programme_id._content()).keys()
        self.assertTrue(foreign)
        for digest in [*foreign, "0" * 64, "nothing"]:
            self._call(f"file/{digest}", 404)

    def test_who_it_is(self):
        said = self._call("screens").json()
        self.assertEqual((said["agent"], said["place"]), ("村委会盒子", "东岸村"))
        self.assertEqual([one["address"] for one in said["screens"]], ["/dev/ttyUSB0"])

    def test_a_token_that_does_not_hold(self):
        token = self.headers["Authorization"].removeprefix("Bearer ")
        for value in ("", "Bearer", "Bearer x", f"Basic {token}", f"Bearer {token}x"):
            for path, body in (("errands", "{}"), ("screens", None), ("file/" + "0" * 64, None)):
                answer = self._call(path, 401, body, headers={"Authorization": value})
                self.assertEqual(answer.json(), {"error": "revoked"})
        new = self._headers(self.agent)
        self._ask(status=401)
        self._ask(headers=new)
        self.agent.action_revoke()
        self._ask(status=401, headers=new)
        self.assertEqual(
            (self.agent.state, self.agent.revoked_by_id), ("revoked", self.town_officer)
        )
        self._ask(headers=self._headers(self.agent))

    def test_the_token_is_kept_nowhere(self):
        action = self.agent.action_new_token()
        token = action["context"]["default_token"]
        self.env.flush_all()
        self.env.cr.execute("SELECT token_digest FROM yangguang_agent")
        self.assertEqual(self.env.cr.fetchall(), [(hashlib.sha256(token.encode()).hexdigest(),)])
        wizards = self.env["yangguang.agent.token"].with_context(**action["context"])
        form = Form(wizards.with_user(self.town_officer))
        self.assertEqual(form.token, token)
        self.assertNotIn("token", self._columns("yangguang_agent_token"))

    def _columns(self, table):
        self.env.cr.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table]
        )
        return {name for (name,) in self.env.cr.fetchall()}

    def test_not_too_often(self):
        with (
            patch.object(yangguang_agent, "MOST_CALLS", 3),
            clock.travel(clock.now().replace(second=0)),
        ):
            # the pictures count as well
            self._call("screens")
            self._ask()
            self._ask()
            self.assertEqual(self._ask(status=429), {"error": "too_many"})
        with clock.travel(clock.now().replace(second=0) + timedelta(minutes=1)):
            self._ask()

    def test_not_too_much(self):
        errand = self._of_kind(self._ask())
        self._call("errands", 413, json.dumps({"outcomes": [], "x": "x" * 200_000}))
        for wrong in (
            "",
            "[]",
            json.dumps({"outcomes": {}}),
            json.dumps({"outcomes": [self._came_of(errand)] * 65}),
            json.dumps({"outcomes": [1]}),
            *(
                json.dumps({"outcomes": [{**self._came_of(errand), **part}]})
                for part in (
                    {"key": None},
                    {"key": 2**31},
                    {"key": "1"},
                    {"turn": 1.5},
                    {"wanted": "x" * 81},
                    {"wanted": 1},
                    {"state": "done"},
                    {"reason": "x" * 1001},
                    {"status": []},
                    {"status": {"powered": 2}},
                    {"status": {"brightness": "40"}},
                )
            ),
        ):
            with self.subTest(wrong=wrong[:120]):
                self._call("errands", 400, wrong)
        self.assertEqual(set(self.screen.task_ids.mapped("state")), {"sending"})
        # an unknown task, and characters that a database keeps not
        self._ask({**self._came_of(errand), "key": 2**31 - 1})
        self._ask(self._came_of(self._of_kind(self._ask()), {**SILENT, "reason": "a\0b"}))

    def test_a_question_costs_few_statements(self):
        self._ask(*(self._came_of(one) for one in self._ask()["errands"]))
        token = self.headers["Authorization"].removeprefix("Bearer ")
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(3):
            self.env["yangguang.agent"]._identify(token)._exchange([])


@tagged("post_install", "-at_install")
class TestAgentAccess(AgentCommon):
    def test_who_makes_agents(self):
        for user in (self.town_officer, self.district_officer):
            self._token(self._agent(user))
        for user in (self.clerk, self.secretary, self.chair, self.inspector, self.auditor):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self._agent(user)
                mine = self.agent.with_user(user)
                for call in (
                    mine.action_new_token,
                    mine.action_revoke,
                    lambda mine=mine: mine.write({"name": "x"}),
                ):
                    with self.assertRaises(AccessError):
                        call()
        for user in (self.town_officer, self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError):
                self.agent.with_user(user).unlink()

    def test_own_divisions_only(self):
        far = self._agent(self.district_officer, division_id=self.far_village.id)
        with self.assertRaises(AccessError):
            self._agent(division_id=self.far_village.id)
        for call in (far.action_new_token, far.action_revoke):
            with self.assertRaises(AccessError):
                call.__func__(far.with_user(self.town_officer))
        agents = self.env["yangguang.agent"]
        self.assertEqual(agents.with_user(self.clerk).search([]), self.agent)
        self.assertEqual(agents.with_user(self.far_clerk).search([]), far)

    def test_nobody_writes_what_the_methods_write(self):
        for values in (
            {"token_digest": "a" * 64},
            {"token_on": clock.now()},
            {"heard": clock.now()},
            {"calls": 0},
            {"revoked_on": False},
        ):
            with self.subTest(values=values):
                with self.assertRaises(AccessError):
                    self.agent.write(values)
                with self.assertRaises(AccessError):
                    self._agent(**values)
                with self.assertRaises(AccessError):
                    self._agent(self.env.ref("base.user_admin"), **values)
        for user in (self.town_officer, self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError):
                self.agent.with_user(user).read(["token_digest"])
            with self.assertRaises(AccessError):
                self.env["yangguang.agent"].with_user(user).search(
                    [("token_digest", "=like", "a%")]
                )

    def test_through_rpc(self):
        calls = (
            ("yangguang.agent", "write", [self.agent.ids, {"token_digest": "a" * 64}]),
            ("yangguang.agent", "_identify", ["x"]),
            ("yangguang.agent", "_exchange", [self.agent.ids, []]),
            ("yangguang.agent", "read", [self.agent.ids, ["token_digest"]]),
            ("yangguang.screen.task", "_take", [[]]),
            ("yangguang.screen.task", "write", [self.screen.task_ids.ids, {"turn": 0}]),
        )
        for user in (self.town_officer, self.clerk):
            self.authenticate(user.login, PASSWORD)
            for model, method, arguments in calls:
                with (
                    self.subTest(user=user.login, method=method),
                    mute_logger("odoo.http"),
                    self.assertRaises(JsonRpcException),
                ):
                    self._rpc(model, method, arguments)
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self._rpc("yangguang.agent", "action_new_token", [self.agent.ids])
        self.authenticate(self.town_officer.login, PASSWORD)
        action = self._rpc("yangguang.agent", "action_new_token", [self.agent.ids])
        self.assertTrue(action["context"]["default_token"])

    def _rpc(self, model, method, arguments):
        return self.make_jsonrpc_request(
            "/web/dataset/call_kw",
            {"model": model, "method": method, "args": arguments, "kwargs": {}},
        )

    def test_an_agent_of_the_screen_s_own_village_or_town(self):
        self.screen.agent_id = self._agent(division_id=self.town.id)
        for division in (self.sister_village, self.far_village, self.other_town, self.district):
            agent = self._agent(self.district_officer, division_id=division.id)
            with self.subTest(division=division.name), self.assertRaises(ValidationError):
                self.screen.agent_id = agent
        self.screen.agent_id = self.agent
        with self.assertRaises(ValidationError):
            self.agent.division_id = self.sister_village
        with self.assertRaises(ValidationError):
            self.screen.write({"driver": "web", "address": False})
