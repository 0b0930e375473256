import hashlib
import io
import re
from unittest.mock import patch

import openpyxl

from odoo.tests import tagged
from odoo.tools import file_path, mute_logger

from ..controllers.public_web import TOPICS
from ..lib import codes
from .common import PASSWORD
from .disclosure_common import NOTHING
from .public_common import APPLICANT, HOUSEHOLD, PublicCommon

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


@tagged("post_install", "-at_install")
class TestPublicSheet(PublicCommon):
    def test_plain_words(self):
        self._receipts("2026-01")
        page = self._get(f"/p/{self._receipts('2026-02').code}").text
        self.assertIn("2月份收入3万元，和上月一样。", page)
        self.assertEqual(page.count('class="chart"'), 1)
        self.assertLess(page.index("chart-title"), page.index("<table"))
        self.assertIn("<dt>发包收入</dt>", page)
        self.assertNotIn('class="told"', self._get(f"/p/{self._notice().code}").text)
        nothing = self._receipts("2026-03", document=NOTHING)
        page = self._get(f"/p/{nothing.code}").text
        self.assertIn("3月份没有发生这类事项。", page)
        self.assertNotIn("chart", page)

    def test_table(self):
        publication = self._receipts()
        page = self._get(f"/p/{publication.code}").text
        text = self._text(f"/p/{publication.code}")
        for words in (
            "收第三鱼塘2026年度承包款",
            "30,000.00",
            "金额单位",
            "期末结余",
            "147,950.00",
            "村务监督委员会",
            "公开依据",
            codes.grouped(publication.code),
        ):
            self.assertIn(words, text)
        steps = [step["label"] for step in publication.page_ids._face()["procedure"]]
        self.assertEqual(len(steps), 4)
        self.assertRegex(text, f"{' .*'.join(steps)} .*备案 临溪镇")
        self.assertIn('<th role="columnheader" scope="col"', page)
        self.assertIn('data-label="摘要"', page)
        # two rows and the totals, whose first cell is a head
        columns = page.count('role="columnheader"')
        self.assertEqual(page.count('role="cell"'), 3 * columns - 1)

    def test_text_is_escaped(self):
        publication = self._notice("<script>alert(1)</script>\n第二段 & <b>粗</b>")
        page = self._get(f"/p/{publication.code}").text
        self.assertNotIn("<script>alert", page)
        self.assertNotIn("<b>粗", page)
        self.assertIn("&lt;script&gt;alert(1)&lt;/script&gt;", page)

    def test_names_are_masked_everywhere(self):
        publication = self._relief()
        for path in (
            f"/p/{publication.code}",
            f"/p/{publication.code}.csv",
            f"/verify/{publication.code}",
            f"/api/v1/publications/{publication.code}",
            f"/v/{self.village.code}/search?q=赵大明",
        ):
            content = self._get(path).text
            self.assertNotIn(HOUSEHOLD["id_no"], content)
            self.assertNotIn(HOUSEHOLD["head"], content.replace('value="赵大明"', ""), path)
        self.assertEqual(self._get(f"/p/{publication.code}").headers["X-Robots-Tag"], "noindex")

    def test_party_item_is_nowhere(self):
        publication = self._party()
        code = publication.code
        home = f"/v/{self.village.code}"
        for path in (
            f"/p/{code}",
            f"/p/{code}.pdf",
            f"/p/{code}.csv",
            f"/verify/{code}",
            f"{home}/p/{code}",
            f"{home}/i/DW05",
            f"/api/v1/publications/{code}",
            f"/api/v1/publications/{code}.pdf",
        ):
            self._get(path, 404)
        for path in (
            home,
            f"{home}/c/3",
            f"{home}/t/party",
            f"{home}/search?q=发展党员",
            f"/v/{self.town.code}",
            "/api/v1/items?category=3",
            "/api/v1/publications?category=3",
            "/api/v1/publications?q=钱小六",
        ):
            content = self._get(path).text
            for word in (code, "DW05", APPLICANT["name"]):
                self.assertNotIn(word, content, path)
        self.assertRegex(self._text(home), "党务公开 暂无")

    def test_corrected(self):
        wrong = self._receipts()
        right = self._correction(wrong)
        page = self._get(f"/p/{wrong.code}")
        self.assertIn("该内容已更正", page.text)
        self.assertIn("第2行金额录入有误", page.text)
        self.assertIn(f'href="/p/{right.code}"', page.text)
        self.assertEqual(page.headers["X-Robots-Tag"], "noindex")
        page = self._get(f"/p/{right.code}")
        self.assertIn(f'href="/p/{wrong.code}"', page.text)
        self.assertIn("零报告", page.text)
        self.assertNotIn("X-Robots-Tag", page.headers)
        listing = self._get(f"/v/{self.village.code}/c/7").text
        self.assertIn(right.code, listing)
        self.assertNotIn(wrong.code, listing)

    def test_taken_down(self):
        publication = self._taken_down()
        page = self._get(f"/p/{publication.code}")
        self.assertIn("该内容已撤下", page.text)
        self.assertIn("为保护个人信息", page.text)
        self.assertIn("正文涉及个人信息。", page.text)
        self.assertNotIn("公告栏", page.text)
        self.assertNotIn(".pdf", page.text)
        self.assertEqual(page.headers["X-Robots-Tag"], "noindex")
        for extension in ("pdf", "xlsx", "csv"):
            self._get(f"/p/{publication.code}.{extension}", 410)
        self.assertIn("核对一致", self._text(f"/verify/{publication.code}"))

    def test_historical(self):
        publication = self._notice(carried_over=True)
        self.assertIn("历史资料补录", self._text(f"/p/{publication.code}"))

    def test_display_made_longer(self):
        publication = self._notice()
        later = publication.display_until.replace(year=publication.display_until.year + 1)
        publication.sudo()._record_event(
            "extended", publication.time, self.clerk.partner_id, display_until=later
        )
        self.assertIn(f"公开至 {later}", self._text(f"/p/{publication.code}"))

    def test_files(self):
        publication = self._receipts()
        pdf = self._get(f"/p/{publication.code}.pdf")
        self.assertEqual(pdf.headers["Content-Type"], "application/pdf")
        self.assertEqual(hashlib.sha256(pdf.content).hexdigest(), publication.page_ids.pdf_digest)
        csv = self._get(f"/p/{publication.code}.csv")
        self.assertIn("收第三鱼塘2026年度承包款", csv.content.decode("utf-8-sig"))
        self.assertIn(f'filename="{publication.code}.csv"', csv.headers["Content-Disposition"])
        workbook = openpyxl.load_workbook(
            io.BytesIO(self._get(f"/p/{publication.code}.xlsx").content)
        )
        cells = [cell.value for row in workbook.active.iter_rows() for cell in row]
        self.assertIn(30000, cells)
        self._get(f"/p/{publication.code}.exe", 404)

    def test_addresses_as_people_type_them(self):
        publication = self._receipts()
        code = publication.code
        for typed in (code.lower(), codes.grouped(code), codes.grouped(code).lower()):
            self.assertTrue(self._get(f"/p/{typed}", 301).headers["Location"].endswith(code))
            self.assertTrue(self._get(f"/verify/{typed}", 301).headers["Location"].endswith(code))
        # under any village: the sheet has one address
        for place in (self.village, self.far_village):
            answer = self._get(f"/v/{place.code}/p/{code}", 301)
            self.assertTrue(answer.headers["Location"].endswith(f"/p/{code}"))
        answer = self._get(f"/verify?code={codes.grouped(code)}", 301)
        self.assertTrue(answer.headers["Location"].endswith(f"/verify/{code}"))
        for wrong in (f"{code[:-1]}*", "%0D%0Ax:y", "a/b", "%F0%9F%8C%9E"):
            self.assertIn("banner gone", self._get(f"/verify?code={wrong}").text)

    def test_verify(self):
        publication = self._receipts()
        path = f"/verify/{publication.code}"
        text = self._text(path)
        page = publication.page_ids
        for words in ("核对一致", "东岸村", publication.link, page.digest, page.pdf_digest):
            self.assertIn(words, text)
        pdf = self._get(f"/p/{publication.code}.pdf").content
        pasted = hashlib.sha256(pdf).hexdigest().upper()
        self.assertIn("与公开时的文件一致", self._text(f"{path}?sha256={pasted}"))
        self.assertIn("文件被改动过", self._text(f"{path}?sha256={'0' * 64}"))

    def test_verify_finds_tampering(self):
        publication = self._receipts()
        self.env.flush_all()
        for table, column in (
            ("yangguang_public_page", "content"),
            ("yangguang_publication", "envelope"),
            ("yangguang_publication", "division_name"),
            ("yangguang_publication", "link"),
        ):
            with self.subTest(column=column), self.cr.savepoint() as savepoint:
                self.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
                self.cr.execute(
                    f"UPDATE {table} SET {column} = translate({column}, '东abcdef', '西bcdefa')"
                )
                self.assertIn("核对不一致", self._text(f"/verify/{publication.code}"))
                savepoint.rollback()
        self.assertIn("核对一致", self._text(f"/verify/{publication.code}"))


@tagged("post_install", "-at_install")
class TestPublicAnswers(PublicCommon):
    """What holds for every answer, whatever it says."""

    def setUp(self):
        super().setUp()
        self.publication = self._receipts()
        code = self.publication.code
        self.paths = {
            "/v": 200,
            f"/v/{self.village.code}": 200,
            f"/v/{self.village.code}?debug=1": 200,
            f"/p/{code}": 200,
            f"/p/{code}.pdf": 200,
            f"/p/{code.lower()}": 301,
            f"/verify/{code}": 200,
            "/api/v1/publications": 200,
            "/api/v1/openapi.json": 200,
            "/v/": 200,
            "/v//x": 404,
            "/v/000000000000": 404,
            "/v/x/y/z/9": 404,
            "/p/": 404,
            "/p/UNKNOWN": 404,
            "/api/v1/nothing": 404,
            "/api/v1/publications?limit=x": 400,
        }

    def test_no_cookie(self):
        self.authenticate(self.clerk.login, PASSWORD)
        session = self.session.sid
        for cookies in (None, {"session_id": session}, {"frontend_lang": "en_US"}):
            for path, status in self.paths.items():
                answer = self._get(path, status, cookies=cookies)
                self.assertNotIn("Set-Cookie", answer.headers, path)
            for method in ("POST", "PUT", "DELETE"):
                for path in ("/v", "/api/v1/publications"):
                    answer = self._get(path, 405, method=method, cookies=cookies)
                    self.assertNotIn("Set-Cookie", answer.headers, path)
                    self.assertIn("GET", answer.headers["Allow"])

    def test_headers(self):
        for path, status in self.paths.items():
            headers = self._get(path, status).headers
            self.assertRegex(
                headers["Cache-Control"],
                r"^public, max-age=\d+, s-maxage=\d+, stale-while-revalidate=\d+$",
            )
            # five minutes after it was taken down, a sheet is gone from every cache
            self.assertLess(sum(map(int, re.findall(r"\d+", headers["Cache-Control"]))), 300)
            self.assertIn("default-src 'self'", headers["Content-Security-Policy"])
            self.assertIn("frame-ancestors 'self'", headers["Content-Security-Policy"])
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
            self.assertEqual(headers["Referrer-Policy"], "same-origin")

    def test_not_modified(self):
        for path, status in self.paths.items():
            tag = self._get(path, status).headers.get("ETag")
            self.assertEqual(bool(tag), status == 200, path)
            for known in filter(None, (tag, tag and f"W/{tag}", tag and f'"x", {tag}')):
                answer = self._get(path, 304, headers={"If-None-Match": known})
                self.assertFalse(answer.content)
                self.assertEqual(answer.headers["ETag"], tag)
            self._get(path, status, headers={"If-None-Match": '"x"'})

    def test_head(self):
        for path, status in self.paths.items():
            answer = self._get(path, status, method="HEAD")
            self.assertFalse(answer.content)
            self.assertEqual(
                answer.headers["Content-Type"], self._get(path, status).headers["Content-Type"]
            )

    def test_same_for_whoever_is_signed_in(self):
        self._party()
        paths = [f"/v/{self.village.code}", f"/v/{self.village.code}/c/3", "/api/v1/publications"]
        anonymous = [self._get(path).content for path in paths]
        for user in (self.clerk, self.chair, self.town_officer):
            self.authenticate(user.login, PASSWORD)
            cookies = {"session_id": self.session.sid}
            for path, content in zip(paths, anonymous, strict=True):
                answer = self._get(path, cookies=cookies, headers={"Accept-Language": "en"})
                self.assertEqual(answer.content, content, (user.name, path))

    def test_error_pages(self):
        for path in ("/v/000000000000", "/v/x/y/z/9", "/v//x", "/p/UNKNOWN"):
            text = self._text(path, 404)
            self.assertIn("没有这个页面", text)
            self.assertIn("阳光村务", text)
        self.assertIn("只能读取", self._get("/v", 405, method="POST").text)
        self.assertIn("文件已撤下", self._text(f"/p/{self._taken_down().code}.pdf", 410))

    def test_failure(self):
        with (
            patch.object(
                self.registry["yangguang.publication"], "_newest", side_effect=RuntimeError
            ),
            mute_logger("odoo.http"),
        ):
            answer = self._get(f"/v/{self.village.code}", 500)
        self.assertIn("系统暂时不能使用", answer.text)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertNotIn("Set-Cookie", answer.headers)
        self.assertNotIn("Traceback", answer.text)

    def test_strange_arguments(self):
        home = f"/v/{self.village.code}"
        with self.assertNoLogs("odoo.http", "WARNING"):
            for path in (
                f"{home}?self=1&code=2&utm_source=x",
                f"{home}/c/7?before=abc&year=%00",
                f"{home}/c/7?before=-1",
                f"{home}/c/7?before=99999999999999999999",
                f"{home}/i/CW02?before=²",
                f"{home}/search?q=%00&before=1",
                f"/p/{self.publication.code}?publication=1",
                f"/verify/{self.publication.code}?sha256=%00%FF",
                "/v?q=%00",
                "/api/v1/publications?self=1&x=y",
            ):
                self._get(path)
            for path in (f"{home}/c/-1", "/p/%00", "/v/%00", "/verify/%FF", "/v/1/i/a%2Fb"):
                self._get(path, 404)

    def test_upload_is_no_argument(self):
        self._get("/v", files={"q": ("q", b"x")}, method="GET")

    def test_search_engines_may_read(self):
        robots = self._get("/robots.txt").text
        self.assertIn("Allow: /v/", robots)
        self.assertIn("Allow: /p/", robots)

    def test_demo_is_said(self):
        self.assertNotIn("演示系统", self._text("/v"))
        with patch.object(self.registry["yangguang.publication"], "_is_demo", lambda _self: True):
            self.assertIn("演示系统", self._text("/v"))
