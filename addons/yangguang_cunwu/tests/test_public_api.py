import json
from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import file_open

from ..lib import canonical, chain, clock
from .openapi import problems
from .public_common import PublicCommon
from .question_common import QuestionCommon

API = "/api/v1"


@tagged("post_install", "-at_install")
class TestPublicApi(QuestionCommon, PublicCommon):
    def _json(self, path, status=200):
        return self._get(f"{API}{path}", status).json()

    def _codes(self, arguments=""):
        return [one["code"] for one in self._json(f"/publications?{arguments}")["items"]]

    def test_document_is_kept(self):
        """Every documented address answers as documented, and every address is documented."""
        wrong = self._receipts()
        self._correction(wrong)
        self._relief()
        gone = self._taken_down()
        question = self._on_wall()
        document = self._json("/openapi.json")
        self.assertEqual(document["openapi"], "3.1.0")
        asked = {
            "/ping": [""],
            "/divisions": ["", "?level=3", f"?parent={self.town.code}"],
            "/divisions/{code}": [f"/{self.village.code}", f"/{self.district.code}"],
            "/categories": ["", "?kind=community"],
            "/items": ["", "?kind=community", "?category=7"],
            "/publications": ["", "?limit=1", "?category=99", "?period=2026&q=鱼塘"],
            "/publications/{code}": [
                f"/{one.code}" for one in self.env["yangguang.publication"].search([])
            ],
            "/publications/{code}.pdf": [f"/{wrong.code}.pdf"],
            "/villages/{code}/questions": [f"/{self.village.code}/questions"],
            "/questions/{code}": [f"/{question.code}"],
        }
        with file_open("yangguang_cunwu/data/openapi.json", "rb") as file:
            # what other addons add is asked for in their tests
            self.assertEqual(asked.keys(), json.load(file)["paths"].keys())
        for path, variants in asked.items():
            described = document["paths"][path]["get"]
            for variant in variants:
                answer = self._get(f"{API}{path.partition('/{')[0]}{variant}")
                content = described["responses"]["200"]["content"]
                content_type = answer.headers["Content-Type"].partition(";")[0]
                schema = content[content_type].get("schema")
                if schema:
                    self.assertEqual(list(problems(answer.json(), schema, document)), [], variant)
        for path in ("/publications?limit=0", "/divisions/1", f"/publications/{gone.code}.pdf"):
            answer = self.url_open(f"{API}{path}")
            schema = {"$ref": "#/components/schemas/Problem"}
            self.assertEqual(list(problems(answer.json(), schema, document)), [])
        routes = {
            rule.rule.removeprefix(API).replace("<string:code>", "{code}")
            for rule in self.env["ir.http"].routing_map().iter_rules()
            if rule.rule.startswith(API)
        }
        self.assertEqual(routes, {*document["paths"], "/openapi.json"})

    def test_validator_finds_faults(self):
        document = self._json("/openapi.json")
        schema = {"$ref": "#/components/schemas/Division"}
        right = self._json(f"/divisions?parent={self.town.code}")["items"][0]
        for fault in (
            {"code": "12"},
            {"kind": "city"},
            {"level": 9},
            {"level": True},
            {"name": None},
            {"more": "x"},
        ):
            self.assertTrue(list(problems({**right, **fault}, schema, document)), fault)
        right.pop("name")
        self.assertTrue(list(problems(right, schema, document)))

    def test_divisions(self):
        codes = [one["code"] for one in self._json("/divisions")["items"]]
        self.assertEqual(codes, sorted(codes))
        self.assertIn(self.village.code, codes)
        self.far_village.active = False
        codes = [one["code"] for one in self._json("/divisions?level=3")["items"]]
        self.assertIn(self.village.code, codes)
        self.assertNotIn(self.town.code, codes)
        self.assertNotIn(self.far_village.code, codes)
        village = self._json(f"/divisions/{self.village.code}")
        self.assertEqual([one["name"] for one in village["path"]], ["青禾区", "临溪镇", "东岸村"])
        self.assertEqual(village["complaint_phone"], "0663-3300000")

    def test_catalogue(self):
        self.assertEqual(len(self._json("/categories")["items"]), 12)
        items = self._json("/items")["items"]
        shown = self.edition.item_ids.filtered(lambda item: item.open_web != "nothing")
        self.assertEqual([one["code"] for one in items], shown.mapped("code"))
        self.assertTrue(all(one["departments"] and one["legal_basis"] for one in items))

    def test_an_item_has_a_table_from_the_day_its_form_is_in_use(self):
        def tables():
            return {one["code"] for one in self._json("/items")["items"] if one["table"]}

        before = tables()
        shown = self.edition.item_ids.filtered(lambda item: item.open_web != "nothing")
        self.assertEqual(before, set(shown.filtered("template_id").mapped("code")))
        self.assertNotIn(self.notice_item.code, before)
        today = clock.today()
        for day, after in (
            (today + timedelta(days=1), before),
            (today, before | {self.notice_item.code}),
        ):
            template = self.receipts_item.template_id.id
            values = {"item_id": self.notice_item.id, "template_id": template, "date_from": day}
            self.env["yangguang.template.use"].create(values)
            self.assertEqual(tables(), after)

    def test_choosing(self):
        january, february = self._receipts("2026-01"), self._receipts("2026-02")
        notice = self._notice()
        relief = self._relief()
        year = notice.time.year
        for arguments, expected in {
            "": [relief, notice, february, january],
            "period=2026-02": [february],
            "category=7": [february, january],
            "item=CW02&period=2026-01": [january],
            "item=CW02&category=12": [],
            "q=鱼塘": [february, january],
            "q=鱼塘&period=2026-01": [january],
            f"division={self.village.code}&category=12": [notice],
            f"division={self.town.code}": [relief, notice, february, january],
            f"division={self.district.code}&item=ZW01": [relief],
            f"division={self.far_village.code}": [],
            f"period={year}&category=12": [notice],
            "period=2019": [],
            "limit=1": [relief],
        }.items():
            self.assertEqual(self._codes(arguments), [one.code for one in expected], arguments)

    def test_a_year_holds_its_periods_and_events(self):
        quarter = self._relief()
        month = self._receipts("2026-03")
        self.assertEqual(self._codes("period=2026&category=4"), [quarter.code])
        self.assertEqual(self._codes("period=2026&category=7"), [month.code])
        self.assertEqual(self._codes("period=2026Q1"), [quarter.code])

    def test_only_what_is_on_display(self):
        wrong = self._receipts()
        right = self._correction(wrong)
        gone = self._taken_down()
        self.assertEqual(self._codes(), [right.code])
        answer = self._json(f"/publications/{wrong.code}")
        self.assertEqual((answer["state"], answer["corrected_by"]), ("superseded", right.code))
        self.assertEqual(self._json(f"/publications/{right.code}")["corrects"], wrong.code)
        answer = self._json(f"/publications/{gone.code}")
        self.assertEqual((answer["state"], answer["face"]), ("withdrawn", None))
        self.assertEqual(answer["events"][-1]["reason"], "privacy")
        self._get(f"{API}/publications/{gone.code}.pdf", 410)

    def test_pages_meet_every_row_once(self):
        expected = [self._receipts(f"2025-{month:02}").code for month in range(1, 8)]
        met = []
        path = f"{API}/publications?item=CW02&limit=2&division={self.village.code}"
        while path:
            answer = self._get(path).json()
            met += [one["code"] for one in answer["items"]]
            path = answer["next"]
            self._receipts(f"2026-{len(met):02}")
        self.assertEqual(met, expected[::-1])

    def test_anybody_can_recompute(self):
        first, second = self._receipts("2026-01"), self._receipts("2026-02")
        links = []
        for publication in (first, second):
            answer = self._json(f"/publications/{publication.code}")
            seal = answer["chain"]
            link = chain.link(seal["previous"], seal["position"], seal["envelope"].encode())
            self.assertEqual(link, seal["link"])
            digest = canonical.digest(canonical.canonical(answer["face"]))
            self.assertEqual(digest, answer["digests"]["page"])
            self.assertIn(digest, seal["envelope"])
            pdf = self._get(f"{API}/publications/{publication.code}.pdf").content
            self.assertEqual(canonical.digest(pdf), answer["digests"]["pdf"])
            links.append((seal["previous"], link))
        self.assertEqual(links[0][0], chain.GENESIS)
        self.assertEqual(links[1][0], links[0][1])

    def _told(self, publication):
        return self._json(f"/publications/{publication.code}")["summary"]

    def test_plain_words(self):
        last_year, january = self._receipts("2025-02"), self._receipts("2026-01")
        february = self._receipts("2026-02")
        told = self._told(february)
        self.assertEqual(told["sentences"][0], "2月份收入3万元，和上月一样。")
        self.assertEqual(told["sentences"][-1], "上年同月收入3万元，支出2050元。")
        self.assertEqual(told["chart"]["series"], ["2026年2月", "2026年1月", "2025年2月"])
        self.assertEqual(told["chart"]["bars"][0]["values"], ["30000.00"] * 3)
        self.assertIn("发包收入", [each["term"] for each in told["terms"]])
        for publication in (last_year, january):
            month = publication.period_key[-1]
            self.assertEqual(self._told(publication)["sentences"][0], f"{month}月份收入3万元。")
        self.assertIsNone(self._told(self._notice()))
        self.assertIsNone(self._told(self._taken_down()))

    def test_plain_words_are_compared_with_what_is_on_display(self):
        january = self._receipts("2026-01")
        february = self._receipts("2026-02")
        self._correction(january)
        self.assertEqual(self._told(february)["sentences"][0], "2月份收入3万元，比上月多3万元。")
        self.assertEqual(self._told(january)["sentences"][0], "1月份收入3万元。")

    def test_what_plain_words_cost(self):
        for month in range(1, 4):
            self._receipts(f"2026-{month:02}")
        publication = self._receipts("2026-04")
        notice = self._notice()
        plain, told = (
            self._count_queries(f"{API}/publications/{one.code}") for one in (notice, publication)
        )
        self.assertLessEqual(told - plain, 2)

    def test_times_are_of_shanghai(self):
        publication = self._receipts()
        (answer,) = self._json("/publications")["items"]
        self.assertRegex(answer["time"], r"\+08:00$")
        detail = self._json(f"/publications/{publication.code}")
        self.assertEqual(detail["time"], answer["time"])
        self.assertRegex(detail["events"][0]["time"], r"\+08:00$")

    def test_errors(self):
        for path, status, words in (
            ("/publications?limit=0", 400, "1 到 100"),
            ("/publications?limit=101", 400, "1 到 100"),
            ("/publications?limit=1.5", 400, "limit"),
            ("/publications?before=x", 400, "before"),
            ("/publications?before=-3", 400, "before"),
            ("/publications?before=²", 400, "before"),
            ("/publications?category=x", 400, "category"),
            ("/publications?period=2026-13", 400, "期间的写法"),
            ("/publications?period=%00", 400, "期间的写法"),
            ("/publications?period=0000", 400, "期间的写法"),
            ("/publications?period=9999", 400, "期间的写法"),
            ("/publications?item=%00", 400, "事项编号"),
            ("/publications?division=1", 400, "行政区划"),
            ("/divisions?level=5", 400, "1 到 4"),
            ("/divisions?parent=x", 400, "行政区划"),
            ("/items?kind=city", 400, "village"),
            ("/divisions/1", 404, "网址"),
            ("/publications/0000", 404, "网址"),
            ("/nothing", 404, "网址"),
            ("", 404, "网址"),
        ):
            answer = self._get(f"{API}{path}", status)
            self.assertEqual(
                answer.headers["Content-Type"], "application/problem+json; charset=utf-8"
            )
            problem = answer.json()
            self.assertEqual(problem["status"], status)
            self.assertIn(words, problem["detail"], path)
            self.assertRegex(problem["title"], "[\u4e00-\u9fff]")
        answer = self._get(f"{API}/publications", 405, method="POST", json={})
        self.assertEqual(answer.json()["title"], "只能读取")

    def test_other_sites_may_read(self):
        for path in ("/publications", "/openapi.json", "/nothing"):
            answer = self.url_open(f"{API}{path}")
            self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "*")
        answer = self._get(f"{API}/publications", 204, method="OPTIONS")
        self.assertIn("GET", answer.headers["Allow"])

    def test_query_count(self):
        for year in (2024, 2025):
            for month in range(1, 12):
                self._receipts(f"{year}-{month:02}")
        self.assertEqual(len(self._codes()), 20)
        for arguments in (
            "",
            f"division={self.village.code}&category=7&item=CW02&period=2025&q=鱼塘",
        ):
            path = f"{API}/publications?{arguments}"
            self.assertLessEqual(self._count_queries(path), 3, path)
