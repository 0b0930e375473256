"""The web player against the real server: paired by hand, it shows what the server drew, proves it,
and goes when its pairing ends."""

import base64
import io

import pytest
from chromium import CHROMIUM
from PIL import Image
from player_stub import Box
from remote import Session
from shells import shell

# a screen of a village that has something on display, and what it is to show
PREPARE = """
import base64
from odoo.addons.yangguang_led.lib import programme
publication = env["yangguang.publication"].search(
    [("state", "=", "published"), ("open_web", "!=", "nothing"), ("page_ids", "!=", False)],
    order="id desc", limit=1)
screen = env["yangguang.screen"].create({
    "name": "文化广场屏", "division_id": publication.division_id.id, "driver": "web",
    "width": 256, "height": 128, "opens": 0, "closes": 24})
screen.state = "on"
screen._arrange()
pages = programme.pictures(screen.programme_id._content())
pictures = env["yangguang.picture"].search([("digest", "in", list(pages))])
result = {
    "id": screen.id,
    "name": screen.name,
    "pictures": {one.digest: base64.b64encode(one._bytes()).decode() for one in pictures},
}
"""
KEPT = """
screen = env["yangguang.screen"].browse({})
result = dict(
    alarms=screen.alarm_ids.mapped("kind"),
    grades=env["yangguang.display.proof"].search([("screen_id", "=", screen.id)]).mapped("grade"),
    health=screen.health,
    playing=screen.contact_ids.playing,
    shots=len(screen.shot_ids),
)
"""


@pytest.fixture
def box(browser, server, tmp_path):
    one = Box(browser.browser_type, CHROMIUM, tmp_path / "disk", server.base_url)
    yield one
    one.close()


def test_a_box_from_its_pairing_to_its_end(server, cluster, box):
    screen = shell(cluster, server.database, PREPARE)
    staff = Session(server, "admin", server.admin_password)
    page = box.switch_on()
    with page.expect_response("**/led/v1/pairing") as answer:
        page.goto(box.url)
    code = answer.value.json()["code"]
    wizard = staff.call(
        "yangguang.player.pair", "create", [{"screen_id": screen["id"], "code": code}]
    )
    answer = staff.call("yangguang.player.pair", "action_confirm", wizard)
    assert answer["type"] == "ir.actions.act_window_close"

    # what is on is what the server drew, dot by dot
    box.wait(lambda: page.evaluate("[stage.width, stage.height]") == [256, 128], what="a page")
    expected = [_picture(one) for one in screen["pictures"].values()]
    box.wait(lambda: _canvas(page) in expected, what="a page of the programme")

    with page.expect_response("**/led/v1/screenshot?*", timeout=90_000) as answer:
        staff.call("yangguang.screen", "action_ask_shot", [screen["id"]])
    assert answer.value.status == 200
    kept = shell(cluster, server.database, KEPT.format(screen["id"]))
    assert kept["grades"] == ["screenshot"]
    assert kept["playing"] in screen["pictures"]
    assert (kept["health"], kept["shots"], kept["alarms"]) == ("lit", 1, [])

    (player,) = staff.call("yangguang.screen", "read", [screen["id"]], ["player_ids"])
    staff.call("yangguang.player", "action_revoke", player["player_ids"])
    box.wait(lambda: _canvas(page) not in expected, seconds=60, what="the safe page")
    assert box.colour() == (11, 61, 46)


def _picture(content):
    with Image.open(io.BytesIO(base64.b64decode(content))) as image:
        return image.convert("RGB")


def _canvas(page):
    """What is on the canvas, as an image."""
    return _picture(page.evaluate("stage.toDataURL('image/png')").split(",")[1])
