"""Frozen dataclasses to plain data and back, for everything that is stored, edited or exchanged.

Plain data is dictionaries, lists, strings and booleans. What equals its default is left out, so
that a file shows only what somebody decided. Reading trusts nothing: the files are made by people.
"""

from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import get_args, get_origin, get_type_hints

SEPARATOR = ";"
_YES, _NO = {True, "true", "是", "1"}, {False, "false", "否", "", "0"}


def to_plain(value):
    """`value` as plain data; integers become strings, as every scalar of a document is."""
    if is_dataclass(value):
        return {
            field.name: to_plain(member)
            for field in fields(value)
            if (member := getattr(value, field.name)) != _default(field)
        }
    if isinstance(value, dict):
        return {key: to_plain(member) for key, member in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(member) for member in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def from_plain(kind, data, place: str = ""):
    """The dataclass `kind` described by `data`, the inverse of `to_plain`.

    A list of strings may also be one string with its members joined by `;`. Raises ValueError with
    a Chinese sentence that names `place` when `data` does not fit.
    """
    if not isinstance(data, dict):
        raise ValueError(f"{place}：应为若干「名称：内容」")
    hints = _hints(kind)
    if unknown := sorted(map(str, data.keys() - hints.keys())):
        raise ValueError(f"{place}：没有「{unknown[0]}」这个栏目")
    for field in fields(kind):
        if field.name not in data and _default(field) is MISSING:
            raise ValueError(f"{place}：缺少「{field.name}」")
    return kind(
        **{name: _read(hints[name], value, f"{place}/{name}") for name, value in data.items()}
    )


@cache
def _hints(kind):
    return get_type_hints(kind)


def _default(field):
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _read(hint, value, place):
    origin = get_origin(hint)
    if origin is tuple:
        return _read_tuple(get_args(hint)[0], value, place)
    if origin is dict:
        if not isinstance(value, dict):
            raise ValueError(f"{place}：应为若干「名称：内容」")
        member = get_args(hint)[1]
        return {str(key): _read(member, each, f"{place}/{key}") for key, each in value.items()}
    if origin is UnionType:
        return None if value is None else _read(get_args(hint)[0], value, place)
    if is_dataclass(hint):
        return from_plain(hint, value, place)
    return _read_scalar(hint, value, place)


def _read_tuple(member, value, place):
    if member is str and isinstance(value, str):
        value = [part.strip() for part in value.split(SEPARATOR) if part.strip()]
    if not isinstance(value, list | tuple):
        raise ValueError(f"{place}：应为列表")
    return tuple(_read(member, each, f"{place}/{n}") for n, each in enumerate(value, 1))


def _read_scalar(hint, value, place):
    if hint is str and isinstance(value, str):
        return value
    if hint is int and isinstance(value, int | str) and str(value).isdecimal():
        return int(value)
    if hint is bool and isinstance(value, bool | str) and value in _YES | _NO:
        return value in _YES
    raise ValueError(f"{place}：「{value}」填得不对")
