import io

from psycopg2 import DatabaseError
from pypdf import PdfReader

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.yangguang_cunwu.tests.common import PASSWORD
from odoo.addons.yangguang_cunwu.tests.openapi import problems

from .register_common import RegisterCommon


@tagged("post_install", "-at_install")
class TestCard(HttpCase, RegisterCommon):
    def test_what_everybody_reads_of_a_shop(self):
        shop = self._shop()
        self.assertEqual(shop.card_state, "none")
        with self._refused("Show the public card first"):
            shop.action_print_labels()
        shop.action_show_card()
        address = f"/v/asset/{shop.public_code}"
        answer = self.url_open(address)
        self.assertEqual(answer.status_code, 200)
        for text in ("村口商铺", "240,000.00 元", "2016年1月1日"):
            self.assertIn(text, answer.text)
        self.assertNotIn("李四", answer.text, "who looks after it is not shown")
        self.assertNotIn("Set-Cookie", answer.headers)
        shop.location = "村尾"
        shop.invalidate_recordset(["card_state"])
        self.assertEqual(shop.card_state, "outdated")
        self.assertNotIn("村尾", self.url_open(address).text, "not before it is shown again")
        shop.action_show_card()
        self.assertIn("村尾", self.url_open(address).text)
        shop._dispose({"day": "2026-01-20", "kind": "scrap", "method": "other", "resolution": "1"})
        answer = self.url_open(address)
        self.assertNotIn("村尾", answer.text)
        self.assertEqual(answer.headers["X-Robots-Tag"], "noindex")
        self.assertEqual(self.url_open(f"/v/contract/{shop.public_code}").status_code, 404)
        self.assertEqual(self.url_open("/v/asset/000000000000").status_code, 404)

    def test_what_everybody_reads_of_a_contract(self):
        contract = self._contract()
        contract.action_show_card()
        answer = self.url_open(f"/v/contract/{contract.public_code.lower()}")
        self.assertIn("张*", answer.text)
        self.assertNotIn("张三", answer.text)
        self.assertTrue(answer.url.endswith(contract.public_code))

    def test_the_api_answers_what_the_page_shows(self):
        pond = self._pond()
        contract = self._contract(pond)
        for one in (pond, contract):
            one.action_show_card()
        api = "/api/v1"
        document = self.url_open(f"{api}/openapi.json").json()
        described = document["paths"]["/cards/{code}"]["get"]["responses"]
        for one in (pond, contract):
            address = f"{api}/cards/{one.public_code}"
            answer = self.url_open(address)
            self.assertEqual(answer.status_code, 200)
            self.assertNotIn("Set-Cookie", answer.headers)
            schema = described["200"]["content"]["application/json"]["schema"]
            self.assertEqual(list(problems(answer.json(), schema, document)), [])
            card = answer.json()
            self.assertEqual((card["kind"], card["title"]), (one._card_kind, one.name))
            self.assertEqual(card["division_code"], self.village.code)
            shown = [[line["label"], line["value"]] for line in card["lines"]]
            self.assertEqual(shown, one._card()._document()["lines"])
        self.assertIn({"label": "承包（承租）方", "value": "张*"}, card["lines"])
        self.assertNotIn("张三", answer.text)
        self.assertEqual(answer.headers["X-Robots-Tag"], "noindex")
        self.assertEqual(self.url_open(address.lower()).json(), card)
        pond.location = "村西"
        answer = self.url_open(f"{api}/cards/{pond.public_code}")
        self.assertNotIn("村西", answer.text, "not before it is shown again")
        contract.action_withdraw_card()
        problem = {"$ref": "#/components/schemas/Problem"}
        for path, status in ((address, 410), (f"{api}/cards/0", 404)):
            answer = self.url_open(path)
            self.assertEqual(answer.status_code, status)
            self.assertIn(str(status), described)
            self.assertEqual(list(problems(answer.json(), problem, document)), [])
        self.assertNotIn("张*", self.url_open(address).text)

    def test_its_code_opens_the_page_of_the_mini_program(self):
        pond = self._pond()
        with self._refused("Show the public card first"):
            pond._code_target()
        pond.action_show_card()
        self.assertEqual(pond._code_target(), ("pages/card/card", f"c={pond.public_code}"))
        pond.action_withdraw_card()
        with self._refused("Show the public card first"):
            pond._code_target()

    def test_personal_data_is_not_shown(self):
        pond = self._pond(bounds="东至张三家，电话13800138000")
        with self._refused("四至"):
            pond.action_show_card()
        self.assertFalse(pond.public_code)

    def test_a_card_stays_and_is_nobodys_to_write(self):
        pond = self._pond()
        with self.assertRaises(AccessError):
            pond.with_user(self.secretary).action_show_card()
        pond.action_show_card()
        with self.assertRaises(AccessError):
            pond.public_code = "0"
        card = pond._card()
        self.env.flush_all()
        for query in (
            "UPDATE yangguang_public_card SET owner = 'x'",
            "DELETE FROM yangguang_public_card",
        ):
            with mute_logger("odoo.sql_db"), self.assertRaises(DatabaseError), self.cr.savepoint():
                self.cr.execute(query)
        pond.action_show_card()
        self.assertEqual(pond._card(), card, "nothing has changed")
        pond.action_withdraw_card()
        self.assertEqual(pond._card().version, 2)

    def test_labels_are_for_those_who_read_the_register(self):
        pond = self._pond()
        pond.action_show_card()
        address = pond.action_print_labels()["url"]
        self.authenticate(self.clerk.login, PASSWORD)
        answer = self.url_open(address)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
        self.assertIn("资003", text)
        self.assertEqual(self.url_open("/sanzi/labels/asset/0.pdf").status_code, 404)
        self.assertEqual(self.url_open("/sanzi/labels/member/1.pdf").status_code, 404)
