"""Ending: a request is withdrawn or stopped, and staff set right what was closed or went on by mistake.

Going back is a new event: nothing is erased. How support ends as it should stands in `finishing`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Literal

from domain import refusal
from domain.command import Apply, Command, Context, Decide
from domain.event import STAGE, Event, Fact
from domain.meetings import named, with_kickoff, with_meeting
from domain.parts import AssignmentRole, KickoffStatus, Meeting, MeetingStatus
from domain.planning import CancelReason, MeetingCancelled
from domain.progress import STILL_TO_COME, RequestClosed
from domain.refusal import Kind, Reason, Refusal
from domain.request import SupportRequest
from domain.text import PartId, Text
from domain.words import Audience, Outcome, Stage

MEETING_CHOICE_NEEDED = Reason(
    "MEETING_CHOICE_NEEDED",
    nl="Er staat nog een bijeenkomst gepland op {day}. Kies of die vervalt, of doorgaat zonder ons.",
    en="A meeting is still planned on {day}. Choose whether it is cancelled, or goes on without us.",
    kind=Kind.INVALID,
)


class MeetingChoice(StrEnum):
    """What happens to a planned meeting when the request is withdrawn."""

    CANCEL = "CANCEL"
    GO_ON = "GO_ON"


@dataclass(frozen=True, kw_only=True)
class ChosenForMeeting:
    """The municipality's choice for one planned meeting."""

    meeting: PartId
    choice: MeetingChoice


@dataclass(frozen=True, kw_only=True)
class Withdraw(Command):
    """Take the request back. The reason is for the programme alone; `text` is for those invited to a meeting."""

    type: Literal["withdraw"] = "withdraw"
    reason: Text
    meetings: tuple[ChosenForMeeting, ...] = ()
    text: Text | None = None

    def touches(self) -> tuple[str, ...]:
        return (STAGE, *(one.meeting for one in self.meetings))


@dataclass(frozen=True, kw_only=True)
class WithdrawalReasonGiven(Fact):
    """Why the municipality withdrew: known to the programme alone."""

    audience: ClassVar[Audience] = Audience.PROGRAMME
    reason: Text


@dataclass(frozen=True, kw_only=True)
class MeetingGoesOn(Fact):
    """A planned meeting goes on without the programme."""

    meeting: PartId
    kickoff: PartId | None = None

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return named(self.meeting, self.kickoff)


def withdraw(request: SupportRequest, command: Withdraw, context: Context) -> Iterator[Fact]:
    """Close the request; each meeting that is still to come is cancelled or goes on, as the municipality chooses.

    Raises: Refusal MEETING_CHOICE_NEEDED for each meeting without a choice, or NO_SUCH_PART.
    """
    choices = {one.meeting: one.choice for one in command.meetings}
    to_come = meetings_to_come(request, context.now)
    _refuse_unknown(command, to_come)
    _refuse_unchosen(to_come, choices, context)
    yield WithdrawalReasonGiven(reason=command.reason)
    for meeting in to_come.values():
        yield _chosen(meeting, choices[meeting.id], command.text)
    yield RequestClosed(outcome=Outcome.WITHDRAWN)


def meetings_to_come(request: SupportRequest, now: datetime) -> Mapping[PartId, Meeting]:
    """The planned meetings that have not begun."""
    planned = (one for one in request.meetings.values() if one.status is MeetingStatus.PLANNED)
    return {one.id: one for one in planned if one.starts_at > now}


def _refuse_unknown(command: Withdraw, to_come: Mapping[PartId, Meeting]) -> None:
    for place, one in enumerate(command.meetings):
        if one.meeting not in to_come:
            raise refusal.NO_SUCH_PART(f"meetings.{place}.meeting")


def _refuse_unchosen(
    to_come: Mapping[PartId, Meeting], choices: Mapping[PartId, MeetingChoice], context: Context
) -> None:
    unchosen = [one for one in to_come.values() if one.id not in choices]
    needed = [_choice_needed(one, context.calendar.today(one.starts_at)) for one in unchosen]
    if needed:
        raise refusal.first_of(needed)


def _choice_needed(meeting: Meeting, day: date) -> Refusal:
    return MEETING_CHOICE_NEEDED("meetings", meeting=meeting.id, day=day.isoformat())


def _chosen(meeting: Meeting, choice: MeetingChoice, text: Text | None) -> Fact:
    if choice is MeetingChoice.GO_ON:
        return MeetingGoesOn(meeting=meeting.id, kickoff=meeting.kickoff)
    return MeetingCancelled(
        meeting=meeting.id, kickoff=meeting.kickoff, reason=CancelReason.NO_LONGER_NEEDED, text=text
    )


def on_withdrawal_reason_given(request: SupportRequest, event: Event, fact: WithdrawalReasonGiven) -> SupportRequest:
    """The reason is in the log, for the programme."""
    return request


def on_meeting_goes_on(request: SupportRequest, event: Event, fact: MeetingGoesOn) -> SupportRequest:
    """It is no longer the programme's to follow, nor is the kick-off that it is."""
    alone = replace(request.meetings[fact.meeting], status=MeetingStatus.WITHOUT_PROGRAMME)
    return with_meeting(with_kickoff(request, fact.kickoff, KickoffStatus.DROPPED), alone)


class StopReason(StrEnum):
    """Why the programme stops its support."""

    NO_RESPONSE = "NO_RESPONSE"
    NO_LONGER_NEEDED = "NO_LONGER_NEEDED"
    OUT_OF_SCOPE = "OUT_OF_SCOPE"
    NO_CAPACITY = "NO_CAPACITY"


@dataclass(frozen=True, kw_only=True)
class Stop(Command):
    """Stop the support: why, in words for the municipality."""

    type: Literal["stop"] = "stop"
    reason: StopReason
    text: Text

    def touches(self) -> tuple[str, ...]:
        return (STAGE,)


def stop(request: SupportRequest, command: Stop, context: Context) -> Iterator[Fact]:
    """Close the request; a meeting that is still to come goes on without the programme."""
    for meeting in meetings_to_come(request, context.now).values():
        yield MeetingGoesOn(meeting=meeting.id, kickoff=meeting.kickoff)
    yield RequestClosed(outcome=Outcome.STOPPED, reason=command.reason, text=command.text)


@dataclass(frozen=True, kw_only=True)
class Reopen(Command):
    """Go on with a closed request."""

    type: Literal["reopen"] = "reopen"
    text: Text | None = None

    def touches(self) -> tuple[str, ...]:
        return (STAGE,)


@dataclass(frozen=True, kw_only=True)
class RequestReopened(Fact):
    """A closed request is back in the stage it had."""

    stage: Stage
    text: Text | None = None

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (STAGE,)


def reopen(request: SupportRequest, command: Reopen, context: Context) -> Iterator[Fact]:
    """Go back to the stage it had; everything that was open then is waited for again, from today."""
    before = request.closing.stage_before if request.closing else request.stage
    yield RequestReopened(stage=before, text=command.text)


def on_request_reopened(request: SupportRequest, event: Event, fact: RequestReopened) -> SupportRequest:
    """Open again. The support is to be finished anew, unless a look back is still to come."""
    looked_back_on = any(one.status in STILL_TO_COME for one in request.check_ins.values())
    finished = request.finished_on if looked_back_on else None
    return replace(request, stage=fact.stage, closing=None, finished_on=finished)


@dataclass(frozen=True, kw_only=True)
class StepBack(Command):
    """Go one stage back after a mistake."""

    type: Literal["step_back"] = "step_back"
    text: Text | None = None

    def touches(self) -> tuple[str, ...]:
        return (STAGE,)


@dataclass(frozen=True, kw_only=True)
class SteppedBack(Fact):
    """The request went back to the stage before, after a mistake."""

    stage: Stage
    text: Text | None = None

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (STAGE,)


def step_back(request: SupportRequest, command: StepBack, context: Context) -> Iterator[Fact]:
    """Go back to the stage that was left last."""
    yield SteppedBack(stage=request.stages_left[-1], text=command.text)


def on_stepped_back(request: SupportRequest, event: Event, fact: SteppedBack) -> SupportRequest:
    """One stage back, without what had made it go on; all else stays as it is."""
    undone = _unfinished(request) if request.stage is Stage.EMBEDDING else request
    back = replace(undone, stage=fact.stage, stages_left=request.stages_left[:-1])
    match fact.stage:
        case Stage.INTAKE:
            return replace(back, accepted_on=None)
        case Stage.ASSIGNMENT:
            return _unaccepted(back)
        case Stage.VISIT:
            return replace(back, visit_settled=False)
        case _:
            return back


def _unaccepted(request: SupportRequest) -> SupportRequest:
    """The lead advisor is to accept again."""
    asked = tuple(
        replace(one, accepted_on=None) if one.role is AssignmentRole.LEAD else one for one in request.advisors
    )
    return replace(request, advisors=asked)


def _unfinished(request: SupportRequest) -> SupportRequest:
    """The support is not finished: look-backs that are still to come are agreed anew when it is."""
    kept = {key: one for key, one in request.check_ins.items() if one.status not in STILL_TO_COME}
    return replace(request, finished_on=None, check_ins=kept, evaluation_asked=frozenset())


DECIDES: Mapping[type[Command], Decide] = {Withdraw: withdraw, Stop: stop, Reopen: reopen, StepBack: step_back}
APPLIES: Mapping[type[Fact], Apply] = {
    WithdrawalReasonGiven: on_withdrawal_reason_given,
    MeetingGoesOn: on_meeting_goes_on,
    RequestReopened: on_request_reopened,
    SteppedBack: on_stepped_back,
}
