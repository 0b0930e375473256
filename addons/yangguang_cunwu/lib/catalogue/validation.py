"""Whether an edition of the catalogue hangs together, before it takes effect."""

import re
from collections import Counter
from datetime import date
from decimal import Decimal, InvalidOperation

from ..deadlines import Deadline
from ..tables import crosscheck, engine
from ..tables.plain import SEPARATOR
from ..tables.template import Template
from ..tables.validation import validate as validate_template
from .edition import (
    AUDIENCES,
    DIVISION_KINDS,
    FORMS,
    FREQUENCIES,
    OPEN_WEB,
    RETENTIONS,
    STATUSES,
    Edition,
)

_CODE = re.compile(r"[A-Z][A-Z0-9_-]{1,19}")
# notice: the shortest display is 10 days; a warning is withdrawn when lifted
_MIN_DISPLAY_DAYS = 10
_PARTY_CATEGORY = "DW"


def validate(edition: Edition, *, samples: bool = True) -> list[str]:
    """What is wrong with `edition`, as sentences with their place; empty when nothing is.

    `samples` are tried on the day from which the edition holds, unless that is left out.
    """
    return [
        *_head(edition),
        *_unique(edition),
        *(f"事项{item.code}：{each}" for item in edition.items for each in _item(edition, item)),
        *_templates(edition, samples),
        *_cross_checks(edition),
        *_line_accounts(edition),
    ]


def _head(edition):
    if edition.division_kind not in DIVISION_KINDS:
        yield f"目录：适用单位「{edition.division_kind}」不对"
    if edition.status not in STATUSES:
        yield f"目录：状态「{edition.status}」不对"
    if edition.status == "issued" and not edition.document_number.strip():
        yield "目录：正式印发的目录应填文号"
    try:
        date.fromisoformat(edition.effective)
    except ValueError:
        yield f"目录：生效日期「{edition.effective}」不对，如 2026-01-01"


def _unique(edition):
    for what, records in (
        ("类别", edition.categories),
        ("部门", edition.departments),
        ("事项", edition.items),
        ("表格", edition.templates),
        ("勾稽关系", edition.cross_checks),
    ):
        for code, count in Counter(record.code for record in records).items():
            if count > 1:
                yield f"{what}{code}：编码重复"
            if not _CODE.fullmatch(code):
                yield f"{what}{code}：编码应为大写字母开头的字母和数字"


def _item(edition, item):
    yield from _choices(item)
    if not item.name.strip():
        yield "没有名称"
    if item.category_code not in {category.code for category in edition.categories}:
        yield f"没有类别「{item.category_code}」"
    departments = {department.code for department in edition.departments}
    for code in item.department_codes:
        if code not in departments:
            yield f"没有部门「{code}」"
    try:
        Deadline.parse(item.deadline)
    except ValueError as error:
        yield str(error)
    if item.min_display_days < _MIN_DISPLAY_DAYS and not item.emergency:
        yield f"公开天数不得少于{_MIN_DISPLAY_DAYS}日"
    if any(SEPARATOR in basis for basis in item.legal_basis):
        yield f"法律依据里不能有半角的「{SEPARATOR}」"
    yield from _item_template(edition, item)
    yield from _item_audience(item)


def _choices(item):
    for label, value, choices in (
        ("频次", item.frequency, FREQUENCIES),
        ("保管期限", item.retention, RETENTIONS),
        ("公开范围", item.audience, AUDIENCES),
        ("互联网公开", item.open_web, OPEN_WEB),
    ):
        if value not in choices:
            yield f"{label}「{value}」不对"
    if not item.forms or not set(item.forms) <= set(FORMS):
        yield f"形式「{SEPARATOR.join(item.forms)}」不对"


def _item_template(edition, item):
    templates = {template.code: template for template in edition.templates}
    if ("table" in item.forms) != bool(item.template_code):
        yield "以表格公开的事项应有表格，其他事项不应有"
    if not item.template_code:
        if item.open_web == "totals":
            yield "没有表格，不能只公开合计"
        return
    template = templates.get(item.template_code)
    if not template or template.item_code != item.code:
        yield f"没有本事项的表格「{item.template_code}」"
    elif item.open_web == "totals" and not any(column.total for column in template.columns):
        yield "表格没有合计列，不能只公开合计"


def _item_audience(item):
    if item.audience == "party" and item.open_web != "nothing":
        yield "党内公开的事项不得在互联网公开"
    if item.audience == "village" and item.open_web == "masked" and not item.template_code:
        yield "文件无法由程序遮盖，只对本村公开的不得在互联网公开"
    # Regulations on openness of Party affairs, art. 15: proposed, checked for secrecy, approved
    if item.category_code == _PARTY_CATEGORY and not item.secrecy_check:
        yield "党务事项应作保密审查"


def _templates(edition, samples):
    used = {item.template_code for item in edition.items}
    registered = {field.key: field for field in edition.header_fields}
    for template in edition.templates:
        sentences = validate_template(template)
        for field in template.header:
            if registered.get(field.key) != field:
                sentences.append(f"表头「{field.label}」与目录登记的不同")
        if not sentences and samples:
            sentences = _samples(template, edition.effective)
        if template.code not in used:
            sentences.append("没有事项使用")
        yield from (f"表格{template.code}：{sentence}" for sentence in sentences)


def _samples(template, effective):
    try:
        return sample_problems(template, date.fromisoformat(effective))
    except ValueError:
        return []  # told once for the whole edition


def sample_problems(template: Template, today: date) -> list[str]:
    """Where the sample of `template`, filled on the day `today`, breaks its rules, as sentences.

    An example that breaks the rules it shows is a mistake in one or the other.
    """
    try:
        document = engine.complete(template, template.sample)
    except ValueError as error:
        return [f"样例：{error}"]
    problems = engine.check(template, document, today)
    return [f"样例：{problem.sentence(template)}" for problem in problems]


def _cross_checks(edition):
    templates = {template.item_code: template for template in edition.templates}
    parameters = []
    for parameter in edition.parameters:
        try:
            Decimal(parameter.value)
            parameters.append(parameter.code)
        except InvalidOperation:
            yield f"参数{parameter.code}：「{parameter.value}」不是数字"
    for check in edition.cross_checks:
        for sentence in crosscheck.errors(check, templates, parameters):
            yield f"勾稽关系{check.code}：{sentence}"


def _line_accounts(edition):
    known = {option.value for options in edition.option_sets.values() for option in options}
    for line, accounts in edition.line_accounts.items():
        for value in (line, *accounts):
            if value not in known:
                yield f"科目对照{line}：没有「{value}」这个选项"
