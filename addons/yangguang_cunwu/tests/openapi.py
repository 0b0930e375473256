"""The part of JSON Schema that data/openapi.json is written in."""

import re
from datetime import date, datetime

_TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
_FORMATS = {"date": date.fromisoformat, "date-time": datetime.fromisoformat}
_KNOWN = {
    "$ref",
    "additionalProperties",
    "description",
    "enum",
    "format",
    "items",
    "maximum",
    "minimum",
    "oneOf",
    "pattern",
    "properties",
    "required",
    "type",
}


def problems(value, schema, document, place="$"):
    """Yield a sentence for each way in which `value` differs from `schema` of `document`."""
    if unknown := schema.keys() - _KNOWN:
        yield f"{place}: schema says {unknown}"
    if reference := schema.get("$ref"):
        target = document
        for step in reference.removeprefix("#/").split("/"):
            target = target[step]
        yield from problems(value, target, document, place)
        return
    if choices := schema.get("oneOf"):
        fitting = [one for one in choices if not list(problems(value, one, document))]
        if len(fitting) != 1:
            yield f"{place}: fits {len(fitting)} schemas"
        return
    if not _has_type(value, schema["type"]):
        yield f"{place}: {value!r} is no {schema['type']}"
        return
    if value is not None:
        yield from _in_value(value, schema, place)
        yield from _inside(value, schema, document, place)


def _has_type(value, names):
    names = [names] if isinstance(names, str) else names
    if isinstance(value, bool):
        return "boolean" in names
    return any(isinstance(value, _TYPES[name]) for name in names)


def _in_value(value, schema, place):
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place}: {value!r} is none of {schema['enum']}"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{place}: {value!r} is not like {schema['pattern']}"
    if "minimum" in schema and value < schema["minimum"]:
        yield f"{place}: {value!r} is too small"
    if "maximum" in schema and value > schema["maximum"]:
        yield f"{place}: {value!r} is too big"
    if "format" in schema:
        try:
            _FORMATS[schema["format"]](value)
        except ValueError:
            yield f"{place}: {value!r} is no {schema['format']}"


def _inside(value, schema, document, place):
    if isinstance(value, list):
        for number, member in enumerate(value):
            yield from problems(member, schema["items"], document, f"{place}[{number}]")
    elif isinstance(value, dict):
        properties = schema["properties"]
        if missing := set(schema.get("required", ())) - value.keys():
            yield f"{place}: lacks {missing}"
        if schema.get("additionalProperties") is False and (extra := value.keys() - properties):
            yield f"{place}: has {extra} besides"
        for name, member in value.items():
            if name in properties:
                yield from problems(member, properties[name], document, f"{place}.{name}")
