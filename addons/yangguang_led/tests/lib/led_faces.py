"""Public faces of invented sheets, screens to show them on, and a look at pages before they are
drawn."""

import contextlib
from pathlib import Path
from unittest import mock

from odoo.addons.yangguang_cunwu.lib import catalogue, face, masking
from odoo.addons.yangguang_cunwu.lib.tables import complete
from odoo.addons.yangguang_led.lib.drawing import FULL, SIXTEEN, Screen, canvas
from odoo.addons.yangguang_led.lib.drivers.base import TEXT

_DATA = Path(catalogue.__file__).parents[2] / "data" / "catalogue"
EDITION = catalogue.read_directory(_DATA, "village")
URL = "https://cunwu.example.cn/v/2345679ACDEF"
CODE = "2345679ACDEF"
SCREENS = {
    "small": Screen(128, 64),
    "amber": Screen(192, 96, lit="yellow"),
    "sixteen": Screen(256, 128, 8, 25, SIXTEEN),
    "full": Screen(512, 256, 4, 30, FULL),
    "upright": Screen(160, 320, 5, 15, FULL),
    "one line": Screen(320, 16),
    "tiny": Screen(32, 16),
    "pillar": Screen(40, 96, 3, 60),
    "text": Screen(128, 64, draws=TEXT),
    "text line": Screen(256, 16, draws=TEXT),
}


def public_face(template_code, rows=None, **more):
    """The face of a template's sample, with its first row `rows` times over when that is given."""
    template = EDITION.template(template_code)
    document = complete(template, template.sample)
    if rows is not None:
        document["rows"] = [dict(document["rows"][0]) for _number in range(rows)]
    context = face.Context(
        division={"code": "990101101201", "name": "东岸村", "town": "临溪镇", "district": "青禾区"},
        item={"code": template.item_code, "name": template.title, "category": "财务公开"},
        period="2026年1月",
    )
    return face.build(template, document, context, "public", mask=masking.mask) | more


def receipts(rows):
    """A list of receipts and payments of so many rows, each different."""
    built = public_face("T_CW02", rows)
    keys = [column["key"] for column in built["columns"]]
    for number, row in enumerate(built["rows"], 1):
        row[keys.index("summary")] = f"第{number}号塘承包款"
        row[keys.index("receipt")] = f"{number},234.50"
    return built


@contextlib.contextmanager
def watched():
    """The leaves that are drawn within, in the order of the pages."""
    leaves = []
    draw = canvas.png

    def noted(leaf, screen):
        leaves.append(leaf)
        return draw(leaf, screen)

    with mock.patch.object(canvas, "png", noted):
        yield leaves


def lines(leaf):
    """The text of a page line by line, from top to bottom and left to right."""
    found = {}
    for run in sorted(leaf.runs, key=lambda run: (run.y, run.x)):
        found.setdefault(run.y, []).append(run.text)
    return [" ".join(texts) for texts in found.values()]
