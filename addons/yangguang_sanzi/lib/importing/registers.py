"""Assets and contracts out of a list with a line for each."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from odoo.addons.yangguang_cunwu.lib.tables import values

from .cells import Records
from .fields import CHOICES

_LABELS_TOLD = 12
_NOT_NEGATIVE = frozenset(
    {"original", "opening_depreciation", "annual", "deposit", "quantity", "years", "residual"}
    | {"area", "area_entered", "due_days"}
)


class Item(NamedTuple):
    """An asset or a contract to enter: its values by field, and what was `said` in the list."""

    values: dict[str, object]
    said: dict[str, str]


def items(
    records: Records, kind: str, labels: Mapping[str, Mapping[str, object]], used: Collection[str]
) -> Iterator[Item]:
    """Yield the assets or contracts of `records`; what is wrong goes to `records.problems`.

    `labels` are what the values of a choice are called, value by label and field; what programs
    call them is known besides. `used` are the numbers that the register has already. Numbers are
    int or Decimal, days `date`, and what is not said is left out.
    """
    choices = {key: _folded(kind, key, labels[key]) for key in labels}
    seen = dict.fromkeys(used)
    for row, record in records:
        found = {
            key: choices[key].get(values.narrow(text))
            if key in choices
            else _python(records.fields[key], text)
            for key, text in record.items()
        }
        for key in choices.keys() & found.keys():
            if found[key] is None:
                told = "、".join(list(labels[key])[:_LABELS_TOLD])
                records.note(row, key, f"没有「{record[key]}」这一项，可填：{told}")
        for one in records.fields.values():
            if one.required and one.key not in record and one.key not in records.wrong:
                records.note(row, one.key, f"没有写{one.label}")
        code = record.get("code")
        if code in seen:
            before = f"第{seen[code]}行" if seen[code] else "台账"
            records.note(row, "code", f"编号{code}在{before}已经有了")
        elif code:
            seen[code] = row
        _check(records, row, found)
        yield Item(found, record)


def _folded(kind, key, labels):
    """Value by everything it is called."""
    said = {values.narrow(label): value for label, value in labels.items()}
    for value, names in CHOICES[kind].get(key, {}).items():
        said |= {values.narrow(name): value for name in names}
    return said


def _python(field, text):
    found = values.to_python(field.column, text)
    return int(found) if field.type == "integer" else found


def _check(records, row, found):
    """What the register would refuse."""
    for key in _NOT_NEGATIVE & found.keys():
        if found[key] < 0:
            records.note(row, key, "不能小于零")
    if "start" in found and "end" in found and found["end"] < found["start"]:
        records.note(row, "end", "不能早于开始日期")
    if found.get("opening_depreciation", 0) > found.get("original", 0):
        records.note(row, "opening_depreciation", "不能多于原值")
    if found.get("residual", 0) > 100:
        records.note(row, "residual", "应在0到100之间")
