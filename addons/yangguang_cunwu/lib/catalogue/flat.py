"""The plain data of an edition as flat tables, one record a row, and back."""

_HEADER_ROW = "表头"
_WHOLE = ("categories", "items", "departments", "header_fields", "cross_checks", "parameters")
# table -> what its records are called inside a template
_PARTS = {"columns": "列", "rules": "规则", "fixed_rows": "固定行"}


def to_tables(data: dict) -> dict[str, list[dict]]:
    """Table name -> records, from what `Edition.to_dict` gives."""
    tables = {name: data.get(name, []) for name in _WHOLE}
    tables["option_sets"] = [
        {"option_set": name} | option
        for name, options in data.get("option_sets", {}).items()
        for option in options
    ]
    tables["line_accounts"] = [
        {"line": line, "accounts": accounts}
        for line, accounts in data.get("line_accounts", {}).items()
    ]
    templates = data.get("templates", [])
    tables["templates"] = templates
    for name in _PARTS:
        tables[name] = [_in(each, part) for each in templates for part in each.get(name, ())]
    tables["column_options"] = [
        _in(each, {"column": column["key"]} | option)
        for each in templates
        for column in each["columns"]
        for option in column.get("options", ())
    ]
    tables["fixed_cells"] = [
        _in(each, {"row": row["key"]} | cell)
        for each in templates
        for row in each.get("fixed_rows", ())
        for cell in _cells(row.get("cells", {}))
    ]
    tables["samples"] = [
        _in(each, {"row": row} | cell)
        for each in templates
        for row, values in _sample(each)
        for cell in _cells(values)
    ]
    return tables


def from_tables(tables: dict[str, list[dict]]) -> dict:
    """The inverse of `to_tables`; raises ValueError for a record whose owner is not there."""
    data = {name: tables[name] for name in _WHOLE}
    data["option_sets"] = _grouped(tables["option_sets"], "option_set")
    data["line_accounts"] = {
        record.get("line"): record.get("accounts", []) for record in tables["line_accounts"]
    }
    data["templates"] = [dict(record) for record in tables["templates"]]
    owners = {template.get("code"): template for template in data["templates"]}
    for name, label in _PARTS.items():
        for code, records in _grouped(tables[name], "template").items():
            _owner(owners, code, f"{label}所属的表格")[name] = records
    for table, part, key, field in (
        ("column_options", "columns", "column", "options"),
        ("fixed_cells", "fixed_rows", "row", "cells"),
    ):
        for code, records in _grouped(tables[table], "template").items():
            parts = {each.get("key"): each for each in owners.get(code, {}).get(part, ())}
            for name, members in _grouped(records, key).items():
                owner = _owner(parts, name, f"表格{code}的")
                owner[field] = _values(members) if field == "cells" else members
    for code, records in _grouped(tables["samples"], "template").items():
        template = _owner(owners, code, "样例所属的表格")
        rows = {name: _values(cells) for name, cells in _grouped(records, "row").items()}
        template["sample_header"] = rows.pop(_HEADER_ROW, {})
        template["sample_rows"] = list(rows.values())
    return data


def _in(template, record):
    return {"template": template["code"]} | record


def _sample(template):
    yield _HEADER_ROW, template.get("sample_header", {})
    for number, row in enumerate(template.get("sample_rows", ()), 1):
        yield str(number), row


def _cells(values):
    return [{"column": key, "value": value} for key, value in values.items() if value]


def _values(cells):
    return {cell.get("column"): cell.get("value", "") for cell in cells}


def _grouped(records, field):
    """The records by their `field`, which is taken out."""
    groups = {}
    for record in records:
        rest = {name: value for name, value in record.items() if name != field}
        groups.setdefault(record.get(field), []).append(rest)
    return groups


def _owner(owners, name, what):
    if name not in owners:
        raise ValueError(f"没有{what}「{name}」")
    return owners[name]
