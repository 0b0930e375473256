from datetime import UTC, date, datetime, timedelta

import pytest
from freezegun import freeze_time

from odoo.addons.yangguang_cunwu.lib import clock


@freeze_time("2026-03-31 15:59:59.9")
def test_now_is_naive_utc_in_whole_seconds():
    assert clock.now() == datetime(2026, 3, 31, 15, 59, 59)


@pytest.mark.parametrize(
    ("moment", "day"),
    [("2026-03-31 15:59:59", date(2026, 3, 31)), ("2026-03-31 16:00:00", date(2026, 4, 1))],
)
def test_a_day_begins_at_midnight_in_shanghai(moment, day):
    with freeze_time(moment):
        assert clock.today() == day


def test_local_time_of_naive_and_aware_moments():
    naive = datetime(2026, 7, 1, 4, 30)
    local = clock.to_local(naive)
    assert local.replace(tzinfo=None) == datetime(2026, 7, 1, 12, 30)
    assert local.utcoffset() == timedelta(hours=8)
    assert clock.to_local(naive.replace(tzinfo=UTC)) == local


def test_travel_lets_the_clock_run_on_and_comes_back():
    with freeze_time("2026-03-31 00:00:00") as frozen:
        with clock.travel(datetime(2025, 1, 5, 8, 0)):
            assert clock.now() == datetime(2025, 1, 5, 8, 0)
            frozen.tick(timedelta(minutes=2))
            assert clock.now() == datetime(2025, 1, 5, 8, 2)
            with clock.travel(datetime(2024, 1, 1, tzinfo=clock.SHANGHAI)):
                assert clock.today() == date(2024, 1, 1)
            assert clock.today() == date(2025, 1, 5)
        assert clock.now() == datetime(2026, 3, 31, 0, 2)


def test_travel_comes_back_after_an_error():
    with freeze_time("2026-03-31"):
        with pytest.raises(RuntimeError), clock.travel(datetime(2025, 1, 1)):
            raise RuntimeError
        assert clock.today() == date(2026, 3, 31)
