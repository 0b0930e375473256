import hashlib
import io

import openpyxl

from odoo.tests import tagged

from ..lib import codes
from .disclosure_common import NOTHING
from .public_common import APPLICANT, HOUSEHOLD, PublicCommon


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
        self.assertIn('data-label="收入金额(元)"', page)
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
