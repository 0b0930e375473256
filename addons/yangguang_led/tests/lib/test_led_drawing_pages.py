"""What a screen shows of a published sheet."""

import io
import re

import pytest
from led_faces import CODE, EDITION, SCREENS, URL, lines, public_face, receipts, watched
from PIL import Image
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from odoo.addons.yangguang_cunwu.lib.summary import summarise
from odoo.addons.yangguang_led.lib.drawing import ONE, SIXTEEN, Screen, legibility, pages
from odoo.addons.yangguang_led.lib.drawing.screen import PALETTE

TEMPLATES = [template.code for template in EDITION.templates]


def drawn(face, screen, **more):
    """The pages of a face, and the leaves they were drawn from."""
    with watched() as leaves:
        shown = pages(face, summarise(face), screen, **{"url": URL, "public_code": CODE} | more)
    return shown, leaves


def image(page):
    return Image.open(io.BytesIO(page.picture))


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_every_form_fits_every_screen(screen):
    for code in TEMPLATES if screen.colours == ONE else TEMPLATES[::5]:
        shown, leaves = drawn(public_face(code, 7), screen)
        assert len(shown.pages) == len(leaves)
        for page, leaf in zip(shown.pages, leaves, strict=True):
            assert image(page).size == (screen.width, screen.height)
            assert page.seconds == legibility.dwell(leaf.characters)


def test_the_order_is_what_it_is_then_in_words_then_sums_then_rows():
    _shown, leaves = drawn(receipts(3), SCREENS["sixteen"])
    told = ["\n".join(lines(leaf)) for leaf in leaves]
    places = [
        next(number for number, text in enumerate(told) if words in text)
        for words in ("东岸村", "简单说", "合计", "第1号塘承包款", "第3号塘承包款", "扫码看全表")
    ]
    assert places == sorted(places)
    assert places[0] == 0 and places[-1] == len(told) - 1


def test_pages_are_numbered():
    _shown, leaves = drawn(receipts(20), SCREENS["small"])
    numbers = [re.findall(r"第(\d+)/(\d+)页", " ".join(lines(leaf))) for leaf in leaves]
    for number, found in enumerate(numbers[1:], 2):
        assert found == [(str(number), str(len(leaves)))]


def test_a_wide_table_is_short_and_says_so():
    _shown, leaves = drawn(receipts(60), Screen(1024, 256, 8, 20))
    heads = [leaf for leaf in leaves if "摘要" in " ".join(lines(leaf))]
    shown = lines(heads[0])[1].split()
    assert len(shown) == 5 and {"摘要", "收入金额", "支出金额"} <= set(shown)
    assert all(lines(leaf)[1].split() == shown for leaf in heads)
    assert "全表共13栏" in " ".join(lines(leaves[-1]))


def test_sixty_rows_are_readable_from_thirty_metres():
    screen = SCREENS["full"]
    _shown, leaves = drawn(public_face("T_ZW09", 60), screen)
    smallest = min(run.font.ink * screen.pitch for leaf in leaves for run in leaf.runs)
    assert smallest >= 30_000 / 250
    assert len(leaves) <= 40


def test_receipts_are_never_shown_without_payments():
    _shown, leaves = drawn(receipts(10), SCREENS["small"])
    for leaf in leaves:
        assert "收入金额" not in " ".join(lines(leaf)) or "0.00" not in lines(leaf)


def test_a_zero_report_and_a_sheet_of_totals_say_so():
    zero = public_face("T_CW05", 0, zero="1", note="本月没有支出。")
    told = "".join("".join(lines(leaf)) for leaf in drawn(zero, SCREENS["sixteen"])[1])
    assert "零报告" in told and "本月没有支出。" in told
    totals = public_face("T_CW05") | {"detail": "totals", "rows": [], "row_count": "9"}
    told = "".join("".join(lines(leaf)) for leaf in drawn(totals, SCREENS["sixteen"])[1])
    assert "明细共9行" in told.replace(" ", "")


def test_amounts_are_in_what_the_sheet_says():
    screen = Screen(512, 256, 10, 20)
    for note, unit in (("金额单位：万元", "万元"), ("金额单位：元", "元"), (None, "元")):
        told = [
            line
            for leaf in drawn(receipts(1) | {"unit_note": note}, screen)[1]
            for line in lines(leaf)
        ]
        assert f"收入金额 30,000.00{unit}" in told
        balance = public_face("T_CW11") | {"unit_note": note}
        told = " ".join(line for leaf in drawn(balance, screen)[1] for line in lines(leaf))
        assert ("期末余额(万" in told) is (unit == "万元")


def test_a_text_is_shown_under_its_title():
    face = public_face("T_CW05", 0, text="第一条\n第二条", columns=[], totals=None)
    _shown, leaves = drawn(face, SCREENS["small"])
    assert ["第一条", "第二条"] in [lines(leaf)[1:] for leaf in leaves]


@pytest.mark.parametrize("name", ["sixteen", "full", "upright"])
def test_the_code_leads_to_the_full_sheet(name):
    screen = SCREENS[name]
    _shown, leaves = drawn(receipts(2), screen)
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4, mask_pattern=0)
    code.add_data(URL)
    code.make(fit=True)
    matrix = code.get_matrix()
    picture = leaves[-1].picture
    module = picture.width // len(matrix)
    assert module >= 3
    found = [
        [not picture.getpixel((x * module + 1, y * module + 1)) for x in range(len(matrix))]
        for y in range(len(matrix))
    ]
    assert found == matrix


def test_where_no_code_can_be_read_there_is_one_to_type():
    _shown, leaves = drawn(receipts(2), SCREENS["small"])
    assert "2345-679A-CDEF" in " ".join(lines(leaves[-1]))
    _shown, leaves = drawn(receipts(2), SCREENS["small"], public_code="")
    assert "公开编号" not in " ".join(lines(leaves[-1]))


def test_colours_are_the_ones_the_screen_has():
    photograph = Image.effect_mandelbrot((80, 60), (-3, -2.5, 2, 2.5), 100)
    target = io.BytesIO()
    photograph.save(target, "JPEG")
    face = receipts(2) | {"files": [entry("image/jpeg")]}
    for screen in (Screen(128, 64, lit="green"), Screen(128, 64, colours=SIXTEEN)):
        shown, _leaves = drawn(face, screen, files={"ab": target.getvalue()})
        allowed = set(PALETTE) if screen.colours != ONE else {(0, 0, 0), (0, 255, 0)}
        for page in shown.pages:
            colours = image(page).convert("RGB").getcolors()
            assert {colour for _count, colour in colours} <= allowed


def entry(mimetype):
    return {"name": "道路.jpg", "mimetype": mimetype, "size": "9", "digest": "ab"}


def test_a_picture_is_whole_and_not_distorted():
    target = io.BytesIO()
    Image.new("RGB", (300, 100), "white").save(target, "PNG")
    face = receipts(2) | {"files": [entry("image/png")]}
    shown, leaves = drawn(face, Screen(128, 64), files={"ab": target.getvalue()})
    (number,) = [n for n, leaf in enumerate(leaves) if leaf.picture is not None]
    assert image(shown.pages[number]).convert("L").getbbox() == (0, 10, 128, 53)
    assert shown.pages[number].seconds == 8


@pytest.mark.parametrize("data", [b"no picture", b""])
def test_a_broken_picture_is_told(data):
    face = receipts(2) | {"files": [entry("image/png")]}
    shown, _leaves = drawn(face, Screen(128, 64), files={"ab": data})
    assert shown.warnings == ("图片“道路.jpg”打不开，屏上不显示。",)


def test_other_files_are_left_out():
    face = receipts(2) | {"files": [entry("application/pdf")]}
    assert drawn(face, SCREENS["small"], files={"ab": b"%PDF"}) == drawn(face, SCREENS["small"])


def test_missing_characters_are_shown_as_such_and_listed_with_their_places():
    face = receipts(3)
    subject = [column["key"] for column in face["columns"]].index("summary")
    face["rows"][1][subject] = "付\U00020bb7某"
    for name in ("full", "text"):
        shown, _leaves = drawn(face | {"note": "付\U00020bb7某"}, SCREENS[name])
        (missing,) = shown.missing
        assert missing.character == "\U00020bb7"
        assert missing.places == ("第2行「摘要」", "说明")
        assert str(missing) == (
            "第2行「摘要」、说明的“\U00020bb7”（U+20BB7）显示不了，屏上用“〓”代替。"
        )
    assert any("付〓某" in page.text for page in shown.pages)


def test_a_text_card_gets_lines_that_fit_its_cells():
    screen = SCREENS["text"]
    face = receipts(9)
    face["division"]["name"] = "阿·东岸村"
    shown, leaves = drawn(face, screen)
    for page, leaf in zip(shown.pages, leaves, strict=True):
        rows = page.text.split("\n")
        assert len(rows) <= screen.height // 16
        for row in rows:
            # in GB2312 a character takes as many bytes as cells
            assert len(row.encode("gb2312")) <= screen.width // 8
        for run in leaf.runs:
            row, column = run.y // 16, run.x // 8
            assert rows[row].encode("gb2312")[column:].startswith(run.text.encode("gb2312"))


def test_rare_characters_of_a_larger_set_are_missing_on_a_text_card_alone():
    face = receipts(1) | {"note": "喆"}
    assert [each.character for each in drawn(face, SCREENS["text"])[0].missing] == ["喆"]
    assert drawn(face, SCREENS["small"])[0].missing == ()


def test_the_clerk_is_told_of_a_show_that_takes_long():
    (warning,) = drawn(receipts(150), SCREENS["small"])[0].warnings
    assert re.match(r"这份内容在这块屏上有\d+页，放一遍要\d+分钟。", warning)
    assert drawn(receipts(3), SCREENS["sixteen"])[0].warnings == ()


def test_a_screen_that_is_too_small_is_told():
    (warning,) = drawn(receipts(1), Screen(128, 32, 10, 120))[0].warnings
    assert "换更大的屏" in warning


@pytest.mark.parametrize("name", SCREENS)
def test_the_same_input_gives_the_same_bytes(name):
    first = drawn(receipts(5), SCREENS[name])[0]
    assert drawn(receipts(5), SCREENS[name])[0] == first
    for page in first.pages:
        assert b"tIME" not in page.picture and b"tEXt" not in page.picture
