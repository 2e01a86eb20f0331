"""Importing: what the programme's existing list tells of a request, and nothing that it does not tell.

Imported is as found. A list names a stage, an advisor and some days; it holds no acceptance, no declaration of the
advisor and no report. So none of these is recorded: these facts say where the request was found. What such a list does
tell as today's rules would have it (a submission, a pause, a remark) goes by the ordinary commands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Literal

from domain import refusal
from domain.assignment import ADVISORS, advisor_mistakes, assigned
from domain.command import Apply, Command, Context, Decide, ahead
from domain.embedding import CheckInPlanned
from domain.event import STAGE, Event, Fact
from domain.kickoffs import KickoffWanted
from domain.meetings import named, with_kickoff, with_meeting
from domain.moves import STAGES
from domain.parts import Assignment, AssignmentRole, KickoffStatus, Meeting, MeetingStatus
from domain.planning import OF_THE_COALITION
from domain.progress import RequestClosed
from domain.refusal import Kind, Reason, Refusal
from domain.request import SupportRequest
from domain.text import PartId, PersonId
from domain.words import Desk, Level, MeetingKind, Outcome, Side, Stage

ONLY_IMPORTED = Reason(
    "ONLY_IMPORTED",
    nl="Dit kan alleen bij een aanvraag uit de lijst die u overneemt. Leg vast wat er nu gebeurt.",
    en="This is only possible for a request of the list you import. Record what happens now.",
)


STAGE_IT_CAME_TO = Reason(
    "STAGE_IT_CAME_TO",
    nl="Geef van een gesloten aanvraag de fase waarin die het laatst was, en hoe die afliep.",
    en="Of a closed request, give the stage it was in last, and how it ended.",
    kind=Kind.INVALID,
)


@dataclass(frozen=True, kw_only=True)
class ImportMeeting(Command):
    """Take over a meeting that the list names. `held` when the list shows that it took place.

    A list knows the day and seldom the hour: then it starts at midnight, in Amsterdam.
    """

    type: Literal["import_meeting"] = "import_meeting"
    kind: MeetingKind
    levels: tuple[Level, ...] = ()
    starts_at: datetime
    held: bool = False

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        if self.held and self.starts_at > context.now:
            yield refusal.DATE_IN_FUTURE("startsAt")


@dataclass(frozen=True, kw_only=True)
class MeetingImported(Fact):
    """A meeting was found in a list (start in UTC): held, what came of it unknown, or still to be held or reported."""

    kind: MeetingKind
    levels: tuple[Level, ...]
    starts_at: datetime
    held: bool
    kickoff: PartId | None = None

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return named(own_id, self.kickoff)


def import_meeting(request: SupportRequest, command: ImportMeeting, context: Context) -> Iterator[Fact]:
    """Take over a meeting. A kick-off that is still to be held is one that is wanted; its stage waits for it.

    Raises: Refusal ONLY_IMPORTED.
    """
    _refuse_own_request(request)
    kickoff = None
    if command.kind is MeetingKind.KICKOFF and not command.held:
        month = context.calendar.today(command.starts_at).replace(day=1)
        kickoff = f"{request.id}/{request.version + 1}"
        yield KickoffWanted(levels=command.levels, target_month=month, organiser=Side.ADVISOR)
    yield MeetingImported(
        kind=command.kind,
        levels=command.levels,
        starts_at=command.starts_at.astimezone(UTC),
        held=command.held,
        kickoff=kickoff,
    )


def _refuse_own_request(request: SupportRequest) -> None:
    if not request.imported:
        raise ONLY_IMPORTED()


def on_meeting_imported(request: SupportRequest, event: Event, fact: MeetingImported) -> SupportRequest:
    """The meeting is there; one that was held has no report and asks for none."""
    to_come = fact.kind in OF_THE_COALITION and not fact.held
    meeting = Meeting(
        id=event.id,
        kind=fact.kind,
        levels=fact.levels,
        starts_at=fact.starts_at,
        organiser=Side.ADVISOR,
        participation_on_agenda=to_come,
        kickoff=fact.kickoff,
        status=MeetingStatus.HELD if fact.held else MeetingStatus.PLANNED,
    )
    return with_meeting(with_kickoff(request, fact.kickoff, KickoffStatus.PLANNED), meeting)


@dataclass(frozen=True, kw_only=True)
class ImportStanding(Command):
    """Take over where a request stands: its stage, its advisor, the look-backs agreed, and how it ended if it did.

    With an `outcome`, `stage` is as far as the list shows that it came.
    """

    type: Literal["import_standing"] = "import_standing"
    stage: Stage
    lead_advisor: PersonId | None = None
    check_ins: tuple[date, ...] = ()
    outcome: Outcome | None = None

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        if self.stage is Stage.CLOSED:
            yield STAGE_IT_CAME_TO("stage")
        yield from advisor_mistakes(self.lead_advisor, (), context)
        for place, day in enumerate(self.check_ins):
            yield from ahead(f"checkIns.{place}", max(day, context.today), context)


@dataclass(frozen=True, kw_only=True)
class StandingImported(Fact):
    """A request was found in this stage, with this advisor at work; since when, and what they declared, is unknown."""

    stage: Stage
    lead_advisor: PersonId | None = None

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (STAGE, ADVISORS)


def import_standing(request: SupportRequest, command: ImportStanding, context: Context) -> Iterator[Fact]:
    """Take over where it stands. An advisor who is named before the visit was asked, and has still to answer.

    A look-back whose day has passed opens at once.

    Raises: Refusal ONLY_IMPORTED.
    """
    _refuse_own_request(request)
    at_work = STAGES.index(command.stage) > STAGES.index(Stage.ASSIGNMENT)
    yield StandingImported(stage=command.stage, lead_advisor=command.lead_advisor if at_work else None)
    if not at_work:
        yield from assigned(request, command.lead_advisor, ())
    for day in command.check_ins:
        working_day = context.calendar.on_or_after(max(day, context.today))
        suitable = context.calendar.outside_summer(working_day)
        yield CheckInPlanned(opens_on=suitable, by=Desk.MUNICIPALITY)
    if command.outcome:
        yield RequestClosed(outcome=command.outcome)


def on_standing_imported(request: SupportRequest, event: Event, fact: StandingImported) -> SupportRequest:
    """It stands there, having passed the stages before. Later than the visit, the visit is settled."""
    reached = STAGES.index(fact.stage)
    advisors = request.advisors
    if fact.lead_advisor:
        lead = AssignmentRole.LEAD
        at_work = Assignment(advisor=fact.lead_advisor, role=lead, assigned_on=event.on, accepted_on=event.on)
        advisors = (*advisors, at_work)
    return replace(
        request,
        stage=fact.stage,
        stages_left=STAGES[:reached],
        accepted_on=event.on if reached else None,
        advisors=advisors,
        visit_settled=reached > STAGES.index(Stage.VISIT),
    )


DECIDES: Mapping[type[Command], Decide] = {ImportMeeting: import_meeting, ImportStanding: import_standing}
APPLIES: Mapping[type[Fact], Apply] = {
    MeetingImported: on_meeting_imported,
    StandingImported: on_standing_imported,
}
