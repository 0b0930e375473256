"""The people of the measuring village at their browsers, and the Excel form they fill."""

import io
import re

import openpyxl
from playwright.sync_api import expect

PASSWORD = "Bench-password-1"
# what the clerk looks at before he hands a sheet in
POINTS = ("political", "secret", "personal", "advertising", "quality")
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
# what the clerk types, by the label of the column (without unit and star)
TABLE = {
    "序号": (1, 2),
    "日期": ("2026-10-08", "2026-10-20"),
    "凭证号": ("银收001", "银付001"),
    "资金渠道": ("银行存款", "银行存款"),
    "对应会计科目": ("经营收入", "管理费用"),
    "公开项目": ("发包及上交收入", "办公、差旅、会议、卫生、治安等管理费"),
    "摘要": ("收第三鱼塘承包款", "付村委会电费"),
    "收款(付款)方": ("李大有", "临溪供电所"),
    "票据种类": ("统一收款收据", "税务发票"),
    "经手人": ("李四", "王五"),
    "收入金额": (30000, 0),
    "支出金额": (0, 2050),
}


class Person:
    """A browser of one person's own, signed in as the holder of an office."""

    def __init__(self, browser, village, role=None, viewport=DESK, clock=None):
        self.village = village
        context = browser.new_context(
            base_url=village["server"].base_url, locale="zh-CN", viewport=viewport
        )
        if clock:
            # what the person's own computer takes for the time
            context.clock.install(time=clock)
        self.page = context.new_page()
        if role:
            self._sign_in(f"bench.{role}")

    def _sign_in(self, login):
        """As the form does it, without the page that comes after it."""
        params = {"db": self.village["server"].database, "login": login, "password": PASSWORD}
        answer = self.page.request.post(
            "/web/session/authenticate", data={"jsonrpc": "2.0", "params": params}
        )
        assert answer.json()["result"]["uid"], answer.text()

    def go(self, path, ready):
        self.page.goto(path)
        self.page.wait_for_selector(ready)

    def press(self, method):
        """A button of the form or dialog in front."""
        self.page.click(f"button[name={method}]:visible")


def filled_form(content, closing):
    """The downloaded form, filled as the clerk would; the closing balance may be wrong."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    cells = {}
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cells.setdefault(re.sub(r"[(]元[)]|[*\s]", "", cell.value), cell)
    for label, values in TABLE.items():
        head = cells[label]
        for row, value in enumerate(values, start=head.row + 1):
            sheet.cell(row, head.column, value)
    for label, value in {"期初结余": 120000, "期末结余": closing}.items():
        field = cells[label]
        spans = [span for span in sheet.merged_cells.ranges if field.coordinate in span]
        column = spans[0].max_col if spans else field.column
        sheet.cell(field.row, column + 1, value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def upload(clerk, content):
    """Fills the draft in front from an Excel form."""
    clerk.press("action_fill")
    clerk.page.set_input_files(".modal input[type=file]", upload_of(content))
    clerk.page.wait_for_timeout(500)
    clerk.press("action_save")
    expect(clerk.page.locator(".modal")).to_have_count(0)


def upload_of(content):
    """The workbook as the browser's file dialog hands it over."""
    return {"name": "收支明细.xlsx", "mimeType": "application/octet-stream", "buffer": content}


def submit(page):
    """Makes the content check and hands in the draft in front."""
    page.click("button[name=action_open_submit]:visible")
    for point in POINTS:
        page.click(f".modal .o_field_widget[name={point}] input")
    page.click("button[name=action_confirm]:visible")
