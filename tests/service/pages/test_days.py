"""Days and times are understood in every form that people type, and explained when they are not."""

from datetime import date, time

import pytest

from service.pages.days import NoDay, read_day, read_time

FIRST = date(2027, 2, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "1-2-2027",
        "01-02-2027",
        "1/2/2027",
        "1.2.2027",
        "1 2 2027",
        "1-2-27",
        "2027-02-01",
        "1 februari 2027",
        "1 Februari 2027",
        "1 feb 2027",
        "1 feb. 2027",
        "1-feb-2027",
        "maandag 1 februari 2027",
        "ma 1 feb 2027",
        "1 February 2027",
        "1st February, 2027",
        "Monday, 1 February 2027",
        " 1  februari   2027 ",
    ],
)
def test_a_day_is_understood(typed: str) -> None:
    assert read_day(typed) == FIRST


@pytest.mark.parametrize(
    "typed",
    ["", "morgen", "31-2-2027", "1-13-2027", "1 februarius 2027", "1 februari", "20270201", "1-2-20277"],
)
def test_what_is_no_day_is_not_guessed_at(typed: str) -> None:
    with pytest.raises(NoDay):
        read_day(typed)


@pytest.mark.parametrize("typed", ["14.30", "14:30", "14u30", "14.30 uur", "14:30 u", "14h30"])
def test_a_time_is_understood(typed: str) -> None:
    assert read_time(typed) == time(14, 30)


@pytest.mark.parametrize("typed", ["9 uur", "9", "09.00", "9:00 uur"])
def test_a_whole_hour_is_understood(typed: str) -> None:
    assert read_time(typed) == time(9)


@pytest.mark.parametrize("typed", ["", "half drie", "25.00", "14.60", "14.3", "1430"])
def test_what_is_no_time_is_not_guessed_at(typed: str) -> None:
    with pytest.raises(NoDay):
        read_time(typed)
