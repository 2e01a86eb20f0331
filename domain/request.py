"""The request itself: everything that is known of one support request, and the coalition it works for.

A `SupportRequest` is what all its events add up to. It decides nothing; `deciding.evolve` is the only way it changes.
The coalition outlives the request: storage keeps it in a row of its own and lays it into the requests that work for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.parts import (
    Action,
    Ambition,
    Assignment,
    AssignmentRole,
    CheckIn,
    Goal,
    Kickoff,
    Meeting,
    Message,
    Note,
    Partner,
    Period,
    Proposal,
    Question,
    Seat,
    Shared,
)
from domain.terms import Term
from domain.text import CoalitionId, Line, MunicipalityCode, PartId, PersonId, RequestId, Text, known_as
from domain.words import CoalitionKind, Desk, Eligibility, Outcome, Phase, QuestionStatus, Stage


@dataclass(frozen=True, kw_only=True)
class Coalition:
    """The lasting partnership of one municipality or of a region."""

    id: CoalitionId
    name: Line
    kind: CoalitionKind = CoalitionKind.LOCAL
    phase: Phase = Phase.UNKNOWN
    municipalities: tuple[MunicipalityCode, ...] = ()
    partners: Mapping[PartId, Partner] = field(default_factory=dict)
    seats: Mapping[PartId, Seat] = field(default_factory=dict)
    handed_over: Mapping[PartId, Action] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class AskedInformation:
    """What staff still need to know, and since when."""

    text: Text
    asked_on: date


@dataclass(frozen=True, kw_only=True)
class Pause:
    """A request at rest: why (a code), since which day, until which day; `by_time` after a long silence.

    `rest_over` once it has rested so long that staff decide.
    """

    reason: str
    since: date
    look_again: date | None = None
    by_time: bool = False
    rest_over: bool = False


@dataclass(frozen=True, kw_only=True)
class Closing:
    """How it ended; `reason` is a code. `stage_before` is where `reopen` brings it back to."""

    outcome: Outcome
    at: datetime
    stage_before: Stage
    reason: str | None = None
    text: Text | None = None
    help_elsewhere: Text | None = None


@dataclass(frozen=True, kw_only=True)
class SupportRequest:
    """What a municipality submitted, and everything that followed from it.

    Version 0 is a request that nobody has submitted yet. Times are aware and in UTC, days are days in Amsterdam.
    """

    id: RequestId
    version: int = 0
    stage: Stage = Stage.INTAKE
    received_on: date | None = None
    submitted_at: datetime | None = None
    imported: bool = False
    lead_municipality: MunicipalityCode = ""
    participating: tuple[MunicipalityCode, ...] = ()
    contact: PersonId | None = None
    text: Text | None = None
    preferred_period: Period | None = None
    coalition: Coalition | None = None
    eligibility: Mapping[MunicipalityCode, Eligibility] = field(default_factory=dict)
    information_asked: AskedInformation | None = None
    accepted_on: date | None = None
    advisors: tuple[Assignment, ...] = ()
    own_interest: frozenset[PersonId] = frozenset()
    supporting_parties: tuple[Line, ...] = ()
    visit_settled: bool = False
    questions: Mapping[PartId, Question] = field(default_factory=dict)
    proposals: Mapping[PartId, Proposal] = field(default_factory=dict)
    meetings: Mapping[PartId, Meeting] = field(default_factory=dict)
    kickoffs: Mapping[PartId, Kickoff] = field(default_factory=dict)
    ambitions: Mapping[PartId, Ambition] = field(default_factory=dict)
    goals: Mapping[PartId, Goal] = field(default_factory=dict)
    actions: Mapping[PartId, Action] = field(default_factory=dict)
    check_ins: Mapping[PartId, CheckIn] = field(default_factory=dict)
    messages: Mapping[PartId, Message] = field(default_factory=dict)
    notes: Mapping[PartId, Note] = field(default_factory=dict)
    shared: Mapping[PartId, Shared] = field(default_factory=dict)
    also_told: tuple[PersonId, ...] = ()
    linked: tuple[RequestId, ...] = ()
    merged_into: RequestId | None = None
    merged_from: tuple[RequestId, ...] = ()
    evaluated_by: frozenset[PersonId] = frozenset()
    evaluation_asked: frozenset[Desk] = frozenset()
    finished_on: date | None = None
    calls: frozenset[str] = frozenset()
    escalated: frozenset[str] = frozenset()
    pause: Pause | None = None
    closing: Closing | None = None
    quiet_since: date | None = None
    rest_announced_on: date | None = None
    stages_left: tuple[Stage, ...] = ()
    terms: Mapping[str, Term] = field(default_factory=dict)
    touched: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Submitted and not closed."""
        return self.version > 0 and self.stage is not Stage.CLOSED

    @property
    def lead(self) -> Assignment | None:
        """The lead advisor's assignment, accepted or not."""
        return next((one for one in self.advisors if one.role is AssignmentRole.LEAD), None)

    @property
    def unsettled(self) -> tuple[Question, ...]:
        """The questions that have no outcome yet."""
        return tuple(question for question in self.questions.values() if question.status is QuestionStatus.OPEN)

    @property
    def municipalities(self) -> tuple[MunicipalityCode, ...]:
        """The lead municipality and those that take part."""
        return (self.lead_municipality, *self.participating)

    @property
    def partners(self) -> Mapping[PartId, Partner]:
        """The partners that take part in its coalition."""
        known = self.coalition.partners if self.coalition else {}
        return {one.id: one for one in known.values() if not one.removed}

    @property
    def seats(self) -> Mapping[PartId, Seat]:
        """The places for parents in its coalition that have not ended."""
        known = self.coalition.seats if self.coalition else {}
        return {one.id: one for one in known.values() if not one.ended}

    @property
    def supporters(self) -> frozenset[str]:
        """The organisations that support it from outside, written as `known_as` does."""
        on_seats = (seat.supported_by for seat in self.seats.values() if seat.supported_by)
        return frozenset(known_as(name) for name in (*self.supporting_parties, *on_seats))
