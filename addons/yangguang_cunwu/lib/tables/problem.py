"""What is wrong with a document, and where."""

from dataclasses import dataclass

from .template import Template


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right. `row` counts from 0 and is None for the header or the whole table;
    `columns` are all the columns (or header fields) the rule looks at.

    `kind` is structure, required, type, compute, check, table or empty.
    """

    row: int | None
    column: str | None
    message: str
    kind: str
    columns: tuple[str, ...] = ()

    def place(self, template: Template) -> str:
        """Where it is, such as 第3行「结余」."""
        if self.row is not None:
            return f"第{self.row + 1}行{self._label(template.columns)}"
        if any(field.key == self.column for field in template.header):
            return f"表头{self._label(template.header)}"
        return f"{self._label(template.columns)}列" if self.column else "全表"

    def sentence(self, template: Template) -> str:
        """Place and message, for the person who fills in the table."""
        return f"{self.place(template)}：{self.message}"

    def _label(self, fields):
        if not self.column:
            return ""
        return f"「{next((f.label for f in fields if f.key == self.column), self.column)}」"


class DocumentError(ValueError):
    """The document cannot be read as this template's; `problems` says where and why."""

    def __init__(self, problems: list[Problem], template: Template):
        self.problems = problems
        super().__init__("\n".join(problem.sentence(template) for problem in problems))
