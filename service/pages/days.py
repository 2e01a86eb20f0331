"""Days and times as people type them, in Dutch or English."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Final

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "january", "jan"),
            ("februari", "february", "feb", "febr"),
            ("maart", "march", "mrt", "mar"),
            ("april", "apr"),
            ("mei", "may"),
            ("juni", "june", "jun"),
            ("juli", "july", "jul"),
            ("augustus", "august", "aug"),
            ("september", "sep", "sept"),
            ("oktober", "october", "okt", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
WEEKDAYS: Final = (
    r"(?:ma|di|wo|do|vr|za|zo|mon|tue|wed|thu|fri|sat|sun"
    r"|(?:maan|dins|woens|donder|vrij|zater|zon)dag|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\.?,?\s+"
)
IN_DIGITS: Final = re.compile(r"(?P<day>\d{1,2})\s*[-/. ]\s*(?P<month>\d{1,2})\s*[-/. ]\s*(?P<year>\d{4}|\d{2})")
IN_WORDS: Final = re.compile(
    r"(?P<day>\d{1,2})(?:e|st|nd|rd|th)?[\s-]+(?P<month>[a-z]+)\.?,?[\s-]+(?P<year>\d{4}|\d{2})"
)
IN_ORDER: Final = re.compile(r"(?P<year>\d{4})\s*[-/. ]\s*(?P<month>\d{1,2})\s*[-/. ]\s*(?P<day>\d{1,2})")
TIME: Final = re.compile(r"(?P<hour>\d{1,2})(?:\s*[:.uh]\s*(?P<minute>\d{2}))?\s*(?:u|uur|h|hour|hours)?\.?")


class NoDay(ValueError):
    """This is no day, or no time."""


def read_day(typed: str) -> date:
    """Understand a day: 1-2-2027, 1/2/27, 1 februari 2027, woensdag 1 feb 2027, 2027-02-01.

    Raises: NoDay.
    """
    plain = re.sub(rf"^{WEEKDAYS}", "", " ".join(typed.lower().split()))
    for form in (IN_ORDER, IN_DIGITS, IN_WORDS):
        if found := form.fullmatch(plain):
            return _day(found["year"], found["month"], found["day"])
    raise NoDay(typed)


def _day(year: str, month: str, day: str) -> date:
    number = int(month) if month.isdigit() else MONTHS.get(month, 0)
    try:
        return date(int(year) if len(year) == 4 else 2000 + int(year), number, int(day))
    except ValueError:
        raise NoDay(f"{day} {month} {year}") from None


def read_time(typed: str) -> time:
    """Understand a time of day: 14.30, 14:30, 14u30, 14.30 uur, 9 uur, 14.

    Raises: NoDay.
    """
    found = TIME.fullmatch(" ".join(typed.lower().split()))
    if found is None:
        raise NoDay(typed)
    try:
        return time(int(found["hour"]), int(found["minute"] or 0))
    except ValueError:
        raise NoDay(typed) from None
