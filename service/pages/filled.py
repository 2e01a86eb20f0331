"""Reading what somebody typed: each field is understood as people write it, or its mistake is explained.

A reader never fails: what is missing or not understood is noted, and something harmless stands in for it. So a page
makes its command in one go; `service.pages.giving` gives it only when nothing was noted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Final, TypeVar

from starlette.datastructures import FormData

from domain.working_time import ZONE
from service.language import Tongue, message
from service.pages.days import NoDay, read_day, read_time
from service.pages.forms import KEY, RESUMED, VERSION, Form, Mistake
from service.pages.visit import Visit

Choice = TypeVar("Choice", bound=StrEnum)
Value = TypeVar("Value")

LINE: Final = 200
TEXT: Final = 4000
KEY_PATTERN: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
UNSEEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LINK: Final = re.compile(r"https://[^\s\x00-\x1f\x7f]{3,490}")
MAIL: Final = re.compile(r"[^@\s,;<>]{1,64}@[^@\s,;<>]+\.[^@\s,;<>.]+")
OWN: Final = frozenset({"csrf", KEY, VERSION, RESUMED})
NOT_A_DAY: Final = message("Write the day, the month and the year, for example 12-01-2027 or 12 January 2027.")
NOT_A_TIME: Final = message("Write the time in hours and minutes, for example 14.30.")
NOT_A_NUMBER: Final = message("Write a whole number in digits, for example 12.")
TOO_LONG: Final = message("This is too long: at most %(most)s characters fit. Make it shorter.")
UNREADABLE: Final = message("There is a sign in this text that we cannot keep. Type the text again.")
NOT_A_LINK: Final = message("Write the whole address of the page. It begins with https://.")
NOT_AN_ADDRESS: Final = message("Write a whole mail address, for example name@municipality.nl.")
CHOOSE_AGAIN: Final = message("Choose one of the answers.")
SIGNED_OUT: Final = message("You were signed out before you sent this. Check it and send it again.")


@dataclass(kw_only=True)
class Filled:
    """A form that was sent, while it is being read; one that is resumed is shown again before it is carried out."""

    tongue: Tongue
    sent: FormData
    key: str
    version: int | None
    mistakes: list[Mistake] = field(default_factory=list)
    is_resumed: bool = False
    group: str | None = None

    @contextmanager
    def within(self, group: str) -> Iterator[None]:
        """Read one of several groups of fields alike: the summary says of a mistake in which it is."""
        self.group = group
        try:
            yield
        finally:
            self.group = None

    def typed(self, name: str) -> str:
        """What was typed, with plain line ends and no space around it."""
        value = self.sent.get(name, "")
        return value.replace("\r\n", "\n").replace("\r", "\n").strip() if isinstance(value, str) else ""

    def line(self, name: str, *, missing: str, most: int = LINE) -> str:
        """A line of text that is needed; `missing` says what to write when it is empty."""
        return self.text(name, missing=missing, most=most)

    def text(self, name: str, *, missing: str, most: int = TEXT) -> str:
        """A text that is needed."""
        text = self.optional_text(name, most=most)
        return text if text is not None else self._needed(name, missing, "–")

    def optional_line(self, name: str, *, most: int = LINE) -> str | None:
        """A line of text, or None."""
        return self.optional_text(name, most=most)

    def optional_text(self, name: str, *, most: int = TEXT) -> str | None:
        """A text, or None."""
        text = self.typed(name)
        if UNSEEN.search(text):
            return self.wrong(name, self.tongue.say(UNREADABLE), text)
        if len(text) > most:
            return self.wrong(name, self.tongue.say(TOO_LONG, most=self.tongue.number(most)), text)
        return text or None

    def day(self, name: str, *, missing: str) -> date:
        """A day that is needed."""
        day = self.optional_day(name)
        return day if day is not None else self._needed(name, missing, date(2000, 1, 1))

    def optional_day(self, name: str) -> date | None:
        """A day as people write it (1-2-2027, 1 februari 2027, 2027-02-01), or None."""
        typed = self.typed(name)
        try:
            return read_day(typed) if typed else None
        except NoDay:
            return self.wrong(name, self.tongue.say(NOT_A_DAY), None)

    def moment(self, day: str, at: str, *, missing: str) -> datetime:
        """A day and a time in Amsterdam, in two fields, as a moment (UTC)."""
        moment = self.optional_moment(day, at, missing=missing)
        return moment if moment is not None else self._needed(day, missing, datetime(2000, 1, 1, tzinfo=UTC))

    def optional_moment(self, day: str, at: str, *, missing: str) -> datetime | None:
        """A day and a time, or None when both are empty; `missing` says what to write when one of them is."""
        if not self.typed(day) and not self.typed(at):
            return None
        on = self.day(day, missing=missing)
        return datetime.combine(on, self._time(at, missing), ZONE).astimezone(UTC)

    def _time(self, name: str, missing: str) -> time:
        typed = self.typed(name)
        if not typed:
            return self._needed(name, missing, time())
        try:
            return read_time(typed)
        except NoDay:
            return self.wrong(name, self.tongue.say(NOT_A_TIME), time())

    def optional_number(self, name: str, *, most: int = 10_000) -> int | None:
        """A whole number from 0 on, or None."""
        typed = self.typed(name)
        if typed and not (typed.isascii() and typed.isdigit() and int(typed[:9]) <= most):
            return self.wrong(name, self.tongue.say(NOT_A_NUMBER), None)
        return int(typed) if typed else None

    def number(self, name: str, *, missing: str, most: int = 10_000) -> int:
        """A whole number from 0 on."""
        number = self.optional_number(name, most=most)
        return number if number is not None else self._needed(name, missing, 0)

    def choice(self, name: str, among: type[Choice], *, missing: str) -> Choice:
        """One member of an enumeration."""
        chosen = self.optional_choice(name, among)
        return chosen if chosen is not None else self._needed(name, missing, next(iter(among)))

    def optional_choice(self, name: str, among: type[Choice]) -> Choice | None:
        """One member of an enumeration, or None."""
        typed = self.typed(name)
        if typed and typed not in set(among):
            return self.wrong(name, self.tongue.say(CHOOSE_AGAIN), None)
        return among(typed) if typed else None

    def choices(self, name: str, among: type[Choice]) -> tuple[Choice, ...]:
        """The members that were ticked, in the order of the enumeration."""
        ticked = self.ticked(name)
        return tuple(one for one in among if one.value in ticked)

    def one_of(self, name: str, known: Iterable[str], *, missing: str) -> str:
        """One of these codes: a municipality, an advisor, a part of the request."""
        typed = self.typed(name)
        if typed and typed not in set(known):
            return self.wrong(name, self.tongue.say(CHOOSE_AGAIN), "")
        return typed or self._needed(name, missing, "")

    def ticked(self, name: str) -> tuple[str, ...]:
        """Everything that was ticked under this name."""
        return tuple(one for one in self.sent.getlist(name) if isinstance(one, str) and one)

    def is_ticked(self, name: str) -> bool:
        """Whether a single box was ticked."""
        return bool(self.typed(name))

    def link(self, name: str, *, missing: str) -> str:
        """An address on the web, over TLS."""
        typed = self.line(name, missing=missing, most=500)
        return typed if LINK.fullmatch(typed) or self.found(name) else self.wrong(name, self.tongue.say(NOT_A_LINK), "")

    def mail_address(self, name: str, *, missing: str) -> str:
        """A mail address."""
        return self.optional_mail_address(name) or self._needed(name, missing, "–")

    def optional_mail_address(self, name: str) -> str | None:
        """A mail address, or None."""
        typed = self.optional_line(name, most=254)
        if typed and not MAIL.fullmatch(typed):
            return self.wrong(name, self.tongue.say(NOT_AN_ADDRESS), typed)
        return typed

    def wrong(self, name: str | None, text: str, stand_in: Value) -> Value:
        """Note what is wrong, in the reader's language, and give what stands in for it."""
        if name is None or not self.found(name):
            self.mistakes.append(Mistake(field=name, text=text, group=self.group))
        return stand_in

    def found(self, name: str) -> bool:
        """Whether something was wrong with this field already."""
        return any(one.field == name for one in self.mistakes)

    def _needed(self, name: str, missing: str, stand_in: Value) -> Value:
        return self.wrong(name, missing, stand_in)

    def again(self) -> Form:
        """The form to be shown again, with what was typed and what is wrong."""
        names = dict.fromkeys(name for name, _ in self.sent.multi_items() if name not in OWN)
        values = {name: tuple(one for one in self.sent.getlist(name) if isinstance(one, str)) for name in names}
        mistakes = () if self.is_resumed else tuple(self.mistakes)
        return Form(key=self.key, version=self.version, values=values, mistakes=mistakes, is_resumed=self.is_resumed)

    def again_as_new(self) -> Form:
        """The same under a new id: what was refused under the old one is over."""
        return replace(self.again(), key=Form().key)


def filled(visit: Visit) -> Filled:
    """Begin to read what was sent; an id that was tampered with makes it another form."""
    sent = visit.sent if visit.sent is not None else FormData()
    key, version, is_resumed = visit.field(KEY), visit.field(VERSION), bool(visit.field(RESUMED))
    return Filled(
        tongue=visit.tongue,
        sent=sent,
        key=key if KEY_PATTERN.fullmatch(key) else Form().key,
        version=int(version) if version.isascii() and version.isdigit() and len(version) < 10 else None,
        mistakes=[Mistake(field=None, text=visit.say(SIGNED_OUT))] if is_resumed else [],
        is_resumed=is_resumed,
    )
