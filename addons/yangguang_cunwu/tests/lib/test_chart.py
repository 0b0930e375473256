import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from summary_tables import random_cases

from odoo.addons.yangguang_cunwu.lib import chart_svg
from odoo.addons.yangguang_cunwu.lib.chart import Bar, Chart
from odoo.addons.yangguang_cunwu.lib.summary import summarise

SVG = "{http://www.w3.org/2000/svg}"
CHART = Chart(
    "收支",
    ("2026年3月", "2026年2月", "2025年3月"),
    (
        Bar("租赁收入", (Decimal("32000.00"), Decimal("-500.00"), None), "收入"),
        Bar("办公<费>", (Decimal("1200.50"), Decimal("0.00"), Decimal("12.30")), "支出"),
    ),
)


def drawn(chart):
    return ElementTree.fromstring(chart_svg.draw(chart))


def charts(count=300):
    for case in random_cases(count, seed=5):
        summary = summarise(*case.faces)
        if summary and summary.chart:
            yield summary.chart


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_plain_data():
    assert CHART.to_plain() == {
        "title": "收支",
        "unit": "元",
        "series": ["2026年3月", "2026年2月", "2025年3月"],
        "bars": [
            {"side": "收入", "label": "租赁收入", "values": ["32000.00", "-500.00", None]},
            {"side": "支出", "label": "办公<费>", "values": ["1200.50", "0.00", "12.30"]},
        ],
    }


def test_it_is_told_to_those_who_do_not_see_it():
    svg = drawn(CHART)
    assert svg.get("role") == "img"
    named = {each.get("id"): each.text for each in svg if each.get("id")}
    assert [named[name] for name in svg.get("aria-labelledby").split()] == [
        "收支",
        "收入 租赁收入：2026年3月3.2万元，2026年2月负500元。"
        "支出 办公<费>：2026年3月1201元，2026年2月0元，2025年3月12.3元。",
    ]


def test_periods_do_not_differ_by_colour_alone():
    svg = chart_svg.draw(CHART)
    fills = re.findall(r'<rect [^>]*stroke-width="1.5" fill="([^"]+)"', svg)[:3]
    assert fills == ["#9b1c1c", "url(#chart-hatch)", "#fff"]
    for colour in set(re.findall(r'(?:stroke|fill)="(#[0-9a-f]{6})"', svg)):
        assert 1.05 / (luminance(colour) + 0.05) >= 3


def test_everything_is_inside():
    for chart in charts():
        svg = drawn(chart)
        _, _, width, height = map(float, svg.get("viewBox").split())
        assert width == 240
        bottom = 0
        for shape in svg.iter():
            if shape.tag == f"{SVG}text":
                size = float(shape.get("font-size"))
                ems = sum(1.0 if ord(char) > 0x2E80 else 0.56 for char in shape.text)
                assert 0 <= float(shape.get("x")) <= width - ems * size, shape.text
                bottom = max(bottom, float(shape.get("y")))
            elif shape.tag == f"{SVG}rect" and shape.get("x"):
                assert float(shape.get("x")) >= -1
                assert float(shape.get("x")) + float(shape.get("width")) <= width
                bottom = max(bottom, float(shape.get("y")) + float(shape.get("height")))
        assert height - 30 < bottom < height


def test_lengths_are_in_proportion():
    for chart in charts(60):
        values = [value for bar in chart.bars for value in bar.values if value is not None]
        shapes = [
            float(shape.get("width")) for shape in drawn(chart).iter(f"{SVG}rect") if shape.get("x")
        ][len(chart.series) :]
        span = max(*values, 0) - min(*values, 0)
        for value, width in zip(values, shapes, strict=True):
            assert width == pytest.approx(max(float(abs(value) / span) * 132, 0.5), abs=0.1)


def test_only_presentation_attributes():
    # the pages forbid styles that are written in
    assert "style" not in chart_svg.draw(CHART)
    assert "<script" not in chart_svg.draw(CHART)
