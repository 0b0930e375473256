"""The web player over a long time: it goes never dark by itself, and loses no proof."""

from datetime import timedelta

import pytest
from player_stub import RED, picture
from playwright.sync_api import Error

# the browser's start in real seconds, which the player's clock makes so many more
START = 2
# so fast that a stop of 50 ms is half a minute to the player, which may then start itself anew
THREE_DAYS = pytest.param(72, 5, 600, 200, marks=pytest.mark.slow)


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
            box.wait(lambda: _running(box) >= stretch, seconds=180, what="the time to pass")
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
    assert kept >= passed.total_seconds() - (kills + 1) * (page + factor * START)


def _running(box):
    """How long the box has been on, by its own clock."""
    while True:
        try:
            return timedelta(milliseconds=box.page.evaluate("running()"))
        except Error:
            # the player is just starting itself anew; a page that is gone raises here
            box.page.wait_for_load_state()


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
    "seconds", [20, pytest.param(3600, marks=pytest.mark.slow)], ids=["short", "hour"]
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
