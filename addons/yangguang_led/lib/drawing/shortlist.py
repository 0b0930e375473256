"""Chooses what a wide table shows on a screen: who or what, and the figures that are added up."""

import re
from collections.abc import Mapping

# what a row is about, the best first; else its first person, text or choice
_SUBJECTS = (
    re.compile("摘要"),
    re.compile("姓名|户主|户名|申请人"),
    re.compile("名称|项目|事项|议题|主题|问题|内容|单位"),
)
_SUBJECT_TYPES = ("person_name", "text", "selection")
# what says how it ended, in figures and in words
_RESULTS = re.compile("实发|实付|合计|期末|本期金额")
_OUTCOMES = re.compile("结果|状态|阶段|结论|答复")
# of no use to who reads from afar
_NUMBER, _REMARKS = re.compile("序号|编号|凭证号|账号|文号"), re.compile("备注|说明|依据")
MOST = 5


def ranking(face: Mapping) -> list[int]:
    """The indexes of the columns that a screen may show, the most important first."""
    columns = face["columns"]
    totals = face["totals"] or [None] * len(columns)
    filled = [
        index
        for index in range(len(columns))
        if not face["rows"] or any(row[index] for row in face["rows"])
    ]
    if not filled:
        return []
    subject = _subject(columns, filled)

    def rank(index):
        label, kind = columns[index]["label"], columns[index]["type"]
        if index == subject:
            return 0, index
        if _NUMBER.search(label):
            return 11, index
        if _REMARKS.search(label):
            return 10, index
        if totals[index] is not None:
            return (1 if _RESULTS.search(label) else 2 if kind == "money" else 3), index
        if _OUTCOMES.search(label):
            return 2, index
        # rows of figures have a day, rows of words a content
        dated = 5 if face["totals"] else 7
        return {"money": 4, "text": 6, "date": dated, "selection": 8}.get(kind, 9), index

    return sorted(filled, key=rank)


def one_figure_tells(face: Mapping) -> bool:
    """Whether one column of figures beside the subject is not misleading: it is the only one that
    is added up, or the one that says how it ended. Of receipts and payments neither is enough."""
    labels = [
        column["label"]
        for column, total in zip(face["columns"], face["totals"] or (), strict=False)
        if total is not None
    ]
    return len(labels) <= 1 or any(map(_RESULTS.search, labels))


def _subject(columns, every):
    filled = [
        index
        for index in every
        if columns[index]["align"] != "right" and not _NUMBER.search(columns[index]["label"])
    ]
    for pattern in _SUBJECTS:
        for index in filled:
            if pattern.search(columns[index]["label"]):
                return index
    for kind in _SUBJECT_TYPES:
        for index in filled:
            if columns[index]["type"] == kind:
                return index
    return every[0]
