"""The web player and the server say the same of a programme."""

import hashlib
import random
from datetime import datetime, timedelta

from odoo.addons.yangguang_cunwu.lib import canonical
from odoo.addons.yangguang_cunwu.lib.clock import SHANGHAI
from odoo.addons.yangguang_led.lib import programme
from odoo.addons.yangguang_led.lib.rotation import Rotation
from odoo.addons.yangguang_led.lib.timetable import Timetable


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
