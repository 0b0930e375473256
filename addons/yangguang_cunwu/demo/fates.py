"""What goes another way than usual: returned, corrected, taken down, asked about, waiting."""

from copy import deepcopy
from datetime import timedelta

from ..lib.periods import Period
from .agenda import Agenda, Sheet
from .workdays import last_workday, workdays_after

_MISSING_WITNESS = "第2笔办公支出没有证明人"
_SETTLED = "零工已补开收据，补票情况由“待补票”更正为“已补票”"
_TAKEN_DOWN = "通知中误列了与停电无关的住户信息，已撤下，重新通知见公开栏"
_QUESTION = "路灯更换一项是否经过询价？请补充说明"
# what waits in the full village: item, state it has come to
_WAITING = (
    ("TG01", "draft"),
    ("HX01", "review"),
    ("HY01", "agreed"),
    ("XC03", "agreed"),
    ("SZ08", "signed"),
)


def decide(agenda: Agenda, sheets: list[Sheet]) -> list[Sheet]:
    """Settle the fates of `sheets`, those of `agenda`; gives them with the sheets that follow.

    The full village has every fate once; in some others the money of last month waits.
    """
    if agenda.village.waits:
        _wait_with_money(sheets, agenda.village.waits, agenda.end)
    if not agenda.is_full:
        return sheets
    by_item = {}
    for sheet in sheets:
        by_item.setdefault(sheet.item.code, []).append(sheet)
    _return_first(by_item["CW06"])
    _take_down(by_item["TG01"], agenda.end)
    _ask(by_item["CW05"])
    return [*sheets, *_corrected(by_item), *_carried_over(agenda, by_item), *_waiting(agenda)]


def _wait_with_money(sheets, state, end):
    newest = max((one.period.start for one in sheets if one.item.code == "CW02"), default=None)
    for sheet in sheets:
        if sheet.item.category_code == "CW" and sheet.period.start == newest:
            sheet.reaches, sheet.day = state, last_workday(end)


def _return_first(sheets):
    """The committee returns a sheet whose second row names no witness."""
    for sheet in sheets[:1]:
        sheet.objection = _MISSING_WITNESS
        sheet.first_version = deepcopy(sheet.document)
        sheet.first_version["rows"][1]["witness"] = None


def _take_down(sheets, end):
    for sheet in sheets[:1]:
        sheet.withdrawn = min(workdays_after(sheet.day, 2), last_workday(end))
        sheet.note = _TAKEN_DOWN


def _ask(sheets):
    for sheet in sheets[-2:]:
        sheet.query = _QUESTION


def _corrected(by_item):
    """The list of vouchers that the objection in HX02 is about, with the receipt that came."""
    for objection in by_item.get("HX02", ()):
        day = last_workday(objection.event - timedelta(days=1))
        for wrong in by_item["CW10"][::-1]:
            slips = [row for row in wrong.document["rows"] if row["proof"] == "slip"]
            if slips and wrong.day < day - timedelta(days=3):
                document = deepcopy(wrong.document)
                for row in document["rows"]:
                    if row["proof"] == "slip":
                        row["rectify"] = "done"
                objection.document["rows"][0]["republish"] = day.isoformat()
                yield Sheet(
                    wrong.village,
                    wrong.item,
                    day,
                    document,
                    wrong.period,
                    corrects=wrong,
                    note=_SETTLED,
                )
                break


def _carried_over(agenda, by_item):
    """The accounts of a year before the platform, entered from paper."""
    for newer in by_item.get("CW14", ()):
        period = newer.period.previous()
        yield agenda.sheet(
            "CW14", workdays_after(newer.day, 1), period=Period.parse(period.key), carried_over=True
        )


def _waiting(agenda):
    end = last_workday(agenda.end)
    for number, (code, state) in enumerate(_WAITING):
        event = workdays_after(end, -3)
        yield agenda.sheet(code, end, event, reaches=state, variant=number)
    returned = agenda.sheet("ZW11", end, workdays_after(end, -3), reaches="draft")
    returned.first_version, returned.objection = returned.document, "公示期未满十日，请核对起止日期"
    yield returned
