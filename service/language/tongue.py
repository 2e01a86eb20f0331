"""How one reader is spoken to: texts, words of the journey, days, times and numbers in their language.

Everything is said in Amsterdam's time. Templates have the same as functions and filters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache, lru_cache
from typing import Literal

from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_decimal

from domain.working_time import ZONE
from service.errors import Language
from service.language.catalogue import translations_to

LOCALES = {Language.DUTCH: "nl_NL", Language.ENGLISH: "en_GB"}


def message(text: str) -> str:
    """Mark a text that is translated where it is shown, not where it is written."""
    return text


@dataclass(frozen=True)
class Tongue:
    """Says things to one reader. A text may name values as `%(name)s`; a percent sign is written twice."""

    language: Language

    @property
    def locale(self) -> str:
        """The locale that days and numbers are written in."""
        return LOCALES[self.language]

    def say(self, text: str, **values: object) -> str:
        """The text in the reader's language."""
        return translations_to(self.language).gettext(text) % values if values else _as_text(text, self.language)

    def say_many(self, one: str, many: str, count: int, **values: object) -> str:
        """The text for this number of things; `%(count)s` is the number."""
        said = translations_to(self.language).ngettext(one, many, count)
        return said % {"count": self.number(count), **values}

    def word(self, member: StrEnum) -> str:
        """The word for a member of an enumeration of the journey."""
        return _as_word(member, self.language)

    def day(self, day: date) -> str:
        """A day in words: 3 november 2026."""
        return _as_day(_local(day), "d MMMM y", self.locale)

    def weekday(self, day: date) -> str:
        """A day with its name: dinsdag 3 november 2026."""
        return _as_day(_local(day), "EEEE d MMMM y", self.locale)

    def short_day(self, day: date) -> str:
        """A day as it is typed and stands in tables: 03-11-2026."""
        return _as_day(_local(day), "dd-MM-y", self.locale)

    def month(self, day: date) -> str:
        """A month of a year: november 2026."""
        return _as_day(_local(day), "MMMM y", self.locale)

    def time(self, moment: datetime | time) -> str:
        """A time of day: 10.30 uur, 10:30."""
        local = moment.astimezone(ZONE).time() if isinstance(moment, datetime) else moment
        pattern = "H.mm 'uur'" if self.language is Language.DUTCH else "H:mm"
        return _as_time(local, pattern, self.locale)

    def moment(self, moment: datetime) -> str:
        """A day and a time: dinsdag 3 november 2026, 10.30 uur."""
        return f"{self.weekday(moment)}, {self.time(moment)}"

    def number(self, number: float, decimals: int | None = None) -> str:
        """A number: 1.234,5; with so many decimals when that is said."""
        pattern = None if decimals is None else f"#,##0.{'0' * decimals}"
        return _as_number(number, pattern, self.locale)

    def together(self, parts: Sequence[str]) -> str:
        """Things in a row: a, b en c."""
        return _as_row(tuple(parts), "standard", self.locale) if parts else ""

    def either(self, parts: Sequence[str]) -> str:
        """Things to choose from: a, b of c."""
        return _as_row(tuple(parts), "or", self.locale) if parts else ""


def _local(day: date) -> date:
    return day.astimezone(ZONE).date() if isinstance(day, datetime) else day


# A page says the same words, days and numbers many times, and Babel reads its pattern for each of them.
@lru_cache(maxsize=4096)
def _as_text(text: str, language: Language) -> str:
    return translations_to(language).gettext(text) % {}


@lru_cache(maxsize=1024, typed=True)
def _as_word(member: StrEnum, language: Language) -> str:
    from service.language.words import WORDS  # noqa: PLC0415 - the words are marked with `message`, from here

    return _as_text(WORDS[type(member)][member], language)


@lru_cache(maxsize=4096)
def _as_day(day: date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale=locale)


@lru_cache(maxsize=2048)
def _as_time(moment: time, pattern: str, locale: str) -> str:
    return format_time(moment, pattern, locale=locale)


@lru_cache(maxsize=2048)
def _as_row(parts: tuple[str, ...], style: Literal["standard", "or"], locale: str) -> str:
    return format_list(parts, style=style, locale=locale)


@lru_cache(maxsize=4096, typed=True)
def _as_number(number: float, pattern: str | None, locale: str) -> str:
    return format_decimal(number, format=pattern, locale=locale)


@cache
def tongue_for(language: Language) -> Tongue:
    """Whoever speaks this language."""
    return Tongue(language)
