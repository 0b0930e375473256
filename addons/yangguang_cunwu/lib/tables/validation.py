"""Whether a template that staff have written can be used."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from .compiler import RESERVED
from .document import money_columns
from .program import Program
from .template import MASKS, NUMERIC_TYPES, RULE_KINDS, TYPES, Column, HeaderField, Template
from .values import narrow, parse

COLUMN_LIMIT = 40
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_KEYWORDS = frozenset({"and", "or", "not", "in", "is", "if", "else", "for", "lambda"})
# what a person is known by is masked, or stays inside (Personal Information Protection Law, 28)
_MASK_TYPES = {"id_card": "身份证号", "bank_account": "账号"}


def validate(template: Template) -> list[str]:
    """What is wrong with `template`, as sentences for its author; empty when it can be used."""
    return [
        *_head(template),
        *_fields(template.header, "表头"),
        *_fields(template.columns, "列"),
        *(sentence for column in template.columns for sentence in _column(column)),
        *_rules(template),
        *_fixed_rows(template),
        *Program(template).errors,
    ]


def _head(template):
    if not template.title.strip():
        yield "标题没有填写"
    if not template.columns:
        yield "至少要有一列"
    if len(template.columns) > COLUMN_LIMIT:
        yield f"最多{COLUMN_LIMIT}列"
    if template.orientation not in ("portrait", "landscape"):
        yield f"纸张方向「{template.orientation}」不对"


def _fields(fields: Iterable[Column | HeaderField], kind: str) -> Iterator[str]:
    for key, count in Counter(field.key for field in fields).items():
        if count > 1:
            yield f"{kind}「{key}」重复"
    for field in fields:
        yield from _key(field.key, kind)
        if not field.label.strip():
            yield f"{kind}「{field.key}」没有名称"
        if field.type not in TYPES or (kind == "表头" and field.type == "selection"):
            yield f"{kind}「{field.label}」的类型「{field.type}」不对"


def _key(key, kind):
    if not _KEY.fullmatch(key) or key in RESERVED | _KEYWORDS:
        yield f"{kind}「{key}」的代码不能用，应为小写字母开头的字母、数字和下划线"


def _column(column):
    place = f"列「{column.label}」"
    if column.mask not in MASKS:
        yield f"{place}的遮盖方式「{column.mask}」不对"
    if column.total and not column.numeric:
        yield f"{place}不是数字，不能合计"
    if column.type in _MASK_TYPES and column.mask == "none" and not column.internal:
        yield f"{place}是{_MASK_TYPES[column.type]}，应遮盖或仅供内部核对"
    if (column.type == "selection") != bool(column.options):
        yield f"{place}的选项与类型不符"
    for what in ("value", "label"):
        texts = Counter(narrow(getattr(option, what)) for option in column.options)
        if any(count > 1 or not text for text, count in texts.items()):
            yield f"{place}的选项重复或空白"
    values = {narrow(option.value): option for option in column.options}
    for option in column.options:
        if values.get(narrow(option.label), option) is not option:
            yield f"{place}的选项名称「{option.label}」是另一选项的代码"


def _rules(template):
    for number, rule in enumerate(template.rules, 1):
        if rule.kind not in RULE_KINDS:
            yield f"规则{number}：种类「{rule.kind}」不对"
        elif rule.kind != "compute" and not rule.message.strip():
            yield f"规则{number}：没有写明违反时的提示"


def _fixed_rows(template):
    columns = {column.key: column for column in template.columns}
    for key, count in Counter(row.key for row in template.fixed_rows).items():
        if count > 1:
            yield f"固定行「{key}」重复"
    if template.fixed_rows and not money_columns(template):
        yield "有固定行的表应有金额列"
    for row in template.fixed_rows:
        yield from _key(row.key, "固定行")
        for key, value in row.cells.items():
            place = f"固定行「{row.label}」的「{key}」"
            if key not in columns or columns[key].type in NUMERIC_TYPES - {"integer"}:
                yield f"{place}不是可以印定的列"
                continue
            try:
                if parse(columns[key], value) != value:
                    yield f"{place}的内容「{value}」写法不规范"
            except ValueError as error:
                yield f"{place}：{error}"
