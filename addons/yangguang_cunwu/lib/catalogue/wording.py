"""Changes of the list as sentences, in the words of its workbook and its forms."""

from collections.abc import Iterator, Mapping

from . import layout
from .difference import KINDS, Change, diff, flat, records
from .edition import Edition

_SHEETS = {sheet.name: sheet for sheet in layout.SHEETS}
_NONE = "（空）"
_ORDER = "次序"
# what a template's parts are called, and the sheet whose headings they share
_PARTS = {
    "columns": ("列", "columns"),
    "header": ("表头栏目", "header_fields"),
    "rules": ("规则", "rules"),
    "fixed_rows": ("固定行", "fixed_rows"),
    "options": ("选项", "column_options"),
}
_TYPES = {
    "text": "文字内容",
    "integer": "整数",
    "money": "金额",
    "date": "日期",
    "selection": "选项",
    "area_mu": "面积（亩）",
    "phone": "电话号码",
    "id_card": "身份证号",
    "bank_account": "银行账号",
    "person_name": "姓名",
}
# field -> what its values are called
VALUES = {
    "type": _TYPES,
    "mask": {
        "none": "全部显示",
        "partial_name": "遮盖部分姓名",
        "id_card": "遮盖部分身份证号",
        "phone": "遮盖部分电话号码",
        "bank": "遮盖部分账号",
    },
    "kind": {"compute": "算出一列", "check": "每行都要符合", "table": "全表要符合"},
    "orientation": {"portrait": "纵向", "landscape": "横向"},
    "division_kind": {"village": "村", "community": "社区"},
    "status": {"reconstruction": "试行重建版", "issued": "正式印发"},
    "frequency": {
        "anytime": "随时公开",
        "monthly": "每月",
        "quarterly": "每季度",
        "half_yearly": "每半年",
        "yearly": "每年",
        "permanent": "长期公开",
    },
    "forms": {"table": "表格", "text": "文字", "file": "文件", "image": "图片", "video": "视频"},
    "audience": {
        "public": "社会公众",
        "village": "村（居）民",
        "member": "集体经济组织成员",
        "party": "党员",
    },
    "open_web": {"masked": "遮盖个人信息后公开", "totals": "只公开合计", "nothing": "不公开"},
    "confidence": {"assumed": "推定", "verified": "已与出处核对"},
    "relation": {"==": "等于", "<=": "不大于", ">=": "不小于", "exists": "应有对应"},
}


def sentences(old: Edition, new: Edition) -> list[str]:
    """What changes from `old` to `new`, a line for each change; empty when nothing does."""
    editions = [{kind: records(each, name) for name, kind in KINDS.items()} for each in (old, new)]
    known = {}

    def leaves(change):
        """Every leaf of the record that changes, as it is now or else was, by its path."""
        key = change.kind, change.code
        if key not in known:
            found = [each.get(change.kind, {}).get(change.code) for each in editions]
            known[key] = {path: text for each in found if each for path, text in flat(each).items()}
        return known[key]

    return [_sentence(change, leaves(change)) for change in diff(old, new)]


def _sentence(change: Change, leaves: Mapping[str, str]) -> str:
    title, headings, record = _record(change, leaves)
    if change.old is None or change.new is None:
        return f"{'新增' if change.old is None else '删去'}{record}"
    if change.field == "order" and not change.code:
        return f"{title}的{_ORDER}：{change.old} → {change.new}"
    place = " ".join([record, *_place(change.field.split("."), headings, leaves)])
    old, new = (_value(change.field, text, leaves) for text in (change.old, change.new))
    return f"{place}：{old} → {new}"


def _record(change, leaves):
    """What the sheet of the record is called, its headings, and what the record is called."""
    if change.kind == "edition":
        return layout.HEAD_TITLE, layout.HEAD, layout.HEAD_TITLE
    sheet = _SHEETS[next(name for name, kind in KINDS.items() if kind == change.kind)]
    name = next((leaves[key] for key in ("name", "title", "label") if leaves.get(key)), "")
    record = f"{sheet.title} {change.code}"
    return sheet.title, sheet.fields, f"{record}「{name}」" if name else record


def _place(
    path: list[str], headings: Mapping[str, str], leaves: Mapping[str, str]
) -> Iterator[str]:
    """The words for `path`, from the outside in."""
    above = ""
    while path and path != [""]:
        whole = ".".join(path)
        if whole in headings:
            yield headings[whole]
            return
        part, *path = path
        if part == "order":
            yield f"选项的{_ORDER}"
        elif part in ("sample_rows", "sample_header", "cells"):
            if part == "sample_rows" and path:
                yield f"样例第{path.pop(0)}行"
            else:
                yield {"sample_rows": "样例", "sample_header": "样例表头", "cells": "内容"}[part]
            headings = _labels(leaves, "header" if part == "sample_header" else "columns")
        elif part not in _PARTS:
            yield part
        elif not path:
            yield f"{_PARTS[part][0]}的{_ORDER}"
        else:
            title, sheet = _PARTS[part]
            above = f"{above}{part}.{path[0]}."
            label = leaves.get(f"{above}label")
            yield f"{title}「{label}」" if label else f"{title}{path[0]}"
            headings, path = _SHEETS[sheet].fields, path[1:]


def _labels(leaves, part):
    """Key -> name of the columns or header fields of a template."""
    keys = leaves.get(part, "").split("、")
    return {key: leaves.get(f"{part}.{key}.label") or key for key in keys}


def _value(field, text, leaves):
    """`text` as it is called; several are joined with 、."""
    above, _dot, name = field.rpartition(".")
    if above.startswith("sample_") or above.endswith(".cells"):
        words = {}
    else:
        words = VALUES.get(name) or (_labels(leaves, field) if name in _PARTS else {})
    return "、".join(words.get(each, each) for each in text.split("、")) if text else _NONE
