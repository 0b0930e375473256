"""The web player in Chromium against a server that tests turn: it shows what is signed, never goes
dark by itself, and loses no proof."""

import hashlib
import io
import json
import random
from datetime import datetime, timedelta

import pytest
from chromium import CHROMIUM
from PIL import Image
from player_stub import HEIGHT, WIDTH, Box, Stub, picture

from odoo.addons.yangguang_cunwu.lib import canonical
from odoo.addons.yangguang_cunwu.lib.clock import SHANGHAI
from odoo.addons.yangguang_led.lib import manifest, programme
from odoo.addons.yangguang_led.lib.rotation import Rotation
from odoo.addons.yangguang_led.lib.timetable import Timetable

RED, BLUE, GREEN, BLACK = (255, 0, 0), (0, 0, 255), (0, 128, 0), (0, 0, 0)
SAFE = (11, 61, 46)
DAY = timedelta(days=1)


@pytest.fixture
def stub():
    one = Stub()
    one.url = one.start()
    yield one
    one.stop()


@pytest.fixture
def box(browser, stub, tmp_path):
    one = Box(browser.browser_type, CHROMIUM, tmp_path / "disk", stub.url)
    yield one
    one.close()


def test_it_asks_for_its_pairing_and_plays(stub, box):
    stub.is_paired = False
    stub.publish(stub.page(picture("red")), stub.page(picture("blue")))
    box.start()
    box.wait_for_colour(SAFE)
    assert not stub.heartbeats
    stub.is_paired = True
    box.wait_for_colour(RED)
    box.wait_for_colour(BLUE)
    box.wait_for_colour(RED)
    size = box.page.evaluate("[stage.width, stage.height, getComputedStyle(stage).width]")
    assert size == [WIDTH, HEIGHT, f"{WIDTH}px"]


def test_it_starts_without_network(stub, box):
    stub.publish(stub.page(picture("red")))
    box.start()
    box.wait_for_colour(RED)
    with stub.cut():
        box.kill()
        box.start()
        box.wait_for_colour(RED, seconds=10)


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


def test_dark_by_plan_only(stub, box):
    minute = stub.now().hour * 60 + stub.now().minute
    stub.publish(stub.page(picture("red")), opens=(minute + 120) % 1440, closes=24 * 60)
    if minute + 120 >= 1440:
        stub.publish(stub.page(picture("red")), opens=0, closes=max(1, minute - 60))
    box.start()
    box.wait_for_colour(BLACK)
    stub.publish(opens=0)
    box.close()
    box.start()
    # nothing to show: the filler of the programme
    box.wait_for_colour(GREEN)


def test_a_page_that_cannot_be_shown_is_left_out(stub, box):
    stub.publish(stub.page(picture("red")), stub.page(b"no picture"), stub.page(picture("blue")))
    box.start(factor=10)
    box.wait_for_colour(BLUE)
    box.wait_for_colour(RED)
    box.wait(lambda: stub.alarms, what="an alarm")
    assert next(iter(stub.alarms.values()))["kind"] == "page"
    assert set(stub.alarms) == {1}


def test_without_anything_to_show_the_safe_page_comes(stub, box):
    stub.publish(stub.page(b"no picture"), filler=b"no picture either")
    box.start()
    box.wait(lambda: stub.heartbeats, what="a heartbeat")
    box.page.wait_for_timeout(2000)
    assert box.colour() == SAFE


def test_the_end_of_its_pairing_clears_it(stub, box):
    stub.publish(stub.page(picture("red")))
    box.start()
    box.wait_for_colour(RED)
    stub.is_paired = False
    stub.is_revoked = True
    # the real time, as it is promised
    box.wait_for_colour(SAFE, seconds=60)
    box.close()
    with stub.cut():
        box.start()
        box.page.wait_for_timeout(2000)
        assert box.colour() == SAFE


def test_a_picture_of_the_canvas_when_it_is_asked_for(stub, box):
    stub.publish(stub.page(picture("red")))
    box.start()
    box.wait_for_colour(RED)
    stub.shot_wanted = True
    box.wait(lambda: stub.shots, seconds=60, what="a picture")
    with Image.open(io.BytesIO(stub.shots[0])) as shot:
        assert shot.size == (WIDTH, HEIGHT)
        assert shot.convert("RGB").getcolors() == [(WIDTH * HEIGHT, RED)]


FILM = """
async () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [64, 32];
    const context = canvas.getContext("2d");
    const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: "video/webm" });
    const parts = [];
    recorder.ondataavailable = (event) => parts.push(event.data);
    const stopped = new Promise((resolve) => (recorder.onstop = resolve));
    recorder.start();
    for (let frame = 0; frame < 40; frame++) {
        context.fillStyle = frame % 2 ? "#ff00ff" : "#f800f8";
        context.fillRect(0, 0, 64, 32);
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    recorder.stop();
    await stopped;
    return [...new Uint8Array(await new Blob(parts).arrayBuffer())];
}
"""


@pytest.fixture(scope="module")
def film(browser):
    page = browser.new_page()
    content = bytes(page.evaluate(FILM))
    page.close()
    return content


def test_a_film_is_drawn_and_read_in_parts(stub, box, film):
    entry = stub.page(film, seconds=2, mimetype="video/webm")
    stub.publish(entry, stub.page(picture("red")))
    box.start()
    box.wait(lambda: _is_magenta(box.colour()), what="the film")
    box.wait_for_colour(RED)
    address = f"/led/player/media/{entry['digest']}"
    for asked, (status, start, end) in {
        "bytes=0-": (206, 0, len(film)),
        "bytes=10-19": (206, 10, 20),
        "bytes=-5": (206, len(film) - 5, len(film)),
        f"bytes=5-{len(film) + 9}": (206, 5, len(film)),
        f"bytes={len(film)}-": (416, 0, 0),
    }.items():
        answer = box.page.evaluate(
            "async ([address, range]) => {"
            " const answer = await fetch(address, { headers: { Range: range } });"
            " return [answer.status, answer.headers.get('Content-Range'),"
            " [...new Uint8Array(await answer.arrayBuffer())]]; }",
            [address, asked],
        )
        told = f"bytes {start}-{end - 1}/" if status == 206 else "bytes */"
        assert answer == [status, f"{told}{len(film)}", list(film[start:end])], asked


def _is_magenta(colour):
    return colour[0] > 200 and colour[1] < 60 and colour[2] > 200


# so fast that a stop of 17 ms is half a minute to the player: only on a machine that does no more
THREE_DAYS = pytest.param(72, 5, 1800, 600, marks=pytest.mark.slow)


@pytest.mark.parametrize(
    ("hours", "kills", "factor", "page"), [(0.5, 2, 90, 20), THREE_DAYS], ids=["short", "days"]
)
def test_a_long_time_without_network_and_power_cuts(stub, box, hours, kills, factor, page):
    stub.publish(stub.page(picture("red"), seconds=page), stub.page(picture("blue"), seconds=page))
    box.start()
    box.wait_for_colour(RED)
    box.close()
    # an hour is proven when it is over: whenever the test runs, one ends in the first stretch
    begun = timedelta(minutes=(55 - stub.now().minute) % 60)
    with stub.cut():
        passed = timedelta()
        stretch = timedelta(hours=hours) / (kills + 1)
        for _stretch in range(kills + 1):
            box.start(factor=factor, ahead=begun + passed)
            box.wait(lambda: _running(box) >= stretch, seconds=120, what="the time to pass")
            passed += _running(box)
            kept = box.page.evaluate(KEPT, ["counts", "proofs"])
            box.kill()
    stub.shift = begun + passed
    stub.lose_acknowledgements = 2
    box.start(factor=10, ahead=begun + passed)
    box.wait(lambda: stub.rows and not stub.lose_acknowledgements, what="the proofs", seconds=90)
    box.wait(lambda: stub.heartbeats[-1]["waiting"] == 0, what="all proofs", seconds=120)
    proven = sum(stub.seconds().values())
    assert not stub.refused
    assert sorted(stub.rows) == list(range(1, len(stub.rows) + 1))
    # no second of the kept ones lost or doubled; the last hour is still being counted
    open_hour = box.page.evaluate(KEPT, ["counts"])
    since = _running(box).total_seconds()
    assert abs(proven + open_hour - kept) < page + since + len(stub.rows)
    # a cut may cost the page that is on and the start of the browser
    assert passed.total_seconds() * 1.001 >= proven
    assert kept >= passed.total_seconds() - (kills + 1) * 3 * page


def _running(box):
    """How long the box has been on, by its own clock."""
    return timedelta(milliseconds=box.page.evaluate("performance.now()"))


# seconds in what the disk of the box holds
KEPT = """
async (names) => {
    const database = await new Promise((resolve) => {
        const opening = indexedDB.open("yangguang-player");
        opening.onsuccess = () => resolve(opening.result);
    });
    let total = 0;
    for (const name of names) {
        const rows = await new Promise((resolve) => {
            const reading = database.transaction(name).objectStore(name).getAll();
            reading.onsuccess = () => resolve(reading.result);
        });
        total += rows.reduce((sum, row) => sum + row.length, 0) / 1000;
    }
    database.close();
    return total;
}
"""
SAMPLES = """
() => {
    const stage = document.getElementById("stage");
    const sample = () => {
        const [r, g, b] = stage.getContext("2d").getImageData(9, 9, 1, 1).data;
        window.samples.push([performance.now(), r + g + b > 30]);
    };
    window.samples = [];
    setInterval(sample, 200);
}
"""


@pytest.mark.parametrize(
    "seconds", [40, pytest.param(3600, marks=pytest.mark.slow)], ids=["short", "hour"]
)
def test_never_blank(stub, box, film, seconds):
    """Pages, a film, a broken page, changes of the programme and a cut network meanwhile."""

    def pages(*colours):
        broken = stub.page(b"no picture")
        shown = [stub.page(picture(colour), seconds=2) for colour in colours]
        return *shown, broken, stub.page(film, seconds=2, mimetype="video/webm")

    stub.publish(*pages("red", "blue"))
    page = box.start()
    box.wait_for_colour(RED)
    page.evaluate(SAMPLES)
    for part in range(4):
        if part % 2:
            with stub.cut():
                page.wait_for_timeout(seconds * 250)
        else:
            stub.publish(*pages("yellow", "white", "red"))
            page.wait_for_timeout(seconds * 250)
    samples = page.evaluate("window.samples")
    assert len(samples) > seconds * 2
    longest = last = 0
    begun = samples[0][0]
    for moment, lit in samples:
        # a page that samples nothing for long would hide a blank
        assert moment - (last or begun) < 2000
        last = moment
        begun = moment if lit else begun
        longest = max(longest, moment - begun)
    assert longest <= 2000


def test_it_says_the_same_as_the_server(stub, box):
    """Random programmes: what is in turn, what is dark and how bright, in Python and JavaScript."""
    cases = [_case(random.Random(seed)) for seed in range(300)]
    page = box.start()
    found = page.evaluate(
        """async (cases) => {
            const { due, isOpen, percent, pictures } = await import("/led/player/programme.js");
            return cases.map(({ programme, moment }) => {
                const turns = due(programme, moment);
                return [
                    turns.map(({ entry, page }) => [entry && entry.title, page.digest]),
                    isOpen(programme, moment),
                    percent(programme, moment),
                    [...pictures(programme).keys()].sort(),
                ];
            });
        }""",
        [case["sent"] for case in cases],
    )
    assert found == [case["expected"] for case in cases]
    # the cases are worth something
    shown = [case["expected"][0] for case in cases]
    assert any(turns[0][0] is None for turns in shown)
    assert sum(len(turns) > 3 for turns in shown) > 30


def _case(draw):
    moment = datetime(2026, 3, 5, tzinfo=SHANGHAI) + timedelta(minutes=draw.randrange(3 * 1440))

    def near():
        return moment + timedelta(minutes=draw.choice([-90, -1, 0, 1, 90]))

    def pages(most):
        names = [draw.choice("abcdef") for _page in range(draw.randint(0, most))]
        return [
            programme.page_entry(
                hashlib.sha256(name.encode()).hexdigest(), 9, draw.randint(5, 9), "", "image/png"
            )
            for name in names
        ]

    # keys that JavaScript would order as numbers
    keys = ["10", "9", "b", "a", "ｚ", "𠮷"]
    entries = {
        key: programme.entry(
            draw.choices([programme.PUBLICATION, programme.INSERT], [12, 1])[0],
            key,
            pages(3) or pages(3),
            pages(1),
            begins=draw.choice([None, near()]),
            ends=draw.choice([None, near()]),
        )
        for key in draw.sample(keys, draw.randint(0, 6))
    }
    timetable = Timetable(
        draw.randrange(0, 720),
        draw.randrange(720, 1441),
        tuple((minute, draw.randint(0, 100)) for minute in draw.sample(range(1440), 2))
        if draw.random() < 0.7
        else (),
    )
    starts = sorted(draw.sample(range(1440), draw.randint(0, 3)))
    plans = [
        (start, Rotation(tuple((key, draw.random() < 0.3) for key in entries), 0, 0))
        for start in starts
    ]
    made = programme.build(
        {"code": "S1", "width": "64", "height": "32", "colours": "full"},
        timetable,
        entries,
        plans,
        pages(2) or pages(2),
    )
    made = canonical.parse(canonical.canonical(made))
    return {
        "sent": {"programme": made, "moment": moment.timestamp() * 1000},
        "expected": [
            [[one and one["title"], page["digest"]] for one, page in programme.due(made, moment)],
            timetable.is_open(moment),
            timetable.percent(moment),
            sorted(programme.pictures(made)),
        ],
    }
