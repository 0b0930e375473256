"""The register of residents in Excel: who belongs to which household of a village."""

import io
from typing import NamedTuple

import xlsxwriter

from . import echo_wall
from .division_csv import Problem, Reading
from .excel import listing

NAME, HOUSEHOLD, PHONE, MEMBER = "姓名", "户号或户主", "手机号", "集体经济组织成员"
# column -> (must be filled, width in the form)
COLUMNS = {NAME: (True, 12), HOUSEHOLD: (True, 16), PHONE: (False, 16), MEMBER: (False, 18)}
MAX_ROWS = 20000
_YES_NO = {"是": True, "否": False, "": False}


class Resident(NamedTuple):
    """One line of the register; a telephone that was not filled in is empty, and None is what the
    list has no column for."""

    line: int
    name: str
    household: str
    phone: str | None
    is_member: bool | None


def read(content: bytes) -> Reading:
    """Read the filled form `content` (xlsx, first sheet); the rows are `Resident`s.

    Columns are found by name in one of the first ten rows; empty lines are passed over.
    """
    reading, seen = Reading(), {}
    for line, record in listing.records(content, COLUMNS, MAX_ROWS, reading):
        _add(reading, line, record, seen)
    return reading


def form() -> bytes:
    """Return the empty form (xlsx)."""
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("居民名册")
        bold = workbook.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
        text = workbook.add_format({"num_format": "@"})
        for place, (name, (required, width)) in enumerate(COLUMNS.items()):
            sheet.set_column(place, place, width, text)
            sheet.write_string(0, place, f"{name}*" if required else name, bold)
        rule = {"validate": "list", "source": ["是", "否"]}
        sheet.data_validation(1, 3, MAX_ROWS, 3, rule)
        sheet.freeze_panes(1, 0)
    return output.getvalue()


def _add(reading, line, record, seen):
    problems = []

    def wrong(column, message):
        problems.append(Problem(line, column, message))

    for column in (NAME, HOUSEHOLD):
        if not record[column]:
            wrong(column, "必须填写")
    written = dict.fromkeys(COLUMNS)
    for column, clean in _CLEANED.items():
        try:
            if column in record:
                written[column] = clean(record[column])
        except echo_wall.WordingError as error:
            wrong(column, str(error).rstrip("。"))
    if not problems:
        key = written[NAME], record[HOUSEHOLD]
        if key in seen:
            wrong(NAME, f"与第{seen[key]}行是同一户的同一人")
        else:
            seen[key] = line
            reading.rows.append(Resident(line, *key, written[PHONE], written[MEMBER]))
    reading.problems += problems


def _is_member(text):
    if text not in _YES_NO:
        raise echo_wall.WordingError("应填「是」或「否」。")
    return _YES_NO[text]


_CLEANED = {NAME: echo_wall.name, PHONE: echo_wall.phone, MEMBER: _is_member}
