"""The fill-in form of a template as an Excel workbook."""

import io
from collections.abc import Mapping, Sequence
from datetime import date

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from ..tables import totals, values
from ..tables.program import Program
from ..tables.template import Column, HeaderField, Template
from .formulas import excel_formula
from .layout import FORMAT, MARK_SHEET, OPTIONS_SHEET, TOTAL, heading, version
from .style import WORKBOOK, Styles, column_width, field_spans, set_up_print, text_lines

# a form has so many rows, or so many more than it is filled with
_ROWS, _SPARE_ROWS = 30, 10
_FIRST_FIELD_ROW = 2
_HINT = (
    "灰色的格由程序计算或已印定，不必填写；带 * 的必须填写。日期如 2026-03-05，金额如 1234.50，"
    "没有发生的填 0，不清楚的留空。请勿改动栏目名称。"
)
# what may be done although the heads are locked
_ALLOWED = dict.fromkeys(
    ("insert_rows", "delete_rows", "format_columns", "format_rows", "format_cells"), True
)


def form(
    template: Template,
    *,
    header: Mapping[str, str | None] | None = None,
    rows: Sequence[Mapping[str, str | None]] = (),
    title: str = "",
) -> bytes:
    """Return the form of `template` as .xlsx, filled with the canonical `header` and `rows`."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, WORKBOOK) as workbook:
        _Form(workbook, template).write(header or {}, rows, title or template.title)
    return target.getvalue()


class _Form:
    """One form being written: title, hint, header fields, head of the table, rows, totals."""

    def __init__(self, workbook, template):
        self._template = template
        self._program = Program.of(template)
        self._styles = Styles(workbook)
        self._sheet = workbook.add_worksheet("填报表")
        self._options = workbook.add_worksheet(OPTIONS_SHEET)
        mark = workbook.add_worksheet(MARK_SHEET)
        mark.write_column(0, 0, [FORMAT, template.code, version(template)])
        for hidden in (self._options, mark):
            hidden.very_hidden()
        self._index = {column.key: index for index, column in enumerate(template.columns)}
        self._fields = {}
        self._head_row = 0

    @property
    def _first_row(self):
        return self._head_row + 1

    def write(self, header, rows, title):
        columns = self._template.columns
        texts = [
            [heading(column), *(values.format(column, row.get(column.key)) for row in rows)]
            for column in columns
        ]
        widths = list(map(column_width, texts))
        for index, width in enumerate(widths):
            self._sheet.set_column(index, index, width)
        last = len(widths) - 1
        self._sheet.set_row(0, 30)
        self._write_span(0, (0, last), title, self._styles.title)
        hint = _HINT + self._template.note
        self._sheet.set_row(1, 16 * text_lines(hint, sum(widths)))
        self._write_span(1, (0, last), hint, self._styles.hint)
        self._write_header(header, field_spans(widths))
        for index, (head, *_) in enumerate(texts):
            self._sheet.write_string(self._head_row, index, head, self._styles.head)
        self._sheet.set_row(self._head_row, 32)
        if self._template.fixed_rows:
            self._write_fixed_rows(rows)
        else:
            self._write_rows(rows)
        self._sheet.protect("", _ALLOWED)
        self._sheet.freeze_panes(self._first_row, 0)
        set_up_print(self._sheet, self._template.orientation, self._head_row)

    def _write_header(self, header, spans):
        """The fields above the table: a label, and beside it a cell to fill in."""
        shown = [
            field
            for field in self._template.header
            if not field.automatic or header.get(field.key) is not None
        ]
        for number, field in enumerate(shown):
            line, place = divmod(number, len(spans))
            row = _FIRST_FIELD_ROW + line
            label, cell = spans[place]
            self._fields[field.key] = (row, cell[0])
            self._write_span(row, label, heading(field), self._styles.label)
            style = self._styles.cell(field.type, locked=field.automatic, align="left")
            self._write_span(row, cell, "", style)
            self._write_value(row, cell[0], field, header.get(field.key), style)
        self._head_row = _FIRST_FIELD_ROW + -(-len(shown) // len(spans)) + 1

    def _write_span(self, row, span, text, style):
        first, last = span
        if last > first:
            self._sheet.merge_range(row, first, row, last, "", style)
        self._sheet.write_string(row, first, text, style)

    def _write_rows(self, rows):
        count = max(_ROWS, len(rows) + _SPARE_ROWS)
        formulas = {each.target: each.formula.text for each in self._program.computes}
        for index, column in enumerate(self._template.columns):
            computed = column.key in formulas
            style = self._styles.cell(column.type, locked=computed)
            for number in range(count):
                value = rows[number].get(column.key) if number < len(rows) else None
                row = self._first_row + number
                if computed:
                    formula = self._row_formula(formulas[column.key], column, row)
                    self._write_computed(row, index, column, formula, value)
                else:
                    self._write_value(row, index, column, value, style)
            if column.options and not computed:
                self._offer(column, index, self._first_row + count - 1)
        self._write_totals(rows, self._first_row + count)

    def _row_formula(self, text, column, row):
        def cell(name):
            if name in self._index:
                return xl_rowcol_to_cell(row, self._index[name])
            return self._field_address(name)

        def previous(name, field):
            if row == self._first_row:
                return self._field_address(field)
            return xl_rowcol_to_cell(row - 1, self._index[name])

        return excel_formula(text, column.type, cell, previous)

    def _field_address(self, name):
        place = self._fields.get(name)
        return place and xl_rowcol_to_cell(*place, row_abs=True, col_abs=True)

    def _write_fixed_rows(self, rows):
        fixed_rows = self._template.fixed_rows
        given = {row.get("key"): row for row in rows}
        lines = {fixed.key: self._first_row + n for n, fixed in enumerate(fixed_rows)}
        for fixed in fixed_rows:
            row = lines[fixed.key]
            content = {**given.get(fixed.key, {}), **fixed.cells}
            for index, column in enumerate(self._template.columns):
                value = content.get(column.key)
                if fixed.formula and column.type == "money":
                    formula = self._fixed_formula(fixed.formula, column, lines)
                    self._write_computed(row, index, column, formula, value)
                else:
                    style = self._styles.cell(column.type, locked=column.key in fixed.cells)
                    self._write_value(row, index, column, value, style)

    def _fixed_formula(self, text, column, lines):
        def cell(name):
            return name in lines and xl_rowcol_to_cell(lines[name], self._index[column.key])

        return excel_formula(text, column.type, cell, lambda name, field: None)

    def _write_totals(self, rows, row):
        """The last line: sums, which the program makes itself when it reads the form."""
        sums = totals(self._template, {"rows": rows})
        if not sums:
            return
        for index, column in enumerate(self._template.columns):
            if column.total:
                letter = xl_col_to_name(index)
                formula = f"=SUM({letter}{self._first_row + 1}:{letter}{row})"
                self._write_computed(row, index, column, formula, sums[column.key])
            else:
                text = TOTAL if index == 0 else ""
                self._sheet.write_string(row, index, text, self._styles.head)

    def _write_value(self, row, index, field: Column | HeaderField, value, style):
        if value is None:
            self._sheet.write_blank(row, index, None, style)
        elif field.type in values.PLACES:
            self._sheet.write_number(row, index, float(value), style)
        elif field.type == "date":
            self._sheet.write_datetime(row, index, date.fromisoformat(value), style)
        else:
            self._sheet.write_string(row, index, values.format(field, value), style)

    def _write_computed(self, row, index, column, formula, value):
        style = self._styles.cell(column.type, locked=True)
        if formula is None:
            self._write_value(row, index, column, value, style)
        else:
            result = "" if value is None else float(value)
            self._sheet.write_formula(row, index, formula, style, result)

    def _offer(self, column, index, last_row):
        """A drop-down with the labels, which a hidden sheet lists: they may exceed 255 letters."""
        labels = [option.label for option in column.options]
        self._options.write_column(0, index, labels)
        letter = xl_col_to_name(index)
        self._sheet.data_validation(
            self._first_row,
            index,
            last_row,
            index,
            {
                "validate": "list",
                "source": f"={OPTIONS_SHEET}!${letter}$1:${letter}${len(labels)}",
                "error_title": column.label[:32],
                "error_message": "请从下拉列表中选择。",
            },
        )
