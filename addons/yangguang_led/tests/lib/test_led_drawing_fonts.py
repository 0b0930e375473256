import pytest

from odoo.addons.yangguang_led.lib.drawing import FontError, fonts


def rows(glyph):
    """The dots of a glyph as lines of text."""
    dots = f"{glyph.dots:0{glyph.width * glyph.height}b}".translate({48: ".", 49: "#"})
    return [dots[start : start + glyph.width] for start in range(0, len(dots), glyph.width)]


def test_bitmaps_are_shown_as_they_were_designed():
    assert rows(fonts.font(12).glyph("王"))[1:12] == [
        ".#########..",
        ".....#......",
        ".....#......",
        ".....#......",
        ".....#......",
        "..#######...",
        ".....#......",
        ".....#......",
        ".....#......",
        ".....#......",
        "###########.",
    ]


@pytest.mark.parametrize("size", fonts.SIZES)
def test_every_character_is_within_its_line(size):
    font = fonts.font(size)
    for character in "村務鑫国，。（）“”()gyjpQW0123456789,.%〓":
        glyph = font.glyph(character)
        assert glyph.height == font.line
        assert 0 < glyph.dots < 1 << glyph.width * glyph.height


@pytest.mark.parametrize("size", fonts.SIZES)
def test_figures_are_equally_wide(size):
    assert len({fonts.font(size).width(figure) for figure in "0123456789"}) == 1


def test_a_size_says_how_high_characters_are_to_the_eye():
    assert [fonts.font(size).ink for size in (12, 16, 32)] == [11, 15, 29]


def test_what_the_bitmaps_lack_comes_from_the_outlines():
    font = fonts.font(16)
    helper = fonts.font(20)
    only = next(
        character
        for character in map(chr, range(0x3000, 0xFFF0))
        if helper.has(character) and not font._draws(font.file, font._shape, character)
        if not character.isspace()
    )
    assert font.has(only)
    assert font.glyph(only) != font.glyph(fonts.SUBSTITUTE)


@pytest.mark.parametrize("character", ["\U00020bb7", "\x07", "\ufffe"])
def test_what_no_font_has_is_seen_to_be_missing(character):
    for size in (12, 16, 24):
        assert not fonts.font(size).has(character)
        assert fonts.font(size).glyph(character) == fonts.font(size).glyph(fonts.SUBSTITUTE)


def test_cells_are_as_wide_as_on_a_card():
    font = fonts.cell_font()
    assert {font.width(character) for character in map(chr, range(32, 127))} == {8}
    assert {font.width(character) for character in "村，（·“㎡〓\u3000"} == {16}


@pytest.mark.parametrize(
    ("size", "file"), [(12, "wenquanyi_9pt.pcf"), (16, "wenquanyi_12pt.pcf"), (24, "zenhei")]
)
def test_a_missing_font_says_what_to_install(monkeypatch, size, file):
    fonts._made.cache_clear()
    fonts._load.cache_clear()

    def missing(*arguments, **options):
        raise OSError("cannot open resource")

    monkeypatch.setattr(fonts.ImageFont, "truetype", missing)
    with pytest.raises(FontError, match=rf"{file}.*xfonts-wqy.*fonts-wqy-zenhei"):
        fonts.font(size)
