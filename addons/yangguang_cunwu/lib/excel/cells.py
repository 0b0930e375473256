"""From what Excel stores in a cell to the text a person would have typed."""

from datetime import date, datetime, time
from decimal import ROUND_HALF_EVEN, Decimal

from ..tables import values
from ..tables.template import Column, HeaderField
from .workbook import Cell

# digits that a number keeps in Excel; what is longer (an account number) has lost its end
_DIGITS = 15
# nothing that large fits a column
_LARGEST = Decimal("1e18")
_CODES = frozenset({"phone", "id_card", "bank_account"})
_ERRORS = frozenset(
    {"#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#N/A", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)
_NOISE = Decimal("1e-9")
# of a large binary fraction, this part is noise
_RELATIVE_NOISE = Decimal(2) ** -50


def value_of(field: Column | HeaderField, cell: Cell | None) -> str | None:
    """The canonical value of `field` in `cell`; None for an empty cell.

    Raises ValueError with a sentence for the person who filled it in.
    """
    if cell is None:
        return None
    if cell.value is None:
        raise ValueError("公式没有算出结果，请在 Excel 或 WPS 中打开并保存后再上传，或直接填写结果")
    if cell.value in _ERRORS:
        raise ValueError(f"公式出错（{cell.value}），请改正或直接填写结果")
    return values.parse(field, _text(field, cell))


def _text(field, cell):
    value = cell.value
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number(field, value, cell.percent)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _number(field, value, percent):
    if isinstance(value, int) and field.type in values.PLACES and not percent:
        return f"{value}.00" if field.type == "money" else str(value)
    number = Decimal(repr(value))
    if field.type in _CODES and abs(number) >= 10**_DIGITS:
        raise ValueError("号码存成了数字，末几位可能已丢失，请把这一格设为文本后重新填写")
    if field.type not in values.PLACES:
        return _plain(number)
    if percent:
        raise ValueError("只填数字，不要带百分号")
    if not abs(number) < _LARGEST:
        return str(number)
    exact = number.quantize(Decimal(1).scaleb(-values.PLACES[field.type]), ROUND_HALF_EVEN)
    if abs(number - exact) > max(_NOISE, abs(number) * _RELATIVE_NOISE):
        return _plain(number)
    return _plain(exact)


def _plain(number):
    """Without an exponent and without zeros at the end of a fraction."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
