"""What every sentence has to say, read back and compared with sums of the test's own.

A check takes a case and a sentence without its full stop. It returns None for a sentence that is
not its own, else whether all the figures in it are right.
"""

import re
from decimal import Decimal

NUMBER = r"(负?\d+(?:\.\d+)?[万亿]?元)"
_TAIL = rf"(?:，(?:比(?P<than>[^多少]+)(?P<way>[多少])(?P<by>{NUMBER[1:-1]})|和(?P<same>.+)一样))?"
_UNITS = {"万": Decimal(10) ** 4, "亿": Decimal(10) ** 8}
_STEPS = {"万": Decimal(10) ** 3, "亿": Decimal(10) ** 6}


def is_said(text, exact):
    """Whether `text`, such as 3.2万元, is `exact` rounded as is due."""
    sign = -1 if text.startswith("负") else 1
    number, unit = re.fullmatch(r"负?([\d.]+)([万亿]?)元", text).groups()
    value = sign * Decimal(number) * _UNITS.get(unit, 1)
    step = _STEPS.get(unit, Decimal(1) if abs(exact) >= 100 else Decimal("0.01"))
    in_reach = {
        "": abs(exact) < Decimal("9999.5"),
        "万": Decimal("9999.5") <= abs(exact) < Decimal("99999500"),
        "亿": abs(exact) >= Decimal("99999500"),
    }
    ends = abs(value) - step / 2 <= abs(exact) < abs(value) + step / 2
    return in_reach[unit] and ends and (value < 0) == (exact < 0)


def figure(lead, none, now, than=None, reference=None):
    """A sentence with one figure: {lead}3万元，比{than}多1万元."""

    def check(case, sentence):
        match = re.fullmatch(f"(?:{none or '(?!)'}|{lead}(?P<now>{NUMBER[1:-1]})){_TAIL}", sentence)
        if not match:
            return None
        value = now(case)
        before = reference(case) if reference else None
        right = is_said(match["now"], value) if match["now"] else value == 0
        if match["same"]:
            return right and match["same"] == than and value == before
        if match["by"]:
            more = "多" if value > before else "少"
            gap = is_said(match["by"], abs(value - before))
            return right and (match["than"], match["way"]) == (than, more) and gap
        return right and before is None

    return check


def _is_sum(text, exact):
    """Whether `text` says `exact`; a sum of nothing is not said."""
    return is_said(text, exact) if text else exact == 0


def greatest(lead, kind, key):
    """The sentence that names the greatest kind."""
    one = rf"{lead}最多的是(?P<one>.+?)(?:和(?P<two>.+))?，(?P<each>各)?(?P<sum>{NUMBER[1:-1]})"
    whole = rf"{lead}全部是(?P<only>.+)"

    def check(case, sentence):
        if match := re.fullmatch(whole, sentence):
            others = {**case.by(kind, key)}
            return others.pop(match["only"]) > 0 and not any(others.values())
        if not (match := re.fullmatch(one, sentence)):
            return None
        sums = case.by(kind, key)
        named = [name for name in (match["one"], match["two"]) if name]
        top = max(sums.values())
        return (
            {name for name, value in sums.items() if value == top} == set(named)
            and bool(match["each"]) == (len(named) == 2)
            and is_said(match["sum"], top)
        )

    return check


def counted(told, none, where, key=""):
    """The sentence that counts rows: {told} has (\\d+), and {sum} when there is a sum."""
    pattern = told.replace("，共{sum}", "(?:，共{sum})?").replace(
        "{sum}", f"(?P<sum>{NUMBER[1:-1]})"
    )

    def check(case, sentence):
        kept = case.rows(lambda row: where(case, row))
        if none and re.fullmatch(none, sentence):
            return not kept
        if not (match := re.fullmatch(pattern, sentence)):
            return None
        total = sum((Decimal(row[key] or 0) for row in kept), Decimal(0)) if key else None
        return int(match[1]) == len(kept) > 0 and (not key or _is_sum(match["sum"], total))

    return check


def past(lead, *figures):
    """The sentence about the year before: (word, none, column key) each."""
    parts = "，".join(f"(?:{word}{NUMBER}|{none})" for word, none, _ in figures)

    def check(case, sentence):
        if not (match := re.fullmatch(f"{lead}{parts}", sentence)):
            return None
        values = [case.sum(key, place=2) for _, _, key in figures]
        return all(
            is_said(said, value) if said else value == 0
            for said, value in zip(match.groups(), values, strict=True)
        )

    return check


def total(key, place=0):
    return lambda case: case.sum(key, place=place)


def flow(lead, none, key):
    return figure(lead, none, total(key), "上月", total(key, 1))


def stock(lead, none, opening, closing):
    return figure(lead, none, total(closing), "月初", total(opening))


def line(lead, none, key, columns, than):
    now, before = columns
    return figure(
        lead, none, lambda case: case.line(key, now), than, lambda case: case.line(key, before)
    )


def filled(key):
    """The sum of a column that says something; a total of nothing does not."""

    def known(case):
        if case.totals_only:
            return case.sum(key) or None
        return case.sum(key) if case.rows(lambda row: row[key] is not None) else None

    return known


def positive(row, key):
    return Decimal(row[key] or 0) > 0


def header(key):
    return lambda case: Decimal(case.documents[0]["header"][key])


def _net(case, sentence):
    """A loss is told as one, but compared as the negative result that it is."""
    tail = sentence.replace("亏损", "净收益负", 1)
    return line("2026年净收益", "2026年不赚不亏", "net_profit", ("current", "previous"), "上年")(
        case, tail
    )


def _payments_more(case, sentence):
    match = re.fullmatch(rf"付款比上月([多少]){NUMBER}", sentence)
    now, before = case.sum("amount"), case.sum("amount", place=1)
    if not match:
        return now == before if sentence == "付款和上月一样" else None
    return (match[1] == "多") == (now > before) and is_said(match[2], abs(now - before))


def _gaps(case, sentence):
    gaps = [abs(Decimal(row["diff"])) for row in case.rows(lambda row: Decimal(row["diff"] or 0))]
    if sentence == "账上和对账单都对得上":
        return not gaps
    match = re.fullmatch(rf"有(\d+)处账实不符，相差{NUMBER}", sentence)
    return match and int(match[1]) == len(gaps) and is_said(match[2], sum(gaps))


def _area(case, sentence):
    match = re.fullmatch(r"面积([\d.]+)亩", sentence)
    exact = case.sum("area")
    return match and (
        Decimal(match[1]) == exact
        or abs(Decimal(match[1]) - exact) <= Decimal("0.05") <= abs(exact) + Decimal("0.001")
    )


def _vouchers(case, sentence):
    match = re.fullmatch(rf"3月份付款凭证(\d+)张(?:，共{NUMBER})?", sentence)
    count, paid = len(case.documents[0]["rows"]), case.sum("amount")
    return match and int(match[1]) == count and _is_sum(match[2], paid)


def _number_of_rows(pattern):
    def check(case, sentence):
        match = re.fullmatch(pattern, sentence)
        return match and int(match[1]) == len(case.documents[0]["rows"])

    return check


def _is_late(case, row):
    return positive(row, "overdue_days") and positive(row, "arrears_closing")


def _longest(case, sentence):
    match = re.fullmatch(r"逾期最长(\d+)天", sentence)
    late = case.rows(lambda row: _is_late(case, row))
    return match and int(match[1]) == max(int(row["overdue_days"]) for row in late)


def option(key, *values):
    return lambda case, row: row[key] in values


_CLOSING = ("closing", "opening")
_YEARS = ("current", "previous")
SENTENCES = {
    "CW02": [
        flow("3月份收入", "3月份没有收入", "receipt"),
        greatest("收入", "line2011", "receipt"),
        flow("支出", "没有支出", "payment"),
        greatest("支出", "line2011", "payment"),
        figure("期末结余", "期末没有结余", header("closing_balance")),
        past("上年同月", ("收入", "没有收入", "receipt"), ("支出", "没有支出", "payment")),
    ],
    "CW03": [
        stock("3月底账上有", "3月底账上没有钱", "opening", "closing"),
        figure("3月份收入", "3月份没有收入", total("receipts")),
        figure("支出", "没有支出", total("payments")),
        _gaps,
        past("上年同月底", ("账上有", "账上没有钱", "closing")),
    ],
    "CW04": [
        flow("3月份收入", "3月份没有收入", "current"),
        greatest("收入", "line2011", "current"),
        figure("本年累计收入", "本年累计没有收入", total("ytd"), "上年同期", filled("last_ytd")),
        figure("全年计划收入", None, total("plan")),
        past("上年同月", ("收入", "没有收入", "current")),
    ],
    "CW05": [
        flow("3月份支出", "3月份没有支出", "current"),
        greatest("支出", "line2011", "current"),
        figure("本年累计支出", "本年累计没有支出", total("ytd"), "上年同期", filled("last_ytd")),
        figure("全年计划支出", None, total("plan")),
        counted(
            r"有(\d+)项超计划，超了{sum}",
            "没有超计划的支出",
            lambda case, row: positive(row, "over"),
            "over",
        ),
        past("上年同月", ("支出", "没有支出", "current")),
    ],
    "CW06": [
        flow("3月份管理开支", "3月份没有管理开支", "amount"),
        greatest("开支", "kind", "amount"),
        greatest("资金来源", "fund", "amount"),
        counted(r"接待费(\d+)笔，共{sum}", "没有接待费", option("kind", "reception"), "amount"),
        past("上年同月", ("管理开支", "没有管理开支", "amount")),
    ],
    "CW07": [
        flow("3月份发报酬补贴", "3月份没有发报酬补贴", "paid"),
        _number_of_rows(r"一共发了(\d+)笔"),
        greatest("其中", "kind", "paid"),
        greatest("资金来源", "fund", "paid"),
        figure("代扣", None, total("deduct")),
        past("上年同月", ("发报酬补贴", "没有发报酬补贴", "paid")),
    ],
    "CW08": [
        stock("3月底别人欠村里", "3月底没有别人欠村里的钱", "opening", "closing"),
        figure("这段时间收回", "这段时间没有收回欠款", total("decrease")),
        figure("又新欠", "没有新欠的", total("increase")),
        counted(
            r"欠了一年以上的(\d+)笔，共{sum}",
            "没有欠一年以上的",
            lambda case, row: row["aging"] in ("y3", "y5", "y9") and positive(row, "closing"),
            "closing",
        ),
        past("上年同月底", ("别人欠村里", "没有别人欠村里的钱", "closing")),
    ],
    "CW09": [
        stock("3月底村里欠款", "3月底村里没有欠款", "opening", "closing"),
        figure("这段时间还了", "这段时间没有还款", total("repaid")),
        figure("又新欠", "没有新欠的", total("increase")),
        greatest("欠款", "account", "closing"),
        past("上年同月底", ("村里欠款", "村里没有欠款", "closing")),
    ],
    "CW10": [
        _vouchers,
        _payments_more,
        counted(r"白条(\d+)张，共{sum}", "没有白条", option("proof", "slip"), "amount"),
        counted(
            r"等着补票的(\d+)张，共{sum}", "没有等着补票的", option("rectify", "wait"), "amount"
        ),
        counted(r"付现金的(\d+)张，共{sum}", None, option("pay_method", "cash"), "amount"),
        past("上年同月", ("付了", "没有付款", "amount")),
    ],
    "CW11": [
        line("二季度末家底", None, "asset_total", _CLOSING, "年初"),
        line("村里欠款", "村里没有欠款", "liab_total", _CLOSING, "年初"),
        line("净家底", None, "equity_total", _CLOSING, "年初"),
        line("现金和存款", "没有现金和存款", "cash", _CLOSING, "年初"),
        line("别人欠村里", None, "receivables", _CLOSING, "年初"),
        figure("上年同季度末家底", None, lambda case: case.line("asset_total", "closing", 2)),
    ],
    "CW12": [
        _net,
        line("经营收入", "没有经营收入", "op_income", _YEARS, "上年"),
        line("管理费用", "没有管理费用", "admin_expense", _YEARS, "上年"),
        figure("留公积公益金", None, lambda case: case.line("to_reserve", "current")),
        line("分给成员", "没有分给成员", "to_members", _YEARS, "上年"),
        line("还剩没分的", "没有剩下没分的", "closing_undist", _YEARS, "上年"),
    ],
    "SZ05": [
        _number_of_rows(r"3月底有合同(\d+)份"),
        flow("年租金", "没有年租金", "annual"),
        greatest("年租金", "kind", "annual"),
        _area,
        counted(r"已到期(\d+)份", "没有已到期的", option("status", "expire")),
        counted(r"有纠纷(\d+)份", "没有纠纷", option("status", "dispute")),
    ],
    "SZ06": [
        figure("3月份应收", "3月份没有应收的", total("receivable")),
        flow("实收", "没有收到钱", "received"),
        stock("3月底还欠", "3月底没有欠的", "arrears_opening", "arrears_closing"),
        counted(r"逾期的(\d+)笔，共{sum}", "没有逾期的", _is_late, "arrears_closing"),
        _longest,
        past("上年同月", ("实收", "没有收到钱", "received")),
    ],
    "BK02": [
        figure("3月份拨款到账", "3月份没有拨款到账", total("received")),
        flow("用了", "没有用钱", "used"),
        stock("3月底还剩", "3月底没有剩下钱", "opening", "balance"),
        figure("一共下达", None, total("allocated")),
        figure("已经用了", "还没有用", total("used_total")),
        counted(r"完工的(\d+)项", None, option("progress", "done", "accept")),
    ],
}
