"""Working days are counted right around weekends, holidays and the change of clocks, whatever the dates are."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.working_time import ZONE, Calendar

# Easter Monday, King's Day, Liberation Day, Ascension Day and Whit Monday of 2027, and Christmas until New Year.
FREE_DAYS_2027 = frozenset(
    {date(2027, 3, 29), date(2027, 4, 27), date(2027, 5, 5), date(2027, 5, 6), date(2027, 5, 17)}
    | {date(2027, 12, 24) + timedelta(days=n) for n in range(9)}
)
CALENDAR = Calendar(free_days=FREE_DAYS_2027, first=date(2026, 1, 1), end=date(2029, 1, 1))
REQUEST = UUID("018f3f5e-7c1a-5b7e-9c55-0242ac120002")

days = st.dates(date(2026, 6, 1), date(2028, 6, 1))
counts = st.integers(0, 60)
moments = st.builds(datetime.combine, days, st.times(), st.just(UTC))


def test_a_weekend_and_a_free_day_are_no_working_days() -> None:
    assert CALENDAR.is_working_day(date(2027, 3, 26))
    assert not CALENDAR.is_working_day(date(2027, 3, 27))
    assert not CALENDAR.is_working_day(date(2027, 3, 29))


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        pytest.param(date(2027, 3, 26), 0, date(2027, 3, 26), id="none after a working day is that day"),
        pytest.param(date(2027, 3, 27), 0, date(2027, 3, 30), id="none after a free day is the next working day"),
        pytest.param(date(2027, 3, 26), 1, date(2027, 3, 30), id="Good Friday to the Tuesday after Easter"),
        pytest.param(date(2027, 3, 27), 1, date(2027, 3, 30), id="the Saturday before Easter gives the same Tuesday"),
        pytest.param(date(2027, 4, 26), 1, date(2027, 4, 28), id="over King's Day"),
        pytest.param(date(2027, 5, 4), 1, date(2027, 5, 7), id="over Liberation Day and Ascension Day"),
        pytest.param(date(2027, 12, 23), 1, date(2028, 1, 3), id="over the closure at Christmas"),
        pytest.param(date(2027, 6, 4), 10, date(2027, 6, 18), id="ten working days are two plain weeks"),
    ],
)
def test_working_days_are_counted_forward(day: date, n: int, expected: date) -> None:
    assert CALENDAR.working_days_after(day, n) == expected


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        pytest.param(date(2027, 3, 30), 0, date(2027, 3, 30), id="none before a working day is that day"),
        pytest.param(date(2027, 3, 29), 0, date(2027, 3, 26), id="none before a free day is the previous working day"),
        pytest.param(date(2027, 3, 30), 1, date(2027, 3, 26), id="back over Easter"),
        pytest.param(date(2027, 3, 28), 1, date(2027, 3, 26), id="from Easter Sunday"),
        pytest.param(date(2028, 1, 3), 2, date(2027, 12, 22), id="back over the closure at Christmas"),
    ],
)
def test_working_days_are_counted_backward(day: date, n: int, expected: date) -> None:
    assert CALENDAR.working_days_before(day, n) == expected


def test_days_between_leave_out_the_first_and_count_the_last() -> None:
    assert CALENDAR.working_days_between(date(2027, 6, 7), date(2027, 6, 7)) == 0
    assert CALENDAR.working_days_between(date(2027, 6, 7), date(2027, 6, 11)) == 4
    assert CALENDAR.working_days_between(date(2027, 6, 5), date(2027, 6, 7)) == 1
    assert CALENDAR.working_days_between(date(2027, 6, 11), date(2027, 6, 7)) == -4


@given(day=days, n=counts)
def test_counting_leads_to_a_working_day_and_agrees_with_one_step_at_a_time(day: date, n: int) -> None:
    expected = CALENDAR.on_or_after(day) if n == 0 else day
    for _ in range(n):
        expected = CALENDAR.on_or_after(expected + timedelta(days=1))
    assert CALENDAR.working_days_after(day, n) == expected
    assert CALENDAR.is_working_day(expected)


@given(day=days, n=counts)
def test_counting_back_undoes_counting_forward_from_a_working_day(day: date, n: int) -> None:
    working_day = CALENDAR.on_or_after(day)
    assert CALENDAR.working_days_before(CALENDAR.working_days_after(working_day, n), n) == working_day


@given(a=days, b=days)
def test_the_days_between_lead_from_the_first_day_to_the_last(a: date, b: date) -> None:
    a, b = min(a, b), CALENDAR.on_or_after(max(a, b))
    assert CALENDAR.working_days_after(a, CALENDAR.working_days_between(a, b)) == b


@given(a=days, b=days, c=days)
def test_days_between_add_up(a: date, b: date, c: date) -> None:
    between = CALENDAR.working_days_between
    assert between(a, b) + between(b, c) == between(a, c)


@given(day=days)
def test_the_next_working_day_is_the_nearest(day: date) -> None:
    found = CALENDAR.on_or_after(day)
    skipped = [day + timedelta(days=n) for n in range((found - day).days)]
    assert CALENDAR.is_working_day(found)
    assert not any(CALENDAR.is_working_day(other) for other in skipped)


@pytest.mark.parametrize("n", [-1, -20])
def test_a_negative_count_is_refused(n: int) -> None:
    with pytest.raises(ValueError, match="other direction"):
        CALENDAR.working_days_after(date(2027, 6, 7), n)
    with pytest.raises(ValueError, match="other direction"):
        CALENDAR.working_days_before(date(2027, 6, 7), n)


def test_what_the_calendar_does_not_cover_is_refused_and_never_guessed() -> None:
    assert CALENDAR.covers(date(2028, 12, 31))
    assert not CALENDAR.covers(date(2029, 1, 1))
    assert not CALENDAR.covers(date(2025, 12, 31))
    with pytest.raises(ValueError, match="outside the calendar"):
        CALENDAR.is_working_day(date(2029, 1, 1))
    with pytest.raises(ValueError, match="runs from"):
        CALENDAR.working_days_after(date(2028, 12, 1), 100)
    with pytest.raises(ValueError, match="runs from"):
        CALENDAR.working_days_before(date(2026, 1, 5), 100)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(datetime(2027, 6, 7, 21, 59, tzinfo=UTC), date(2027, 6, 7), id="a summer evening"),
        pytest.param(datetime(2027, 6, 7, 22, 0, tzinfo=UTC), date(2027, 6, 8), id="midnight in summer is 22:00 UTC"),
        pytest.param(datetime(2027, 1, 7, 22, 30, tzinfo=UTC), date(2027, 1, 7), id="a winter evening"),
        pytest.param(datetime(2027, 1, 7, 23, 0, tzinfo=UTC), date(2027, 1, 8), id="midnight in winter is 23:00 UTC"),
    ],
)
def test_today_is_the_date_in_the_netherlands(now: datetime, expected: date) -> None:
    assert CALENDAR.today(now) == expected
    assert CALENDAR.today(now.astimezone(timezone(timedelta(hours=-11)))) == expected


@pytest.mark.parametrize(
    ("day", "nine_o_clock"),
    [
        pytest.param(date(2027, 3, 26), datetime(2027, 3, 26, 8, tzinfo=UTC), id="before the clocks go forward"),
        pytest.param(date(2027, 3, 28), datetime(2027, 3, 30, 7, tzinfo=UTC), id="Easter, and the clocks go forward"),
        pytest.param(date(2027, 10, 29), datetime(2027, 10, 29, 7, tzinfo=UTC), id="before the clocks go back"),
        pytest.param(date(2027, 10, 31), datetime(2027, 11, 1, 8, tzinfo=UTC), id="the day the clocks go back"),
    ],
)
def test_the_day_opens_at_nine_in_amsterdam_also_when_the_clocks_change(day: date, nine_o_clock: datetime) -> None:
    opening = CALENDAR.opening(day, REQUEST)
    assert nine_o_clock <= opening < nine_o_clock + timedelta(minutes=30)
    assert opening.tzinfo is UTC


@given(day=days, request_id=st.uuids())
def test_a_request_opens_in_the_first_half_hour_always_at_the_same_minute(day: date, request_id: UUID) -> None:
    local = CALENDAR.opening(day, request_id).astimezone(ZONE)
    assert local.date() == CALENDAR.on_or_after(day)
    assert (local.hour, local.minute < 30) == (9, True)
    assert CALENDAR.within_hours(local)
    assert CALENDAR.opening(day, str(request_id)) == local


def test_the_openings_of_many_requests_are_spread() -> None:
    openings = {CALENDAR.opening(date(2027, 6, 7), UUID(int=n)).minute for n in range(1_000)}
    assert openings == set(range(30))


def test_the_opening_of_a_request_is_the_same_in_every_process() -> None:
    assert CALENDAR.opening(date(2027, 6, 7), REQUEST) == datetime(2027, 6, 7, 7, 5, 38, tzinfo=UTC)


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        (datetime(2027, 6, 7, 8, 59, 59, tzinfo=ZONE), False),
        (datetime(2027, 6, 7, 9, 0, tzinfo=ZONE), True),
        (datetime(2027, 6, 7, 16, 59, 59, tzinfo=ZONE), True),
        (datetime(2027, 6, 7, 17, 0, tzinfo=ZONE), False),
        (datetime(2027, 6, 6, 12, 0, tzinfo=ZONE), False),
        (datetime(2027, 4, 27, 12, 0, tzinfo=ZONE), False),
    ],
)
def test_hours_are_nine_to_five_on_a_working_day(local: datetime, expected: bool) -> None:
    assert CALENDAR.within_hours(local.astimezone(UTC)) is expected


@given(moment=moments)
def test_hours_do_not_depend_on_the_zone_a_moment_is_written_in(moment: datetime) -> None:
    assert CALENDAR.within_hours(moment) == CALENDAR.within_hours(moment.astimezone(ZoneInfo("Asia/Tokyo")))


def test_a_moment_without_a_time_zone_is_refused() -> None:
    naive = datetime.combine(date(2027, 6, 7), time(12))
    with pytest.raises(ValueError, match="no time zone"):
        CALENDAR.today(naive)
    with pytest.raises(ValueError, match="no time zone"):
        CALENDAR.within_hours(naive)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2027, 6, 30), date(2027, 6, 30)),
        (date(2027, 7, 1), date(2027, 9, 1)),
        (date(2027, 8, 31), date(2027, 9, 1)),
        (date(2026, 8, 1), date(2026, 9, 1)),
        (date(2027, 9, 4), date(2027, 9, 4)),
    ],
)
def test_nothing_falls_in_july_and_august(day: date, expected: date) -> None:
    assert CALENDAR.outside_summer(day) == expected


def test_september_begins_on_a_working_day() -> None:
    calendar = Calendar(free_days=frozenset({date(2027, 9, 1)}), first=date(2027, 1, 1), end=date(2028, 1, 1))
    assert calendar.outside_summer(date(2027, 8, 10)) == date(2027, 9, 2)
