"""What changes from one edition to the next; `wording` says it to people."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import NamedTuple

from .edition import Edition

# field of the edition -> what one of its records is called
KINDS = {
    "categories": "category",
    "departments": "department",
    "items": "item",
    "templates": "template",
    "cross_checks": "cross_check",
    "parameters": "parameter",
    "header_fields": "header_field",
    "option_sets": "option_set",
    "line_accounts": "line_account",
}
_KEYS = ("code", "key", "value")
_NAMES = ("name", "title", "label", "message")


class Change(NamedTuple):
    """One change. `field` is a path such as columns.balance.required, "" for a whole record that
    is new (`old` is None) or gone (`new` is None)."""

    kind: str
    code: str
    field: str
    old: str | None
    new: str | None


def diff(old: Edition, new: Edition) -> list[Change]:
    """The changes from `old` to `new`; empty exactly when both say the same."""
    changes = _compare("edition", new.code, _head(old), _head(new))
    for attribute, kind in KINDS.items():
        before, after = records(old, attribute), records(new, attribute)
        if list(before) != list(after) and before.keys() == after.keys():
            changes.append(Change(kind, "", "order", _joined(before), _joined(after)))
        for code in {**before, **after}:
            changes += _record_changes(kind, code, before.get(code), after.get(code))
    return changes


def records(edition: Edition, attribute: str) -> dict:
    """The records that `edition` holds in the field `attribute`, by their codes."""
    return _by_code(getattr(edition, attribute))


def flat(value, path: str = "") -> dict[str, str]:
    """Every leaf of `value` as text, by its path; where there are several, their order too."""
    if isinstance(value, Mapping):
        members = dict(value)
    elif is_dataclass(value):
        members = {field.name: getattr(value, field.name) for field in fields(value)}
    elif isinstance(value, tuple) and not all(isinstance(each, str) for each in value):
        members = _by_code(value)
    else:
        return {path: _text(value)}
    # the order of keyed members is part of what an edition says
    result = {path or "order": _joined(members)} if isinstance(value, tuple) else {}
    for name, member in members.items():
        result |= flat(member, f"{path}.{name}" if path else str(name))
    return result


def _record_changes(kind, code, before, after):
    if before is None:
        return [Change(kind, code, "", None, _name(after, code))]
    if after is None:
        return [Change(kind, code, "", _name(before, code), None)]
    return _compare(kind, code, flat(before), flat(after))


def _compare(kind, code, before, after):
    return [
        Change(kind, code, path, before.get(path, ""), after.get(path, ""))
        for path in {**before, **after}
        if before.get(path, "") != after.get(path, "")
    ]


def _head(edition):
    names = [field.name for field in fields(edition) if field.name not in KINDS]
    return {name: getattr(edition, name) for name in names}


def _by_code(records):
    if isinstance(records, Mapping):
        return dict(records)
    return {_key(record, n): record for n, record in enumerate(records, 1)}


def _key(record, number):
    """The name a record goes by among its neighbours: its key, or its place."""
    return next((getattr(record, name) for name in _KEYS if hasattr(record, name)), str(number))


def _name(record, code):
    return next((getattr(record, name) for name in _NAMES if hasattr(record, name)), code)


def _joined(texts):
    return "、".join(texts)


def _text(value):
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return _joined(value)
    return "" if value is None else str(value)
