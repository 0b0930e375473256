import copy
import random
import re
from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from summary_oracle import SENTENCES, is_said
from summary_tables import DATA, MONTHS, PERIODS, TEMPLATES, public_face, random_cases

from odoo.addons.yangguang_cunwu.lib.summary import glossary, has_summary, summarise
from odoo.addons.yangguang_cunwu.lib.summary.words import Period, amount
from odoo.addons.yangguang_cunwu.lib.tables import complete

TOLD = {template.code: template for template in TEMPLATES if has_summary(template.item_code)}
CASES = 10_000
# what a sentence may hold besides figures and the words of the glossary
JOINING = re.compile(
    r"上年同(?:季度末?|月底?|期)|期末|上季度|上[年月]|\d+月[份底]|[一二三四]季度末|\d{4}年底?|[月年]初"
    r"|比|[多少](?=\W)|和|一样|各|最多的是|全部是|其中|资金来源|开支|面积[\d.]+亩|\d+[笔张份项处天]"
    r"|没有|发生这类事项|这段时间|村里|又?新欠的?|还欠|欠了?一年以上的|欠的|还了|还款|还没有用"
    r"|一共|共|发了?|付了|付款|等着|的|有|相差|超了|都对得上|和|留(?=\W|$)|还剩没分|还剩"
    r"|没有剩下|没分|剩下|钱|已经用了|用了?|收到|最长|不赚不亏"
)


def sample(code, period=None, totals_only=False, change=lambda document: None):
    template = TOLD[code]
    document = complete(template, template.sample)
    change(document)
    period = period or PERIODS.get(template.item_code, MONTHS)[0]
    return public_face(template, document, period, totals_only=totals_only)


def said(*faces):
    return list(summarise(*faces).sentences)


def test_the_forms_that_are_told():
    assert {template.item_code for template in TOLD.values()} == SENTENCES.keys()
    assert {*SENTENCES} == {f"CW{n:02}" for n in range(2, 13)} | {"SZ05", "SZ06", "BK02"}
    for template in TEMPLATES:
        shown = public_face(template, complete(template, template.sample), MONTHS[0])
        assert (summarise(shown) is not None) == has_summary(template.item_code)


@pytest.mark.parametrize("seed", range(4))
def test_every_number_is_in_the_table(seed):
    """None of the sentences of 10,000 random tables says what the rows do not."""
    wrong, lengths = [], []
    for case in random_cases(CASES // 4, seed):
        summary = summarise(*case.faces)
        if case.documents[0].get("zero"):
            assert summary.sentences == ("3月份没有发生这类事项。",)
            continue
        for sentence in summary.sentences if summary else ():
            lengths.append(len(sentence))
            checks = SENTENCES[case.template.item_code]
            if not any(check(case, sentence[:-1]) for check in checks):
                wrong.append((case.template.code, sentence))
        assert not summary or len(summary.sentences) <= 6
    assert wrong == []
    assert len(lengths) > CASES // 4
    assert sum(lengths) / len(lengths) <= 25
    assert max(lengths) <= 40


def test_a_wrong_figure_would_be_noticed():
    noticed = 0
    for case in random_cases(400, seed=9):
        summary = summarise(*case.faces)
        if not summary or case.documents[0].get("zero"):
            continue
        for sentence in summary.sentences:
            lie = re.sub(
                r"\d(?=[\d.万亿]*元)", lambda digit: str((int(digit[0]) + 1) % 10), sentence
            )
            if lie != sentence:
                checks = SENTENCES[case.template.item_code]
                assert not any(check(case, lie[:-1]) for check in checks), lie
                noticed += 1
    assert noticed > 800


@pytest.mark.parametrize("seed", range(2))
def test_every_word_is_in_the_glossary(seed):
    words = sorted((term.term for term in glossary.terms()), key=len, reverse=True)
    word = re.compile("|".join(map(re.escape, words)))
    for case in random_cases(1500, seed):
        summary = summarise(*case.faces)
        for sentence in summary.sentences if summary else ():
            rest = re.sub(r"负?\d+(\.\d+)?[万亿]?元", "", sentence)
            rest = JOINING.sub("", word.sub("", rest))
            assert not rest.strip("，。"), sentence
            assert not re.search(r"(?<![\d.])0[元笔张份项处天]", sentence)


def test_the_glossary_is_small_and_plain():
    entries = yaml.safe_load((DATA / "glossary.yaml").read_text("utf-8"))
    assert 60 <= len(entries) <= 120
    assert len({entry["term"] for entry in entries}) == len(entries)
    for entry in entries:
        assert 2 <= len(entry["plain"]) <= 25
        assert entry["plain"] != entry["term"]


def test_terms_are_those_of_the_sentences():
    terms = [term.term for term in summarise(sample("T_CW02")).terms]
    assert terms == ["收入", "支出", "期末结余", "发包收入", "办公管理费"]


def test_a_month_is_told_with_the_month_and_the_year_before():
    def less(document):
        document["rows"][0]["receipt"] = "22000.00"

    now, before = sample("T_CW02"), sample("T_CW02", MONTHS[1], change=less)
    assert said(now, before, sample("T_CW02", MONTHS[2])) == [
        "3月份收入3万元，比上月多8000元。",
        "收入全部是发包收入。",
        "支出2050元，和上月一样。",
        "支出全部是办公管理费。",
        "期末结余14.8万元。",
        "上年同月收入3万元，支出2050元。",
    ]
    assert said(now)[0] == "3月份收入3万元。"


def test_a_report_of_nothing():
    template = TOLD["T_CW02"]
    nothing = public_face(template, {"header": {}, "rows": [], "zero": "1"}, MONTHS[1])
    summary = summarise(nothing, sample("T_CW02"))
    assert summary.sentences == ("2月份没有发生这类事项。",)
    assert summary.chart is None
    assert said(sample("T_CW02"), nothing)[0] == "3月份收入3万元，比上月多3万元。"


def test_totals_alone_tell_no_kinds():
    assert said(sample("T_CW02", totals_only=True)) == [
        "3月份收入3万元。",
        "支出2050元。",
        "期末结余14.8万元。",
    ]
    chart = summarise(sample("T_CW02", totals_only=True)).chart
    assert [bar.label for bar in chart.bars] == ["收入金额", "支出金额"]


def test_a_period_without_kinds_is_not_compared_by_kind():
    chart = summarise(sample("T_CW02"), sample("T_CW02", MONTHS[1], totals_only=True)).chart
    assert chart.series == (MONTHS[0],)


def test_what_is_not_known_is_not_compared():
    def forget(document):
        for row in document["rows"]:
            row["last_ytd"] = None

    assert "本年累计收入3万元，和上年同期一样。" in said(sample("T_CW04"))
    assert "本年累计收入3万元。" in said(sample("T_CW04", change=forget))


def test_nothing_private_is_said():
    """Names and free text are not in the sentences, even where a face shows them."""
    for code in TOLD:
        names = {"张三", "赵六", "王五", "鱼塘", "村委会", "硬底化", "6200000000000000000"}
        summary = summarise(sample(code))
        text = "".join(summary.sentences) + str(summary.chart)
        assert not [name for name in names if name in text]


def test_other_units_are_not_told():
    shown = sample("T_CW02") | {"unit_note": "金额单位：万元"}
    assert summarise(shown) is None
    assert said(sample("T_CW02"), shown)[0] == "3月份收入3万元。"


def test_a_form_that_lost_columns_says_less():
    shown = copy.deepcopy(sample("T_CW02"))
    for part in (shown["columns"], shown["totals"], *shown["rows"]):
        del part[-3]
    assert said(shown) == ["支出2050元。", "支出全部是办公管理费。", "期末结余14.8万元。"]


def test_forms_that_staff_changed_are_told_as_far_as_they_go():
    dice = random.Random(4)
    for case in random_cases(1500, seed=4):
        faces = copy.deepcopy(case.faces)
        for shown in filter(None, faces):
            place = dice.randrange(len(shown["columns"]))
            if dice.random() < 0.5:
                for part in (shown["columns"], *shown["rows"], *filter(None, [shown["totals"]])):
                    del part[place]
            else:
                shown["columns"][place]["type"] = "text"
                for part in (*shown["rows"], *filter(None, [shown["totals"]])):
                    part[place] = "约三万"
        summarise(*faces)


def test_the_chart_holds_the_sums_of_every_kind():
    for case in random_cases(1000, seed=3):
        summary = summarise(*case.faces)
        if not summary or not summary.chart or case.template.item_code != "CW02":
            continue
        for place, series in enumerate(summary.chart.series):
            document = MONTHS.index(series)
            for side, key in (("收入", "receipt"), ("支出", "payment")):
                bars = [bar.values[place] for bar in summary.chart.bars if bar.side == side]
                exact = case.sum(key, lambda row: row.get("line2011") is not None, document)
                assert not bars or sum(bars) == exact


AMOUNTS = st.integers(-(10**15), 10**15).map(lambda fen: Decimal(fen) / 100)


@given(AMOUNTS)
def test_amounts_are_rounded_rightly(value):
    assert is_said(amount(value), value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0.30", "0.3元"),
        ("99.99", "99.99元"),
        ("8230.50", "8231元"),
        ("9999.49", "9999元"),
        ("9999.50", "1万元"),
        ("32049.99", "3.2万元"),
        ("32050.00", "3.2万元"),
        ("32500.00", "3.3万元"),
        ("99999499.99", "9999.9万元"),
        ("99999500.00", "1亿元"),
        ("105000000.00", "1.05亿元"),
        ("-500.00", "负500元"),
    ],
)
def test_amount(value, text):
    assert amount(Decimal(value)) == text


@pytest.mark.parametrize(
    ("label", "name", "end", "before"),
    [
        ("2026年3月", "3月份", "3月底", "上月"),
        ("2026年第一季度", "一季度", "一季度末", "上季度"),
        ("2026年下半年", "下半年", "下半年末", "前半年"),
        ("2026年", "2026年", "2026年底", "上年"),
        ("2026年3月5日", "本期", "期末", ""),
    ],
)
def test_periods_are_said_shortly(label, name, end, before):
    period = Period.of(label)
    assert (period.name, period.end, period.before) == (name, end, before)
