"""The calendar of the Netherlands and of the programme, as data for the domain.

Public holidays come from the `holidays` library, which follows the Algemene termijnenwet and the days around it
(https://wetten.overheid.nl/BWBR0002448). Two of our days differ from its list: Good Friday is a day on which
municipalities work, and 5 May is free every year and not only in lustrum years (Cao Gemeenten 2023, article 6.6).
What a working day means is decided in `domain.working_time`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

from domain.working_time import Calendar

FIRST_YEAR, LAST_YEAR = 2015, 2045
GOOD_FRIDAY = "Goede vrijdag"


@dataclass(frozen=True, kw_only=True)
class Closure:
    """A period in which the programme is closed every year: its first day, and how many days it lasts."""

    month: int
    day: int
    days: int

    def in_year(self, year: int) -> Iterator[date]:
        """Yield the days of the closure that begins in this year; they may reach into the next."""
        first = date(year, self.month, self.day)
        return (first + timedelta(days=n) for n in range(self.days))


CHRISTMAS_CLOSURE = Closure(month=12, day=24, days=9)
"""24 December to 1 January, as shipped."""


@cache
def build_calendar(closures: tuple[Closure, ...] = (CHRISTMAS_CLOSURE,)) -> Calendar:
    """Build the working calendar of 2015 to 2045 with these yearly closures; the same closures give the same object."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    free_days = {*public_holidays(years), *closed_days(closures, years)}
    return Calendar(free_days=frozenset(free_days), first=date(FIRST_YEAR, 1, 1), end=date(LAST_YEAR + 1, 1, 1))


def public_holidays(years: Iterable[int]) -> Iterator[date]:
    """Yield the days on which municipalities are closed by law or by their collective agreement."""
    years = tuple(years)
    listed = holidays.country_holidays("NL", years=years, language="nl", expand=False)
    yield from (day for day, name in listed.items() if name != GOOD_FRIDAY)
    yield from (date(year, 5, 5) for year in years)


def closed_days(closures: Iterable[Closure], years: range) -> Iterator[date]:
    """Yield the days of the closures that touch these years, also of one that began the year before."""
    for closure in closures:
        for year in range(years.start - 1, years.stop):
            yield from (day for day in closure.in_year(year) if day.year in years)
