"""Facts and events: what happened, who did it, when, on which request, and who may read it.

A `Fact` is what one subject says happened. An `Event` is that fact with its place in the request's history. Events are
never changed and never removed; what a person typed in them can be blackened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from domain.terms import Term
from domain.text import PartId, PersonId, RequestId
from domain.words import Audience, Capacity, Heard

STAGE = "stage"


@dataclass(frozen=True, kw_only=True)
class OnBehalf:
    """For whom something is recorded by another, how it was heard and on which day.

    `of` is the quality of the one it is for; `person` who that is, when the request does not tell.
    """

    of: Capacity
    heard: Heard
    heard_on: date
    person: PersonId | None = None


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One thing that happened, in the past tense. Subclasses hold its data.

    After a fact that `may_progress` the request may enter its next stage; an `anonymous` one says neither by whom nor
    for whom.
    """

    audience: ClassVar[Audience] = Audience.EVERYONE
    may_progress: ClassVar[bool] = False
    anonymous: ClassVar[bool] = False

    def heard_by(self) -> Audience:
        """Say who may read it."""
        return self.audience

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        """Name the parts that are different afterwards; `own_id` is the part this event itself makes."""
        return ()


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact in its place: `seq` counts from 1 within the request, `at` is UTC.

    `terms` are the terms that this event opens (or, where None, ends), by task key: computed once, looked up after.
    `on` is the day of `at` in Amsterdam.
    """

    request_id: RequestId
    seq: int
    at: datetime
    by: PersonId
    capacity: Capacity
    fact: Fact
    on_behalf: OnBehalf | None = None
    terms: Mapping[str, Term | None] = field(default_factory=dict)
    on: date

    @property
    def id(self) -> PartId:
        """The event's id, and that of the part it makes."""
        return f"{self.request_id}/{self.seq}"

    @property
    def type(self) -> str:
        """The fact's name: the tag under which storage keeps it."""
        return type(self.fact).__name__
