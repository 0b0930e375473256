"""What the web player believes: what is signed for it, whatever its clock, disk and network say."""

import io
import json
import random
from datetime import timedelta

import pytest
from PIL import Image
from player_stub import BLUE, RED, SAFE, picture

from odoo.addons.yangguang_led.lib import manifest

DAY = timedelta(days=1)


def test_an_altered_picture_is_not_shown(stub, box):
    stub.publish(stub.page(picture("red")))
    box.start()
    box.wait_for_colour(RED)
    genuine = stub.page(picture("blue"))
    stub.alter = lambda digest, content: picture("black")
    stub.publish(genuine)
    box.close()
    box.start(factor=10)
    box.wait(lambda: stub.alarms, what="an alarm")
    assert box.colour() == RED
    assert [(one["kind"], one["detail"]) for one in stub.alarms.values()] == [
        ("picture", genuine["digest"])
    ]
    stub.alter = lambda digest, content: content
    box.wait_for_colour(BLUE)


def _other_key(stub):
    stub.publish(stub.page(picture("blue")))
    stub.issue(json.loads(stub.envelope["manifest"])["programme"], manifest.new_key()[0])


def _other_bytes(stub):
    stub.publish(stub.page(picture("blue")))
    text = stub.envelope["manifest"]
    stub.envelope |= {"manifest": text.replace('"P0"', '"P1"')}


def _old_one(stub):
    stub.publish(stub.page(picture("blue")))
    stub.serial = 1
    stub.issue(json.loads(stub.envelope["manifest"])["programme"])


def _other_screen(stub):
    stub.publish(stub.page(picture("blue")))
    content = json.loads(stub.envelope["manifest"])["programme"]
    stub.issue(content | {"screen": content["screen"] | {"code": "S2"}})


@pytest.mark.parametrize(
    ("forge", "reason"),
    [
        (_other_key, "signature"),
        (_other_bytes, "signature"),
        (_old_one, "replay"),
        (_other_screen, "screen"),
    ],
)
def test_what_the_server_did_not_issue_is_not_shown(stub, box, forge, reason):
    stub.publish(stub.page(picture("white")))
    stub.publish(stub.page(picture("red")))
    box.start()
    box.wait_for_colour(RED)
    forge(stub)
    box.close()
    box.start(factor=10)
    box.wait(lambda: stub.alarms, what="an alarm")
    assert [one["kind"] for one in stub.alarms.values()] == [reason]
    assert box.colour() == RED
    # after a restart neither
    box.close()
    with stub.cut():
        box.start()
        box.wait_for_colour(RED)


HAS = """
async (digest) => {
    const opening = indexedDB.open("yangguang-player");
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const reading = opening.result.transaction("files").objectStore("files").get(digest);
    await new Promise((resolve) => (reading.onsuccess = resolve));
    opening.result.close();
    return Boolean(reading.result);
}
"""
# no file of more than 1 MB has room; Chromium does not hold IndexedDB to the quota of its DevTools
FULL = """
() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value, ...key) {
        if (this.name === "files" && value.content.size > 1024 * 1024) {
            this.transaction.abort();
            throw new DOMException("full", "QuotaExceededError");
        }
        return put.call(this, value, ...key);
    };
}
"""


def test_a_full_disk_keeps_the_last_good_programme(stub, box):
    noise = random.Random(1)
    old = stub.page(picture("white"))
    stub.publish(old)
    page = box.start(factor=4)
    box.wait_for_colour((255, 255, 255))
    stub.publish(stub.page(picture("red")))
    box.wait_for_colour(RED)
    page.evaluate(FULL)
    buffer = io.BytesIO()
    Image.frombytes("RGB", (1024, 1024), noise.randbytes(1024 * 1024 * 3)).save(buffer, "PNG")
    stub.publish(stub.page(buffer.getvalue()))
    box.wait(lambda: stub.heartbeats[-1]["full"], seconds=60, what="full in a heartbeat")
    assert box.colour() == RED
    assert stub.heartbeats[-1]["serial"] == 2
    # what is not on has given way, what is on has not
    assert not page.evaluate(HAS, old["digest"])
    stub.publish(stub.page(picture("blue")))
    box.wait_for_colour(BLUE, seconds=60)
    box.wait(lambda: not stub.heartbeats[-1]["full"], seconds=60, what="room in a heartbeat")


@pytest.mark.parametrize("ahead", [DAY, -DAY])
def test_a_clock_that_is_a_day_off(stub, box, ahead):
    soon = stub.now() + timedelta(hours=12)
    stub.publish(stub.page(picture("red")), begins=stub.now() - timedelta(hours=12), ends=soon)
    box.start(ahead=ahead)
    box.wait_for_colour(RED)
    box.wait(lambda: stub.heartbeats, what="a heartbeat")
    box.close()
    with stub.cut():
        box.start(ahead=ahead)
        box.wait_for_colour(RED)
        box.page.wait_for_timeout(2000)
        assert box.colour() == RED
    assert abs(stub.heartbeats[-1]["ahead"] - ahead.total_seconds()) < 5


def test_a_clock_that_falls_back_to_its_beginning(stub, box):
    began = stub.now() - timedelta(hours=1)
    stub.publish(stub.page(picture("red")), begins=began)
    box.start()
    box.wait_for_colour(RED)
    box.close()
    with stub.cut():
        box.start(ahead=-2000 * DAY)
        box.wait_for_colour(RED)


def test_thirty_days_without_network_and_not_more(stub, box):
    stub.publish(stub.page(picture("red")))
    box.start()
    box.wait_for_colour(RED)
    box.close()
    with stub.cut():
        box.start(ahead=30 * DAY)
        box.wait_for_colour(RED)
        box.close()
        box.start(ahead=33 * DAY)
        box.page.wait_for_timeout(3000)
        assert box.colour() == SAFE
