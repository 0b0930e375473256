import re
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import file_path

from ..controllers.public_web import TOPICS
from ..lib import codes
from .public_common import PublicCommon

CATEGORIES = [
    "学习宣传",
    "本村概况",
    "党务公开",
    "政务公开",
    "会议情况",
    "村务监督",
    "财务往来",
    "集体三资",
    "政府拨款",
    "公益项目",
    "回音壁",
    "通告栏",
]
# what must be there before a page shows anything: the page, its style, script and pictures
CRITICAL_BYTES = 60_000
STATIC = ("public.css", "public.js", "sun.svg", "landscape.svg")
# the only Latin words that a reader meets
LATIN = {"PDF", "Excel", "CSV", "SHA", "yangguang", "chain", "UTF", "XXXX"}


@tagged("post_install", "-at_install")
class TestPublicPages(PublicCommon):
    def setUp(self):
        super().setUp()
        self.home = f"/v/{self.village.code}"

    def test_district_town_village(self):
        self.assertIn("东岸村", self._text("/v"))
        found = self._text("/v?q=西岸")
        self.assertIn("西岸村", found)
        self.assertNotIn("东岸村", found)
        self.assertIn("临溪镇", self._text(f"/v/{self.district.code}"))
        publication = self._receipts()
        town = self._text(f"/v/{self.town.code}")
        self.assertIn("西岸村", town)
        self.assertIn(publication.title, town)
        self.assertNotIn(publication.title, self._text(f"/v/{self.other_town.code}"))

    def test_village_home(self):
        self._receipts()
        self._notice()
        page = self._get(self.home).text
        tiles = re.findall(r"<strong>([^<]+)</strong>", page.partition("tiles")[2])[:12]
        self.assertEqual(tiles, CATEGORIES)
        text = self._text(self.home)
        self.assertRegex(text, r"首页 青禾区 临溪镇 东岸村")
        self.assertRegex(text, r"更新于 \d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
        self.assertRegex(text, r"财务往来 1 份")
        self.assertRegex(text, r"学习宣传 暂无")
        self.assertIn('href="tel:0663-3300000"', page)

    def test_newest_first(self):
        self._receipts("2026-01")
        self._receipts("2026-02")
        text = self._text(self.home)
        self.assertLess(text.index("2026年2月"), text.index("2026年1月"))

    def test_merged_village_keeps_its_address(self):
        self._receipts()
        self.village.active = False
        self.assertIn("2026年1月", self._text(self.home))
        self.assertNotIn(self.home, self._get("/v").text)

    def test_directory_follows_changes(self):
        self._get(self.home)
        self.village.name = "东岸新村"
        self.assertIn("东岸新村", self._text(self.home))

    def test_group_leads_to_its_village(self):
        code = f"{self.village.code}-01"
        self.env["yangguang.division"].create(
            {"name": "一组", "code": code, "kind": "group", "parent_id": self.village.id}
        )
        self.assertTrue(self._get(f"/v/{code}", 301).headers["Location"].endswith(self.home))

    def test_topics(self):
        shown = {
            "finance": self._receipts(),
            "party": self._party(self._item("DW01"), self._sample("DW01")),
            "village": self._relief(),
            "about": self._published(self._item("GK01"), {"text": "村情"}).publication_id,
            "rules": self._published(self._item("GK05"), {"text": "村规民约"}).publication_id,
        }
        self.assertEqual(shown.keys(), TOPICS.keys())
        for topic in TOPICS:
            page = self._get(f"{self.home}/t/{topic}").text
            for other, publication in shown.items():
                expected = other == topic or (topic, other) == ("about", "rules")
                self.assertEqual(publication.code in page, expected, (topic, other))
        self._get(f"{self.home}/t/weather", 404)

    def _sample(self, code):
        return self._item(code).template_id._layout().sample

    def test_category_by_year(self):
        old = self._receipts("2025-12")
        new = self._receipts("2026-01")
        page = self._get(f"{self.home}/c/7").text
        self.assertIn("货币资金收支明细", page)
        self.assertTrue(old.code in page and new.code in page)
        page = self._get(f"{self.home}/c/7?year=2025").text
        self.assertIn(old.code, page)
        self.assertNotIn(new.code, page)
        page = self._get(f"{self.home}/c/7?year=1066").text
        self.assertTrue(old.code in page and new.code in page)
        self._get(f"{self.home}/c/13", 404)
        self._get(f"/v/{self.town.code}/c/7", 404)

    def test_pages_meet_every_row_once(self):
        expected = [self._receipts(f"2025-{month:02}").code for month in range(1, 8)]
        met = []
        path = f"{self.home}/c/7"
        with patch("odoo.addons.yangguang_cunwu.controllers.public_web._PAGE_ROWS", 3):
            while path:
                page = self._get(path).text
                met += re.findall(r'href="/p/(\w+)"', page)
                following = re.search(r'rel="next" href="([^"]+)"', page)
                path = following and following[1].replace("&amp;", "&")
                # what is published while somebody reads does not move the pages
                self._receipts(f"2026-{len(met):02}")
        self.assertEqual(met, expected[::-1])

    def test_item(self):
        first = self._receipts("2026-01")
        self._correction(first)
        text = self._text(f"{self.home}/i/CW02")
        item = self.receipts_item
        for word in (item.name, item.legal_basis, item.deadline_text):
            self.assertIn(" ".join(word.split()), text)
        for department in item.department_ids:
            self.assertIn(department.name, text)
        self.assertIn("已更正", text)
        self.assertIn("清单为试行重建版", text)
        self._get(f"{self.home}/i/XX99", 404)
        self._get(f"{self.home}/i/%00", 404)
        self.assertNotIn("X-Robots-Tag", self._get(f"{self.home}/i/CW02").headers)
        self.assertEqual(self._get(f"{self.home}/i/ZW01").headers["X-Robots-Tag"], "noindex")

    def test_search(self):
        self._notice("全村自来水管网改造,请各户做好储水准备。")
        self._notice("文明养犬,人人有责。")
        page = self._get(f"{self.home}/search?q=储水").text
        self.assertIn("<mark>储水</mark>", page)
        self.assertEqual(len(re.findall(r'href="/p/\w+"', page)), 1)
        self.assertIn("没有找到", self._text(f"{self.home}/search?q=储火"))
        self.assertIn("<mark>", self._get(f"/v/{self.town.code}/search?q=养犬").text)
        self.assertNotIn("<mark>", self._get(f"/v/{self.other_town.code}/search?q=养犬").text)

    def test_search_for_anything(self):
        self._notice()
        for words in (
            "%00",
            "%27",
            "%5C",
            "%22%3E%3Cscript%3E",
            "!%26|()",
            "%F0%9F%8C%9E",
            "a" * 999,
        ):
            page = self._get(f"{self.home}/search?q={words}").text
            self.assertNotIn("<script>", page)

    def test_large_type_is_carried_along(self):
        publication = self._receipts()
        for path in (self.home, f"/p/{publication.code}", f"{self.home}/c/7", "/v"):
            page = self._get(f"{path}?big=1").text
            self.assertIn('<html lang="zh-CN" class="big">', page)
            inner = re.findall(r'href="(/(?:v|p|verify)(?:[/?][^"]*)?)"', page)
            self.assertTrue(inner)
            plain = [one for one in inner if "big=1" not in one and not re.search(r"\.\w+$", one)]
            self.assertEqual(plain, [path])

    def test_everything_is_chinese(self):
        publication = self._receipts()
        self._correction(publication)
        gone = self._taken_down()
        paths = [
            "/v",
            f"/v/{self.town.code}",
            self.home,
            f"{self.home}/c/7",
            f"{self.home}/t/finance",
            f"{self.home}/i/ZW01",
            f"{self.home}/search?q=村民",
            f"{self.home}/search?q=没有",
            f"/p/{publication.code}",
            f"/p/{gone.code}",
            "/verify",
            f"{self.home}/wall",
            f"{self.home}/ask",
            "/v/ask?code=1",
        ]
        for path in paths:
            words = set(re.findall(r"[A-Za-z]{3,}", self._text(path)))
            own = {publication.code, *re.findall(r"[A-Za-z]+", codes.grouped(publication.code))}
            own |= set(re.findall(r"[A-Za-z]+", codes.grouped(gone.code)))
            self.assertLessEqual(words - own, LATIN, path)

    def test_weight(self):
        publication = self._receipts()
        static = sum(
            len(self._get(f"/yangguang_cunwu/static/src/public/{name}").content) for name in STATIC
        )
        for path in (self.home, f"/p/{publication.code}", "/v"):
            self.assertLess(len(self._get(path).content) + static, CRITICAL_BYTES, path)

    def test_nothing_from_outside(self):
        publication = self._receipts()
        for path in (self.home, f"/p/{publication.code}", f"/verify/{publication.code}"):
            page = self._get(path).text
            self.assertFalse(re.findall(r'(?:src|href|action)="(?:https?:)?//', page))
            self.assertNotIn("style=", page)
            self.assertFalse(re.findall(r"<script(?![^>]*\bsrc=)", page))
        style = file_path("yangguang_cunwu/static/src/public/public.css")
        with open(style, encoding="utf-8") as file:
            self.assertNotIn("//", file.read())

    def test_query_counts(self):
        for month in range(1, 13):
            self._receipts(f"2024-{month:02}")
        for month in range(1, 9):
            self._receipts(f"2025-{month:02}")
        publication = self._receipts("2026-01")
        for path, most in {
            "/v": 2,
            self.home: 7,
            f"{self.home}/c/7": 11,
            f"{self.home}/i/CW02": 11,
            f"{self.home}/search?q=鱼塘": 4,
            f"/p/{publication.code}": 11,
            f"/verify/{publication.code}": 9,
        }.items():
            self.assertLessEqual(self._count_queries(path), most, path)
