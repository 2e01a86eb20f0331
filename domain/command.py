"""Commands and what judging one needs: who asks, when, and what else is known.

A command is one thing that one person wants. The commands themselves stand in the files of their subject.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from domain import refusal
from domain.event import Event, Fact, OnBehalf
from domain.parts import Figure
from domain.refusal import Refusal
from domain.request import Coalition, SupportRequest
from domain.text import Line, MunicipalityCode, PartId, PersonId, RequestId
from domain.words import Ground
from domain.working_time import Calendar

YEARS_AHEAD = 5
LONG_AGO = date(2018, 1, 1)
TIME = "time"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Somebody at the door: what the account may be, whatever the request. A person may be several things at once.

    `newcomer_of` holds the municipality for which somebody without an account confirmed a mail address.
    """

    person: PersonId
    is_staff: bool = False
    is_advisor: bool = False
    municipalities: frozenset[MunicipalityCode] = frozenset()
    organisations: frozenset[Line] = frozenset()
    partners: frozenset[PartId] = frozenset()
    newcomer_of: frozenset[MunicipalityCode] = frozenset()
    is_time: bool = False


CLOCK = Actor(person=TIME, is_time=True)


@dataclass(frozen=True, kw_only=True)
class EligibilityRule:
    """A rule in force on the days [valid_from, valid_until)."""

    valid_from: date
    valid_until: date | None
    ground: Ground


@dataclass(frozen=True, kw_only=True)
class OpenRequest:
    """Another open request that matters to this one: a possible twin, or the one it merges into."""

    id: RequestId
    lead_municipality: MunicipalityCode
    coalition_id: PartId | None
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What else a command needs to know, gathered in one query per command type; empty where it needs nothing.

    `lists` holds, per ground, the codes on its list; a ground that is absent has a list that was never loaded.
    """

    known_municipalities: frozenset[MunicipalityCode] = frozenset()
    eligibility_rules: tuple[EligibilityRule, ...] = ()
    lists: Mapping[Ground, frozenset[MunicipalityCode]] = field(default_factory=dict)
    coalition: Coalition | None = None
    open_requests: tuple[OpenRequest, ...] = ()
    advisors: frozenset[PersonId] = frozenset()
    figures: tuple[Figure, ...] = ()
    successors: Mapping[MunicipalityCode, MunicipalityCode] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Context:
    """Who gives the command, at which moment (UTC), under which calendar, knowing what.

    `based_on` is the version the actor looked at, when they said so. `clocks_from` is the day on which clocks begin
    when the past is recorded afterwards (import): nothing is asked or sent for the days before it.
    """

    actor: Actor
    now: datetime
    calendar: Calendar
    facts: Facts = Facts()
    based_on: int | None = None
    clocks_from: date | None = None

    @property
    def today(self) -> date:
        """The day in Amsterdam."""
        return self.calendar.today(self.now)


@dataclass(frozen=True, kw_only=True)
class Command:
    """One wish, given by an actor, perhaps for somebody else."""

    on_behalf: OnBehalf | None = None

    def touches(self) -> tuple[str, ...]:
        """Name the parts this command is about: it is stale only when one of them changed since."""
        return ()

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        """Give all that is wrong with the body itself, whatever the request, each with its field."""
        return iter(())


def ahead(field: str, day: date, context: Context) -> Iterator[Refusal]:
    """A day that is agreed lies from today on and within five years."""
    if day < context.today:
        yield refusal.DATE_PASSED(field)
    elif day.year > context.today.year + YEARS_AHEAD:
        yield refusal.DATE_TOO_FAR(field, years=YEARS_AHEAD)


def passed(field: str, day: date | None, context: Context) -> Iterator[Refusal]:
    """A day that is reported lies from 2018 on and not after today."""
    if day is None:
        return
    if day > context.today:
        yield refusal.DATE_IN_FUTURE(field)
    elif day < LONG_AGO:
        yield refusal.DATE_TOO_LONG_AGO(field)


Decide = Callable[[SupportRequest, Any, Context], Iterator[Fact]]
Apply = Callable[[SupportRequest, Event, Any], SupportRequest]
ApplyToCoalition = Callable[[Coalition, Event, Any], Coalition]
