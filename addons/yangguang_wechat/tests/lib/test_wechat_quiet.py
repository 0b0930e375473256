from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_wechat.lib import quiet


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        # 07:59:59, 08:00, 20:59:59, 21:00, 23:30, 00:00 in Shanghai
        (datetime(2026, 3, 31, 23, 59, 59), datetime(2026, 4, 1, 0, 0)),
        (datetime(2026, 4, 1, 0, 0), datetime(2026, 4, 1, 0, 0)),
        (datetime(2026, 4, 1, 12, 59, 59), datetime(2026, 4, 1, 12, 59, 59)),
        (datetime(2026, 4, 1, 13, 0), datetime(2026, 4, 2, 0, 0)),
        (datetime(2026, 4, 1, 15, 30), datetime(2026, 4, 2, 0, 0)),
        (datetime(2026, 4, 1, 16, 0), datetime(2026, 4, 2, 0, 0)),
    ],
)
def test_phones_ring_by_day(now, moment):
    assert quiet.next_moment(now) == moment


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)))
def test_the_moment_is_the_next_one_and_by_day(now):
    moment = quiet.next_moment(now)
    assert now <= moment <= now + timedelta(hours=11)
    assert quiet.next_moment(moment) == moment


def test_a_day_ends_at_midnight_in_shanghai():
    assert quiet.next_midnight(datetime(2026, 4, 1, 15, 59)) == datetime(2026, 4, 1, 16, 0)
    assert quiet.next_midnight(datetime(2026, 4, 1, 16, 0)) == datetime(2026, 4, 2, 16, 0)
