"""What a request consists of: the parts with an identity of their own.

A part's id is `<request id>/<sequence number of the event that made it>`. Parts only hold what is known; what may be
done with them stands in the file of their subject, when something is due stands in `terms`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.text import Line, Link, MunicipalityCode, PartId, PersonId, RequestId, Text
from domain.words import (
    Agreed,
    Body,
    Desk,
    Domain,
    Level,
    MeetingKind,
    QuestionKind,
    QuestionStatus,
    SeatForm,
    Side,
    Theme,
)


@dataclass(frozen=True, kw_only=True)
class Period:
    """Half-open range of days [start, end)."""

    start: date
    end: date


@dataclass(frozen=True, kw_only=True)
class Question:
    """One thing a municipality asks for, and what came of it."""

    id: PartId
    kind: QuestionKind
    text: Text | None = None
    status: QuestionStatus = QuestionStatus.OPEN
    result: Text | None = None


class AssignmentRole(StrEnum):
    """Leading the support, or helping with it."""

    LEAD = "LEAD"
    SUPPORTING = "SUPPORTING"


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """An advisor coupled to a request; without `accepted_on` the declaration of no interest is still to come."""

    advisor: PersonId
    role: AssignmentRole
    assigned_on: date
    accepted_on: date | None = None


class ProposalStatus(StrEnum):
    """What became of proposed moments; REPLACED by another proposal, or by what was agreed in another way."""

    OPEN = "OPEN"
    CHOSEN = "CHOSEN"
    TURNED_DOWN = "TURNED_DOWN"
    PASSED = "PASSED"
    REPLACED = "REPLACED"


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One proposed start, UTC; it falls out when it has passed."""

    starts_at: datetime
    passed: bool = False


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Moments that one side proposed to the other for a meeting."""

    id: PartId
    kind: MeetingKind
    levels: tuple[Level, ...]
    moments: tuple[Moment, ...]
    asked: Side
    minutes: Side = Side.ADVISOR
    place: Line | None = None
    link: Link | None = None
    agenda: tuple[Line, ...] = ()
    kickoff: PartId | None = None
    status: ProposalStatus = ProposalStatus.OPEN
    wish: Text | None = None


class MeetingStatus(StrEnum):
    """HELD means held and reported; a passed meeting without report is still PLANNED."""

    PLANNED = "PLANNED"
    HELD = "HELD"
    CANCELLED = "CANCELLED"
    WITHOUT_PROGRAMME = "WITHOUT_PROGRAMME"


class Answer(StrEnum):
    """A partner's answer to an invitation."""

    COMING = "COMING"
    NOT_COMING = "NOT_COMING"
    NO_ANSWER = "NO_ANSWER"


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """A partner asked to a meeting, and the answer; `moments` (UTC) are those at which it could come instead."""

    partner: PartId
    invited_at: datetime
    answer: Answer = Answer.NO_ANSWER
    moments: tuple[datetime, ...] = ()
    text: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a meeting brought for one question."""

    question: PartId
    text: Text


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure as it was discussed, frozen: `value` in `unit`, of `year`, for one municipality. Source: CBS."""

    municipality: MunicipalityCode
    indicator: str
    year: int
    value: float
    unit: str


@dataclass(frozen=True, kw_only=True)
class Proceedings:
    """What came of a meeting. Organisations by name, parents as a number (None: not known), never a person."""

    present: tuple[Line, ...] = ()
    parents_present: int | None = None
    findings: tuple[Finding, ...] = ()
    decisions: tuple[Text, ...] = ()
    parents_need: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Report(Proceedings):
    """The report of a meeting: what came of it, the figures as they were discussed, how often it was corrected."""

    reported_at: datetime
    figures: tuple[Figure, ...] = ()
    amended: int = 0


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A visit, kick-off or session: its identity stays when the moment moves.

    `inside` names the meeting of others that it is an item of. `minutes` is the side that keeps them.
    """

    id: PartId
    kind: MeetingKind
    levels: tuple[Level, ...]
    starts_at: datetime
    organiser: Side
    minutes: Side = Side.ADVISOR
    place: Line | None = None
    link: Link | None = None
    inside: Line | None = None
    agenda: tuple[Line, ...] = ()
    participation_on_agenda: bool = False
    kickoff: PartId | None = None
    status: MeetingStatus = MeetingStatus.PLANNED
    invitations: tuple[Invitation, ...] = ()
    report: Report | None = None


class KickoffStatus(StrEnum):
    """What became of a wanted kick-off."""

    WANTED = "WANTED"
    PLANNED = "PLANNED"
    HELD = "HELD"
    DROPPED = "DROPPED"


@dataclass(frozen=True, kw_only=True)
class Kickoff:
    """A kick-off that is wanted: at which level(s), in which month (its first day), organised by whom."""

    id: PartId
    levels: tuple[Level, ...]
    target_month: date
    organiser: Side
    status: KickoffStatus = KickoffStatus.WANTED


@dataclass(frozen=True, kw_only=True)
class Partner:
    """An organisation in a coalition; `contact` refers to the working address, when one is known."""

    id: PartId
    organisation: Line
    domain: Domain
    role_agreement: Text | None = None
    champion_of: Line | None = None
    contact: PersonId | None = None
    removed: bool = False


@dataclass(frozen=True, kw_only=True)
class Search:
    """Who looks for parents, and by which day: a partner, a side, or a supporting party's organisation."""

    by: Owner
    due: date


@dataclass(frozen=True, kw_only=True)
class Seat:
    """An agreed place for parents in a body. Never a name. `set_in` is the request that last agreed on it."""

    id: PartId
    body: Body
    form: SeatForm
    since: date
    set_in: RequestId
    expenses: Agreed = Agreed.NOT_YET
    time: Agreed = Agreed.NOT_YET
    training: Agreed = Agreed.NOT_YET
    supported_by: Line | None = None
    search: Search | None = None
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class Owner:
    """Exactly one of: a partner, a named municipality, the advisor, a supporting party's organisation."""

    desk: Desk
    partner: PartId | None = None
    municipality: MunicipalityCode | None = None
    organisation: Line | None = None


@dataclass(frozen=True, kw_only=True)
class Ambition:
    """What the coalition wants."""

    id: PartId
    text: Text
    theme: Theme | None = None
    dropped: bool = False


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What they want to reach, how it shows, by when, with what means."""

    id: PartId
    text: Text
    shows: Text
    due: date
    ambition: PartId | None = None
    means: Text | None = None
    champion: Line | None = None
    level: Level | None = None
    dropped: bool = False


class ActionStatus(StrEnum):
    """OPEN until done, dropped or handed over to the coalition."""

    OPEN = "OPEN"
    DONE = "DONE"
    DROPPED = "DROPPED"
    HANDED_OVER = "HANDED_OVER"


@dataclass(frozen=True, kw_only=True)
class Action:
    """Who does what by when. `handed_back` asks for another owner."""

    id: PartId
    title: Line
    owner: Owner
    due: date
    goal: PartId | None = None
    theme: Theme | None = None
    status: ActionStatus = ActionStatus.OPEN
    result: Text | None = None
    handed_back: bool = False


class CheckInStatus(StrEnum):
    """A look back is planned, then open, then answered or lapsed."""

    PLANNED = "PLANNED"
    OPEN = "OPEN"
    ANSWERED = "ANSWERED"
    LAPSED = "LAPSED"


@dataclass(frozen=True, kw_only=True)
class CheckInAnswer:
    """How it goes on: ordinary answers, each may be unknown (None)."""

    coalition_meets: bool | None = None
    parents_take_part: bool | None = None
    parents_fixed_item: bool | None = None
    in_plans_and_budget: bool | None = None
    needed: Text | None = None


@dataclass(frozen=True, kw_only=True)
class CheckIn:
    """A look back after the support, opening on `opens_on`, answered by `by`."""

    id: PartId
    opens_on: date
    by: Desk
    status: CheckInStatus = CheckInStatus.PLANNED
    answer: CheckInAnswer | None = None


@dataclass(frozen=True, kw_only=True)
class Message:
    """A question to somebody on the request; open until replied. `partner` says which, when one is asked."""

    id: PartId
    by: PersonId
    to: Desk
    partner: PartId | None = None
    text: Text
    internal: bool = False
    reply: Text | None = None


class SharedKind(StrEnum):
    """What can be shared."""

    EXAMPLE = "EXAMPLE"
    METHOD = "METHOD"
    NEWS = "NEWS"
    TRAINING = "TRAINING"
    DOCUMENT = "DOCUMENT"


@dataclass(frozen=True, kw_only=True)
class Shared:
    """An example, method, news, training or document, with an https link and why it fits."""

    id: PartId
    kind: SharedKind
    title: Line
    link: Link
    why: Text | None = None
    question: PartId | None = None


@dataclass(frozen=True, kw_only=True)
class Note:
    """A remark, shared or internal to the programme."""

    id: PartId
    by: PersonId
    text: Text
    internal: bool = False
