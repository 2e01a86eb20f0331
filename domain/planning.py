"""Planning: a meeting gets a moment, moves to another, or does not take place.

A moment that is still to be chosen stands in `proposing`, who is asked to come in `inviting`, what came of it in
`reporting`. Parents are always on the agenda of a meeting of the coalition: no command can take that item away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Literal

from domain import refusal
from domain.command import Apply, Command, Context, Decide
from domain.event import Event, Fact
from domain.meetings import (
    named,
    open_for,
    open_proposal,
    planned,
    side,
    wanted,
    with_kickoff,
    with_meeting,
    without_proposals,
)
from domain.moments import agreed_mistakes
from domain.parts import Answer, Kickoff, KickoffStatus, Meeting, MeetingStatus
from domain.refusal import Kind, Reason, Refusal
from domain.request import SupportRequest
from domain.text import Line, Link, PartId, Text
from domain.words import Level, MeetingKind, Side

OF_THE_COALITION = frozenset({MeetingKind.KICKOFF, MeetingKind.SESSION})

NOT_A_KICKOFF = Reason(
    "NOT_A_KICKOFF",
    nl="Alleen een startbijeenkomst kan een gewenste startbijeenkomst zijn. Pas de soort aan.",
    en="Only a kick-off can be the kick-off that is wanted. Change the kind of meeting.",
    kind=Kind.INVALID,
)


@dataclass(frozen=True, kw_only=True)
class Plan(Command):
    """What is said of a meeting whose moment is proposed or agreed; `kickoff` is the wanted one that it will be.

    `levels` not said are those of the wanted kick-off.
    """

    kind: MeetingKind
    levels: tuple[Level, ...] = ()
    kickoff: PartId | None = None
    place: Line | None = None
    link: Link | None = None
    agenda: tuple[Line, ...] = ()
    minutes: Side = Side.ADVISOR

    def touches(self) -> tuple[str, ...]:
        return named(self.kickoff)

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        if self.kickoff and self.kind is not MeetingKind.KICKOFF:
            yield NOT_A_KICKOFF("kickoff")
        if self.kind is MeetingKind.KICKOFF and not self.levels and not self.kickoff:
            yield refusal.REQUIRED_HERE("levels")

    def levels_with(self, kickoff: Kickoff | None) -> tuple[Level, ...]:
        """The levels it is for, each once."""
        given = self.levels or (kickoff.levels if kickoff else ())
        return tuple(level for level in Level if level in given)


@dataclass(frozen=True, kw_only=True)
class PlanMeeting(Plan):
    """Record a moment that was agreed, perhaps as an item of a meeting of others, whose name is `inside`.

    `proposal` is one that this settles with another moment than those proposed.
    """

    type: Literal["plan_meeting"] = "plan_meeting"
    starts_at: datetime
    inside: Line | None = None
    proposal: PartId | None = None

    def touches(self) -> tuple[str, ...]:
        return named(self.kickoff, self.proposal)

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        yield from agreed_mistakes("startsAt", self.starts_at, context)
        yield from super().mistakes(context)


@dataclass(frozen=True, kw_only=True)
class MeetingPlanned(Fact):
    """A meeting has a moment (UTC); the proposals that were open for it are `replaced`."""

    kind: MeetingKind
    levels: tuple[Level, ...]
    starts_at: datetime
    organiser: Side
    minutes: Side
    place: Line | None = None
    link: Link | None = None
    inside: Line | None = None
    agenda: tuple[Line, ...] = ()
    kickoff: PartId | None = None
    replaced: tuple[PartId, ...] = ()

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return named(own_id, self.kickoff, *self.replaced)


def plan_meeting(request: SupportRequest, command: PlanMeeting, context: Context) -> Iterator[Fact]:
    """Plan what was agreed, ahead or afterwards; a proposal that was open for it is answered by that.

    Raises: Refusal NO_SUCH_PART, KICKOFF_NOT_WANTED or PROPOSAL_SETTLED.
    """
    kickoff = wanted(request, command.kickoff)
    settled = [open_proposal(request, command.proposal).id] if command.proposal else []
    rivals = open_for(request, command.kind, command.kickoff)
    yield MeetingPlanned(
        kind=command.kind,
        levels=command.levels_with(kickoff),
        starts_at=command.starts_at.astimezone(UTC),
        organiser=kickoff.organiser if kickoff else side(request, command, context),
        minutes=command.minutes,
        place=command.place,
        link=command.link,
        inside=command.inside,
        agenda=command.agenda,
        kickoff=command.kickoff,
        replaced=tuple(dict.fromkeys((*settled, *rivals))),
    )


def on_meeting_planned(request: SupportRequest, event: Event, fact: MeetingPlanned) -> SupportRequest:
    """The meeting is there, with parents on its agenda when it is one of the coalition; its kick-off is planned."""
    meeting = Meeting(
        id=event.id,
        kind=fact.kind,
        levels=fact.levels,
        starts_at=fact.starts_at,
        organiser=fact.organiser,
        minutes=fact.minutes,
        place=fact.place,
        link=fact.link,
        inside=fact.inside,
        agenda=fact.agenda,
        participation_on_agenda=fact.kind in OF_THE_COALITION,
        kickoff=fact.kickoff,
    )
    settled = without_proposals(request, fact.replaced)
    return with_meeting(with_kickoff(settled, fact.kickoff, KickoffStatus.PLANNED), meeting)


class MoveReason(StrEnum):
    """Why a meeting moves to another moment. Never what keeps a person away."""

    SOMEBODY_CANNOT = "SOMEBODY_CANNOT"
    TOO_FEW_COMING = "TOO_FEW_COMING"
    BETTER_MOMENT = "BETTER_MOMENT"
    OTHER = "OTHER"


@dataclass(frozen=True, kw_only=True)
class RescheduleMeeting(Command):
    """Move a meeting; where neither place nor link is given it stays where it was. `text` is for those invited."""

    type: Literal["reschedule_meeting"] = "reschedule_meeting"
    meeting: PartId
    starts_at: datetime
    place: Line | None = None
    link: Link | None = None
    reason: MoveReason
    text: Text | None = None

    def touches(self) -> tuple[str, ...]:
        return (self.meeting,)

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        yield from agreed_mistakes("startsAt", self.starts_at, context)


@dataclass(frozen=True, kw_only=True)
class MeetingRescheduled(Fact):
    """A meeting moved to another moment (UTC), and is there and then from now on."""

    meeting: PartId
    starts_at: datetime
    place: Line | None
    link: Link | None
    reason: MoveReason
    text: Text | None = None

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (self.meeting,)


def reschedule_meeting(request: SupportRequest, command: RescheduleMeeting, context: Context) -> Iterator[Fact]:
    """Move a planned meeting; those who were invited are told in words.

    Raises: Refusal NO_SUCH_PART, MEETING_SETTLED or REQUIRED_HERE.
    """
    meeting = planned(request, command.meeting)
    _refuse_silence(meeting, command.text)
    stays = not command.place and not command.link
    yield MeetingRescheduled(
        meeting=meeting.id,
        starts_at=command.starts_at.astimezone(UTC),
        place=meeting.place if stays else command.place,
        link=meeting.link if stays else command.link,
        reason=command.reason,
        text=command.text,
    )


def on_meeting_rescheduled(request: SupportRequest, event: Event, fact: MeetingRescheduled) -> SupportRequest:
    """The same meeting at another moment: for that one, whoever was invited has not answered yet."""
    meeting = request.meetings[fact.meeting]
    anew = tuple(
        replace(one, invited_at=event.at, answer=Answer.NO_ANSWER, moments=(), text=None) for one in meeting.invitations
    )
    moved = replace(meeting, starts_at=fact.starts_at, place=fact.place, link=fact.link)
    return with_meeting(request, moved if moved.starts_at == meeting.starts_at else replace(moved, invitations=anew))


class CancelReason(StrEnum):
    """Why a meeting does not take place. Never what keeps a person away."""

    SOMEBODY_CANNOT = "SOMEBODY_CANNOT"
    TOO_FEW_COMING = "TOO_FEW_COMING"
    NO_LONGER_NEEDED = "NO_LONGER_NEEDED"
    OTHER = "OTHER"


@dataclass(frozen=True, kw_only=True)
class CancelMeeting(Command):
    """Call a meeting off, also afterwards when it did not take place. `text` is for those invited."""

    type: Literal["cancel_meeting"] = "cancel_meeting"
    meeting: PartId
    reason: CancelReason
    text: Text | None = None

    def touches(self) -> tuple[str, ...]:
        return (self.meeting,)


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(Fact):
    """A meeting does not take place; the kick-off it was for is wanted again."""

    meeting: PartId
    kickoff: PartId | None = None
    reason: CancelReason
    text: Text | None = None

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return named(self.meeting, self.kickoff)


def cancel_meeting(request: SupportRequest, command: CancelMeeting, context: Context) -> Iterator[Fact]:
    """Call off a planned meeting; those who were invited are told in words.

    Raises: Refusal NO_SUCH_PART, MEETING_SETTLED or REQUIRED_HERE.
    """
    meeting = planned(request, command.meeting)
    _refuse_silence(meeting, command.text)
    yield MeetingCancelled(meeting=meeting.id, kickoff=meeting.kickoff, reason=command.reason, text=command.text)


def on_meeting_cancelled(request: SupportRequest, event: Event, fact: MeetingCancelled) -> SupportRequest:
    """It stays to be seen that it was planned; its kick-off waits for a moment again."""
    cancelled = replace(request.meetings[fact.meeting], status=MeetingStatus.CANCELLED)
    return with_meeting(with_kickoff(request, fact.kickoff, KickoffStatus.WANTED), cancelled)


def _refuse_silence(meeting: Meeting, text: Text | None) -> None:
    if meeting.invitations and not text:
        raise refusal.REQUIRED_HERE("text")


DECIDES: Mapping[type[Command], Decide] = {
    PlanMeeting: plan_meeting,
    RescheduleMeeting: reschedule_meeting,
    CancelMeeting: cancel_meeting,
}
APPLIES: Mapping[type[Fact], Apply] = {
    MeetingPlanned: on_meeting_planned,
    MeetingRescheduled: on_meeting_rescheduled,
    MeetingCancelled: on_meeting_cancelled,
}
