import re
from datetime import datetime, timedelta
from html import unescape

from odoo.tests import tagged

from ..lib import clock, echo_wall
from ..models.demo_stamp import stamp
from .common import PASSWORD
from .openapi import problems
from .public_common import PublicCommon
from .question_common import ANSWER, WORDS, QuestionCommon

WRITTEN = {"text": WORDS, "name": "王五六", "phone": "13800138000"}


@tagged("post_install", "-at_install")
class TestQuestionWeb(QuestionCommon, PublicCommon):
    """A villager without login asks, follows it up and judges."""

    def setUp(self):
        super().setUp()
        self.home = f"/v/{self.village.code}"

    def _post(self, path, status=303, written=None, origin=None, **options):
        written = {**WRITTEN, **(written or {})}
        headers = {"Origin": self.base_url() if origin is None else origin}
        return self._get(path, status, data=written, headers=headers, **options)

    def _key(self, path=None):
        form = self._get(path or f"{self.home}/ask").text
        return re.search(r'name="key" value="([^"]+)"', form)[1]

    def _sent(self, status=303, path=None, files=None, **written):
        path = path or f"{self.home}/ask"
        written.setdefault("key", self._key(path))
        return self._post(path, status, written, files=files)

    def _refusal(self, answer):
        found = re.search(r'role="alert"[^>]*>\s*<p><strong>(.+?)</strong>', answer.text)
        return unescape(found[1]) if found else ""

    def _newest(self):
        return self.env["yangguang.question"].search([], limit=1)

    def test_from_the_form_to_the_verdict(self):
        answer = self._sent()
        follow_up = answer.headers["Location"]
        self.assertRegex(follow_up, r"/v/ask/[0-9A-Z]{12}\?new=1$")
        question = self._newest()
        self.assertRecordValues(
            question,
            [
                {
                    "text": WORDS,
                    "channel": "web",
                    "division_id": self.village.id,
                    "state": "received",
                }
            ],
        )
        self.assertNotIn(WORDS, self._get(f"{self.home}/wall").text)
        self.assertRegex(self._get(follow_up).text, "Waited less than a day|等了不到一天")
        question.with_user(self.clerk).action_show()
        self._answer(question)
        for path in (self.home, f"{self.home}/wall", f"{self.home}/wall/{question.code}"):
            page = self._get(path).text
            self.assertIn(WORDS, page)
            self.assertIn(ANSWER, page)
            self.assertIn("王**", page)
            self.assertNotIn("王五六", page)
        self.assertIn(ANSWER, self._get(follow_up).text)
        step = follow_up.partition("?")[0]
        self._post(step, written={"step": "dispute"})
        self.assertEqual(question.state, "unsolved")
        self._post(step, 422, {"step": "reopen", "words": "短"})
        self._post(step, written={"step": "reopen", "words": "到现在还没有修，请说明原因。"})
        self.assertEqual(question.state, "reopened")
        self._answer(question)
        self._post(step, written={"step": "solve"})
        self.assertEqual(question.state, "solved")
        self._post(step, 422, {"step": "withdraw"})
        self._post(step, written={"step": "erase"})
        self.assertFalse(question.asker_ids)
        self._post(step, 422, {"step": "answer"})

    def test_about_a_sheet_and_about_an_item(self):
        publication = self._receipts()
        self.assertIn(f"/p/{publication.code}/ask", self._get(f"/p/{publication.code}").text)
        self._sent(path=f"/p/{publication.code}/ask")
        question = self._newest()
        self.assertEqual(question.publication_id, publication)
        self._sent(path=f"{self.home}/ask?item=TG01", item="TG01")
        self.assertEqual(self._newest().item_id, self.notice_item)
        question.with_user(self.clerk).action_show()
        self.assertIn(WORDS, self._get(f"{self.home}/i/{publication.item_code}").text)
        self.assertNotIn(WORDS, self._get(f"{self.home}/i/TG01").text)
        self._get(f"/v/{self.town.code}/ask", 404)
        self._get(f"{self.home}/ask?item=XX99")

    def test_accusation_is_seen_with_its_code_alone(self):
        follow_up = self._sent(accusation="1").headers["Location"]
        question = self._newest()
        self.assertTrue(question.is_accusation)
        self.assertIn(WORDS, self._get(follow_up).text)
        for path in (self.home, f"{self.home}/wall"):
            self.assertNotIn(WORDS, self._get(path).text)
        self._get(f"{self.home}/wall/{question.code}", 404)
        self._get(f"/api/v1/questions/{question.code}", 404)

    def test_it_says_how_long_a_telephone_is_kept(self):
        self.env["ir.config_parameter"].set_param("yangguang_cunwu.question_personal", "91")
        hint = re.search(r'id="phone-hint"[^>]*>([^<]+)<', self._get(f"{self.home}/ask").text)
        self.assertIn("91", hint[1])

    def test_what_is_wrong_is_said_and_nothing_is_lost(self):
        for written in (
            {"text": "短"},
            {"text": "路" * 501},
            {"name": ""},
            {"name": "王5"},
            {"phone": ""},
            {"phone": "12345"},
        ):
            answer = self._sent(422, **written)
            self.assertTrue(self._refusal(answer), written)
            shown = {**WRITTEN, **written}
            self.assertIn(shown["text"], answer.text)
            if shown["phone"]:
                self.assertIn(f'value="{shown["phone"]}"', answer.text)
        self.assertFalse(self._newest())

    def test_pictures(self):
        photo = ("a.jpg", self._photo(), "image/jpeg")
        self._sent(files=[("picture", photo)] * 3)
        question = self._newest()
        self.assertEqual(len(question.picture_ids), 3)
        address = f"{self.home}/wall/{question.code}/1"
        self._get(address, 404)
        question.with_user(self.clerk).action_show()
        answer = self._get(address)
        self.assertEqual(answer.headers["Content-Type"], "image/jpeg")
        self.assertIn(address, self._get(f"{self.home}/wall/{question.code}").text)
        self._get(f"{self.home}/wall/{question.code}/4", 404)
        self._sent(422, files=[("picture", photo)] * 4)
        answer = self._sent(422, files=[("picture", ("a.jpg", b"MZ\x90\0", "image/jpeg"))])
        self.assertTrue(self._refusal(answer))
        # a browser sends an empty file where none was chosen
        self._sent(files=[("picture", ("", b"", "application/octet-stream"))])

    def test_too_large(self):
        large = ("a.jpg", b"\xff\xd8\xff" + bytes(17 * 2**20), "image/jpeg")
        self._sent(413, files=[("picture", large)])

    def test_other_sites_cannot_send_it(self):
        path = f"{self.home}/ask"
        for origin in ("https://evil.example", "null", "", "http://127.0.0.1:1"):
            self._post(path, 403, {"key": self._key()}, origin=origin)
        referer = {"Referer": f"{self.base_url()}{path}"}
        self._get(path, 303, data={**WRITTEN, "key": self._key()}, headers=referer)

    def test_programs_are_kept_out(self):
        self._sent(400, website="http://spam.example")
        for key in ("", "x", "x.y", "x.é", f"{'0' * 32}.0.{'0' * 64}", self._key()[:-1] + "g"):
            self.assertTrue(self._refusal(self._sent(422, key=key)), key)
        key = self._key()
        with clock.travel(clock.now() + timedelta(seconds=echo_wall.FORM_SECONDS + 60)):
            self.assertTrue(self._refusal(self._sent(422, key=key)))
        self.assertFalse(self._newest())

    def test_sent_twice_is_one_question(self):
        key = self._key()
        first, second = (self._sent(key=key).headers["Location"] for _time in range(2))
        self.assertEqual(first, second)
        self.assertEqual(self.env["yangguang.question"].search_count([]), 1)

    def test_limits_of_an_address_and_of_a_village(self):
        # all in one stretch of time
        stamp(self.env.cr)
        self.enterContext(clock.travel(datetime(2026, 3, 2, 4, 1)))
        _seconds, most = echo_wall.ADDRESS_LIMITS[0]
        for _number in range(most):
            self._sent()
        answer = self._sent(429)
        self.assertTrue(self._refusal(answer))
        self.assertIn(WORDS, answer.text)
        self.assertEqual(self.env["yangguang.question"].search_count([]), most)
        self.env["yangguang.question.quota"].search([]).unlink()
        self._sent()

    def test_no_cookie_and_nothing_kept(self):
        self.authenticate(self.clerk.login, PASSWORD)
        follow_up = self._sent().headers["Location"]
        question = self._newest()
        question.with_user(self.clerk).action_show()
        for path in (f"{self.home}/ask", follow_up):
            answer = self._get(path)
            self.assertEqual(answer.headers["Cache-Control"], "no-store")
            self.assertEqual(answer.headers["X-Robots-Tag"], "noindex")
        key = self._key()
        for answer in (
            self._post(f"{self.home}/ask", written={"key": key}),
            self._post(f"{self.home}/ask", 422, {"key": "x"}),
            self._post(f"{self.home}/ask", 403, origin="null"),
            self._get(f"{self.home}/wall"),
            self._get(f"{self.home}/wall/{question.code}"),
            self._get(follow_up),
            self._get("/v/ask"),
        ):
            self.assertNotIn("Set-Cookie", answer.headers)

    def test_code_is_found_however_it_is_typed(self):
        code = re.search(r"ask/(\w+)", self._sent().headers["Location"])[1]
        typed = f"{code[:4]} {code[4:8]}-{code[8:].lower()}"
        answer = self._get(f"/v/ask?code={typed}", 303)
        self.assertTrue(answer.headers["Location"].endswith(f"/v/ask/{code}"))
        self.assertIn('role="alert"', self._get("/v/ask?code=12345").text)
        for wrong in ("0" * 12, "x", self._newest().code):
            self._get(f"/v/ask/{wrong}", 404)
            self._post(f"/v/ask/{wrong}", 404, {"step": "solve"})

    def test_markup_is_text(self):
        self._on_wall(text="<script>alert(1)</script>为什么？")
        page = self._get(f"{self.home}/wall").text
        self.assertNotIn("<script>alert", page)
        self.assertIn("&lt;script&gt;alert", page)

    def test_pages_of_the_wall(self):
        for _number in range(23):
            self._on_wall()
        first = self._get(f"{self.home}/wall").text
        self.assertEqual(first.count('class="lamp'), 20)
        following = unescape(re.search(r'rel="next" href="([^"]+)"', first)[1])
        self.assertEqual(self._get(following).text.count('class="lamp'), 3)
        for strange in ("?before=abc", "?before=-1", "?before=²", "?before=99999999999999"):
            self._get(f"{self.home}/wall{strange}")

    def test_queries_do_not_grow(self):
        self._on_wall()
        counts = []
        for _more in range(2):
            counts.append([self._count_queries(path) for path in (self.home, f"{self.home}/wall")])
            for _number in range(9):
                self._on_wall()
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[0][1], 8)

    def test_open_data(self):
        question = self._on_wall(pictures=[self._photo()])
        self._on_wall()
        self._asked()
        api = "/api/v1"
        document = self._get(f"{api}/openapi.json").json()
        path = f"{api}/villages/{self.village.code}/questions"
        listed = self._get(path).json()
        schema = {"$ref": "#/components/schemas/Questions"}
        self.assertEqual(list(problems(listed, schema, document)), [])
        self.assertEqual(len(listed["items"]), 2)
        one = self._get(f"{api}/questions/{question.code}")
        self.assertEqual(one.json(), listed["items"][1])
        self.assertEqual(one.json()["asker"], "王**")
        self._get(one.json()["pictures"][0])
        tag = one.headers["ETag"]
        self._get(f"{api}/questions/{question.code}", 304, headers={"If-None-Match": tag})
        page = self._get(f"{path}?limit=1").json()
        self.assertEqual(self._get(page["next"]).json()["items"], listed["items"][1:])
        self.assertEqual(self._get(f"{path}?item=TG01").json()["items"], [])
        self._get(f"{path}?limit=0", 400)
        self._get(f"{path}?before=x", 400)
        self._get(f"{api}/villages/{self.town.code}/questions", 404)
        self._get(f"{api}/questions/UNKNOWN", 404)
