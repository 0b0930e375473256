"""A sheet whose figures are known elsewhere in the program: they are taken from there, and the
clerk adds what only people know."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from .tables import Template, complete, values


@dataclass(frozen=True)
class Source:
    """What is known of a sheet.

    `rows` are its rows, all of them and in order. Of their columns those in `columns` are known:
    nobody types there, also where they are empty. Other values in `rows` are proposals. `identity`
    are the known columns by which a row is found again ("key" in a form with fixed rows). `header`
    are the header fields that are known.
    """

    rows: tuple[Mapping[str, str | None], ...]
    columns: frozenset[str]
    identity: tuple[str, ...] = ("key",)
    header: Mapping[str, str | None] = field(default_factory=dict)

    def fitted(self, template: Template) -> "Source":
        """Return what of this has a place in `template`, which may be a newer or older form."""
        keys = {column.key for column in template.columns}
        kept = keys | ({"key"} if template.fixed_rows else set())
        fixed = {fixed.key for fixed in template.fixed_rows}
        names = {each.key for each in template.header}
        return replace(
            self,
            rows=tuple(
                {key: value for key, value in row.items() if key in kept}
                for row in self.rows
                if not fixed or row["key"] in fixed
            ),
            columns=self.columns & keys,
            header={key: value for key, value in self.header.items() if key in names},
        )


def fill(source: Source, document: Mapping, *earlier: Mapping) -> dict:
    """Return `document` with all that `source` knows.

    What people have typed beside it stays: in the row of the same identity in `document`, else in
    one of the `earlier` documents, else what is proposed. Without any row there is nothing to
    report.
    """
    typed = [_by_identity(source, one.get("rows") or []) for one in (document, *earlier)]
    rows = []
    for known in source.rows:
        row = dict(known)
        for rows_by_identity in reversed(typed):
            same = rows_by_identity.get(_identity(source, known))
            beside = same.pop(0) if same else {}
            row |= {
                key: value
                for key, value in beside.items()
                if value is not None and key not in source.columns
            }
        rows.append(row)
    filled = {key: value for key, value in document.items() if key != "zero"}
    filled["header"] = {**(document.get("header") or {}), **source.header}
    filled["rows"] = rows
    return filled if rows else filled | {"zero": "1"}


def differences(template: Template, source: Source, document: Mapping) -> Iterator[str]:
    """Say where a canonical `document` differs from what `source` knows, with the place."""
    known = complete(template, fill(source, document))
    for each in template.header:
        expected = known["header"][each.key]
        if each.key in source.header and document["header"].get(each.key) != expected:
            yield f"「{each.label}」应为{_shown(each, expected)}"
    rows = document.get("rows") or []
    if len(rows) != len(known["rows"]):
        yield f"应有{len(known['rows'])}行，现有{len(rows)}行"
        return
    for number, (row, expected) in enumerate(zip(rows, known["rows"], strict=True), 1):
        for column in template.columns:
            if column.key in source.columns and row.get(column.key) != expected[column.key]:
                yield f"第{number}行「{column.label}」应为{_shown(column, expected[column.key])}"


def _identity(source, row):
    return tuple(row.get(key) for key in source.identity)


def _by_identity(source, rows):
    found = {}
    for row in rows:
        found.setdefault(_identity(source, row), []).append(row)
    return found


def _shown(column, value):
    return f"「{values.format(column, value)}」" if value else "空"
