"""What every rule of a template does on its sample, for the person who writes the rules."""

from datetime import date
from typing import NamedTuple

from .document import complete, money_columns
from .expression import Context, EvaluationError, split_assignment
from .program import Program
from .template import Template
from .values import format, to_python

ROWS_SHOWN = 5
_HOLDS = {True: "通过", False: "不通过", None: "日期未填，不检查"}


class Effect(NamedTuple):
    """`place` is the rule (规则3) or the fixed row, `wording` the rule with labels for names,
    `result` what it gives on the sample, `passed` whether nothing stands against it."""

    place: str
    wording: str
    result: str
    passed: bool


def trial(template: Template, today: date) -> list[Effect]:
    """The effect of every rule on the completed sample, in the order of the rules.

    Raises ValueError when a rule or the sample cannot be read.
    """
    return _Trial(template, today).run()


class _Trial:
    def __init__(self, template, today):
        self.template = template
        self.program = Program.of(template)
        self.document = complete(template, template.sample)
        header = self.document["header"]
        self.context = Context(
            {key: to_python(field, header[key]) for key, field in self.program.header.items()},
            today=today,
        )
        self.context.rows = [
            {key: to_python(column, row[key]) for key, column in self.program.columns.items()}
            for row in self.document["rows"]
        ]

    def run(self):
        # of each kind the program keeps the order of the rules, but for computing
        kinds = {"check": iter(self.program.checks), "table": iter(self.program.table_checks)}
        computes = {each.target: each for each in self.program.computes}
        effects = []
        for number, rule in enumerate(self.template.rules, 1):
            if rule.kind == "compute":
                target, _formula = split_assignment(rule.expression)
                effects.append(self._computed(f"规则{number}", computes[target]))
            else:
                check = self._checked if rule.kind == "check" else self._summed
                effects.append(check(f"规则{number}", next(kinds[rule.kind])))
        return effects + [self._fixed(assignment) for assignment in self.program.fixed]

    def _computed(self, place, assignment):
        column = self.program.columns[assignment.target]
        figures = [format(column, row[column.key]) or "空" for row in self.document["rows"]]
        wording = f"{column.label} = {self.program.describe(assignment.formula)}"
        return Effect(place, wording, _by_row(figures), True)

    def _checked(self, place, check):
        outcomes = []
        previous = None
        for values in self.context.rows:
            self.context.row, self.context.previous = values, previous
            outcomes.append(self._outcome(check.formula))
            previous = values
        texts = list(map(str, outcomes))
        result = texts[0] if len(set(texts)) == 1 else _by_row(texts)
        return self._effect(place, check, result, outcomes)

    def _summed(self, place, check):
        if not any(name in self.program.fixed_rows for name in check.formula.names):
            outcome = self._outcome(check.formula)
            return self._effect(place, check, str(outcome), [outcome])
        outcomes = []
        for column in money_columns(self.template):
            self.context.row = {
                key: values[column.key]
                for key, values in zip(self.program.fixed_rows, self.context.rows, strict=True)
            }
            outcomes.append(self._outcome(check.formula))
        columns = (column.label for column in money_columns(self.template))
        result = "、".join(
            f"{label}{outcome}" for label, outcome in zip(columns, outcomes, strict=True)
        )
        return self._effect(place, check, result, outcomes)

    def _fixed(self, assignment):
        row = self.program.fixed_rows[assignment.target]
        cells = self.document["rows"][list(self.program.fixed_rows).index(row.key)]
        result = "、".join(
            f"{column.label} {format(column, cells[column.key]) or '空'}"
            for column in money_columns(self.template)
        )
        wording = f"{row.label} = {self.program.describe(assignment.formula)}"
        return Effect(f"固定行「{row.label}」", wording, result, True)

    def _outcome(self, formula):
        try:
            return _HOLDS[formula.evaluate(self.context)]
        except EvaluationError as error:
            return f"不通过（{error}）"

    def _effect(self, place, check, result, outcomes):
        passed = not any(outcome.startswith("不通过") for outcome in outcomes)
        return Effect(place, self.program.describe(check.formula), result, passed)


def _by_row(texts):
    shown = "、".join(f"第{number}行 {text}" for number, text in enumerate(texts[:ROWS_SHOWN], 1))
    return f"{shown} 等{len(texts)}行" if len(texts) > ROWS_SHOWN else shown
