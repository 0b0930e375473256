"""The look of the workbooks: formats, column widths, paper."""

from functools import cached_property
from itertools import accumulate
from unicodedata import east_asian_width

_FONT = "宋体"
_GREY = "#EDEDED"
_NUMBER_FORMATS = {"money": "#,##0.00", "integer": "0", "area_mu": "0.00##", "date": "yyyy-mm-dd"}
_TEXT_FORMAT = "@"
_WIDTHS = range(6, 31)
_A4 = 9
# for xlsxwriter: whatever a text begins with, it stays a text
WORKBOOK = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
# a label above the table, and the cell beside it
_FIELD_WIDTHS = (22, 22)


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook):
        self._workbook = workbook
        self._cells = {}

    @cached_property
    def title(self):
        return self._format(bold=True, font_size=18, align="center")

    @cached_property
    def hint(self):
        return self._format(font_size=10, font_color="#595959", text_wrap=True)

    @cached_property
    def plain(self):
        return self._format(num_format=_TEXT_FORMAT, text_wrap=True)

    @cached_property
    def label(self):
        return self._format(align="right", text_wrap=True)

    @cached_property
    def head(self):
        return self._format(bold=True, border=1, bg_color=_GREY, align="center", text_wrap=True)

    def cell(self, type_: str, locked=False, bold=False, align=""):
        """The format of a cell of `type_`, one of a template's types."""
        key = (type_, locked, bold, align)
        if key not in self._cells:
            properties = {"bg_color": _GREY} if locked else {}
            if align:
                properties["align"] = align
            self._cells[key] = self._format(
                border=1,
                bold=bold,
                locked=locked,
                text_wrap=True,
                num_format=_NUMBER_FORMATS.get(type_, _TEXT_FORMAT),
                **properties,
            )
        return self._cells[key]

    def _format(self, **properties):
        return self._workbook.add_format(
            {"font_name": _FONT, "font_size": 11, "valign": "vcenter", **properties}
        )


def column_width(texts: list[str]) -> int:
    """The width of a column, in Excel's unit, that shows its head and `texts` without excess."""
    head, *cells = map(_letters, texts)
    # a head may break into two lines
    return min(max(head // 2 + 3, *cells, _WIDTHS[0]) + 2, _WIDTHS[-1])


def field_spans(widths: list[int]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return, for the fields side by side above columns of `widths`, where label and cell go.

    Each is the first and the last of the columns it takes.
    """
    spans = []
    start = 0
    for wanted in _FIELD_WIDTHS * len(widths):
        taken = next((n for n, width in _sums(widths[start:]) if width >= wanted), None)
        if taken is None:
            break
        spans.append((start, start + taken - 1))
        start += taken
    pairs = list(zip(spans[::2], spans[1::2], strict=False))
    return pairs or [((0, 0), (1, max(1, len(widths) - 1)))]


def _sums(widths):
    return enumerate(accumulate(widths), 1)


def text_lines(text: str, width: int) -> int:
    """How many lines `text` takes in cells of `width` together: Excel does not fit merged cells."""
    return max(1, -(-_letters(text) // max(width - 2, 1)))


def _letters(text):
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def set_up_print(sheet, orientation: str, head_row: int):
    """A4, as wide as the paper, with the head on every page."""
    if orientation == "landscape":
        sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.6, right=0.5, top=0.7, bottom=0.7)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head_row)
    sheet.set_footer("&C第 &P/&N 页")
