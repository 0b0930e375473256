"""The main job tried wrongly, at the browser and by the calls that a client may make: each try is
refused with a plain sentence, and nothing is half done."""

import re

import pytest
import requests
from people import PASSWORD, PHONE, Person, filled_form, submit, upload, upload_of
from playwright.sync_api import expect
from remote import RefusedError, Session
from serving import served_clone
from shells import shell

PREPARE = """
from datetime import timedelta
from bench.sheets import PASSWORD, Village
from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_cunwu.lib.content_check import POINTS

village = Village(env)
result = {"village": village.division.id, "code": village.division.code, "item": village.item.id}
result |= {"signed": village.signed(["2026-02", "2026-04"], rows=2).ids}
result |= {"waiting": village.submitted("2026-03", rows=2).id}
result |= {name: village.drafted(key, rows=2).id
           for name, key in (("draft", "2026-05"), ("shared", "2026-06"), ("stale", "2026-07"))}


def login(name, person):
    user = env["res.users"].create({
        "login": f"bench.{name}", "password": PASSWORD, "partner_id": person.id, "lang": "zh_CN",
        "group_ids": [(6, 0, env.ref("base.group_portal").ids)],
    })
    user._apply_appointments()
    return user


# the chair's second login; and one who drafted, then came onto the committee, with two logins
login("chair_again", village.users["supervisor_chair"].partner_id)
person = env["res.partner"].create({"name": "罗永健", "division_id": village.division.id})
former = login("former", person)
login("former_again", person)
held = env["yangguang.appointment"].create({
    "person_id": person.id, "division_id": village.division.id, "role": "deputy_clerk",
    "date_from": "2026-01-01",
})
drafted = village.drafted("2026-08", rows=2, clerk=former)
drafted.with_user(village.users["clerk"]).action_submit(POINTS)
held.date_to = clock.today() - timedelta(days=1)
env["yangguang.appointment"].create({
    "person_id": person.id, "division_id": village.division.id, "role": "supervisor",
})
result |= {"drafted": drafted.id}
"""
# everything that a step could have changed
SNAPSHOT = """
sheets = env["yangguang.disclosure"].browse({sheets})
result = [
    [one.state, one.revision, one.round, one.content, one.content_digest or "",
     one.event_ids.mapped("kind"), one.publication_id.code or "",
     env["yangguang.signature"].search_count([("disclosure_id", "=", one.id)]),
     env["yangguang.review.vote"].search_count([("review_id.disclosure_id", "=", one.id)])]
    for one in sheets
]
"""
SIGN_STALE = """
from odoo.addons.yangguang_cunwu.lib.content_check import POINTS
from bench.sheets import PASSWORD, Village
village = Village.existing(env)
sheet = env["yangguang.disclosure"].browse({stale})
sheet.with_user(village.users["clerk"]).action_submit(POINTS)
for role in ("supervisor_chair", "supervisor"):
    sheet.with_user(village.users[role]).action_vote(True)
signing = sheet.with_user(village.users["secretary"])
signing.action_sign(PASSWORD, {{str(sheet.id): sheet._digest()}})
result = True
"""


@pytest.fixture(scope="module")
def village(cluster):
    """A server with a village whose sheets stand at every step."""
    with served_clone(cluster) as server:
        yield {**shell(cluster, server.database, PREPARE), "server": server, "cluster": cluster}


def snapshot(village, *sheets):
    """What is stored of the sheets."""
    return run(village, SNAPSHOT.format(sheets=list(sheets)))


def run(village, script):
    """Runs a script in a shell beside the server."""
    return shell(village["cluster"], village["server"].database, script)


def dialog_says(page, sentence):
    """The dialog in front says the sentence; it is closed."""
    dialog = page.locator(".modal", has_text=sentence)
    expect(dialog).to_be_visible()
    expect(dialog).not_to_contain_text("Traceback")
    dialog.locator("button.btn-primary").click()
    expect(dialog).to_have_count(0)


def buttons(page):
    """Names of the buttons that the form in front shows."""
    page.wait_for_selector(".o_form_view")
    found = page.locator(".o_statusbar_buttons button:visible").all()
    return {button.get_attribute("name") for button in found}


def test_a_step_is_not_taken_twice_from_an_old_page(browser, village):
    clerk = Person(browser, village, "clerk")
    address = f"/odoo/sheets/{village['draft']}"
    old = clerk.page.context.new_page()
    for page in (clerk.page, old):
        page.goto(address)
        page.wait_for_selector("button[name=action_open_submit]:visible")
    submit(clerk.page)
    expect(clerk.page.locator(".o_arrow_button_current")).to_contain_text("审核")
    # neither published nor signed before the committee has agreed
    assert buttons(clerk.page) == set()
    before = snapshot(village, village["draft"])
    old.click("button[name=action_open_submit]:visible")
    dialog_says(old, "不能办理这一步")
    assert snapshot(village, village["draft"]) == before


@pytest.mark.parametrize("role", ["secretary", "director", "town_officer"])
def test_the_wrong_person_finds_no_button(browser, village, role):
    person = Person(browser, village, role)
    person.page.goto(f"/odoo/sheets/{village['waiting']}")
    assert buttons(person.page) == set()
    person.page.goto(f"/odoo/sheets/{village['signed'][0]}")
    assert buttons(person.page) == set()
    assert person.page.goto(f"/my/reviews/{village['waiting']}").status == 404


def test_one_person_does_not_vote_with_two_logins(browser, village):
    first = Person(browser, village, "supervisor_chair", PHONE).page
    second = Person(browser, village, "chair_again", PHONE).page
    for page in (first, second):
        page.goto(f"/my/reviews/{village['waiting']}")
        page.click("a[href='#agree']")
    first.click("#agree button[type=submit]")
    first.wait_for_url(re.compile("/voted$"))
    before = snapshot(village, village["waiting"])
    second.click("#agree button[type=submit]")
    expect(second.locator("[role=alert], .alert").first).to_contain_text("已")
    assert snapshot(village, village["waiting"]) == before
    assert before[0][-1] == 1


@pytest.mark.parametrize("login", ["former", "former_again"])
def test_who_drafted_does_not_review(browser, village, login):
    page = Person(browser, village, login, PHONE).page
    page.goto(f"/my/reviews/{village['drafted']}")
    expect(page.locator("body")).to_contain_text("不能是同一个人")
    expect(page.locator("a[href='#agree'], a[href='#object']")).to_have_count(0)


def test_nothing_changes_after_signing(browser, village):
    clerk = Person(browser, village, "clerk")
    clerk.go(f"/odoo/sheets/{village['stale']}", ".o_form_view")
    with clerk.page.expect_download() as download:
        clerk.press("action_form")
    form = filled_form(download.value.path().read_bytes(), closing=147950)
    clerk.press("action_fill")
    clerk.page.wait_for_selector(".modal input[type=file]", state="attached")
    run(village, SIGN_STALE.format(stale=village["stale"]))
    before = snapshot(village, village["stale"])
    clerk.page.set_input_files(".modal input[type=file]", upload_of(form))
    clerk.page.wait_for_timeout(500)
    clerk.press("action_save")
    dialog_says(clerk.page, "只有草案可以修改")
    clerk.go(f"/odoo/sheets/{village['stale']}", ".o_form_view")
    assert buttons(clerk.page) == {"action_publish", "action_ask_reopen"}
    assert snapshot(village, village["stale"]) == before
    assert before[0][0] == "signed"


def test_of_two_clerks_the_second_is_told(browser, village):
    clerk, deputy = (Person(browser, village, role) for role in ("clerk", "deputy_clerk"))
    for person in (clerk, deputy):
        person.go(f"/odoo/sheets/{village['shared']}", ".o_form_view")
    with clerk.page.expect_download() as download:
        clerk.press("action_form")
    form = download.value.path().read_bytes()
    deputy.press("action_fill")
    deputy.page.wait_for_selector(".modal input[type=file]", state="attached")
    upload(clerk, filled_form(form, closing=147950))
    before = snapshot(village, village["shared"])
    deputy.page.set_input_files(".modal input[type=file]", upload_of(form))
    deputy.page.click(".modal .o_field_widget[name=zero] input")
    deputy.page.wait_for_timeout(500)
    deputy.press("action_save")
    dialog_says(deputy.page, "陈小芳")
    assert snapshot(village, village["shared"]) == before


def test_a_computer_whose_clock_is_wrong_dates_nothing_back(browser, village):
    clerk = Person(browser, village, "clerk", clock="2025-01-01T08:00:00")
    sheet = village["signed"][1]
    clerk.go(f"/odoo/sheets/{sheet}", ".o_form_view")
    # no date or time on the form can be typed into
    assert not clerk.page.locator(".o_field_date input, .o_field_datetime input").count()
    clerk.press("action_publish")
    clerk.page.click(".modal button.btn-primary")
    expect(clerk.page.locator(".o_arrow_button_current")).to_contain_text("公开")
    published, today = run(
        village,
        "from odoo.addons.yangguang_cunwu.lib import clock\n"
        f"sheet = env['yangguang.disclosure'].browse({sheet})\n"
        "times = sheet.publication_id.time, sheet.last_event_id.time, sheet.write_date\n"
        "result = [[str(clock.to_local(time).date()) for time in times], str(clock.today())]",
    )
    assert published == [today] * 3


HOSTILE = {"default_state": "published", "skip_checks": True, "install_mode": True}


def test_the_calls_of_a_client_are_refused(village):
    server = village["server"]
    clerk, secretary = (
        Session(server, f"bench.{role}", PASSWORD) for role in ("clerk", "secretary")
    )
    model, signed, waiting = "yangguang.disclosure", village["signed"][0], village["waiting"]
    beginning = {"division_id": village["village"], "item_id": village["item"]}
    made = clerk.call(model, "create", [{**beginning, "period_key": "2026-09"}])[0]
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
        "copied published": lambda: clerk.call(
            model, "copy", [signed], {"period_key": "2026-12"}, context=HOSTILE
        ),
        "created by one2many": lambda: clerk.call(
            model, "write", [signed], {"event_ids": [[0, 0, {"kind": "publish"}]]}
        ),
        "back-dated sheet": lambda: clerk.call(
            model, "write", [signed], {"write_date": "2025-01-01 00:00:00", "round": 1}
        ),
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
    before = snapshot(village, signed, waiting, made)
    for name, attempt in refused.items():
        with pytest.raises(RefusedError) as refusal:
            attempt()
        sentence = str(refusal.value)
        assert "Traceback" not in sentence and re.search("[\u4e00-\u9fff]", sentence), name
    # no door that a client of ours would try: the answer is the framework's
    with pytest.raises(RefusedError, match="cannot be called remotely"):
        clerk.call(model, "_finish_step", [waiting], "agree")
    imported = clerk.call(
        model,
        "load",
        ["division_id/.id", "item_id/.id", "state"],
        [[str(village["village"]), str(village["item"]), "published"]],
    )
    assert not imported["ids"]
    assert snapshot(village, signed, waiting, made) == before


def test_defaults_and_copies_begin_as_drafts(village):
    clerk, deputy = (
        Session(village["server"], f"bench.{role}", PASSWORD) for role in ("clerk", "deputy_clerk")
    )
    model = "yangguang.disclosure"
    beginning = {"division_id": village["village"], "item_id": village["item"]}
    clerk.call("ir.default", "set", model, "state", "published", user_id=True)
    made = clerk.call(model, "create", [{**beginning, "period_key": "2026-10"}])[0]
    copied = clerk.call(model, "copy", [village["signed"][0]], {"period_key": "2026-11"})[0]
    # state, publication, signatures
    assert [[one[0], *one[6:8]] for one in snapshot(village, made, copied)] == [
        ["draft", "", 0]
    ] * 2
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
