import io
import re
import threading
from dataclasses import replace

import pypdf
import pytest

from odoo.addons.yangguang_cunwu.lib import face, pdf
from odoo.addons.yangguang_cunwu.lib.pdf import surface
from odoo.addons.yangguang_cunwu.lib.tables import Column, Template

CODE = "7Q4K9M2TXB6RDPWA"
URL = f"https://cunwu.example/verify/{CODE}"
CONTEXT = face.Context(
    division={"code": "445299101201", "name": "样例村", "town": "样例镇", "district": "样例区"},
    item={"code": "CW02", "name": "收支明细", "category": "财务往来"},
    period="2026年3月",
    procedure=(
        {"label": "编制", "person": "王小明", "date": "2026-04-10"},
        {"label": "审核", "person": "村务监督委员会", "date": "2026-04-12"},
    ),
    legal_basis="《村民委员会组织法》第三十条",
)
TEMPLATE = Template(
    code="T_X",
    item_code="X",
    title="货币资金收支明细表",
    columns=(
        Column("seq", "序号", "integer"),
        Column("summary", "摘要", "text"),
        Column("amount", "金额", "money", unit="元", total=True),
    ),
)


def build(rows=(), template=TEMPLATE, **document):
    document = {"rows": list(rows), **document}
    return face.build(template, document, CONTEXT, "public", mask=lambda value, kind: value)


def rows_of(count, summary="收承包款"):
    return [
        {"seq": str(n), "summary": f"始{n}{summary}终{n}。", "amount": f"{n}.50"}
        for n in range(1, count + 1)
    ]


def draw(shown):
    return pdf.draw(shown, public_code=CODE, verify_url=URL, drawn_at="2026-04-15 10:02")


def pages(drawing):
    reader = pypdf.PdfReader(io.BytesIO(drawing.data))
    # a line break within a cell is not a part of its text
    return [page.extract_text().replace("\n", "") for page in reader.pages]


def wide(count, value="2026-03-05"):
    keys = [f"c{n}" for n in range(count)]
    template = Template(
        "T_W",
        "W",
        "宽表",
        tuple(Column(key, f"第{key}栏", "date") for key in keys),
        orientation="landscape",
    )
    return build([dict.fromkeys(keys, value)] * 3, template)


def test_the_text_can_be_extracted():
    (page,) = pages(draw(build(rows_of(2), note="以凭证为准。")))
    for part in (
        "货币资金收支明细表",
        "2026年3月",
        "样例区样例镇样例村",
        "始2收承包款终2。",
        "合计",
        "4.00",
        "以凭证为准。",
        "村务监督委员会",
        "2026-04-12",
        "《村民委员会组织法》第三十条",
        "7Q4K 9M2T XB6R DPWA",
        "第 1/1 页",
    ):
        assert part in page


def test_the_same_face_gives_the_same_bytes():
    shown, other = build(rows_of(30)), build(rows_of(3, "另一张表"))
    first = draw(shown)
    draw(other)
    assert draw(shown) == first


def test_threads_do_not_disturb_each_other():
    faces = [build(rows_of(20, summary)) for summary in ("鱼塘承包款", "路灯电费", "祠堂修缮")]
    expected = [draw(shown).data for shown in faces]
    drawn = {}

    def work(number):
        drawn[number] = draw(faces[number % 3]).data

    threads = [threading.Thread(target=work, args=(number,)) for number in range(9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert drawn == {number: expected[number % 3] for number in range(9)}


def test_only_a_part_of_the_font_is_embedded():
    drawing = draw(build(rows_of(2)))
    resources = pypdf.PdfReader(io.BytesIO(drawing.data)).pages[0]["/Resources"]
    embedded = [
        font.get_object()
        for font in resources["/Font"].values()
        if "/FontDescriptor" in font.get_object()
    ]
    assert embedded
    for font in embedded:
        assert re.match(r"/[A-Z]{6}\+", font["/BaseFont"])
        assert "/FontFile2" in font["/FontDescriptor"]
    assert len(drawing.data) < 60_000


def test_characters_the_font_lacks_are_told_and_shown():
    drawing = draw(build([{"summary": "收𠮷\ue000交来\t款", "amount": "1.00"}], title="𬭚"))
    assert drawing.missing == ["\ue000", "𠮷"]
    assert "收[U+20BB7][U+E000]交来 款" in pages(drawing)[0]


def test_a_long_table_repeats_its_head_and_title():
    drawing = draw(build(rows_of(120)))
    extracted = pages(drawing)
    assert drawing.pages == len(extracted) > 2
    for number, page in enumerate(extracted, 1):
        assert "货币资金收支明细表" in page
        assert "序号 摘要 金额" in page
        assert f"第 {number}/{drawing.pages} 页" in page
    assert [len(re.findall("合计(?!（大写）)", page)) for page in extracted] == [0] * (
        drawing.pages - 1
    ) + [1]
    assert sum(page.count("扫码核验") for page in extracted) == 1


def test_a_row_stays_on_one_page():
    drawing = draw(build(rows_of(40, "付乡村振兴人居环境整治项目第二期工程进度款" * 5)))
    assert drawing.pages > 2
    for page in pages(drawing):
        assert re.findall(r"始(\d+)付", page) == re.findall(r"终(\d+)。", page)


def test_a_row_taller_than_a_page_is_divided_and_complete():
    drawing = draw(build(rows_of(2, "很长的说明。" * 1200)))
    whole = "".join(pages(drawing))
    assert whole.count("很长的说明") > 2300
    assert "终1" in whole and "终2" in whole


ORDERLY = replace(TEMPLATE, columns=tuple(replace(each, total=False) for each in TEMPLATE.columns))


@pytest.mark.parametrize("count", range(18, 40))
def test_the_signatures_never_stand_alone(count):
    last = pages(draw(build(rows_of(count))))[-1]
    assert "合计" in last
    assert "扫码核验" in last
    last = pages(draw(build(rows_of(count), ORDERLY)))[-1]
    assert f"终{count}" in last or f"以上共 {count} 行，见前页" in last
    assert "扫码核验" in last


@pytest.mark.parametrize("template", [TEMPLATE, ORDERLY])
def test_rows_fill_a_page_before_the_next_one_begins(template):
    most = pages(draw(build(rows_of(60), template)))[0].count("收承包款")
    assert most > 20
    for count in range(1, 40):
        page = pages(draw(build(rows_of(count), template)))[0]
        assert page.count("收承包款") == min(count, most)


@pytest.mark.parametrize("count", range(8, 24))
def test_the_signatures_never_stand_apart_from_a_text(count):
    lines = "\n".join(f"段{n}终{n}。" for n in range(count))
    last = pages(draw(build(text=lines, template=None)))[-1]
    assert f"终{count - 2}。段{count - 1}终" in last
    assert "扫码核验" in last


def test_text_is_set_in_paragraphs():
    drawing = draw(build(text="第一段。\n" + "第二段很长。" * 40, template=None))
    (page,) = pages(drawing)
    assert page.count("第二段很长。") > 35
    assert drawing.missing == []


def test_paragraphs_are_indented_by_two_characters(monkeypatch):
    starts = []
    monkeypatch.setattr(
        surface.Surface, "text", lambda self, x, y, part, size, bold=False: starts.append((part, x))
    )
    draw(build(text="第一段。" + "很长。" * 30 + "\n第二段。", template=None))
    lines = [x for part, x in starts if "段" in part or "很长" in part]
    assert len(lines) == 4
    assert lines[0] == lines[3] == pytest.approx(lines[1] + 24)
    assert lines[1] == lines[2]


def test_a_zero_report_and_totals_alone_are_drawn():
    assert "零报告" in pages(draw(build(zero="1")))[0]
    shown = face.build(
        TEMPLATE, {"rows": rows_of(7)}, CONTEXT, "public", mask=None, totals_only=True
    )
    page = pages(draw(shown))[0]
    assert "明细共 7 行" in page
    assert "31.50" in page
    assert "收承包款" not in page


def test_a_wide_table_is_divided_and_repeats_its_first_columns():
    extracted = "".join(pages(draw(wide(40))))
    assert extracted.count("宽表（续表）") >= 1
    assert extracted.count("第c0栏") == extracted.count("第c1栏") > 1
    for number in range(2, 40):
        assert extracted.count(f"第c{number}栏") == 1


def test_a_table_of_21_columns_stays_whole():
    assert "续表" not in "".join(pages(draw(wide(21, "是"))))


def test_numbers_end_at_the_same_place(monkeypatch):
    rows = [{"seq": "1", "summary": "甲", "amount": amount} for amount in ("1.00", "1234567.89")]
    font = pdf.default_font()
    ends = []

    def record(self, x, y, part, size, bold=False):
        if re.fullmatch(r"[\d,]+\.\d\d", part):
            ends.append(x + font.width(part) * size)

    monkeypatch.setattr(surface.Surface, "text", record)
    draw(build(rows))
    assert len(ends) == 3
    assert ends == pytest.approx([ends[0]] * 3)
