"""Which of the account's templates is for what, guessed from their words; people may correct it."""

from .template_values import keywords

# what a message is about -> words in a template's title, the surest first
KINDS = {
    "answered": ("答复", "回复", "反馈"),
    "overdue": ("逾期", "超期", "过期"),
    "review": ("审核", "审批", "评审"),
    "duty_due": ("待办", "到期", "任务"),
    "published": ("公开", "公示", "公告", "发布"),
}
# what may be said -> words in a line's label, kinds of keyword that fit as well
VALUES = {
    "number": (("编号", "单号", "号码"), ("character_string",)),
    "time": (("时间", "日期", "期限"), ("time", "date")),
    "village": (("村", "单位", "地点", "机构"), ()),
    "state": (("状态", "结果", "进度"), ("phrase",)),
    "text": (("答复", "回复", "内容", "说明", "备注"), ()),
    "title": (("事项", "标题", "名称", "主题", "问题"), ()),
}


def kind_of(title: str, taken: set[str]) -> str | None:
    """Return what a template of this title is for, None when no kind is left that fits."""
    for kind, words in KINDS.items():
        if kind not in taken and any(word in title for word in words):
            return kind
    return None


def values_of(content: str) -> list[tuple[str, str, str]]:
    """Return (label, keyword, what to say there) for each line of a template."""
    lines, found = keywords(content), {}
    for by_label in (True, False):
        for label, keyword in lines:
            if keyword not in found and (name := _value(label, keyword, by_label, found)):
                found[keyword] = name
    left = [name for name in ("title", "text", "village", "state") if name not in found.values()]
    return [
        (label, keyword, found.get(keyword) or (left.pop(0) if left else "text"))
        for label, keyword in lines
    ]


def _value(label, keyword, by_label, found):
    kind = keyword.rstrip("0123456789")
    for name, (words, kinds) in VALUES.items():
        fits = any(word in label for word in words) if by_label else kind in kinds
        if fits and name not in found.values():
            return name
    return None
