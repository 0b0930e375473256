"""The telephone of an official: bound by a code, it works with his rights, and for his office."""

from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_cunwu.tests.common import PASSWORD

from ..models import yangguang_wechat_binding as binding
from .wxapi_common import WxCommon


@tagged("post_install", "-at_install")
class TestOfficial(WxCommon):
    def _desk(self, path, token, status=200):
        return self._get_json(f"/official{path}", token, status)

    def _do(self, path, body, token, status=200):
        return self._post(f"/official{path}", body, token, status)

    def test_binding(self):
        code = self.env["yangguang.wechat.binding"].with_user(self.chair)._begin()
        self.assertRegex(code, r"^\d{8}$")
        token = self._login()
        self.assertEqual(self._error(self._desk("/todo", token, 403)), "not_bound")
        session = self._post("/official/bind", {"code": f"{code[:4]} {code[4:]}"}, token)
        self.assertEqual(session["me"]["official"]["name"], "吴桂兰")
        self.assertEqual(session["me"]["official"]["can"], {"review": True, "file": False})
        self._desk("/todo", session["token"])
        # his token as a villager stays one
        self.assertEqual(self._error(self._desk("/todo", token, 403)), "not_bound")
        # a code is good once
        other = self._login("other")
        self._post("/official/bind", {"code": code}, other, 422)

    def test_signing_in_again(self):
        self._bind(self.chair, "villager")
        session = self._post("/official/login", {"code": self._code("villager")})
        self._desk("/todo", session["token"])
        self._post("/official/login", {"code": self._code("other")}, status=403)

    def test_a_code_has_an_end(self):
        bindings = self.env["yangguang.wechat.binding"].with_user(self.chair)
        code, token = bindings._begin(), self._login()
        row = self.env["yangguang.wechat.binding"].search([])
        self.assertNotIn(code, str(row.read()))
        row.expires = clock.now() - timedelta(seconds=1)
        self._post("/official/bind", {"code": code}, token, 422)
        first = bindings._begin()
        second = bindings._begin()
        self._post("/official/bind", {"code": first}, token, 422)
        self._post("/official/bind", {"code": second}, token)

    def test_tries_are_limited(self):
        code = self.env["yangguang.wechat.binding"].with_user(self.chair)._begin()
        token, other = self._login(), self._login("other")
        wrong = f"{(int(code) + 1) % 10**8:08}"
        [(seconds, most)] = binding.MOST_OF_ONE
        for _try in range(most):
            self._post("/official/bind", {"code": wrong}, token, 422)
        self._post("/official/bind", {"code": code}, token, 429)
        # who begins anew begins with the same count
        self._post("/account/close", {}, token)
        self._post("/official/bind", {"code": code}, self._login(), 429)
        with patch.object(binding, "MOST_WRONG", ((seconds, most),)):
            self._post("/official/bind", {"code": code}, other, 429)
        self._post("/official/bind", {"code": code}, other)

    def test_an_official_has_one_telephone(self):
        first = self._bind(self.clerk, "first")
        second = self._bind(self.clerk, "second")
        self._desk("/todo", first, 401)
        self._desk("/todo", second)

    def test_no_longer_than_the_office(self):
        token = self._bind(self.clerk)
        appointment = self.env["yangguang.appointment"].search(
            [("person_id", "=", self.clerk.partner_id.id)]
        )
        appointment.date_to = clock.today() - timedelta(days=1)
        self._desk("/todo", token, 401)
        self.assertFalse(self._account(f"official{self.clerk.id}").user_id)

    def test_no_longer_than_the_account(self):
        token = self._bind(self.clerk)
        self.clerk.active = False
        self._desk("/todo", token, 401)
        token = self._bind(self.deputy)
        # a one-time code was given out: who has the telephone is not sure any more
        self.deputy.must_choose_password = True
        self.env.flush_all()
        self._desk("/todo", token, 403)

    def test_twelve_hours(self):
        token = self._bind(self.clerk)
        row = self.env["yangguang.wechat.token"].search([("kind", "=", "official")])
        self.assertLessEqual(row.expires, clock.now() + timedelta(hours=12))
        with clock.travel(clock.now() + timedelta(hours=12, minutes=1)):
            self._desk("/todo", token, 401)

    def test_the_page_with_the_code(self):
        self.authenticate(self.chair.login, PASSWORD)
        page = self.url_open("/my/telephone")
        self.assertEqual(page.status_code, 200)
        token = page.text.partition('name="csrf_token" value="')[2].partition('"')[0]
        shown = self.url_open("/my/telephone", data={"csrf_token": token, "step": "begin"})
        code = shown.text.partition("font-monospace")[2].partition(">")[2].partition("<")[0]
        telephone = self._login("chair")
        self._post("/official/bind", {"code": code}, telephone)
        self.authenticate(self.chair.login, PASSWORD)
        page = self.url_open("/my/telephone")
        token = page.text.partition('name="csrf_token" value="')[2].partition('"')[0]
        self.url_open("/my/telephone", data={"csrf_token": token, "step": "end"})
        self.assertFalse(self._account("chair").user_id)

    def test_who_holds_no_office_gets_no_code(self):
        villager = self._user("supervisor", "路人", self.village)
        self.env["yangguang.appointment"].search(
            [("person_id", "=", villager.partner_id.id)]
        ).date_to = clock.today() - timedelta(days=1)
        self.authenticate(villager.login, PASSWORD)
        page = self.url_open("/my/telephone")
        token = page.text.partition('name="csrf_token" value="')[2].partition('"')[0]
        self.url_open("/my/telephone", data={"csrf_token": token, "step": "begin"})
        self.assertFalse(self.env["yangguang.wechat.binding"].search([]))

    def test_a_vote(self):
        sheet = self._submitted()
        token, second = self._bind(self.chair), self._bind(self.supervisor)
        reviews = self._desk("/todo", token)["reviews"]
        self.assertEqual([one["id"] for one in reviews], [sheet.id])
        self.assertEqual(reviews[0]["page"], f"desk/sheet/sheet?id={sheet.id}")
        told = self._desk(f"/disclosures/{sheet.id}", token)
        self.assertEqual(told["can"], {"vote": True})
        self.assertEqual(len(told["face"]["rows"]), 2)
        path = f"/disclosures/{sheet.id}/vote"
        right = {"agree": True, "revision": told["revision"]}
        self._do(path, {**right, "revision": told["revision"] - 1}, token, 409)
        self._do(path, {**right, "revision": None}, token, 409)
        self._do(path, {**right, "agree": "yes"}, token, 400)
        answer = self._do(path, {**right, "agree": False}, token, 422)
        self.assertEqual(list(answer["error"]["fields"]), ["reason"])
        self._do(path, right, token)
        self._do(path, right, token, 422)
        self.assertEqual(self._desk("/todo", token)["reviews"], [])
        self.assertEqual(self._desk(f"/disclosures/{sheet.id}", token)["can"], {"vote": False})
        self._do(path, right, second)
        self.assertEqual(sheet.state, "agreed")

    def test_an_objection(self):
        sheet = self._submitted()
        for user in (self.chair, self.supervisor):
            token = self._bind(user)
            self._do(
                f"/disclosures/{sheet.id}/vote",
                {"agree": False, "reason": "第2行没有票据。", "revision": sheet.revision},
                token,
            )
        self.assertEqual(sheet.state, "draft")
        self._desk(f"/disclosures/{sheet.id}", token, 404)

    def test_who_may_not_vote(self):
        sheet = self._submitted()
        right = {"agree": True, "revision": sheet.revision}
        for user, status in (
            (self.clerk, 403),
            (self.secretary, 403),
            (self.town_officer, 403),
            (self.far_clerk, 404),
        ):
            with self.subTest(user=user.name):
                token = self._bind(user)
                self._do(f"/disclosures/{sheet.id}/vote", right, token, status)
        # as it comes to light later
        self.cr.execute(
            "INSERT INTO yangguang_relation (person_id, relative_id, kind)"
            " VALUES (%s, %s, 'spouse')",
            [self.chair.partner_id.id, self.clerk.partner_id.id],
        )
        token = self._bind(self.chair)
        answer = self._do(f"/disclosures/{sheet.id}/vote", right, token, 403)
        self.assertNotIn("yangguang.", answer["error"]["message"])

    def test_drafts_and_other_villages_do_not_exist(self):
        draft = self._draft()
        submitted = self._submitted(period_key="2026-02", document=None)
        token = self._bind(self.chair)
        self._desk(f"/disclosures/{draft.id}", token, 404)
        self._desk(f"/disclosures/{submitted.id}", token)
        self._desk(f"/disclosures/{submitted.id}", self._bind(self.far_clerk), 404)
        self._desk("/disclosures/999999", token, 404)

    def test_filing(self):
        publication = self._receipts()
        filing = self.env["yangguang.filing"].search([("publication_id", "=", publication.id)])
        token = self._bind(self.town_officer)
        [waiting] = self._desk("/todo", token)["filings"]
        self.assertEqual((waiting["id"], waiting["publication"]), (filing.id, publication.code))
        party = self._party()
        told = {one["id"]: one["publication"] for one in self._desk("/todo", token)["filings"]}
        hidden = self.env["yangguang.filing"].search([("publication_id", "=", party.id)])
        self.assertEqual(told, {filing.id: publication.code, hidden.id: None})
        hidden.with_user(self.town_officer).action_receive()
        self._do(f"/filings/{filing.id}", {}, token, 422)
        self._do(f"/filings/{filing.id}", {"receive": True}, self._bind(self.clerk), 422)
        self._do(f"/filings/{filing.id}", {"receive": True}, self._bind(self.far_clerk), 404)
        self._do(f"/filings/{filing.id}", {"query": "第2行的票据在哪里？"}, token)
        self.assertEqual(filing.state, "queried")
        self._do(f"/filings/{filing.id}", {"receive": True}, token)
        self.assertEqual(filing.state, "received")
        self.assertEqual(self._desk("/todo", token)["filings"], [])

    def test_duties_and_what_is_overdue(self):
        duties = self.env["yangguang.duty"].create(
            [
                {
                    "division_id": village.id,
                    "item_id": self.receipts_item.id,
                    "period_key": f"2025-{month:02}",
                    "period_label": f"2025年{month}月",
                    "due": clock.today() - timedelta(days=month),
                }
                for month in range(1, 13)
                for village in (self.village, self.sister_village, self.far_village)
            ]
        )
        clerk, town = self._bind(self.clerk), self._bind(self.town_officer)
        own = self._desk("/todo", clerk)["duties"]
        self.assertEqual(
            {one["id"] for one in own},
            set(duties.filtered(lambda duty: duty.division_id == self.village).ids),
        )
        self.assertEqual({one["lamp"] for one in own}, {"red"})
        self.assertEqual(self._desk("/todo", town)["duties"], [])
        rows = self._desk("/overdue", clerk)
        self.assertEqual(len(rows["rows"]), 12)
        self.assertEqual(rows["rows"][0]["days"], 12)
        self.assertIsNone(rows["next"])
        # the other village of the town, and not the one of another town
        rows = self.env["yangguang.duty"].with_user(self.town_officer)
        found, following = self.env["yangguang.wechat.desk"].with_user(self.town_officer)._overdue()
        self.assertEqual(len(found), 24)
        self.assertIsNone(following)
        self.assertEqual(self._desk("/overdue", self._bind(self.chair))["rows"], [])

    def test_questions_of_the_office(self):
        question = self.env["yangguang.question"]._ask(
            {"division": self.village, "text": "路灯什么时候修好？", "channel": "web"}
        )
        clerk, town = self._bind(self.clerk), self._bind(self.town_officer)
        self.assertEqual(
            [one["id"] for one in self._desk("/todo", clerk)["questions"]], [question.id]
        )
        self.assertEqual(self._desk("/todo", town)["questions"], [])
        accusation = self.env["yangguang.question"]._ask(
            {
                "division": self.village,
                "text": "有人挪用了集体的钱。",
                "channel": "web",
                "is_accusation": True,
            }
        )
        self.assertEqual(
            [one["id"] for one in self._desk("/todo", town)["questions"]], [accusation.id]
        )
        self.assertEqual(
            [one["id"] for one in self._desk("/todo", clerk)["questions"]], [question.id]
        )

    def test_search(self):
        publication = self._notice("村民会议定于本月二十日上午九时召开。")
        rows = self._desk("/search?q=村民会议", self._bind(self.town_officer))["rows"]
        self.assertEqual([one["code"] for one in rows], [publication.code])
        self.assertEqual(self._desk("/search?q=", self._bind(self.clerk))["rows"], [])
        self.assertEqual(self._desk("/search?q=村民会议", self._bind(self.far_clerk))["rows"], [])

    def test_screens(self):
        shown = [
            {
                "screen": "广场屏",
                "place": "东岸村",
                "publication_code": None,
                "title": "收支明细",
                "picture": b"\x89PNG\r\n\x1a\n",
                "time": clock.now(),
            }
        ]
        division = self.env.registry["yangguang.division"]
        asked = []

        def screens_now(_self, divisions):
            asked.append(divisions)
            return shown

        with patch.object(division, "_screens_now", screens_now):
            told = self._desk("/screens", self._bind(self.town_officer))
        self.assertEqual(told[0]["picture_url"], "data:image/png;base64,iVBORw0KGgo=")
        self.assertIn(self.village, asked[0])
        self.assertNotIn(self.far_village, asked[0])

    def test_a_list_does_not_cost_more_with_its_length(self):
        token = self._bind(self.clerk)
        self.env["yangguang.duty"].create(
            [
                {
                    "division_id": self.village.id,
                    "item_id": item.id,
                    "period_key": "2025-01",
                    "due": clock.today(),
                }
                for item in self.edition.item_ids[:40]
            ]
        )
        for _round in range(3):
            before = self.cr.sql_log_count
            told = self._desk("/todo", token)
            statements = self.cr.sql_log_count - before
        self.assertEqual(len(told["duties"]), 40)
        self.assertLessEqual(statements, 30)
