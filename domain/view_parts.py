"""What a reader gets to see: the shapes in which a request leaves the house.

Parts that everybody who may see them sees whole, leave as they are; a test names every field of them that may leave.
Who sees which stands in `views`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.parts import (
    Action,
    Ambition,
    Assignment,
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
from domain.representation import Presence
from domain.request import AskedInformation, Pause
from domain.terms import Waiting
from domain.text import CoalitionId, Line, MunicipalityCode, PartId, PersonId, RequestId, Text
from domain.words import CoalitionKind, Desk, Domain, Eligibility, Outcome, Phase, Stage


@dataclass(frozen=True, kw_only=True)
class EligibilityView:
    """May this municipality use the programme."""

    municipality: MunicipalityCode
    eligibility: Eligibility


@dataclass(frozen=True, kw_only=True)
class CoalitionView:
    """The coalition the request works for, with what of it the reader has a share in."""

    id: CoalitionId
    name: Line
    kind: CoalitionKind
    phase: Phase
    municipalities: tuple[MunicipalityCode, ...] = ()
    partners: tuple[Partner, ...] = ()
    seats: tuple[Seat, ...] = ()
    handed_over: tuple[Action, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RepresentationView:
    """Of one meeting of the coalition: who comes, domain by domain. A gap never stops a meeting."""

    meeting: PartId
    domain: Domain
    presence: Presence


@dataclass(frozen=True, kw_only=True)
class ClosingView:
    """How it ended; of a withdrawal the reason stays with the programme."""

    outcome: Outcome
    closed_at: datetime
    reason: str | None = None
    text: Text | None = None
    help_elsewhere: Text | None = None


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """The task that is due soonest: what, from which desk, on which day."""

    kind: Waiting
    desk: Desk
    due: date


@dataclass(frozen=True, kw_only=True)
class RequestView:
    """One request as one reader may see it. What is not for them is empty, and does not say that it is there.

    `advisor_wanted` while no lead advisor has accepted. `loose_ends` are ambitions and goals nothing hangs on yet.
    """

    id: RequestId
    version: int
    stage: Stage
    outcome: Outcome | None
    is_paused: bool
    pause: Pause | None = None
    imported: bool = False
    lead_municipality: MunicipalityCode
    participating: tuple[MunicipalityCode, ...] = ()
    received_on: date | None = None
    submitted_at: datetime | None = None
    accepted_on: date | None = None
    finished_on: date | None = None
    contact: PersonId | None = None
    also_told: tuple[PersonId, ...] = ()
    text: Text | None = None
    preferred_period: Period | None = None
    eligibility: tuple[EligibilityView, ...] = ()
    information_asked: AskedInformation | None = None
    advisor_wanted: bool = False
    advisors: tuple[Assignment, ...] = ()
    own_interest: tuple[PersonId, ...] = ()
    supporting_parties: tuple[Line, ...] = ()
    coalition: CoalitionView | None = None
    questions: tuple[Question, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    representation: tuple[RepresentationView, ...] = ()
    kickoffs: tuple[Kickoff, ...] = ()
    ambitions: tuple[Ambition, ...] = ()
    goals: tuple[Goal, ...] = ()
    actions: tuple[Action, ...] = ()
    loose_ends: tuple[PartId, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    messages: tuple[Message, ...] = ()
    notes: tuple[Note, ...] = ()
    shared: tuple[Shared, ...] = ()
    linked: tuple[RequestId, ...] = ()
    merged_into: RequestId | None = None
    merged_from: tuple[RequestId, ...] = ()
    has_evaluated: bool = False
    closing: ClosingView | None = None
    next_step: NextStep | None = None
