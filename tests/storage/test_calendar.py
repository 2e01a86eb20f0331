"""The shipped calendar has the free days of Dutch municipalities and of the programme."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from storage.calendar import Closure, build_calendar


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(date(2027, 3, 29), id="Easter Monday"),
        pytest.param(date(2027, 4, 27), id="King's Day"),
        pytest.param(date(2027, 5, 5), id="Liberation Day, in a year that is no lustrum"),
        pytest.param(date(2025, 5, 5), id="Liberation Day, in a lustrum"),
        pytest.param(date(2027, 5, 6), id="Ascension Day"),
        pytest.param(date(2027, 5, 17), id="Whit Monday"),
        pytest.param(date(2026, 12, 25), id="Christmas Day"),
        pytest.param(date(2027, 1, 1), id="New Year's Day"),
    ],
)
def test_public_holidays_are_free(day: date) -> None:
    assert day.weekday() < 5
    assert not build_calendar().is_working_day(day)


@pytest.mark.parametrize("day", [date(2026, 4, 3), date(2027, 3, 26), date(2045, 4, 7)])
def test_good_friday_is_a_working_day(day: date) -> None:
    assert build_calendar().is_working_day(day)


def test_kings_day_on_a_sunday_is_kept_on_the_saturday_and_the_monday_is_worked() -> None:
    assert date(2025, 4, 27).weekday() == 6
    assert date(2025, 4, 26) in build_calendar().free_days
    assert build_calendar().is_working_day(date(2025, 4, 28))


@pytest.mark.parametrize("year", [2015, 2026, 2044])
def test_the_programme_is_closed_from_christmas_eve_to_new_year(year: int) -> None:
    calendar = build_calendar()
    closed = [date(year, 12, 24) + timedelta(days=n) for n in range(9)]
    assert closed[-1] == date(year + 1, 1, 1)
    assert not any(calendar.is_working_day(day) for day in closed)


def test_work_goes_on_right_around_the_closure() -> None:
    assert build_calendar().is_working_day(date(2026, 12, 23))
    assert build_calendar().working_days_after(date(2026, 12, 23), 1) == date(2027, 1, 4)


def test_other_closures_take_the_place_of_the_shipped_one() -> None:
    calendar = build_calendar((Closure(month=2, day=15, days=5),))
    assert not calendar.is_working_day(date(2027, 2, 15))
    assert calendar.is_working_day(date(2027, 2, 22))
    assert calendar.is_working_day(date(2026, 12, 24))
    assert not calendar.is_working_day(date(2026, 12, 25))


def test_the_calendar_covers_whole_years() -> None:
    calendar = build_calendar()
    assert calendar.covers(date(2015, 1, 1))
    assert calendar.covers(date(2045, 12, 31))
    assert not calendar.covers(date(2046, 1, 1))


def test_a_year_has_about_250_working_days() -> None:
    calendar = build_calendar()
    counts = [calendar.working_days_between(date(y, 1, 1), date(y, 12, 31)) for y in range(2015, 2046)]
    assert min(counts) >= 243
    assert max(counts) <= 252


def test_the_calendar_is_built_once() -> None:
    assert build_calendar() is build_calendar()
