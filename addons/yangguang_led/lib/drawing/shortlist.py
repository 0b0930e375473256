"""Chooses what a wide table shows on a screen: who or what, and the figures that are added up."""

import re
from collections.abc import Mapping

# what a row is about, the best first; else its first person, text or choice
_SUBJECTS = (
    re.compile("摘要"),
    re.compile("姓名|户主|户名|申请人|候选人|值班人员"),
    re.compile(r"^(?!.*(?:类型|来源|类别)).*(?:名称|项目|事项|议题|主题|问题|内容|指标|单位\()"),
)
_SUBJECT_TYPES = ("person_name", "text", "selection")
# what says how it ended, in figures and in words, and what was done
_RESULTS = re.compile("实发|实付|合计|期末|本期金额")
_OUTCOMES = re.compile("结果|状态|阶段|结论|意见")
_CONTENTS = re.compile("内容|措施|描述|分工|职务")
# of no use to who reads from afar
_NUMBER = re.compile("序号|编号|编码|行次|凭证号|账号|文号|期间")
_REMARKS = re.compile("备注|说明|依据|原因")
MOST = 5


def ranking(face: Mapping) -> list[int]:
    """The indexes of the columns that a screen may show, the most important first.

    Empty ones are left out, and numbers of rows and papers where there is anything else.
    """
    columns = face["columns"]
    figures = face["totals"] is not None
    totals = face["totals"] or [None] * len(columns)
    filled = [
        index
        for index in range(len(columns))
        if not face["rows"] or any(row[index] for row in face["rows"])
    ]
    filled = [i for i in filled if not _NUMBER.search(columns[i]["label"])] or filled
    if not filled:
        return []
    subject = _subject(columns, filled)

    def rank(index):
        if index == subject:
            return 0, index
        column = columns[index]
        return _rank(column["label"], column["type"], totals[index] is not None, figures), index

    return sorted(filled, key=rank)


def _rank(label, kind, added_up, figures):
    """How far back a column stands. Rows of figures also have a day, rows of words a content."""
    if _REMARKS.search(label):
        return 10
    if added_up:
        return 1 if _RESULTS.search(label) else 2 if kind == "money" else 3
    if _OUTCOMES.search(label) and kind != "date":
        return 2
    if kind == "money":
        return 3 if _RESULTS.search(label) else 4
    if _CONTENTS.search(label):
        return 6 if figures else 4
    return {"date": 5 if figures else 8, "text": 7, "person_name": 7, "selection": 8}.get(kind, 9)


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
    filled = [index for index in every if columns[index]["align"] != "right"]
    for pattern in _SUBJECTS:
        for index in filled:
            if pattern.search(columns[index]["label"]):
                return index
    of_type = (index for index in filled if columns[index]["type"] in _SUBJECT_TYPES)
    return next(of_type, every[0])
