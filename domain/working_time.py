"""Working time: on which days, and in which hours, the programme may expect something of people.

This file counts. Which days are free is data that the caller brings (storage builds it), which term a task has is for
its own subject to say, and what time it is now is always an argument. Days are local dates in the Netherlands; moments
are aware datetimes, and those made here are in UTC.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from uuid import UUID
from zlib import crc32
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Amsterdam")
OPENS, CLOSES = time(9), time(17)
SPREAD = timedelta(minutes=30)
JULY, AUGUST, SEPTEMBER = 7, 8, 9
SATURDAY = 5


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The working days from `first` up to, but not including, `end`: Monday to Friday without the free days.

    A question about a day outside that range raises ValueError, for the holidays there are not known; ask `covers`
    before letting a typed date in.
    """

    free_days: frozenset[date]
    first: date = date(2015, 1, 1)
    end: date = date(2046, 1, 1)

    @cached_property
    def working_days(self) -> tuple[date, ...]:
        """Return every working day of the range, in order."""
        days = (self.first + timedelta(days=n) for n in range((self.end - self.first).days))
        return tuple(day for day in days if day.weekday() < SATURDAY and day not in self.free_days)

    def covers(self, day: date) -> bool:
        """Say whether the calendar knows about this day."""
        return self.first <= day < self.end

    def is_working_day(self, day: date) -> bool:
        """Say whether people work on this day."""
        self._require_covered(day)
        return day.weekday() < SATURDAY and day not in self.free_days

    def on_or_after(self, day: date) -> date:
        """Return the day itself when it is a working day, else the next one."""
        self._require_covered(day)
        return self._at(bisect_left(self.working_days, day))

    def working_days_after(self, day: date, n: int) -> date:
        """Return the n-th working day after the day; for n = 0 the day itself or, when it is free, the next one.

        The day itself never counts: one working day after a Saturday is Monday, as it is after a Friday.

        Raises: ValueError when n is negative or the calendar ends before.
        """
        self._require_count(n)
        if n == 0:
            return self.on_or_after(day)
        self._require_covered(day)
        return self._at(bisect_right(self.working_days, day) + n - 1)

    def working_days_before(self, day: date, n: int) -> date:
        """Return the n-th working day before the day; for n = 0 the day itself or, when it is free, the previous one.

        Raises: ValueError when n is negative or the calendar begins after.
        """
        self._require_count(n)
        self._require_covered(day)
        if n == 0:
            return self._at(bisect_right(self.working_days, day) - 1)
        return self._at(bisect_left(self.working_days, day) - n)

    def working_days_between(self, a: date, b: date) -> int:
        """Count the working days after a, up to and including b; negative when b lies before a.

        So `working_days_after(a, working_days_between(a, b))` is b again, for every working day b on or after a.
        """
        self._require_covered(a)
        self._require_covered(b)
        return bisect_right(self.working_days, b) - bisect_right(self.working_days, a)

    def today(self, now: datetime) -> date:
        """Return the local date of a moment.

        Raises: ValueError when the moment has no time zone.
        """
        return _local(now).date()

    def opening(self, day: date, request_id: UUID | str) -> datetime:
        """Return the moment, in UTC, at which time brings what is due that day, or the next working day if it is free.

        That is 09:00 in Amsterdam or less than half an hour later, always the same for one request: so the requests
        do not all wake at once.
        """
        opens = datetime.combine(self.on_or_after(day), OPENS, ZONE)
        later = timedelta(seconds=crc32(str(request_id).encode()) % int(SPREAD.total_seconds()))
        return opens.astimezone(UTC) + later

    def within_hours(self, moment: datetime) -> bool:
        """Say whether the moment lies from 09:00 up to 17:00 in Amsterdam on a working day.

        Raises: ValueError when the moment has no time zone.
        """
        local = _local(moment)
        return OPENS <= local.time() < CLOSES and self.is_working_day(local.date())

    def outside_summer(self, day: date) -> date:
        """Return the first working day of September for a day in July or August, and any other day unchanged."""
        if day.month in (JULY, AUGUST):
            return self.on_or_after(date(day.year, SEPTEMBER, 1))
        return day

    def _at(self, index: int) -> date:
        if not 0 <= index < len(self.working_days):
            raise ValueError(f"the calendar runs from {self.first} up to {self.end}")
        return self.working_days[index]

    def _require_covered(self, day: date) -> None:
        if not self.covers(day):
            raise ValueError(f"{day} lies outside the calendar, which runs from {self.first} up to {self.end}")

    @staticmethod
    def _require_count(n: int) -> None:
        if n < 0:
            raise ValueError(f"{n} working days: count in the other direction instead")


def _local(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(ZONE)
