"""The roster form in Excel: who holds which office in which unit, from when to when."""

import io
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_range_abs

from .division_csv import CODE, Problem, Reading
from .excel import listing

NAME = "姓名"
PHONE = "手机号"
DIVISION_CODE = "行政区划代码"
ROLE = "职务/角色"
DEPARTMENT = "部门"
DATE_FROM = "任职起"
DATE_TO = "任职止"
# column -> (must be filled, width in the form)
COLUMNS = {
    NAME: (True, 12),
    PHONE: (False, 14),
    DIVISION_CODE: (True, 18),
    "单位名称": (False, 20),
    ROLE: (True, 18),
    DEPARTMENT: (False, 18),
    DATE_FROM: (True, 13),
    DATE_TO: (False, 13),
}
MAX_ROWS = 5000

_REQUIRED = [name for name, (required, _width) in COLUMNS.items() if required]
_DIVISION_CODE = re.compile(CODE.pattern + r"(?:-\d{2})?", re.ASCII)
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_DATE = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D?|(\d{4})(\d{2})(\d{2})", re.ASCII)
_SPACED_NAME = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")


class Appointment(NamedTuple):
    """One line of the roster; `role` and `department_code` are the caller's keys.

    Texts that were not filled in are empty, an open end is None.
    """

    line: int
    name: str
    phone: str
    division_code: str
    role: str
    department_code: str
    date_from: date
    date_to: date | None


def read(content: bytes, roles: Mapping[str, str], departments: Mapping[str, str]) -> Reading:
    """Read the filled form `content` (xlsx, first sheet).

    `roles` and `departments` map the labels in the form to the caller's keys. Columns are found
    by name in one of the first ten rows; empty lines are passed over. The rows are
    `Appointment`s.
    """
    reading = Reading()
    keys = {ROLE: _folded(roles), DEPARTMENT: _folded(departments)}
    seen = {}
    for line, texts in listing.records(content, COLUMNS, MAX_ROWS, reading):
        _add(reading, _Line(line, dict.fromkeys(COLUMNS, "") | texts, keys), seen)
    return reading


def form(roles: Iterable[str], departments: Iterable[str]) -> bytes:
    """Return the empty form (xlsx) with drop-down lists of the labels of roles and departments."""
    output = io.BytesIO()
    choices = {ROLE: list(roles), DEPARTMENT: list(departments)}
    # a label is text, whatever it begins with
    plain = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(output, {"in_memory": True, **plain}) as workbook:
        sheet = workbook.add_worksheet("人员任职")
        options = workbook.add_worksheet("选项")
        bold = workbook.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
        text = workbook.add_format({"num_format": "@"})
        for place, (name, (required, width)) in enumerate(COLUMNS.items()):
            sheet.set_column(place, place, width, text)
            sheet.write_string(0, place, f"{name}*" if required else name, bold)
        for column, (name, labels) in enumerate(choices.items()):
            if not labels:
                continue
            options.write_column(0, column, labels)
            source = f"=选项!{xl_range_abs(0, column, len(labels) - 1, column)}"
            place = list(COLUMNS).index(name)
            rule = {"validate": "list", "source": source}
            sheet.data_validation(1, place, MAX_ROWS, place, rule)
        sheet.freeze_panes(1, 0)
    return output.getvalue()


def _folded(keys):
    return {listing.folded_text(label): key for label, key in keys.items()}


def _add(reading, line, seen):
    appointment = line.appointment()
    reading.problems += line.problems
    if line.problems:
        return
    key = appointment[1:-1]
    if key in seen:
        problem = Problem(line.number, NAME, f"与第{seen[key]}行是同一人的同一任职")
        reading.problems.append(problem)
        return
    seen[key] = line.number
    reading.rows.append(appointment)


class _Line:
    """One line while it is checked: each method reads one column and notes what is wrong."""

    def __init__(self, number, record, keys):
        self.number = number
        self.record = record
        self.keys = keys
        self.problems = []

    def appointment(self):
        for name in _REQUIRED:
            if not self.record[name]:
                self._note(name, "必须填写")
        date_from, date_to = self._date(DATE_FROM), self._date(DATE_TO)
        if date_from and date_to and date_to < date_from:
            self._note(DATE_TO, "不能早于任职起")
        return Appointment(
            line=self.number,
            name=_SPACED_NAME.sub("", self.record[NAME]),
            phone=self._matching(PHONE, _MOBILE, "应为11位手机号码"),
            division_code=self._matching(
                DIVISION_CODE, _DIVISION_CODE, "应为12位数字，村民小组再加「-」和两位序号"
            ),
            role=self._key(ROLE),
            department_code=self._key(DEPARTMENT),
            date_from=date_from,
            date_to=date_to,
        )

    def _note(self, column, message):
        self.problems.append(Problem(self.number, column, message))

    def _matching(self, column, pattern, message):
        text = re.sub(r"\s", "", self.record[column])
        if text and not pattern.fullmatch(text):
            self._note(column, message)
        return text

    def _key(self, column):
        label = self.record[column]
        if label and label not in self.keys[column]:
            self._note(column, f"没有「{label}」这一项，请从下拉列表中选择")
        return self.keys[column].get(label, "")

    def _date(self, column):
        text = self.record[column]
        if not text:
            return None
        try:
            return date(*map(int, filter(None, _DATE.fullmatch(text).groups())))
        except (AttributeError, ValueError):
            self._note(column, "应填日期，如 2026-03-01")
        return None
