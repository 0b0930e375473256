"""What a programme says is in turn, and the show a card gets of it."""

from datetime import datetime

from odoo.addons.yangguang_cunwu.lib.clock import SHANGHAI
from odoo.addons.yangguang_led.lib import programme
from odoo.addons.yangguang_led.lib.rotation import Rotation
from odoo.addons.yangguang_led.lib.timetable import Timetable

SCREEN = {"code": "P1", "width": "64", "height": "32", "colours": "one"}


def at(day, hour):
    return datetime(2026, 3, day, hour, tzinfo=SHANGHAI)


def page(name, mimetype="image/png"):
    return programme.page_entry(name * 64, 10, 8, f"text {name}", mimetype)


def made(**entries):
    entries = {
        "a": programme.entry(
            programme.PUBLICATION,
            "收支",
            [page("1"), page("2")],
            [page("3")],
            publication="AAAA",
            page="f" * 64,
            ends=at(6, 0),
        ),
        "b": programme.entry(programme.PUBLICATION, "通知", [page("4")]),
        **entries,
    }
    return programme.build(
        SCREEN,
        Timetable(360, 1320),
        entries,
        [
            (0, Rotation((("a", False), ("b", False)), 24, 100)),
            (18 * 60, Rotation((("a", True),), 8, 100)),
        ],
        [page("0")],
    )


def shown(one, moment):
    return [page["digest"][0] for _entry, page in programme.due(one, moment)]


def test_the_plan_of_the_hour():
    assert shown(made(), at(5, 9)) == ["1", "2", "4"]
    assert shown(made(), at(5, 18)) == ["3"]
    assert programme.boundaries(made()) == {0, 18 * 60}


def test_what_has_ended_is_left_out_and_the_filler_comes():
    assert shown(made(), at(6, 9)) == ["4"]
    assert shown(made(), at(6, 18)) == ["0"]


def test_an_urgent_message_silences_the_rest_and_goes_by_itself():
    urgent = programme.entry(programme.INSERT, "台风", [page("9")], begins=at(5, 8), ends=at(5, 10))
    one = made(urgent=urgent)
    assert [shown(one, at(5, hour)) for hour in (7, 8, 9, 10)] == [
        ["1", "2", "4"],
        ["9"],
        ["9"],
        ["1", "2", "4"],
    ]


def test_a_show_has_the_bytes_and_a_digest_of_its_own():
    contents = {page(name)["digest"]: name.encode() for name in "1234"}
    contents[page("5")["digest"]] = b"film"
    film = programme.entry(programme.PUBLICATION, "录像", [page("5", "video/mp4")])

    def show(content, moment):
        outline = programme.outline(content, moment)
        return programme.show_of(outline, lambda one: contents[one["digest"]])

    first = show(made(), at(5, 9))
    assert (first.width, first.height) == (64, 32)
    assert [one.picture for one in first.pages] == [b"1", b"2", b"4"]
    assert [one.text for one in first.pages] == ["text 1", "text 2", "text 4"]
    assert first.pages[0].seconds == 8
    assert show(made(), at(4, 10)) == first
    assert show(made(), at(5, 19)).digest != first.digest
    assert show(made(b=film), at(5, 9)).pages[2].video == b"film"


def test_every_picture_is_named_once():
    assert sorted(digest[0] for digest in programme.pictures(made())) == ["0", "1", "2", "3", "4"]


def test_the_digest_covers_everything():
    one = made()
    assert programme.digest(one) == programme.digest(made())
    one["entries"]["b"]["pages"][0]["seconds"] = "9.00"
    assert programme.digest(one) != programme.digest(made())
