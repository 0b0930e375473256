"""Header fields and option sets that many templates share: from their names back to themselves."""

from ..tables.plain import SEPARATOR


def with_shared(data: dict) -> dict:
    """`data` of an edition with the names of shared header fields and option sets resolved.

    Raises ValueError for a name that is not there. What has another shape is left as it is, for
    `from_plain` to refuse.
    """
    if not isinstance(data, dict) or not isinstance(data.get("templates"), list):
        return data
    fields = {field.get("key"): field for field in _records(data.get("header_fields"))}
    sets = data.get("option_sets")
    sets = sets if isinstance(sets, dict) else {}
    return data | {"templates": [_template(each, fields, sets) for each in data["templates"]]}


def _records(value):
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _template(template, fields, sets):
    if not isinstance(template, dict):
        return template
    place = f"表格{template.get('code')}"
    result = dict(template)
    header = template.get("header")
    if isinstance(header, str):
        header = [key.strip() for key in header.split(SEPARATOR) if key.strip()]
    if isinstance(header, list):
        result["header"] = [_named(fields, key, f"{place}：没有表头") for key in header]
    if isinstance(template.get("columns"), list):
        result["columns"] = [_column(column, sets, place) for column in template["columns"]]
    return result


def _column(column, sets, place):
    if not isinstance(column, dict) or "option_set" not in column:
        return column
    result = dict(column)
    result["options"] = _named(sets, result.pop("option_set"), f"{place}：没有选项组")
    return result


def _named(things, name, sentence):
    if not isinstance(name, str):
        return name
    if name not in things:
        raise ValueError(f"{sentence}「{name}」")
    return things[name]
