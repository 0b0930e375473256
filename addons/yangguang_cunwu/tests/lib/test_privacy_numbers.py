import itertools
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric, uscc

from odoo.addons.yangguang_cunwu.lib import privacy
from odoo.addons.yangguang_cunwu.lib.privacy import KINDS

TODAY = date(2026, 3, 31)


def scan(text):
    return privacy.scan(text, TODAY)


def id_card(body):
    return body + ric.calc_check_digit(body + "0")


ID = id_card("44520319750312001")
ID_WITH_X = next(
    number
    for serial in range(1000)
    if (number := id_card(f"44520319750312{serial:03d}")).endswith("X")
)
CARD = "622202000000000123" + luhn.calc_check_digit("622202000000000123")
CARD_OF_16 = "622588000000012" + luhn.calc_check_digit("622588000000012")
WIDE = str.maketrans(
    "0123456789-", "0123456789\uff0d".translate({48 + n: 0xFF10 + n for n in range(10)})
)
AMOUNTS_LIKE_A_CARD = "50000 36000 12000" + luhn.calc_check_digit("500003600012000")
SPELLED = str.maketrans("0123456789", "零一二三四五六七八九")


def kinds(text):
    return [hit.kind for hit in scan(text)]


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (ID, "id_card"),
        (ID_WITH_X, "id_card"),
        (ID_WITH_X.lower(), "id_card"),
        (f"{ID[:6]} {ID[6:14]} {ID[14:]}", "id_card"),
        ("-".join(ID), "id_card"),
        ("445203750312001", "id_card"),
        ("13800001234", "mobile"),
        ("138 0000 1234", "mobile"),
        ("138-0000-1234", "mobile"),
        ("138.0000.1234", "mobile"),
        ("1380 000 1234", "mobile"),
        ("138 00001234", "mobile"),
        ("1380000 1234", "mobile"),
        ("13800 001234", "mobile"),
        ("8613800001234", "mobile"),
        ("1 3 8 0 0 0 0 1 2 3 4", "mobile"),
        ("138\u200b0000\ufeff1234", "mobile"),
        ("13800001234".translate(WIDE), "mobile"),
        ("①③⑧0000①②③④", "mobile"),
        ("13800001234".translate(SPELLED), "mobile"),
        ("一三八 〇〇〇〇 一二三四", "mobile"),
        ("138零零零零1234", "mobile"),
        ("幺三八〇〇〇〇幺二三四", "mobile"),
        (ID.translate(SPELLED), "id_card"),
        (CARD, "bank_card"),
        (CARD_OF_16, "bank_card"),
        (f"{CARD_OF_16[:4]} {CARD_OF_16[4:8]} {CARD_OF_16[8:12]} {CARD_OF_16[12:]}", "bank_card"),
        (CARD.translate(WIDE), "bank_card"),
        (f"{CARD[:6]} {CARD[6:]}", "bank_card"),
        ("0663-3261234", "landline"),
        ("(0663)3261234", "landline"),
        ("\uff080663\uff09 3261234", "landline"),
        ("06633261234", "landline"),
        ("020-8765 4321", "landline"),
    ],
)
def test_numbers_are_found_in_every_writing(number, kind):
    text = f"联系人:张三{number},请于2026年3月15日前办理1,234.50元"
    (hit,) = scan(text)
    assert hit.kind == kind
    assert text[hit.start : hit.end] == number
    assert kind in KINDS


@pytest.mark.parametrize(
    "text",
    [
        "445203001201",
        "445203001201-01",
        "445203001201 445203001202",
        "445203001201001",  # a division code with a serial, not an identity number of 1900
        "合同编号4452030012010004",
        "2026-03-15至2026-03-31",
        "2026.03.15 2026.03.31",
        "20260315143000123456",
        "1,380,000,000.00",
        "13,800,000,000",
        "1380.00 50000",
        "补助1500 2000 300元",
        "4500 3600 2800 1200 1500",
        AMOUNTS_LIKE_A_CARD,
        "订单号DD2026031500001234",
        "科目101-02-03 凭证记-001",
        "12345 12315 110",
        "138000012345",
        "二〇二六年三月十五日",
        "一二三四五六七八九十",
        ID[:-1] + ("1" if ID[-1] != "1" else "2"),
        id_card("44520319751312001"),
        CARD[:-1] + str((int(CARD[-1]) + 1) % 10),
        "",
    ],
)
def test_look_alikes_are_left_alone(text):
    assert kinds(text) == []


def test_credit_codes_are_left_alone_even_when_they_hold_a_mobile_number():
    body = "92445203138000012"[:17]
    code = body + uscc.calc_check_digit(body)
    assert uscc.is_valid(code)
    assert kinds(f"统一社会信用代码{code}") == []
    assert kinds("统一社会信用代码92A 13800001234") == ["mobile"]


def test_an_identity_number_is_found_even_when_it_reads_as_a_credit_code():
    numbers = (id_card(f"51010119750312{serial:03d}") for serial in range(1000))
    number = next(number for number in numbers if uscc.is_valid(number))
    assert kinds(number) == ["id_card"]


def test_a_number_alone_is_found():
    assert kinds("06633261234") == ["landline"]


def test_several_numbers_are_told_apart():
    text = f"张三13800001234 李四{ID},{CARD}"
    assert kinds(text) == ["mobile", "id_card", "bank_card"]
    assert kinds("13800001234 13900001234") == ["mobile", "mobile"]
    assert kinds("13800001234/0663-3261234") == ["mobile", "landline"]


def test_a_numeral_that_closes_a_name_hides_nothing():
    assert kinds("张三一三八零零零零一二三四") == ["mobile"]
    assert kinds("张三13800001234") == ["mobile"]
    assert kinds("2026-03-15 13800001234") == ["mobile"]


@given(
    st.text(st.characters(exclude_categories=("Nd", "Nl", "No", "Cs")), max_size=30),
    st.sampled_from([ID, ID_WITH_X, CARD, "13800001234", "0663-3261234"]),
)
def test_the_hint_never_holds_the_number(text, number):
    for hit in scan(f"{text}。{number}。"):
        assert "****" in hit.shown
        assert re.sub(r"\D", "", number) not in hit.shown


@given(st.text(st.sampled_from("0123456789Xx零一二三 -.()①1\u200b年张"), max_size=60))
def test_hits_are_in_order_and_apart(text):
    hits = scan(text)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(one.end <= other.start for one, other in itertools.pairwise(hits))
