"""The certificate says what the rows say, and what it cannot prove."""

import io
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from odoo.addons.yangguang_led.lib import certificate, display
from odoo.addons.yangguang_led.lib.display import Promise, Proof

FIRST = date(2026, 3, 5)
PROMISE = Promise(6 * 60, 22 * 60, 20)


def facts(proofs=(), **values):
    picture = io.BytesIO()
    Image.new("RGB", (192, 64), "red").save(picture, "PNG")
    return certificate.Facts(
        **{
            "title": "货币资金收支明细表（2026年2月）",
            "item": "财务公开 CW02 货币资金收支",
            "period": "2026年2月",
            "division": "临溪镇东岸村（990101101201）",
            "code": "ABCD-EFGH-JKMN",
            "published": "2026-03-04 10:00:00",
            "protected": "2026-03-04 至 2026-03-14",
            "digest": "0" * 64,
            "asked": 10,
            "screens": ["村委会门口屏（P00001，192×64 px，现在每天 06:00—22:00 亮屏）"],
            "days": display.days(proofs, {1: PROMISE}, 50),
            "first": FIRST,
            "last": FIRST + timedelta(days=9),
            "opening": list(PROMISE.hours),
            "rule": display.rule(50, [20]),
            "picture": picture.getvalue(),
            "picture_words": "应显示的第一页（由本系统画出，不是屏上的照片）",
            "verify_url": "http://localhost/verify/ABCDEFGHJKMN",
            "drawn_at": "2026-03-15 08:00",
            **values,
        }
    )


def proof(number, hours=range(6, 22), grade="player", plays=100):
    row = [120 if hour in hours else 0 for hour in range(24)]
    return Proof(1, FIRST + timedelta(days=number), grade, sum(row), plays, row)


def text(one):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(one)).pages)


def test_two_of_ten_days_dark():
    proofs = [proof(number) for number in range(10) if number not in (3, 4)]
    one = facts(proofs)
    sums = certificate.totals(one)
    assert (sums.days, sums.plays, sums.gap) == (8, 800, 32)
    assert sums.seconds == 8 * 16 * 120
    said = text(certificate.draw(one))
    for words in ("10 天", "8 天", "800 次", "32 小时", "4:16", "2026-03-08", "没有证明"):
        assert words in said, words


def test_it_says_what_it_cannot_prove():
    said = text(certificate.draw(facts())).replace("\n", "")
    for words in ("本证明不能证明", "灯珠确实亮着", "有人看到", "没有得到确认", "不是屏上的照片"):
        assert words in said, words


def test_the_same_facts_give_the_same_bytes():
    proofs = [proof(0), proof(1, range(6, 9), "device"), proof(2, grade="sent")]
    assert certificate.draw(facts(proofs)) == certificate.draw(facts(proofs))
    assert certificate.draw(facts(proofs)) != certificate.draw(facts(proofs[:2]))


def test_without_a_picture_or_an_end_and_on_its_first_day():
    one = facts(
        picture=None, asked=None, first=FIRST, last=FIRST - timedelta(days=1), protected="长期"
    )
    assert certificate.totals(one).gap == 0
    assert "不足一天" in text(certificate.draw(one))


def test_a_year_runs_over_pages():
    last = FIRST + timedelta(days=365)
    reader = PdfReader(io.BytesIO(certificate.draw(facts([proof(300)], last=last))))
    assert len(reader.pages) > 5
    assert "2027-03-05" in reader.pages[-1].extract_text() + reader.pages[-2].extract_text()


def test_a_character_that_the_font_lacks():
    assert "[U+20BB7]" in text(certificate.draw(facts(title="𠮷田公示"))).replace("\n", "")


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 9), st.sampled_from(display.GRADES)),
        st.tuples(st.lists(st.integers(0, 23), max_size=24), st.integers(0, 400)),
    )
)
def test_what_is_printed_adds_up(rows):
    proofs = [
        proof(number, hours, grade, plays) for (number, grade), (hours, plays) in rows.items()
    ]
    one = facts(proofs)
    sums = certificate.totals(one)
    assert sums.seconds == sum(row.seconds for row in proofs if row.grade != "sent")
    assert sums.sent == sum(row.seconds for row in proofs if row.grade == "sent")
    assert sums.days <= len({row.day for row in proofs if row.grade != "sent"})
    assert f"{sums.plays} 次" in text(certificate.draw(one))
