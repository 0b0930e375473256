"""A film on its way from the clerk's desk to the villager's phone; two persons look at it."""

import film
import pytest
from people import PHONE, POINTS, Person, submit
from playwright.sync_api import expect
from serving import served_clone
from shells import shell

PREPARE = """
from bench.sheets import Village
village = Village(env)
item = village.item.edition_id.item_ids.filtered(lambda one: one.code == "XC01")
sheet = env["yangguang.disclosure"].with_user(village.users["clerk"]).create(
    {"division_id": village.division.id, "item_id": item.id, "period_key": "2026-10"})
sheet.save_content(0, {"text": "本月组织学习农村集体经济组织法，现场录像附后。"})
result = {"sheet": sheet.id, "code": village.division.code}
"""
AGREE = """
from bench.sheets import Village
village = Village.existing(env)
sheet = env["yangguang.disclosure"].search([("division_id", "=", village.division.id)])
for role in ("supervisor_chair", "supervisor"):
    sheet.with_user(village.users[role]).action_vote(True)
result = sheet.state
"""
PLAY = """async film => {
    film.muted = true;
    await film.play();
    await new Promise(done => film.addEventListener("timeupdate", done, { once: true }));
    return [film.videoWidth, film.videoHeight, film.duration, film.error];
}"""


@pytest.fixture(scope="module")
def village(cluster):
    """A server with a written sheet to which the clerk adds a film."""
    with served_clone(cluster) as server:
        yield {**shell(cluster, server.database, PREPARE), "server": server, "cluster": cluster}


def test_a_film_is_looked_at_by_two_and_plays_for_everybody(browser, village):
    address = f"/odoo/sheets/{village['sheet']}"
    clerk = Person(browser, village, "clerk")
    clerk.go(address, ".o_form_view")
    attach_another_kind(clerk)
    attach(clerk, film.mp4())
    expect(clerk.page.locator("[name=file_ids] .o_data_row")).to_contain_text("学习.mp4")
    submit(clerk.page)
    expect(clerk.page.locator(".o_arrow_button_current")).to_contain_text("审核")
    assert shell(village["cluster"], village["server"].database, AGREE) == "agreed"
    # one person has looked at it: the clerk, who cannot be the second as well
    clerk.go(address, ".o_form_view")
    publish(clerk)
    refusal = clerk.page.locator(".modal", has_text="视频须由两人分别审查")
    expect(refusal).to_be_visible()
    refusal.locator("button.btn-primary").click()
    expect(clerk.page.locator("button[name=action_open_check]")).to_have_count(0)
    expect(clerk.page.locator(".o_arrow_button_current")).to_contain_text("审核通过")
    the_second_looks(Person(browser, village, "secretary"), address)
    clerk.go(address, ".o_form_view")
    publish(clerk)
    expect(clerk.page.locator(".o_arrow_button_current")).to_contain_text("公开")
    a_villager_watches(Person(browser, village, viewport=PHONE))


def attach_another_kind(clerk):
    """A film of another kind, whatever its name, is refused where it was chosen."""
    attach(clerk, film.webm())
    refusal = clerk.page.locator(".modal", has_text="这种视频格式多数手机和大屏放不了")
    expect(refusal).to_be_visible()
    refusal.locator("button.btn-primary").click()
    # the dialog is still there, and nothing is attached
    expect(clerk.page.locator(".modal button[name=action_attach]")).to_be_visible()
    clerk.page.click(".modal button[special=cancel]")
    expect(clerk.page.locator(".modal")).to_have_count(0)
    expect(clerk.page.locator("[name=file_ids] .o_data_row")).to_have_count(0)


def attach(clerk, content):
    clerk.page.click(".o_notebook .nav-link[name=files]")
    clerk.press("action_attach")
    chosen = {"name": "学习.mp4", "mimeType": "video/mp4", "buffer": content}
    clerk.page.set_input_files(".modal input[type=file]", chosen)
    expect(clerk.page.locator(".modal [name=file] input:not([type=file])")).to_have_value(
        "学习.mp4"
    )
    clerk.page.click(".modal button[name=action_attach]")


def the_second_looks(secretary, address):
    secretary.go(address, ".o_form_view")
    secretary.press("action_open_check")
    for point in POINTS:
        secretary.page.click(f".modal .o_field_widget[name={point}] input")
    secretary.press("action_confirm")
    expect(secretary.page.locator(".modal")).to_have_count(0)
    expect(secretary.page.locator("button[name=action_open_check]")).to_have_count(0)


def publish(clerk):
    clerk.press("action_publish")
    clerk.page.click(".modal button.btn-primary")


def a_villager_watches(villager):
    page = villager.page
    page.goto(f"/v/{villager.village['code']}")
    page.locator("a[href*='/p/']").first.click()
    shown = page.locator("video")
    expect(shown).to_be_visible()
    address = shown.get_attribute("src")
    whole = page.request.get(address)
    assert whole.headers["content-type"] == "video/mp4"
    part = page.request.get(address, headers={"Range": "bytes=100-199"})
    assert (part.status, part.headers["content-range"]) == (
        206,
        f"bytes 100-199/{len(whole.body())}",
    )
    assert part.body() == whole.body()[100:200]
    # nothing of sound and picture was lost on the way, and the phone plays it
    assert shown.evaluate(PLAY) == [
        film.SIZE,
        film.SIZE,
        film.FRAMES / film.FRAMES_PER_SECOND,
        None,
    ]
    assert not page.context.cookies()
