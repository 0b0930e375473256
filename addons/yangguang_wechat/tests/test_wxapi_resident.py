"""What a resident reads beyond everybody, who is taken for one, and that nobody reads more."""

import random

import pytest

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.yangguang_cunwu.lib import canonical
from odoo.addons.yangguang_cunwu.tests.public_common import HOUSEHOLD

from .wxapi_common import WxCommon

# characters of invented names, each used once
_GIVEN = "安柏春丹恩帆国海佳康兰明宁鹏琴瑞松涛伟祥雅忠卓冬辉洁凯莉敏娜培青荣书婷晓艳泽志梓"


@tagged("post_install", "-at_install")
class TestResidence(WxCommon):
    def _claim(self, token, name="赵大明", status=200, village=None, **values):
        village = village or self.village
        body = {"village": village.code, "name": name, **values}
        return self._post("/residence", body, token, status)

    def test_name_and_telephone_of_the_register(self):
        self._resident(is_collective_member=True)
        token = self._login()
        self._post("/phone", {"code": "13800000001.c"}, token)
        self.assertEqual(
            self._claim(token)["residence"],
            {"state": "verified", "village": "东岸村", "household": "001", "is_member": True},
        )
        self._assert_forgotten(self.env["yangguang.wechat.residence"].search([]))
        with self.subTest("once is enough"):
            self._claim(token, status=422)

    def test_what_is_typed_proves_nothing(self):
        self._resident()
        token = self._login()
        told = self._claim(token, phone="13800000001")["residence"]
        self.assertEqual(told, {"state": "waiting", "village": "东岸村"})
        self.assertFalse(self._account().resident_id)

    def test_the_answer_does_not_tell_what_was_wrong(self):
        self._resident()
        right_name, right_phone = self._login("a"), self._login("b")
        self._post("/phone", {"code": "13800000009.d"}, right_name)
        self._post("/phone", {"code": "13800000001.d"}, right_phone)
        answers = [
            self._claim(right_name)["residence"],
            self._claim(right_phone, "赵小明")["residence"],
        ]
        self.assertEqual(answers[0], answers[1])

    def test_five_tries_a_day(self):
        token = self._login()
        for _try in range(5):
            self._claim(token)
        self._claim(token, status=429)
        self._post("/account/close", {}, token)
        token = self._login()
        self._claim(token, status=429)
        self.env["yangguang.question.quota"].search([]).unlink()
        self._claim(token)

    def test_the_clerk_confirms(self):
        resident = self._resident()
        token = self._login()
        self._claim(token, phone="13800000002")
        claim = self.env["yangguang.wechat.residence"].search([])
        clerk = claim.with_user(self.clerk)
        self.assertEqual(clerk.phone, "13800000002")
        with self.assertRaises(AccessError):
            clerk.account_id  # noqa: B018
        with self.assertRaises(UserError):
            clerk.action_confirm()
        stranger = self._resident(division_id=self.far_village.id)
        with self.assertRaises(UserError):
            clerk.resident_id = stranger
        for user in (self.far_clerk, self.secretary, self.town_officer):
            with self.assertRaises(UserError):
                claim.with_user(user).action_refuse()
        clerk.resident_id = resident
        clerk.action_confirm()
        self.assertEqual(self._get_json("/me", token)["residence"]["state"], "verified")
        self._assert_forgotten(claim)
        self.assertEqual((claim.resident_id, claim.person_id), (resident, self.clerk.partner_id))
        for step in (clerk.action_confirm, clerk.action_refuse):
            with self.assertRaises(UserError):
                step()
        with self.assertRaises(UserError):
            clerk.resident_id = False

    def test_state_is_not_written(self):
        self._claim(self._login())
        claim = self.env["yangguang.wechat.residence"].search([]).with_user(self.clerk)
        for values in (
            {"state": "verified"},
            {"division_id": self.far_village.id},
            {"name": "x"},
            {"account_id": 1},
        ):
            with self.assertRaises(AccessError):
                claim.with_context(tracking_disable=True).write(values)

    def test_the_clerk_refuses(self):
        token = self._login()
        self._claim(token)
        claim = self.env["yangguang.wechat.residence"].search([])
        claim.with_user(self.deputy).action_refuse()
        self.assertEqual(self._get_json("/me", token)["residence"], {"state": "refused"})
        self.assertFalse(claim.exists())

    def _assert_forgotten(self, claim):
        for name in ("name", "phone", "phone_proven", "time"):
            self.assertFalse(claim[name], name)

    def test_who_is_struck_off_reads_as_everybody(self):
        relief = self._relief()
        resident = self._resident()
        token = self._login_resident(resident)
        path = f"/publications/{relief.code}"
        self.assertEqual(self._get_json(path, token)["face"]["audience"], "本村村民")
        resident.active = False
        self._get_json(path, token, 404)
        self.assertEqual(self._get_json("/me", token)["residence"], {"state": "none"})

    def test_the_own_rendition(self):
        relief, receipts = self._relief(), self._receipts()
        party = self._party()
        token = self._login_resident(self._resident())
        told = self._get_json(f"/publications/{relief.code}", token)
        self.assertEqual(told["face"]["rows"][0][1], HOUSEHOLD["head"])
        self.assertNotIn("salt", told["face"])
        public = self._get(f"/api/v1/publications/{relief.code}").json()
        self.assertEqual(told.keys(), public.keys())
        self.assertNotEqual(public["face"]["rows"][0][1], HOUSEHOLD["head"])
        self.assertNotIn(HOUSEHOLD["id_no"], str(told))
        for code in (receipts.code, party.code, "NOSUCHCODE00", "x"):
            self._get_json(f"/publications/{code}", token, 404)
        far = self._login_resident(self._resident(division_id=self.far_village.id))
        self._get_json(f"/publications/{relief.code}", far, 404)
        self._get_json(f"/publications/{relief.code}", self._login("nobody"), 404)
        self._get_json(f"/publications/{relief.code}", None, 401)
        relief.with_user(self.clerk).action_withdraw("privacy", "含有个人信息。")
        self._get_json(f"/publications/{relief.code}", token, 404)

    def test_my_household_is_off(self):
        token = self._login_resident(self._resident())
        self.assertFalse(self._get_json("/me", token)["household_enabled"])
        self.assertEqual(self._error(self._get_json("/household", token, 403)), "household_off")
        self.setting.shows_household = True
        self.assertEqual(self._get_json("/household", token), {"rows": []})
        nobody = self._get_json("/household", self._login("nobody"), 403)
        self.assertEqual(self._error(nobody), "not_resident")

    def test_my_household(self):
        self.setting.shows_household = True
        relief = self._lists([["赵大明", "钱小六", "孙小梅"]])[0]
        self._resident("赵大明", "001")
        wife = self._resident("孙小梅", "001", "13800000002")
        neighbour = self._resident("钱小六", "002", "13800000003")
        rows = self._get_json("/household", self._login_resident(wife))["rows"]
        self.assertEqual([row["row"] for row in rows], [1, 3])
        self.assertEqual(rows[0]["publication"], relief.code)
        self.assertIn({"label": "月保障金额", "value": "900.00元"}, rows[0]["cells"])
        rows = self._get_json("/household", self._login_resident(neighbour))["rows"]
        self.assertEqual([row["row"] for row in rows], [2])
        # a second one of this name: whose row it is, nobody can tell, not even of an older list
        # when the second one has been struck off
        second = self._resident("钱小六", "003", "13800000004")
        for is_active in (True, False):
            second.active = is_active
            rows = self._get_json("/household", self._login_resident(neighbour))["rows"]
            self.assertEqual(rows, [], is_active)

    def test_households_of_two_heads_with_one_name(self):
        """Where the register calls a household by its head's name alone."""
        self.setting.shows_household = True
        self._lists([["孙小梅", "钱小六"]])
        self._resident("王强", "王强", "13800000001")
        wife = self._resident("孙小梅", "王强", "13800000002")
        token = self._login_resident(wife)
        self.assertEqual([row["row"] for row in self._get_json("/household", token)["rows"]], [1])
        self._resident("王强", "王强", "13800000003")
        self._resident("钱小六", "王强", "13800000004")
        told = self._get_json("/household", token, 409)
        self.assertEqual(self._error(told), "household_unclear")
        self.assertIn("王强", told["error"]["message"])

    def _lists(self, heads):
        """Published lists of households in need, with these names."""
        layout = self.relief_item.template_id._layout()
        status = layout.column("status").options[0].value
        found = []
        for quarter, names in enumerate(heads, start=1):
            rows = [{**HOUSEHOLD, "head": name, "status": status} for name in names]
            for row in rows:
                row.pop("id_no")
            found.append(
                self._published(
                    self.relief_item, {"rows": rows}, period_key=f"2026Q{quarter}"
                ).publication_id
            )
        return found

    def test_calls_across_households_and_villages(self):
        self._call_across(150)

    @pytest.mark.slow
    def test_a_thousand_calls_across_households_and_villages(self):
        self._call_across(1000)

    def _call_across(self, calls):
        """Whatever is asked for, nobody is told of another household what everybody is not."""
        self.setting.shows_household = True
        names = [f"赵{given}" for given in _GIVEN]
        lists = self._lists([names[:20], names[20:40]])
        residents = [
            self._resident(
                name,
                f"{number // 2:03}",
                f"1380000{number:04}",
                division_id=(self.village if number % 4 else self.far_village).id,
            )
            for number, name in enumerate(names)
        ]
        tokens = [self._login_resident(resident) for resident in residents]
        questions = {}
        for resident, token in list(zip(residents, tokens, strict=True))[::4]:
            answer = self._post(
                "/questions",
                {
                    "village": resident.division_id.code,
                    "text": f"{resident.name}家的补贴什么时候发？",
                    "key": f"question{resident.id}",
                },
                token,
            )
            questions[answer["code"]] = resident
        dice = random.Random(5)
        leaks = []
        for number in range(calls):
            asked = dice.randrange(len(residents))
            resident, token = residents[asked], tokens[asked]
            code = dice.choice([*questions, *(one.code for one in lists)])
            path = dice.choice(
                [
                    "/household",
                    "/household?household=002&resident=1",
                    "/questions",
                    "/messages",
                    "/me",
                    f"/questions/{code}",
                    f"/publications/{code}",
                ]
            )
            answer = self.url_open(f"/wxapi/v1{path}", headers={"Authorization": f"Bearer {token}"})
            others = {
                one.name
                for one in residents
                if (one.household, one.division_id) != (resident.household, resident.division_id)
            }
            # the whole list is for the residents of its own village
            own_list = path.startswith("/publications") and resident.division_id == self.village
            if not own_list and any(name in answer.text for name in others):
                leaks.append((resident.name, path))
            if number % 200 == 0:
                # as long as the limits last
                self.counted.__init__()
        self.assertEqual(leaks, [])

    def test_no_more_than_the_method_says(self):
        relief = self._relief()
        rendition = self.env["yangguang.rendition"].search([("publication_id", "=", relief.id)])
        self.assertEqual(rendition.audience, "village")
        self.assertIn("salt", canonical.parse(rendition.content.encode()))
        token = self._login_resident(self._resident())
        # the register says nothing of Party members, and the endpoint asks nobody else
        party = self._party()
        self._get_json(f"/publications/{party.code}", token, 404)
