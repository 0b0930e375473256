"""The web player in Chromium against a server that tests turn: what it shows, and when."""

import io

from PIL import Image
from player_stub import BLACK, BLUE, GREEN, HEIGHT, RED, SAFE, WIDTH, picture


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
