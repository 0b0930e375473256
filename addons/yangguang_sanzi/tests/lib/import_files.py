"""Lists as an agency's program exports them, of any length, with errors planted in known places."""

import csv
import io
from datetime import datetime

import xlsxwriter

HEADS = [
    "日期",
    "凭证字号",
    "摘要",
    "科目编码",
    "科目名称",
    "借方金额",
    "贷方金额",
    "往来单位",
    "公开项目",
]
DATE, NUMBER, SUMMARY, ACCOUNT, NAME, DEBIT, CREDIT, _COUNTERPARTY, PUBLIC = range(len(HEADS))
_DETAILS = (
    ("5130101", "管理费用-办公费"),
    ("5130102", "管理费用-报刊费"),
    ("5130103", "管理费用-干部报酬"),
)
_BANK = ("1020101", "银行存款-农商行")
MONTHS = 12


def voucher_rows(lines: int) -> list[list[str]]:
    """Return a head and `lines` lines of payments by the bank in 2026, two or three to a voucher,
    in the order of months."""
    vouchers, left = [], lines
    while left:
        size = left if left <= 3 else 2 + len(vouchers) % 2
        size = 2 if left - size == 1 else size
        vouchers.append(size)
        left -= size
    rows = [HEADS]
    a_month = -(-len(vouchers) // MONTHS)
    for place, size in enumerate(vouchers):
        rows += _voucher(place // a_month + 1, place % a_month + 1, size)
    return rows


def _voucher(month, number, size):
    first = [f"2026-{month:02d}-{number % 28 + 1:02d}", f"记-{number}", "付村委会费用"]
    amounts = [number + 10 * place for place in range(size - 1)]
    for place, amount in enumerate(amounts):
        yield [*first, *_DETAILS[(number + place) % 3], f"{amount}.50", "", "某供应商", ""]
    total = sum(amounts) + (size - 1) // 2
    yield [*first, *_BANK, "", f"{total}.{'50' if size == 2 else '00'}", "", ""]


def plant(rows: list[list[str]], count: int) -> set[tuple[int, str]]:
    """Spoil `count` vouchers of `rows`, far from each other; return row and head of each error."""
    starts = [
        place
        for place in range(1, len(rows))
        if place == 1 or rows[place][:2] != rows[place - 1][:2]
    ]
    step = len(starts) // count
    planted = set()
    for turn in range(count):
        # the third of its month at least, so that there are others before it
        place = next(one for one in starts[turn * step + step // 2 :] if _number(rows[one]) > 2)
        end = next((one for one in starts if one > place), len(rows))
        column = _SPOILERS[turn % len(_SPOILERS)](rows, place, end)
        planted.add((place + 1, HEADS[column]))
    return planted


def _set(column, text):
    def spoil(rows, place, _end):
        rows[place][column] = text
        return column

    return spoil


def _unknown(rows, place, _end):
    rows[place][ACCOUNT], rows[place][NAME] = "99901", "没有的科目"
    return ACCOUNT


def _unbalanced(rows, place, end):
    rows[end - 1][CREDIT] = "99999.99"
    return DEBIT


def _three_places(rows, place, _end):
    rows[place][DEBIT] += "1"
    return DEBIT


def _both_sides(rows, place, _end):
    rows[place][CREDIT] = rows[place][DEBIT]
    return DEBIT


def _whole(column, text):
    def spoil(rows, place, end):
        for row in rows[place:end]:
            row[column] = text
        return column

    return spoil


def _twice(rows, place, end):
    """Takes the number of the voucher before the one before."""
    return _whole(NUMBER, f"记-{_number(rows[place]) - 2}")(rows, place, end)


def _number(row):
    return int(row[NUMBER].partition("-")[2])


_SPOILERS = (
    _unknown,
    _unbalanced,
    _whole(DATE, "2025-12-31"),
    _twice,
    _three_places,
    _both_sides,
    _set(SUMMARY, ""),
    _set(PUBLIC, "没有的项目"),
    _set(DEBIT, "一百元"),
    _set(DATE, "2026-02-30"),
)


def as_csv(rows: list[list[str]], encoding="utf-8-sig", delimiter=",") -> bytes:
    """Return `rows` as a file."""
    output = io.StringIO(newline="")
    csv.writer(output, delimiter=delimiter).writerows(rows)
    return output.getvalue().encode(encoding)


def as_xlsx(rows: list[list[str]]) -> bytes:
    """Return `rows` as a workbook in which amounts are numbers and days are days."""
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("凭证")
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                if column in (DEBIT, CREDIT) and text.replace(".", "").isdigit():
                    sheet.write_number(place, column, float(text))
                elif column == DATE and place:
                    sheet.write_datetime(place, column, datetime.fromisoformat(text), day)
                elif text:
                    sheet.write_string(place, column, text)
    return output.getvalue()
