"""The main job, as each of its people does it in a browser: from the clerk's Excel sheet to the
villager's phone."""

import re

import pytest
from people import PASSWORD, PHONE, Person, filled_form, submit, upload
from playwright.sync_api import expect
from serving import served_clone
from shells import shell

PREPARE = """
from bench.sheets import Village
village = Village(env)
village.division.discloses_from = "2026-10-20"
env["yangguang.duty"]._cron_generate()
result = {"village": village.division.id, "code": village.division.code}
"""


@pytest.fixture(scope="module")
def village(cluster):
    """A server with a village whose offices are filled and whose duties are known."""
    with served_clone(cluster) as server:
        yield {**shell(cluster, server.database, PREPARE), "server": server, "cluster": cluster}


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
    expect(clerk.page.locator(".o_searchview_facet")).to_have_count(3)
    row = clerk.page.locator(".o_data_row", has_text="2026年10月").filter(has_text="CW02")
    row.locator("button[name=action_draft]").click()
    clerk.page.wait_for_selector(".o_form_view")
    with clerk.page.expect_download() as download:
        clerk.press("action_form")
    form = download.value.path().read_bytes()
    upload(clerk, filled_form(form, closing=147951))
    # the wrong closing balance is named, and the sheet does not go on
    expect(clerk.page.locator(".alert-warning")).to_contain_text("期末结余等于期初加收入减支出")
    clerk.press("action_open_submit")
    dialog = clerk.page.locator(".modal", has_text="期末结余等于期初加收入减支出")
    expect(dialog).to_be_visible()
    dialog.locator("button.btn-primary").click()
    upload(clerk, filled_form(form, closing=147950))
    expect(clerk.page.locator(".o_field_widget[name=preview]")).to_contain_text("147,950.00")
    submit(clerk.page)
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
