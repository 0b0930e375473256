"""One figure of one table: a header field, or a column added up over certain rows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .compiler import compile_formula
from .expression import BOOLEAN, NUMBER, TEXT, Context, ExpressionError, Name, Scope, Value
from .program import name_of
from .template import NUMERIC_TYPES, Column, Template
from .values import ARITHMETIC, ZERO, decimal_text, format, to_python


@dataclass(frozen=True, slots=True)
class Figure:
    """Where a figure is found: the `header` field, or the `column` added up over the rows that
    fulfil `where`, in groups when there is `group_by`.

    `all_periods` asks the caller for one document with the rows of every published sheet of the
    item, for what is decided once and paid for later, instead of the sheet of this period.
    """

    item_code: str
    column: str = ""
    header: str = ""
    where: str = ""
    group_by: str = ""
    all_periods: bool = False


class Source:
    """A figure with the template that holds it; raises ValueError when it is not there.

    `parameters` are the names of numbers that `where` may use.
    """

    def __init__(self, figure: Figure, template: Template, parameters: Iterable[str] = ()):
        self.figure, self.template = figure, template
        self.columns = {column.key: column for column in template.columns}
        self.header = {field.key: field for field in template.header}
        self.row_labels = {row.key: row.label for row in template.fixed_rows}
        self.group = self.column(figure.group_by) if figure.group_by else None
        self.where = self._compile(figure.where, parameters) if figure.where else None

    @property
    def title(self) -> str:
        """The table with the code of its item, as people look for it."""
        return f"{self.figure.item_code}《{self.template.title}》"

    def column(self, key: str) -> Column:
        """The column `key`; ValueError when there is none."""
        if key not in self.columns:
            raise ValueError(f"《{self.template.title}》没有「{key}」这一列")
        return self.columns[key]

    @property
    def field(self):
        """The column or header field of the figure; ValueError when it is not a number."""
        key = self.figure.header or self.figure.column
        field = (self.header if self.figure.header else self.columns).get(key)
        if not field or field.type not in NUMERIC_TYPES:
            raise ValueError(f"《{self.template.title}》没有「{key}」这一项数字")
        return field

    def _compile(self, text, parameters):
        names = dict.fromkeys(parameters, Name(NUMBER, "header"))
        names |= {key: name_of(field, "header") for key, field in self.header.items()}
        names |= {key: name_of(column) for key, column in self.columns.items()}
        if self.row_labels:
            names["key"] = Name(TEXT, choices=frozenset(self.row_labels))
        formula = compile_formula(text, Scope(names, today=False))
        if formula.kind != BOOLEAN:
            raise ExpressionError(f"条件应为是非判断：{text}")
        return formula


class Reading:
    """A source read from a canonical document."""

    def __init__(self, source: Source, document: dict, parameters: Mapping[str, Decimal]):
        self.source = source
        header = document.get("header") or {}
        self.header = dict(parameters) | {
            key: to_python(field, header.get(key)) for key, field in source.header.items()
        }
        self.rows = [self._values(row) for row in document.get("rows") or ()]

    def selected(self) -> Iterator[tuple[int, dict[str, Value]]]:
        """The rows that fulfil the condition, each with its index."""
        where = self.source.where
        context = Context(self.header)
        for index, row in enumerate(self.rows):
            context.row = row
            if not where or where.evaluate(context):
                yield index, row

    def values(self) -> dict[str | None, Decimal]:
        """The figure by group; a figure without groups has the one group None."""
        figure = self.source.figure
        if figure.header:
            return {None: self.header[figure.header] or ZERO}
        sums = {} if figure.group_by else {None: ZERO}
        for _, row in self.selected():
            group = row[figure.group_by] if figure.group_by else None
            sums[group] = ARITHMETIC.add(sums.get(group, ZERO), row[figure.column] or ZERO)
        return sums

    def text(self, value: Decimal) -> str:
        """`value` as people read it."""
        return format(self.source.field, decimal_text(self.source.field, value))

    def place(self, group: str | None) -> str:
        """What a reader finds the figure under: the table, the rows or group, the column."""
        source = self.source
        title = source.title
        if source.figure.header:
            return f"{title}「{source.field.label}」"
        if source.row_labels:
            rows = "、".join(source.row_labels[row["key"]] for _, row in self.selected())
            return f"{title}「{rows}」{source.field.label}"
        if source.group:
            return f"{title}「{format(source.group, group)}」{source.field.label}"
        return f"{title}「{source.field.label}」合计"

    def _values(self, row):
        values = {
            key: to_python(column, row.get(key)) for key, column in self.source.columns.items()
        }
        return values | {"key": row.get("key")}
