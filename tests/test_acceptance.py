"""The main job, as each of its people does it in a browser: from the clerk's Excel sheet to the
villager's phone. And the same job tried wrongly."""

import io
import re

import openpyxl
import pytest
import requests
from playwright.sync_api import expect
from remote import RefusedError, Session, shell
from serving import served_clone

PASSWORD = "Bench-password-1"
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
PREPARE = """
from bench.sheets import Village
village = Village(env)
village.division.discloses_from = "2026-10-20"
env["yangguang.duty"]._cron_generate()
result = {"village": village.division.id, "code": village.division.code}
"""
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


@pytest.fixture(scope="module")
def village(cluster):
    """A server with a village whose offices are filled and whose duties are known."""
    with served_clone(cluster) as server:
        yield {**shell(cluster, server.database, PREPARE), "server": server, "cluster": cluster}


class Person:
    """A browser of one person's own, signed in as the holder of an office."""

    def __init__(self, browser, village, role=None, viewport=DESK):
        self.village = village
        context = browser.new_context(
            base_url=village["server"].base_url, locale="zh-CN", viewport=viewport
        )
        self.page = context.new_page()
        if role:
            self.page.goto("/web/login")
            self.page.fill("#login", f"bench.{role}")
            self.page.fill("#password", PASSWORD)
            self.page.click("button[type=submit]")
            self.page.wait_for_url(re.compile("/(odoo|my)"))

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
    clerk.page.set_input_files(
        ".modal input[type=file]",
        {"name": "收支明细.xlsx", "mimeType": "application/octet-stream", "buffer": content},
    )
    clerk.page.wait_for_timeout(500)
    clerk.press("action_save")
    expect(clerk.page.locator(".modal")).to_have_count(0)


def test_from_the_excel_sheet_to_the_villager(browser, village):
    clerk = Person(browser, village, "clerk")
    sheet_url = the_clerk_drafts(clerk)
    for role in ("supervisor_chair", "supervisor"):
        a_supervisor_agrees(Person(browser, village, role, PHONE))
    the_secretary_signs(Person(browser, village, "secretary"))
    the_clerk_publishes(clerk, sheet_url)
    the_town_receives(Person(browser, village, "town_officer"))
    a_villager_reads(Person(browser, village, viewport=PHONE))


def the_clerk_drafts(clerk):
    clerk.go("/odoo/duties", ".o_list_view")
    clerk.page.fill(".o_searchview_input", "CW02")
    clerk.page.click(".o_searchview_autocomplete .o-dropdown-item >> nth=0")
    expect(clerk.page.locator(".o_searchview_facet")).to_have_count(2)
    row = clerk.page.locator(".o_data_row", has_text="2026年10月").filter(has_text="CW02")
    row.locator("button[name=action_draft]").click()
    clerk.page.wait_for_selector(".o_form_view")
    with clerk.page.expect_download() as download:
        clerk.press("action_form")
    form = download.value.path().read_bytes()
    upload(clerk, filled_form(form, closing=147951))
    # the wrong closing balance is named, and the sheet does not go on
    expect(clerk.page.locator(".alert-warning")).to_contain_text("期末结余等于期初加收入减支出")
    clerk.press("action_submit")
    dialog = clerk.page.locator(".modal", has_text="期末结余等于期初加收入减支出")
    expect(dialog).to_be_visible()
    dialog.locator("button.btn-primary").click()
    upload(clerk, filled_form(form, closing=147950))
    expect(clerk.page.locator(".o_field_widget[name=preview]")).to_contain_text("147,950.00")
    clerk.press("action_submit")
    expect(clerk.page.locator(".o_arrow_button_current")).to_contain_text(re.compile("审核|review"))
    return clerk.page.url


def a_supervisor_agrees(supervisor):
    supervisor.go("/my/reviews", "a[href*='/my/reviews/']")
    page = supervisor.page
    page.locator("main a[href*='/my/reviews/'], #wrap a[href*='/my/reviews/']").first.click()
    expect(page.locator("body")).to_contain_text("147,950.00")
    page.click("a[href='#agree']")
    page.click("#agree button[type=submit]")
    page.wait_for_url(re.compile("/voted$"))


def the_secretary_signs(secretary):
    secretary.go("/odoo/to-sign", ".o_data_row")
    page = secretary.page
    page.click(".o_data_row td[name=item_id]")
    page.wait_for_selector(".o_form_view")
    secretary.press("action_open_sign")
    expect(page.locator(".modal .o_field_widget[name=preview]")).to_contain_text("147,950.00")
    page.fill(".modal .o_field_widget[name=password] input", PASSWORD)
    secretary.press("action_sign")
    page.wait_for_selector(".modal", state="detached")
    expect(page.locator(".o_arrow_button_current")).to_contain_text(re.compile("签名|Signed"))


def the_clerk_publishes(clerk, sheet_url):
    clerk.go(sheet_url, ".o_form_view")
    clerk.press("action_publish")
    clerk.page.click(".modal button.btn-primary")
    expect(clerk.page.locator(".o_arrow_button_current")).to_contain_text(
        re.compile("公开|Published")
    )


def the_town_receives(officer):
    officer.go("/odoo/filing", ".o_data_row")
    officer.press("action_receive")
    expect(officer.page.locator(".o_data_row")).to_have_count(0)


def a_villager_reads(villager):
    page = villager.page
    page.goto(f"/v/{villager.village['code']}")
    page.click("text=货币资金收支明细")
    if not re.search("/p/", page.url):
        page.locator("a[href*='/p/']").first.click()
    body = page.locator("body")
    expect(body).to_contain_text("30,000.00")
    expect(body).to_contain_text("李**")
    expect(body).not_to_contain_text("李大有")
    assert not page.context.cookies()
    code = re.search(r"/p/([0-9A-Z]+)", page.url)[1]
    document = page.request.get(f"/p/{code}.pdf")
    assert document.body().startswith(b"%PDF")
    page.goto(f"/verify/{code}")
    expect(page.locator("body")).to_contain_text("一致")
    assert not page.context.cookies()


HOSTILE = {"default_state": "published", "skip_checks": True, "install_mode": True}


def test_the_wrong_ways_are_refused(village):
    """Every other path, through the calls that a client may make."""
    prepared = shell(
        village["cluster"],
        village["server"].database,
        "from bench.sheets import Village\n"
        "village = Village.existing(env)\n"
        "signed = village.signed(['2026-02'], rows=2)\n"
        "waiting = village.submitted('2026-03', rows=2)\n"
        "result = {'signed': signed.id, 'waiting': waiting.id, 'item': village.item.id}",
    )
    server = village["server"]
    clerk, deputy, secretary, chair = (
        Session(server, f"bench.{role}", PASSWORD)
        for role in ("clerk", "deputy_clerk", "secretary", "supervisor_chair")
    )
    model, signed, waiting = "yangguang.disclosure", prepared["signed"], prepared["waiting"]
    beginning = {"division_id": village["village"], "item_id": prepared["item"]}
    refused = {
        "skipped step": lambda: clerk.call(model, "action_publish", [waiting]),
        "wrong person": lambda: secretary.call(model, "action_vote", [waiting], True),
        "drafter votes": lambda: clerk.call(model, "action_vote", [waiting], True),
        "unsigned by another": lambda: clerk.call(model, "action_sign", [waiting], PASSWORD, {}),
        "changed after signing": lambda: clerk.call(
            model, "save_content", [signed], 1, {"zero": "1"}
        ),
        "written state": lambda: clerk.call(model, "write", [signed], {"state": "published"}),
        "written content": lambda: clerk.call(model, "write", [signed], {"content": "{}"}),
        "mass edit": lambda: clerk.call(model, "write", [signed, waiting], {"state": "agreed"}),
        "hostile context": lambda: clerk.call(
            model, "write", [signed], {"round": 9}, context=HOSTILE
        ),
        "created published": lambda: clerk.call(
            model, "create", [{**beginning, "state": "published"}], context=HOSTILE
        ),
        "created by one2many": lambda: clerk.call(
            model, "write", [signed], {"event_ids": [[0, 0, {"kind": "publish"}]]}
        ),
        "private method": lambda: clerk.call(model, "_finish_step", [waiting], "agree"),
        "back-dated event": lambda: clerk.call(
            "yangguang.disclosure.event",
            "create",
            [{"disclosure_id": waiting, "time": "2025-01-01 00:00:00"}],
        ),
        "publication": lambda: clerk.call(
            "yangguang.publication", "write", [1], {"time": "2025-01-01 00:00:00"}
        ),
        "votes": lambda: clerk.call("yangguang.review.vote", "search_read", []),
    }
    for name, attempt in refused.items():
        with pytest.raises(RefusedError) as refusal:
            attempt()
        assert "Traceback" not in str(refusal.value), name
    imported = clerk.call(
        model,
        "load",
        ["division_id/.id", "item_id/.id", "state"],
        [[str(village["village"]), str(prepared["item"]), "published"]],
    )
    assert not imported["ids"]
    clerk.call("ir.default", "set", model, "state", "published", user_id=True)
    made = clerk.call(model, "create", [{**beginning, "period_key": "2026-05"}])[0]
    copied = clerk.call(model, "copy", [signed], {"period_key": "2026-06"})[0]
    chair.call(model, "action_vote", [waiting], True)
    with pytest.raises(RefusedError):
        chair.call(model, "action_vote", [waiting], True)
    states = clerk.call(model, "read", [signed, waiting, made, copied], ["state"])
    assert [one["state"] for one in states] == ["signed", "review", "draft", "draft"]
    # two clerks at once: the second is told who was first
    clerk.call(model, "save_content", [made], 0, {"zero": "1"})
    with pytest.raises(RefusedError, match="陈小芳"):
        deputy.call(model, "save_content", [made], 0, {"zero": "1"})


def test_remote_procedure_calls_from_outside_are_off(server):
    """The stock routes for scripts answer even where their module is not installed: here not."""
    for path in ("/xmlrpc/2/common", "/jsonrpc"):
        assert requests.post(server.base_url + path, json={}, timeout=30).status_code == 404
    # taken by a page that asks to sign in
    answer = requests.post(server.base_url + "/json/2/res.users/search", json={}, timeout=30)
    assert "json" not in answer.headers["Content-Type"]
    manager = requests.get(server.base_url + "/web/database/manager", timeout=30)
    assert server.database not in manager.text
