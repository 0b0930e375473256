"""The echo wall as its people use it: a villager with a narrow phone, the clerk at the desk, the
town when nobody answers."""

import io
import re

import pytest
from people import DESK, PHONE, Person
from PIL import Image
from playwright.sync_api import expect
from remote import RefusedError, Session, at_once
from serving import served_clone
from shells import shell
from test_accessibility import severe

NARROW = {"width": 320, "height": 640}
PASSWORD = "Bench-password-1"
PREPARE = """
from bench.sheets import Village
village = Village(env)
result = {"village": village.division.id, "code": village.division.code}
"""
WORDS = "村口的路灯坏了半个月，什么时候修好？"
ANSWER = "已联系供电所，本周五前更换三盏路灯。"


@pytest.fixture(scope="module")
def village(cluster):
    with served_clone(cluster) as server:
        yield {**shell(cluster, server.database, PREPARE), "server": server, "cluster": cluster}


def test_from_the_question_to_the_verdict(browser, village):
    villager = Person(browser, village, viewport=NARROW)
    address = the_villager_asks(villager)
    page = villager.page
    # nobody else reads it before somebody has read it
    page.goto(f"/v/{village['code']}/wall")
    expect(page.locator("body")).not_to_contain_text(WORDS)
    the_clerk_answers(Person(browser, village, "clerk"))
    a_neighbour_reads(Person(browser, village, viewport=NARROW))
    page.goto(address)
    expect(page.locator(".answer")).to_contain_text(ANSWER)
    page.click("button[value=solve]")
    expect(page.locator(".lamp")).to_have_class(re.compile("green"))
    expect(page.locator("button[value=solve]")).to_have_count(0)
    assert not page.context.cookies()
    code, log = address.rpartition("/")[2], village["server"].log.read_text("utf-8")
    assert "/v/ask/***" in log
    assert code not in log


def the_villager_asks(villager):
    page = villager.page
    page.goto(f"/v/{villager.village['code']}")
    page.locator("a.button[href$='/ask']").click()
    # what is wrong is said, and nothing that was written is lost
    page.fill("#text", WORDS)
    page.fill("#name", "王五六")
    page.fill("#phone", "1380013")
    page.locator("form.form button[type=submit]").click()
    expect(page.locator("[role=alert]")).to_contain_text("电话号码不对")
    expect(page.locator("#text")).to_have_value(WORDS)
    page.fill("#phone", "13800138000")
    page.set_input_files(
        "#picture", {"name": "lamp.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    assert not overflows(page)
    assert severe(page) == []
    page.locator("form.form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/v/ask/[0-9A-Z]{12}\?new=1"))
    expect(page.locator(".code code")).to_have_text(
        re.compile(r"^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$")
    )
    assert severe(page) == []
    return page.url.partition("?")[0]


def the_clerk_answers(clerk):
    clerk.go("/odoo/questions", ".o_data_row")
    page = clerk.page
    page.locator(".o_data_row", has_text=WORDS).locator("td[name=text]").click()
    page.wait_for_selector(".o_form_view")
    expect(page.locator(".o_form_view")).to_contain_text("王五六")
    page.wait_for_function(
        "document.querySelector('.o_field_widget[name=content] img')?.naturalWidth > 0"
    )
    clerk.press("action_accept")
    clerk.press("action_show")
    clerk.press("action_open_answer")
    answer = page.locator(".modal .o_field_widget[name=answer] textarea")
    answer.fill("请联系李四，电话13800138000。")
    clerk.press("action_confirm")
    expect(page.locator(".modal").last).to_contain_text("不能写个人信息")
    page.locator(".modal").last.locator("button.btn-primary").click()
    answer.fill(ANSWER)
    clerk.press("action_confirm")
    expect(page.locator(".modal")).to_have_count(0)
    expect(page.locator(".o_field_widget[name=answer]")).to_contain_text(ANSWER)


def a_neighbour_reads(neighbour):
    page = neighbour.page
    page.goto(f"/v/{neighbour.village['code']}")
    expect(page.locator(".questions")).to_contain_text(ANSWER)
    expect(page.locator(".questions")).to_contain_text("王**")
    page.locator(".questions a").first.click()
    expect(page.locator(".photo img")).to_have_count(1)
    page.wait_for_function("document.querySelector('.photo img').naturalWidth > 0")
    assert not overflows(page)
    assert severe(page) == []


@pytest.mark.parametrize("viewport", [DESK, PHONE, NARROW], ids=["desk", "phone", "narrow"])
def test_everybody_can_use_it(browser, village, viewport):
    """In both sizes of type: nothing that axe calls serious, and nothing to scroll sideways."""
    page = Person(browser, village, viewport=viewport).page
    found = []
    for path in (f"/v/{village['code']}/wall", f"/v/{village['code']}/ask", "/v/ask"):
        for size in ("", "?big=1"):
            page.goto(path + size)
            found += severe(page)
            assert not overflows(page), path + size
    assert found == []


def test_with_the_keyboard_alone(browser, village):
    page = Person(browser, village, viewport=PHONE).page
    page.goto(f"/v/{village['code']}/ask")
    page.focus("#text")
    page.keyboard.type("文化广场什么时候修好，能跳舞吗？")
    page.keyboard.press("Tab")
    page.keyboard.type("赵大妈")
    page.keyboard.press("Tab")
    page.keyboard.type("13900139000")
    for _field in ("picture", "anonymous"):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    # past the accusation; the field for programs is never reached
    for _field in ("accusation", "send"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/v/ask/[0-9A-Z]{12}"))


def test_two_answer_at_once(village):
    server = village["server"]
    asked = shell(
        village["cluster"],
        server.database,
        f"""
question = env["yangguang.question"]._ask(
    {{"division": env["yangguang.division"].browse({village["village"]}),
      "text": {WORDS!r}, "channel": "web"}})
result = {{"id": question.id, "seen": question.last_event_id.id}}
""",
    )
    clerk = [Session(server, "bench.clerk", PASSWORD) for _tab in range(2)]
    outcomes = at_once(
        *(
            lambda session=session, text=f"答复之{number}，请村民放心。": session.call(
                "yangguang.question", "action_answer", [asked["id"]], text, asked["seen"]
            )
            for number, session in enumerate(clerk)
        )
    )
    assert sum(isinstance(one, RefusedError) for one in outcomes) == 1
    [question] = clerk[0].call("yangguang.question", "read", [asked["id"]], ["answer", "event_ids"])
    events = clerk[0].call("yangguang.question.event", "read", question["event_ids"], ["kind"])
    assert [event["kind"] for event in events].count("answer") == 1


def photo():
    content = io.BytesIO()
    Image.new("RGB", (640, 480), "orange").save(content, "JPEG")
    return content.getvalue()


def overflows(page):
    """Whether the page has to be moved sideways."""
    return page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
