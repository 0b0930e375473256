"""Pages that everybody, the committee and the clerk read, looked at by axe: nothing that it calls
serious or critical."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from people import DESK, PHONE, Person
from serving import served_clone
from shells import shell

SEVERE = ("serious", "critical")
PREPARE = """
from bench.sheets import PASSWORD, Village, receipts
from odoo.addons.yangguang_cunwu.lib.content_check import POINTS

village = Village(env)
clerk, secretary = village.users["clerk"], village.users["secretary"]
sheets = env["yangguang.disclosure"].with_user(clerk)
notice = village.item.edition_id.item_ids.filtered(lambda item: item.code == "TG01")
html = (
    "<h3>会议通知</h3><p>请各户<strong>准时</strong>参加。</p><ol><li>修路</li><li>路灯</li></ol>"
    "<table><tbody><tr><th>时间</th><th>地点</th></tr><tr><td>九时</td><td>广场</td></tr></tbody>"
    "</table>"
)


def submitted(item, document, **values):
    values |= {"division_id": village.division.id, "item_id": item.id}
    sheet = sheets.create(values)
    sheet.save_content(0, document)
    sheet.action_submit(POINTS)
    return sheet


def published(item, document, **values):
    sheet = submitted(item, document, **values)
    for role in ("supervisor_chair", "supervisor"):
        sheet.with_user(village.users[role]).action_vote(True)
    if item.needs_signature:
        sheet.with_user(secretary).action_sign(PASSWORD, {str(sheet.id): sheet._digest()})
    return sheet.action_publish()


table = published(village.item, receipts(3), period_key="2026-09")
text = published(notice, {"html": html})
result = {
    "code": village.division.code,
    "category": village.item.category_id.number,
    "table": table.code,
    "text": text.code,
    "review": submitted(village.item, receipts(4), period_key="2026-10").id,
    "draft": village.drafted("2026-11", rows=5).id,
}
"""
PUBLIC = {
    "places": "/v",
    "village": "/v/{code}",
    "village in large type": "/v/{code}?big=1",
    "category": "/v/{code}/c/{category}",
    "item with tables": "/v/{code}/i/CW02",
    "item with texts": "/v/{code}/i/TG01",
    "search": "/v/{code}/search?q=承包",
    "search that finds nothing": "/v/{code}/search?q=没有",
    "table": "/p/{table}",
    "formatted text": "/p/{text}",
    "verification": "/verify/{table}",
    "verification by code": "/verify",
    "no such page": "/v/000000000000",
}


@pytest.fixture(scope="module")
def village(cluster):
    with served_clone(cluster) as server:
        yield {**shell(cluster, server.database, PREPARE), "server": server}


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_what_the_public_reads(browser, village, viewport):
    page = Person(browser, village, viewport=viewport).page
    found = []
    for path in PUBLIC.values():
        page.goto(path.format(**village))
        found += severe(page)
    assert found == []


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_what_the_committee_votes_on(browser, village, viewport):
    supervisor = Person(browser, village, "supervisor", viewport)
    supervisor.go("/my/reviews", "a[href*='/my/reviews/']")
    found = severe(supervisor.page)
    supervisor.go(f"/my/reviews/{village['review']}", "a[href='#agree']")
    found += severe(supervisor.page)
    for panel in ("agree", "object"):
        supervisor.page.goto(f"/my/reviews/{village['review']}#{panel}")
        found += severe(supervisor.page, f"#{panel}")
    assert found == []


def test_what_the_clerk_fills_in(browser, village):
    clerk = Person(browser, village, "clerk")
    clerk.go(f"/odoo/sheets/{village['draft']}", ".yg_grid")
    clerk.page.locator(".yg_cell[data-row='1'][data-column='2']").click()
    found = severe(clerk.page, ".yg_grid")
    clerk.page.keyboard.press("F2")
    found += severe(clerk.page, ".yg_grid")
    assert found == []


def severe(page, part=None):
    """The place and the reason of each severe finding in the page, or in its `part`."""
    return [
        f"{page.url} {one['id']} ({one['impact']}): {node['target']} {node['failureSummary']}"
        for one in Axe().run(page, context=part).response["violations"]
        if one["impact"] in SEVERE
        for node in one["nodes"]
    ]
