"""Random finance tables, and their sums reckoned apart from the program."""

import random
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import yaml

from odoo.addons.yangguang_cunwu.lib import catalogue, face
from odoo.addons.yangguang_cunwu.lib.summary import has_summary

DATA = Path(catalogue.__file__).parents[2] / "data"
TEMPLATES = [
    template
    for kind in catalogue.DIVISION_KINDS
    for template in catalogue.read_directory(DATA / "catalogue", kind).templates
]
LABELS = {
    entry.get("label", entry["term"]): entry["term"]
    for entry in yaml.safe_load((DATA / "glossary.yaml").read_text("utf-8"))
}
PERIODS = {"CW11": ("2026年第二季度", "2026年第一季度", "2025年第二季度")}
PERIODS["CW12"] = ("2026年", "2025年", None)
MONTHS = ("2026年3月", "2026年2月", "2025年3月")
_FIGURES = (
    lambda dice: None,
    lambda dice: "0.00",
    lambda dice: _fen(dice.randrange(1, 10_000)),
    lambda dice: _fen(dice.randrange(990_000, 1_000_100)),
    lambda dice: _fen(dice.randrange(10_000, 100_000_000)),
    lambda dice: _fen(dice.choice((100_000, 5_000_000))),
    lambda dice: _fen(dice.randrange(999_999_000, 10_000_100_000)),
    lambda dice: _fen(-dice.randrange(1, 5_000_000)),
    lambda dice: _fen(dice.randrange(10**14)),
)


def _fen(number):
    return f"{Decimal(number) / 100:.2f}"


def public_face(template, document, period, *, totals_only=False, mask=lambda value, kind: "*"):
    """The face of a document as the open web gets it."""
    context = face.Context(
        division={"code": "990101101201", "name": "样例村", "town": "样例镇", "district": "样例区"},
        item={"code": template.item_code, "name": template.title, "category": "财务往来"},
        period=period,
    )
    return face.build(
        template,
        document,
        context,
        "public",
        mask=mask,
        totals_only=totals_only,
    )


def random_document(template, dice):
    """A document that need not follow the form's rules: sentences tell what stands there."""
    if not template.fixed_rows and dice.random() < 0.06:
        return {"header": {}, "rows": [], "zero": "1"}
    fixed = [dict(row.cells) | {"key": row.key} for row in template.fixed_rows]
    rows = [
        {column.key: _value(column, dice) for column in template.columns} | given
        for given in fixed or [{}] * dice.choice((1, 1, 2, 3, 5, 9))
    ]
    header = {field.key: _value(field, dice) for field in template.header if field.type == "money"}
    return {"header": header, "rows": rows}


def _value(column, dice):
    match column.type:
        case "money":
            return dice.choice(_FIGURES)(dice)
        case "integer":
            return dice.choice((None, "0", str(dice.randrange(1, 400))))
        case "area_mu":
            return dice.choice((None, "0", "0.0004", "18.65", f"{dice.randrange(10**6)}.25"))
        case "selection":
            # few kinds, so that some are alike and some are alone
            return dice.choice((None, *(option.value for option in column.options[-3:])))
    return dice.choice((None, "某"))


@dataclass(frozen=True)
class Case:
    """A random sheet with those it is compared with."""

    template: object
    documents: tuple
    faces: tuple
    totals_only: bool

    def label(self, key, value):
        """What the table calls an option."""
        options = self.template.column(key).options
        return next((option.label for option in options if option.value == value), None)

    def sum(self, key, where=lambda row: True, place=0):
        """The sum of a column over the rows of one of the documents; None without a document."""
        document = self.documents[place]
        if document is None:
            return None
        return sum((Decimal(row[key] or 0) for row in document["rows"] if where(row)), Decimal(0))

    def rows(self, where):
        return [row for row in self.documents[0]["rows"] if where(row)]

    def by(self, kind, key):
        """The sums of a column by the name that a sentence gives a kind."""
        sums = {}
        for row in self.documents[0]["rows"]:
            label = self.label(kind, row[kind])
            name = LABELS.get(label)
            sums[name] = sums.get(name, Decimal(0)) + Decimal(row[key] or 0)
        return sums

    def line(self, key, column, place=0):
        document = self.documents[place]
        if document is None:
            return None
        (row,) = [row for row in document["rows"] if row["key"] == key]
        return None if row[column] is None else Decimal(row[column])


def random_cases(count, seed):
    """`count` cases for the finance forms, in turn; the same ones for the same seed."""
    dice = random.Random(seed)
    told = [one for one in TEMPLATES if has_summary(one.item_code)]
    for number in range(count):
        template = told[number % len(told)]
        periods = PERIODS.get(template.item_code, MONTHS)
        documents = (
            random_document(template, dice),
            random_document(template, dice) if dice.random() < 0.7 else None,
            random_document(template, dice) if periods[2] and dice.random() < 0.7 else None,
        )
        totals_only = dice.random() < 0.1
        faces = tuple(
            document and public_face(template, document, period, totals_only=totals_only)
            for document, period in zip(documents, periods, strict=True)
        )
        yield Case(template, documents, faces, totals_only)
