"""One edition of the catalogue: what a kind of division discloses, when, how and by which rules."""

from dataclasses import dataclass, field
from typing import Self

from ..tables.crosscheck import CrossCheck
from ..tables.plain import from_plain, to_plain
from ..tables.template import HeaderField, Option, Template
from .shared import with_shared

DIVISION_KINDS = ("village", "community")
# notice, highlight 2: the twelve sections and their order are fixed, for communities too
CATEGORY_CODES = ("XC", "GK", "DW", "ZW", "HY", "JD", "CW", "SZ", "BK", "GY", "HX", "TG")
STATUSES = ("reconstruction", "issued")
FREQUENCIES = ("anytime", "monthly", "quarterly", "half_yearly", "yearly", "permanent")
FORMS = ("table", "text", "file", "image", "video")
AUDIENCES = ("public", "village", "member", "party")
# what the open web shows of an item: rows with masks, totals only, or its name and dates
OPEN_WEB = ("masked", "totals", "nothing")
RETENTIONS = ("永久", "30年", "10年")


@dataclass(frozen=True, slots=True)
class Department:
    """A district department that guides items."""

    code: str
    name: str
    name_en: str = ""
    guides: str = ""
    guides_en: str = ""
    basis: str = ""
    confidence: str = "assumed"


@dataclass(frozen=True, slots=True)
class Category:
    """One of the boards of the catalogue, in the order of the list."""

    code: str
    name: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to disclose. `deadline` is in the deadline language, `min_display_days` in
    calendar days; `source` and `confidence` say how we know of it."""

    code: str
    category_code: str
    name: str
    frequency: str
    deadline: str
    name_en: str = ""
    content: str = ""
    deadline_text: str = ""
    min_display_days: int = 10
    min_display_source: str = ""
    retention: str = "30年"
    department_codes: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    template_code: str = ""
    audience: str = "public"
    open_web: str = "masked"
    needs_signature: bool = False
    emergency: bool = False
    secrecy_check: bool = False
    legal_basis: tuple[str, ...] = ()
    source: str = ""
    confidence: str = "assumed"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that cross-checks name, such as a threshold; `value` is a decimal string."""

    code: str
    label: str
    value: str
    unit: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """The catalogue of one kind of division from the ISO date `effective` on.

    `status` is reconstruction until the bureau's own list, with its `document_number`, replaces
    it. `header_fields` and `option_sets` are what templates share; `line_accounts` maps the public
    lines of 2011 to the accounts of 2023.
    """

    code: str
    division_kind: str
    title: str
    effective: str
    status: str = "reconstruction"
    document_number: str = ""
    categories: tuple[Category, ...] = ()
    departments: tuple[Department, ...] = ()
    items: tuple[Item, ...] = ()
    templates: tuple[Template, ...] = ()
    cross_checks: tuple[CrossCheck, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    header_fields: tuple[HeaderField, ...] = ()
    option_sets: dict[str, tuple[Option, ...]] = field(default_factory=dict)
    line_accounts: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def from_dict(cls, data: dict) -> Self:
        """The edition stored as `data`, the inverse of `to_dict`; ValueError when it is none."""
        return from_plain(cls, with_shared(data), "目录")

    def to_dict(self) -> dict:
        """Plain dictionaries, lists, strings and booleans.

        What templates share is written once and named where it is used. Raises ValueError for a
        header field that is not one of `header_fields`.
        """
        data = to_plain(self)
        sets = data.get("option_sets", {})
        for template, plain in zip(self.templates, data.get("templates", ()), strict=True):
            if template.header:
                plain["header"] = [self._shared_key(template, each) for each in template.header]
            for column in plain["columns"]:
                options = column.get("options")
                if name := next((n for n, each in sets.items() if each == options), None):
                    del column["options"]
                    column["option_set"] = name
        return data

    def _shared_key(self, template, header_field):
        if header_field not in self.header_fields:
            raise ValueError(f"表格{template.code}：表头「{header_field.label}」与目录登记的不同")
        return header_field.key

    def category_number(self, code: str) -> int:
        """The number of a category: its place among the twelve, new ones after them."""
        others = [each.code for each in self.categories if each.code not in CATEGORY_CODES]
        return [*CATEGORY_CODES, *others].index(code) + 1

    def item(self, code: str) -> Item:
        """The item called `code`; KeyError when there is none."""
        for item in self.items:
            if item.code == code:
                return item
        raise KeyError(code)

    def template(self, code: str) -> Template:
        """The template called `code`; KeyError when there is none."""
        for template in self.templates:
            if template.code == code:
                return template
        raise KeyError(code)
