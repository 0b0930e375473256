"""Reads a CSV list of division codes (the shape of the State statistical list) for import.

The list gives every unit a 12-digit code: 6 digits for the district, 3 for the town, 3 for the
village. Units that disclose nothing are skipped, each with its reason; a wrong line is a problem
and the caller imports nothing until there is none.
"""

import csv
import io
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import NamedTuple

CODE = re.compile(r"[1-9]\d{11}", re.ASCII)

# level -> where the code of a unit of that level ends in zeros
_CODE_SHAPES = {
    "above": re.compile(r"\d{4}0{8}"),
    "district": re.compile(r"\d{6}0{6}"),
    "town": re.compile(r"\d{6}(?!000)\d{3}000"),
    "village": re.compile(r"\d{6}(?!000)\d{3}(?!000)\d{3}"),
}
_LEVELS = {
    "province": "above",
    "prefecture": "above",
    "district": "district",
    "town": "town",
    "subdistrict": "town",
    "zone": "town",
    "farm": "town",
    "village": "village",
    "community": "village",
    "virtual": "village",
}
# level -> digits of the parent's code that the code begins with
_PREFIXES = {"district": 4, "town": 6, "village": 9}
_REQUIRED_COLUMNS = ("code12", "name", "kind", "parent_code12")
_VIRTUAL_ENDINGS = ("498", "598")


class Problem(NamedTuple):
    """What is wrong in one place of a file; `line` counts as the cadre's program shows it."""

    line: int
    column: str
    message: str

    def __str__(self):
        return f"第{self.line}行「{self.column}」：{self.message}"


class Division(NamedTuple):
    """A unit to import; `kind` is as in the file, `official_name` and `comment` may be empty."""

    line: int
    code: str
    name: str
    kind: str
    parent_code: str
    official_name: str
    comment: str
    in_use: str


class Skipped(NamedTuple):
    """A unit that is not imported, and why, in Chinese."""

    line: int
    code: str
    name: str
    reason: str

    def __str__(self):
        return f"第{self.line}行{self.name}（{self.code}）：{self.reason}"


@dataclass
class Reading:
    """What a file holds: the rows that are right, what is wrong with others, what is left out."""

    rows: list = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def read(content: bytes, known_codes: Collection[str] = ()) -> Reading:
    """Read the CSV file `content` (UTF-8 with or without BOM, or GB18030).

    `known_codes` are the codes of units that exist already and may be parents. The rows are
    `Division`s, every parent before its children.
    """
    reading = Reading()
    try:
        table = csv.DictReader(io.StringIO(_decoded(content), newline=""), strict=True)
        missing = [name for name in _REQUIRED_COLUMNS if name not in (table.fieldnames or ())]
        if missing:
            reading.problems.append(Problem(1, "、".join(missing), "表头缺少这些列"))
            return reading
        divisions = [_division(table.line_num, record) for record in table]
    except UnicodeDecodeError:
        reading.problems.append(Problem(1, "文件", "文字编码无法识别，请另存为UTF-8格式的CSV"))
        return reading
    except csv.Error:
        reading.problems.append(Problem(table.line_num, "文件", "不是规范的CSV，请重新另存"))
        return reading
    _sort_out(divisions, reading)
    _check_parents(reading, {division.code for division in divisions}.union(known_codes))
    reading.rows.sort(key=lambda division: division.code)
    return reading


def _decoded(content):
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _division(line, record):
    value = {key: (text or "").strip() for key, text in record.items() if isinstance(key, str)}
    return Division(
        line=line,
        code=value["code12"],
        name=value["name"],
        kind=value["kind"],
        parent_code=value["parent_code12"],
        official_name=value.get("official_suffix_name", ""),
        comment=value.get("comment", ""),
        in_use=value.get("in_use", ""),
    )


def _sort_out(divisions, reading):
    lines = {}
    for division in divisions:
        problem = _own_problem(division, lines)
        if problem:
            reading.problems.append(Problem(division.line, *problem))
            continue
        lines[division.code] = division.line
        if reason := _skip_reason(division):
            reading.skipped.append(Skipped(division.line, division.code, division.name, reason))
        else:
            reading.rows.append(division)


def _own_problem(division, lines):
    if not CODE.fullmatch(division.code):
        return "code12", "应为12位数字（如显示为4.4E+11，请把该列设为文本后重新填写）"
    if division.code in lines:
        return "code12", f"代码{division.code}与第{lines[division.code]}行重复"
    if not division.name:
        return "name", "名称不能为空"
    level = _LEVELS.get(division.kind)
    if not level:
        return "kind", f"不认识的类型「{division.kind}」，应为{'、'.join(_LEVELS)}之一"
    if not _CODE_SHAPES[level].fullmatch(division.code):
        return "code12", f"代码{division.code}与类型「{division.kind}」的层级不符"
    return None


def _skip_reason(division):
    if _LEVELS[division.kind] == "above":
        return "区县以上单位，不在本系统内"
    if division.kind == "virtual" or (
        _LEVELS[division.kind] == "village" and division.code.endswith(_VIRTUAL_ENDINGS)
    ):
        return "虚拟单位，不设公开单位"
    if division.in_use == "statistical_only":
        return "仅用于统计的区域，不设公开单位"
    if division.in_use == "no":
        return "已停用，不设公开单位"
    return None


def _check_parents(reading, codes):
    skipped = {unit.code for unit in reading.skipped}
    for division in reading.rows:
        if problem := _parent_problem(division, codes, skipped):
            reading.problems.append(Problem(division.line, "parent_code12", problem))
    reading.problems.sort()


def _parent_problem(division, codes, skipped):
    parent = division.parent_code
    level = _LEVELS[division.kind]
    if parent != division.code[: _PREFIXES[level]].ljust(12, "0"):
        return f"代码{division.code}不在上级代码{parent or '（空）'}之下"
    if level == "district":
        return None
    if parent in skipped:
        return f"上级{parent}不设公开单位"
    return None if parent in codes else f"上级{parent}不在文件中，也未建立"
