"""How each finance form is told: item code -> sentences and a chart, out of a Reading.

A figure or kind that a sheet does not show leaves its sentence out.
"""

from decimal import Decimal

from ..chart import Chart
from .reading import Reading, draw_up
from .words import amount, area, compared

_SLIP = "无票“白条”"
_LONG_OWED = frozenset({"一至三年", "三至五年", "五年以上"})
Told = tuple[list[str], Chart | None]


def _cash_book(it: Reading) -> Told:
    closing = it.now.header("期末结余")
    return [
        it.total(f"{it.period.name}收入", "receipt", f"{it.period.name}没有收入"),
        it.most("收入", "line2011", "receipt"),
        it.total("支出", "payment", "没有支出"),
        it.most("支出", "line2011", "payment"),
        _said("期末结余", closing, "期末没有结余"),
        it.past(
            it.period.year_ago,
            ("收入", "receipt", "没有收入"),
            ("支出", "payment", "没有支出"),
        ),
    ], it.kinds("收支", ("收入", "line2011", "receipt"), ("支出", "line2011", "payment"))


def _balances(it: Reading) -> Told:
    apart = it.now.rows(lambda row: row["diff"]) if it.now.is_number("diff") else None
    if apart is None:
        checked = ""
    elif apart:
        gap = sum(abs(row["diff"]) for row in apart)
        checked = f"有{len(apart)}处账实不符，相差{amount(gap)}"
    else:
        checked = "账上和对账单都对得上"
    return [
        it.balance(f"{it.period.end}账上有", "opening", "closing", f"{it.period.end}账上没有钱"),
        it.plain(f"{it.period.name}收入", "receipts", f"{it.period.name}没有收入"),
        it.plain("支出", "payments", "没有支出"),
        checked,
        it.past(it.period.end_year_ago, ("账上有", "closing", "账上没有钱")),
    ], it.totals("账上的钱", "opening", "receipts", "payments", "closing")


def _receipts(it: Reading) -> Told:
    return [
        it.total(f"{it.period.name}收入", "current", f"{it.period.name}没有收入"),
        it.most("收入", "line2011", "current"),
        _year_to_date(it, "收入"),
        it.plain("全年计划收入", "plan"),
        it.past(it.period.year_ago, ("收入", "current", "没有收入")),
    ], it.kinds("各项收入", ("", "line2011", "current"))


def _payments(it: Reading) -> Told:
    within = "没有超计划的支出" if it.now.total("plan") else ""
    return [
        it.total(f"{it.period.name}支出", "current", f"{it.period.name}没有支出"),
        it.most("支出", "line2011", "current"),
        _year_to_date(it, "支出"),
        it.plain("全年计划支出", "plan"),
        it.count(
            "有{count}项超计划，超了{sum}", lambda row: _positive(row, "over"), "over", within
        ),
        it.past(it.period.year_ago, ("支出", "current", "没有支出")),
    ], it.kinds("各项支出", ("", "line2011", "current"))


def _running_costs(it: Reading) -> Told:
    return [
        it.total(f"{it.period.name}管理开支", "amount", f"{it.period.name}没有管理开支"),
        it.most("开支", "kind", "amount"),
        it.most("资金来源", "fund", "amount"),
        it.count(
            "接待费{count}笔，共{sum}",
            lambda row: (row["kind"] or "").startswith("接待费"),
            "amount",
            "没有接待费",
        ),
        it.past(it.period.year_ago, ("管理开支", "amount", "没有管理开支")),
    ], it.kinds("管理开支", ("", "kind", "amount"))


def _pay(it: Reading) -> Told:
    return [
        it.total(f"{it.period.name}发报酬补贴", "paid", f"{it.period.name}没有发报酬补贴"),
        f"一共发了{it.now.count}笔",
        it.most("其中", "kind", "paid"),
        it.most("资金来源", "fund", "paid"),
        it.plain("代扣", "deduct"),
        it.past(it.period.year_ago, ("发报酬补贴", "paid", "没有发报酬补贴")),
    ], it.kinds("报酬补贴", ("", "kind", "paid"))


def _claims(it: Reading) -> Told:
    return [
        it.balance(
            f"{it.period.end}别人欠村里", "opening", "closing", f"{it.period.end}没有别人欠村里的钱"
        ),
        it.plain("这段时间收回", "decrease", "这段时间没有收回欠款"),
        it.plain("又新欠", "increase", "没有新欠的"),
        it.count(
            "欠了一年以上的{count}笔，共{sum}",
            lambda row: row["aging"] in _LONG_OWED and _positive(row, "closing"),
            "closing",
            "没有欠一年以上的",
        ),
        it.past(it.period.end_year_ago, ("别人欠村里", "closing", "没有别人欠村里的钱")),
    ], it.kinds("别人欠村里的钱", ("", "aging", "closing"))


def _debts(it: Reading) -> Told:
    return [
        it.balance(
            f"{it.period.end}村里欠款", "opening", "closing", f"{it.period.end}村里没有欠款"
        ),
        it.plain("这段时间还了", "repaid", "这段时间没有还款"),
        it.plain("又新欠", "increase", "没有新欠的"),
        it.most("欠款", "account", "closing"),
        it.past(it.period.end_year_ago, ("村里欠款", "closing", "村里没有欠款")),
    ], it.kinds("村里欠别人的钱", ("", "account", "closing"))


def _vouchers(it: Reading) -> Told:
    paid = it.now.total("amount")
    before = it.before.total("amount") if it.before else None
    more = "" if paid is None else compared(paid, before, it.period.before)
    return [
        f"{it.period.name}付款凭证{it.now.count}张" + (f"，共{amount(paid)}" if paid else ""),
        more.replace("，", "付款"),
        it.count("白条{count}张，共{sum}", lambda row: row["proof"] == _SLIP, "amount", "没有白条"),
        it.count(
            "等着补票的{count}张，共{sum}",
            lambda row: row["rectify"] == "待补票",
            "amount",
            "没有等着补票的",
        ),
        it.count("付现金的{count}张，共{sum}", lambda row: row["pay_method"] == "现金", "amount"),
        it.past(it.period.year_ago, ("付了", "amount", "没有付款")),
    ], it.kinds("付款凭证", ("", "proof", "amount"))


def _balance_sheet(it: Reading) -> Told:
    lines = ("资产总计", "负债合计", "所有者权益合计", "货币资金", "应收款项")
    worth = it.year_ago.line(lines[0], "closing") if it.year_ago else None
    closing, opening = (
        {line: it.now.line(line, key) for line in lines} for key in ("closing", "opening")
    )

    def told(lead, line, none=""):
        now = closing[line]
        said = _said(lead, now, none)
        return said and said + compared(now, opening[line], "年初")

    return [
        told(f"{it.period.end}家底", "资产总计"),
        told("村里欠款", "负债合计", "村里没有欠款"),
        told("净家底", "所有者权益合计"),
        told("现金和存款", "货币资金", "没有现金和存款"),
        told("别人欠村里", "应收款项"),
        _said(f"{it.period.end_year_ago}家底", worth),
    ], draw_up(
        "家底和欠款",
        {
            name: {("", line): value for line, value in values.items()}
            for name, values in ((it.now.label("closing"), closing), ("年初余额", opening))
        },
    )


def _income(it: Reading) -> Told:
    lines = ("经营收入", "补助收入", "管理费用", "净收益", "向成员分配", "年末未分配收益")
    current, previous = (
        {line: it.now.line(line, key) for line in lines} for key in ("current", "previous")
    )

    def told(lead, line, none="", loss=""):
        now = current[line]
        said = _said(loss, -now) if loss and now and now < 0 else _said(lead, now, none)
        return said and said + compared(now, previous[line], "上年")

    net = it.period.name
    reserve = it.now.line("提取公积公益金", "current")
    return [
        told(f"{net}净收益", "净收益", f"{net}不赚不亏", f"{net}亏损"),
        told("经营收入", "经营收入", "没有经营收入"),
        told("管理费用", "管理费用", "没有管理费用"),
        _said("留公积公益金", reserve),
        told("分给成员", "向成员分配", "没有分给成员"),
        told("还剩没分的", "年末未分配收益", "没有剩下没分的"),
    ], draw_up(
        "收益和分配",
        {
            name: {("", line): value for line, value in values.items()}
            for name, values in (
                (it.now.label("current"), current),
                (it.now.label("previous"), previous),
            )
        },
    )


def _contracts(it: Reading) -> Told:
    size = it.now.total("area")
    return [
        f"{it.period.end}有合同{it.now.count}份",
        it.total("年租金", "annual", "没有年租金"),
        it.most("年租金", "kind", "annual"),
        f"面积{area(size)}" if size else "",
        it.count("已到期{count}份", lambda row: row["status"] == "已到期", none="没有已到期的"),
        it.count("有纠纷{count}份", lambda row: row["status"] == "纠纷", none="没有纠纷"),
    ], it.kinds("年租金", ("", "kind", "annual"))


def _rents(it: Reading) -> Told:
    def is_late(row):
        return _positive(row, "overdue_days") and _positive(row, "arrears_closing")

    numbers = it.now.is_number("overdue_days") and it.now.is_number("arrears_closing")
    late = (it.now.rows(is_late) if numbers else None) or []
    longest = max((row["overdue_days"] for row in late), default=Decimal(0))
    return [
        it.plain(f"{it.period.name}应收", "receivable", f"{it.period.name}没有应收的"),
        it.total("实收", "received", "没有收到钱"),
        it.balance(
            f"{it.period.end}还欠", "arrears_opening", "arrears_closing", f"{it.period.end}没有欠的"
        ),
        it.count("逾期的{count}笔，共{sum}", is_late, "arrears_closing", "没有逾期的"),
        f"逾期最长{longest:f}天" if late else "",
        it.past(it.period.year_ago, ("实收", "received", "没有收到钱")),
    ], it.totals("合同款", "receivable", "received", "arrears_closing")


def _grants(it: Reading) -> Told:
    return [
        it.plain(f"{it.period.name}拨款到账", "received", f"{it.period.name}没有拨款到账"),
        it.total("用了", "used", "没有用钱"),
        it.balance(f"{it.period.end}还剩", "opening", "balance", f"{it.period.end}没有剩下钱"),
        it.plain("一共下达", "allocated"),
        it.plain("已经用了", "used_total", "还没有用"),
        it.count("完工的{count}项", lambda row: row["progress"] in ("已完工", "已验收")),
    ], it.totals("上级拨款", "received", "used", "balance")


def _positive(row, key):
    """Whether a number is above nothing; KeyError where the column is missing or holds texts."""
    if isinstance(row[key], str):
        raise KeyError(key)
    return (row[key] or 0) > 0


def _said(lead, value, none=""):
    """A figure after its word, `none` when it is nothing, and "" when it is not known."""
    if value is None:
        return ""
    return f"{lead}{amount(value)}" if value else none


def _year_to_date(it, word):
    now = it.now.total("ytd")
    said = _said(f"本年累计{word}", now, f"本年累计没有{word}")
    return said and said + compared(now, it.now.known("last_ytd"), "上年同期")


FORMS = {
    "CW02": _cash_book,
    "CW03": _balances,
    "CW04": _receipts,
    "CW05": _payments,
    "CW06": _running_costs,
    "CW07": _pay,
    "CW08": _claims,
    "CW09": _debts,
    "CW10": _vouchers,
    "CW11": _balance_sheet,
    "CW12": _income,
    "SZ05": _contracts,
    "SZ06": _rents,
    "BK02": _grants,
}
