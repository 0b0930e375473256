"""A clerk writes a formatted text, by the buttons and by pasting, in a real browser."""

import json
import re

import pytest
from people import DESK, PASSWORD
from playwright.sync_api import expect
from remote import Session
from serving import served_clone
from shells import shell

PREPARE = """
from bench.sheets import Village
village = Village(env)
item = village.item.edition_id.item_ids.filtered(lambda item: item.code == "TG01")
values = {"division_id": village.division.id, "item_id": item.id}
result = env["yangguang.disclosure"].with_user(village.users["clerk"]).create(values).id
"""
# as a word processor puts it on the clipboard
PASTED = """<html><head><style>p.MsoNormal {color:red}</style></head><body>
<!--StartFragment--><p class=MsoNormal style='text-indent:24pt'><b><span style='color:red'>请自备
</span></b>雨具。<o:p></o:p></p><p class=MsoNormal><img src="file:///C:/x.png" width=9></p>
<table class=MsoTableGrid border=1><tr><td width=99 style='border:solid'><p class=MsoNormal>时间
<o:p></o:p></p></td><td><p>地点</p></td></tr><tr><td><p>上午九时</p></td><td><p><a
href="https://example.com">文化广场</a></p></td></tr></table><!--EndFragment--></body></html>"""
PASTE = """([editable, html]) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", html);
    editable.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
}"""


@pytest.fixture(scope="module")
def server(cluster):
    with served_clone(cluster) as running:
        yield running


@pytest.fixture(scope="module")
def sheet(cluster, server):
    return shell(cluster, server.database, PREPARE)


@pytest.fixture
def page(browser, server):
    context = browser.new_context(base_url=server.base_url, locale="zh-CN", viewport=DESK)
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto("/web/login")
    page.fill("#login", "bench.clerk")
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(re.compile("/(odoo|my)"))
    yield page
    context.close()


def test_what_is_typed_and_pasted_is_kept(page, server, sheet):
    open_editor(page, sheet)
    page.keyboard.type("会议通知")
    press(page, "heading")
    page.keyboard.press("Enter")
    page.keyboard.type("请各户")
    press(page, "bold")
    page.keyboard.type("准时")
    press(page, "bold")
    page.keyboard.type("参加")
    page.keyboard.press("Enter")
    press(page, "numbers")
    page.keyboard.type("讨论修路")
    page.keyboard.press("Enter")
    page.keyboard.type("讨论路灯")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    editable = page.locator(".modal .note-editable").element_handle()
    page.evaluate(PASTE, [editable, PASTED])
    page.click(".modal button[name=action_save]")
    expect(page.locator(".modal")).to_have_count(0)
    rpc = Session(server, "bench.clerk", PASSWORD)
    ((read,)) = rpc.call("yangguang.disclosure", "read", [sheet], ["content"])
    assert json.loads(read["content"])["html"] == (
        "<h3>会议通知</h3><p>请各户<strong>准时</strong>参加</p>"
        "<ol><li>讨论修路</li><li>讨论路灯</li></ol>"
        "<p><strong>请自备 </strong>雨具。</p>"
        "<table><tbody><tr><td>时间</td><td>地点</td></tr>"
        "<tr><td>上午九时</td><td>文化广场</td></tr></tbody></table>"
    )
    preview = page.locator(".yangguang_text")
    expect(preview.locator("h3")).to_have_text("会议通知")
    # opened again it is the same text, with a table one can write in
    open_editor(page, sheet)
    press(page, "table")
    expect(page.locator(".modal .note-editable table")).to_have_count(2)
    press(page, "undo")
    expect(page.locator(".modal .note-editable table")).to_have_count(1)


def open_editor(page, sheet):
    page.goto(f"/odoo/sheets/{sheet}")
    page.click("button[name=action_fill]:visible")
    page.click(".modal .note-editable")


def press(page, name):
    page.click(f".modal [role=toolbar] button[name={name}]")
