"""A clerk fills sheets in the grid, by keyboard and clipboard, in a real browser."""

import base64
import json
import re

import pytest
from people import DESK, PASSWORD, submit
from playwright.sync_api import expect
from remote import Session
from serving import served_clone
from shells import shell

PREPARE = """
from bench.sheets import Village
village = Village(env)
clerk = village.users["clerk"]
def draft(item, **about):
    values = {"division_id": village.division.id, "item_id": item.id, **about}
    return env["yangguang.disclosure"].with_user(clerk).create(values).id
village.submitted("2025-11", rows=2)
names = ("forward", "keys", "draft", "clerks", "many", "reader")
result = {
    name: draft(village.item, period_key=f"2026-{month:02}")
    for month, name in enumerate(names, start=1)
}
"""
# every item with a table, and its sample as the clerk reads it
ALL_TABLES = """
import datetime
from bench.sheets import Village
from odoo.addons.yangguang_cunwu.lib import grid
from odoo.addons.yangguang_cunwu.lib.periods import MONTHS, Period
from odoo.addons.yangguang_cunwu.lib.tables import complete
from odoo.addons.yangguang_cunwu.models.duty_generation import PERIOD_KINDS
village = Village.existing(env)
Sheets = env["yangguang.disclosure"].with_user(village.users["clerk"])
result = []
for item in village.item.edition_id.item_ids.filtered("template_id"):
    day = datetime.date(2025, 12, 15)
    kind = PERIOD_KINDS.get(item.frequency)
    about = {"period_key": Period.of(kind, day).key} if kind in MONTHS else {"event_date": day}
    sheet = Sheets.create({"division_id": village.division.id, "item_id": item.id, **about})
    layout = sheet._layout()
    document = complete(layout, layout.sample)
    typed = {field.key for field in layout.header if not field.automatic}
    for key in document["header"].keys() - typed:
        document["header"][key] = None
    texts = grid.show(layout, document)
    result.append({
        "id": sheet.id,
        "code": item.code,
        "document": document,
        "rows": texts["rows"],
        "header": {key: texts["header"][key] for key in typed},
    })
"""
FIRST = ["1", "2月8日", "银收001", "银行存款", "经营收入", "发包及上交收入", "收第三鱼塘承包款"]
FIRST += ["李大有", "统一收款收据", "李四", "￥30,000", "0"]
SECOND = ["2", "46064", "银付001", "银行存款", "管理费用", "办公、差旅、会议、卫生、治安等管理费"]
SECOND += ['付"村委会"电费', "临溪供电所", "税务发票", "王五", "0", "(2,050)"]
# in both columns of money
BOTH = [*SECOND[:-2], "2,050", "(2,050)"]


@pytest.fixture(scope="module")
def village(cluster):
    """A server with empty drafts of receipts and payments, by the test they are for."""
    with served_clone(cluster) as server:
        yield {
            "server": server,
            "cluster": cluster,
            "sheets": shell(cluster, server.database, PREPARE),
        }


@pytest.fixture
def desk(browser, village):
    """Opens a browser of a clerk's own."""
    contexts = []

    def sit_down(role="clerk"):
        contexts.append(
            browser.new_context(base_url=village["server"].base_url, locale="zh-CN", viewport=DESK)
        )
        return Clerk(contexts[-1], role)

    yield sit_down
    for context in contexts:
        context.close()


class Clerk:
    """One who sits before the grid."""

    def __init__(self, context, role):
        self.context = context
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.set_default_timeout(15_000)
        self.page = context.new_page()
        self.page.goto("/web/login")
        self.page.fill("#login", f"bench.{role}")
        self.page.fill("#password", PASSWORD)
        self.page.click("button[type=submit]")
        self.page.wait_for_url(re.compile("/(odoo|my)"))

    def open(self, sheet_id):
        self.page.goto(f"/odoo/sheets/{sheet_id}")
        self.page.wait_for_selector(".yg_grid")

    def cell(self, row, column):
        return self.page.locator(f".yg_cell[data-row='{row}'][data-column='{column}']")

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, *texts, then="Tab"):
        for text in texts:
            self.page.keyboard.type(text)
            self.press(then)

    def paste(self, rows):
        quoted = [
            ['"' + c.replace('"', '""') + '"' if '"' in c else c for c in row] for row in rows
        ]
        text = "\r\n".join("\t".join(row) for row in quoted) + "\r\n"
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.press("Control+v")
        # the browser hands the clipboard over in its own time
        self.status("unsaved")

    def clipboard(self):
        return self.page.evaluate("navigator.clipboard.readText()")

    def status(self, value, timeout=30_000):
        expect(self.page.locator(".yg_status")).to_have_attribute(
            "data-status", value, timeout=timeout
        )

    def run(self, name):
        self.page.click(f"[data-run={name}]")


def test_a_session_at_the_keyboard(desk, village):
    clerk = desk()
    sheet = village["sheets"]["keys"]
    clerk.open(sheet)
    clerk.cell(0, 0).click()
    # the first line by hand: Tab goes on, a few characters find the option
    clerk.type(*FIRST[:3], "银行", "经营收", "发包", *FIRST[6:8], "统一", *FIRST[9:])
    clerk.press("Enter")
    expect(clerk.cell(0, 1)).to_have_text("2026-02-08")
    expect(clerk.cell(0, 3)).to_have_text("银行存款")
    expect(clerk.cell(0, 10)).to_have_text("30,000.00")
    # the second as a block from Excel, over the end of the first column
    clerk.cell(1, 0).click()
    clerk.paste([BOTH])
    expect(clerk.cell(1, 1)).to_have_text("2026-02-11")
    expect(clerk.cell(1, 6)).to_have_text('付"村委会"电费')
    # a line is a receipt or a payment: the rule says so at its cell
    wrong = clerk.cell(1, 10)
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_attribute("title", re.compile("每笔只能为收入或支出"))
    wrong.click()
    clerk.type("0", then="Enter")
    clerk.cell(1, 11).click()
    clerk.press("F2", "Home", "Delete")
    clerk.page.keyboard.type("2,050")
    clerk.press("Escape")
    clerk.type("2050", then="Enter")
    expect(wrong).not_to_have_attribute("aria-invalid", "true")
    # computed cells and sums come from the server
    clerk.page.fill("#yg_header_opening_balance", "120000")
    clerk.page.fill("#yg_header_closing_balance", "147950")
    clerk.press("Tab")
    expect(clerk.cell(1, 12)).to_have_text("147,950.00")
    expect(clerk.page.locator(".yg_total")).to_contain_text("2,050.00")
    expect(clerk.page.locator(".yg_problems")).to_have_count(0)
    # what cannot be read stays, with its sentence under the table
    clerk.cell(0, 1).click()
    clerk.type("上旬", then="Enter")
    clerk.press("ArrowUp")
    expect(clerk.page.locator(".yg_sentence")).to_contain_text("第1行「日期」：应填日期")
    clerk.press("Control+z")
    expect(clerk.cell(0, 1)).to_have_text("2026-02-08")
    clerk.press("Control+y")
    expect(clerk.cell(0, 1)).to_have_text("上旬")
    clerk.press("Control+z")
    # it saves by itself, and the form's buttons know
    clerk.status("saved")
    expect(clerk.page.locator("button[name=action_open_submit]")).to_be_visible()
    clerk.open(sheet)
    expect(clerk.cell(1, 12)).to_have_text("147,950.00")
    # nothing older is submitted than what is on the screen
    clerk.cell(0, 6).click()
    clerk.page.keyboard.type("收鱼塘承包款")
    submit(clerk.page)
    expect(clerk.page.locator(".yg_grid")).to_have_count(0)
    expect(clerk.page.locator(".o_field_widget[name=preview]")).to_contain_text("收鱼塘承包款")


def test_blocks_rows_and_an_input_method(desk, village):
    clerk = desk()
    clerk.open(village["sheets"]["reader"])
    clerk.cell(0, 0).click()
    clerk.paste([FIRST, SECOND])
    expect(clerk.cell(1, 12)).to_have_text("32,050.00")
    # a block by Shift and arrows, cut and put back elsewhere
    clerk.cell(0, 2).click()
    clerk.press("Shift+ArrowRight", "Shift+ArrowDown", "Control+x")
    assert clerk.clipboard() == "银收001\t银行存款\n银付001\t银行存款"
    expect(clerk.cell(1, 3)).to_have_text("")
    clerk.cell(2, 2).click()
    clerk.press("Control+v")
    expect(clerk.cell(3, 2)).to_have_text("银付001")
    clerk.press("Control+z", "Control+z")
    expect(clerk.cell(1, 3)).to_have_text("银行存款")
    # whole rows
    clerk.cell(0, 2).click()
    clerk.run("duplicateRows")
    expect(clerk.cell(1, 2)).to_have_text("银收001")
    clerk.run("insertRows")
    expect(clerk.cell(1, 2)).to_have_text("")
    expect(clerk.cell(2, 2)).to_have_text("银收001")
    clerk.cell(1, 2).click()
    clerk.press("Shift+ArrowDown", "Alt+Delete")
    expect(clerk.cell(1, 2)).to_have_text("银付001")
    # an input method has its keys for itself, from the first one on
    clerk.cell(2, 6).click()
    keys = clerk.context.new_cdp_session(clerk.page)
    for text in ("d", "di", "dian"):
        composition = {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
        keys.send("Input.imeSetComposition", composition)
    keys.send("Input.insertText", {"text": "电费"})
    clerk.press("Enter")
    expect(clerk.cell(2, 6)).to_have_text("电费")
    # the line begins with the number after the last one
    expect(clerk.cell(2, 0)).to_have_text("3")
    # Escape leads out of the table
    clerk.press("Escape")
    assert clerk.page.evaluate("!document.activeElement.closest('.yg_scroller')")


def test_a_dead_browser_loses_nothing(desk, village):
    clerk = desk()
    clerk.open(village["sheets"]["draft"])
    # the browser saves when its window goes; this one dies before
    clerk.context.set_offline(True)
    clerk.cell(0, 6).click()
    clerk.type("尚未保存的摘要", then="Enter")
    clerk.page.wait_for_function("Object.keys(localStorage).some(k => k.startsWith('yangguang.'))")
    clerk.page.close()
    clerk.context.set_offline(False)
    clerk.page = clerk.context.new_page()
    clerk.open(village["sheets"]["draft"])
    expect(clerk.cell(0, 6)).to_have_text("")
    clerk.page.locator("[data-bar=draft] .btn-primary").click()
    expect(clerk.cell(0, 6)).to_have_text("尚未保存的摘要")
    clerk.press("Control+s")
    clerk.status("saved")
    left = clerk.page.evaluate(
        "Object.keys(localStorage).filter(k => k.startsWith('yangguang.')).length"
    )
    assert left == 0
    clerk.open(village["sheets"]["draft"])
    expect(clerk.cell(0, 6)).to_have_text("尚未保存的摘要")
    expect(clerk.page.locator("[data-bar=draft]")).to_have_count(0)


def test_two_clerks_at_one_sheet(desk, village):
    sheet = village["sheets"]["clerks"]
    clerk, deputy = desk(), desk("deputy_clerk")
    clerk.open(sheet)
    clerk.cell(0, 0).click()
    clerk.paste([FIRST, SECOND])
    clerk.press("Control+s")
    clerk.status("saved")
    deputy.open(sheet)
    # both change the sheet; the deputy, who is second, is told by whom it was changed
    clerk.cell(0, 9).click()
    clerk.type("赵六", then="Enter")
    clerk.press("Control+s")
    clerk.status("saved")
    deputy.cell(1, 9).click()
    deputy.type("孙七", then="Enter")
    deputy.cell(2, 0).click()
    deputy.paste([["3", *SECOND[1:]]])
    deputy.press("Control+s")
    told = deputy.page.locator("[data-bar=conflict]")
    expect(told).to_contain_text("陈小芳")
    expect(deputy.cell(1, 9)).to_have_text("孙七")
    # he cannot submit past it, and puts his changes onto the newer content
    deputy.page.click("button[name=action_open_submit]")
    dialog = deputy.page.locator(".modal", has_text="陈小芳")
    expect(dialog).to_be_visible()
    dialog.locator("button.btn-primary").click()
    told.locator(".btn-primary").click()
    expect(told).to_have_count(0)
    deputy.press("Control+s")
    deputy.status("saved")
    clerk.open(sheet)
    expect(clerk.cell(0, 9)).to_have_text("赵六")
    expect(clerk.cell(1, 9)).to_have_text("孙七")
    expect(clerk.cell(2, 0)).to_have_text("3")


def test_begin_with_last_period(desk, village):
    clerk = desk()
    clerk.open(village["sheets"]["forward"])
    clerk.run("copyForward")
    expect(clerk.cell(1, 6)).to_have_text("收第2号鱼塘2026年度承包款")
    expect(clerk.page.locator("#yg_header_opening_balance")).to_have_value("200.00")
    expect(clerk.page.locator("#yg_header_closing_balance")).to_have_value("")
    expect(clerk.cell(1, 10)).to_have_class(re.compile("yg_unchanged"))
    clerk.cell(1, 10).click()
    clerk.type("250", then="Enter")
    expect(clerk.cell(1, 10)).to_have_class(re.compile("yg_changed"))
    expect(clerk.cell(1, 10)).to_have_attribute("title", re.compile("100.00"))


def test_two_thousand_rows_stay_usable(desk, village):
    clerk = desk()
    clerk.open(village["sheets"]["many"])
    clerk.cell(0, 0).click()
    clerk.paste([[str(number), *FIRST[1:]] for number in range(1, 2001)])
    grid = clerk.page.locator("[role=grid]")
    expect(grid).to_have_attribute("aria-rowcount", "2004")
    clerk.press("Control+End")
    expect(clerk.cell(1999, 0)).to_have_text("2000")
    # only what is seen is drawn
    assert clerk.page.locator(".yg_row").count() < 60
    expect(clerk.cell(1999, 12)).to_have_text("60,000,000.00", timeout=30_000)
    clerk.press("Control+ArrowUp", "Control+Home")
    clerk.type("7", then="Enter")
    expect(clerk.cell(0, 0)).to_have_text("7")
    clerk.press("Control+s")
    clerk.status("saved")
    clerk.open(village["sheets"]["many"])
    clerk.press("Control+End")
    expect(grid).to_have_attribute("aria-rowcount", "2004")


def test_all_tables_through_the_grid_and_back(desk, village):
    """Every table is pasted, saved, downloaded as Excel and uploaded again: it stays the same."""
    tables = shell(village["cluster"], village["server"].database, ALL_TABLES)
    assert len(tables) == 63
    clerk = desk()
    rpc = Session(village["server"], "bench.clerk", PASSWORD)
    clerk.open(tables[0]["id"])
    for table in tables:
        open_beside(clerk.page, table["id"])
        for key, text in table["header"].items():
            clerk.page.fill(f"#yg_header_{key}", text)
        clerk.cell(0, 0).click()
        clerk.paste(table["rows"])
        clerk.press("Control+s")
        clerk.status("saved")
        assert content(rpc, table) == table["document"], table["code"]
        upload_what_is_downloaded(rpc, table)
        assert content(rpc, table) == table["document"], table["code"]


def open_beside(page, sheet_id):
    """Another sheet without loading the client again."""
    page.evaluate(
        """id => odoo.__WOWL_DEBUG__.root.env.services.action.doAction({
            type: "ir.actions.act_window", res_model: "yangguang.disclosure",
            res_id: id, views: [[false, "form"]],
        }, { clearBreadcrumbs: true })""",
        sheet_id,
    )
    page.wait_for_selector(f".yg_grid[data-sheet='{sheet_id}']")


def content(rpc, table):
    ((read,)) = rpc.call("yangguang.disclosure", "read", [table["id"]], ["content"])
    return json.loads(read["content"])


def upload_what_is_downloaded(rpc, table):
    form = rpc.http.get(f"{rpc.base_url}/yangguang/form/{table['id']}", timeout=60)
    context = {"default_disclosure_id": table["id"]}
    values = {"file": base64.b64encode(form.content).decode(), "file_name": "form.xlsx"}
    wizard = rpc.call("yangguang.fill", "create", [values], context=context)
    rpc.call("yangguang.fill", "action_save", wizard, context=context)
