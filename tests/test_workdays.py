"""Working days of France, holidays and the change of summer time included."""

from datetime import UTC, date, datetime

import pytest

from marketplace.kernel.workdays import PARIS, add_working_days, is_working_day


def paris(*parts):
    return datetime(*parts, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 22), False),  # a Sunday
        (date(2026, 11, 11), False),  # the Armistice
        (date(2027, 3, 29), False),  # Easter Monday
        (date(2027, 5, 6), False),  # Ascension
        (date(2027, 7, 14), False),
        (date(2027, 3, 26), True),  # Good Friday is a holiday in Alsace and Moselle only
    ],
)
def test_which_days_are_worked(day, works):
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (paris(2026, 11, 23, 15), 2, paris(2026, 11, 25, 15)),
        (paris(2026, 11, 20, 15), 1, paris(2026, 11, 23, 15)),
        (paris(2026, 11, 22, 15), 1, paris(2026, 11, 23, 15)),
        (paris(2026, 11, 9, 9), 5, paris(2026, 11, 17, 9)),
        (paris(2026, 12, 24, 9), 1, paris(2026, 12, 28, 9)),
        (paris(2027, 3, 26, 12), 1, paris(2027, 3, 30, 12)),
    ],
)
def test_days_are_counted_over_week_ends_holidays_and_summer_time(start, count, end):
    assert add_working_days(start, count) == end


def test_the_hour_is_that_of_paris_whatever_the_zone_of_the_moment():
    later = add_working_days(datetime(2027, 3, 26, 11, tzinfo=UTC), 1)

    assert later == datetime(2027, 3, 30, 10, tzinfo=UTC), "noon in Paris, on summer time by then"
