"""Kick-offs: which first meetings of the coalition are wanted, and when no visit or kick-off is needed.

A visit usually says which kick-offs are wanted (`reporting`); the advisor can say it at any other time as well. None is
an ordinary answer. A kick-off that is wanted gets its moment in `proposing` and `planning`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar, Literal

from domain import refusal
from domain.command import Apply, Command, Context, Decide, ahead
from domain.event import STAGE, Event, Fact
from domain.meetings import named, open_for, with_kickoff, without_proposals
from domain.parts import Kickoff, KickoffStatus, MeetingStatus
from domain.refusal import Reason, Refusal
from domain.request import SupportRequest
from domain.text import PartId, Text
from domain.words import Level, MeetingKind, Side

KICKOFF_SETTLED = Reason(
    "KICKOFF_SETTLED",
    nl="Deze startbijeenkomst is al gehouden of vervallen. U hoeft niets meer te doen.",
    en="This kick-off has been held or dropped. Nothing is left to do.",
)
KICKOFF_PLANNED = Reason(
    "KICKOFF_PLANNED",
    nl="Voor deze startbijeenkomst staat een bijeenkomst gepland. Zeg die eerst af.",
    en="A meeting is planned for this kick-off. Cancel that first.",
)
VISIT_PLANNED = Reason(
    "VISIT_PLANNED",
    nl="Er staat een adviesgesprek gepland. Zeg dat eerst af, of maak er een verslag van.",
    en="A visit is planned. Cancel it first, or report it.",
)


@dataclass(frozen=True, kw_only=True)
class WantedKickoff:
    """A kick-off that is wanted: at one level or both, in the month of `target_month`, organised by one side."""

    levels: tuple[Level, ...]
    target_month: date
    organiser: Side


@dataclass(frozen=True, kw_only=True)
class WantKickoff(WantedKickoff, Command):
    """Say that a kick-off is wanted."""

    type: Literal["want_kickoff"] = "want_kickoff"

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        yield from wish_mistakes("", self, context)


@dataclass(frozen=True, kw_only=True)
class KickoffWanted(Fact):
    """A kick-off is wanted; `target_month` is the first day of that month."""

    levels: tuple[Level, ...]
    target_month: date
    organiser: Side

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (own_id,)


def wish_mistakes(prefix: str, wish: WantedKickoff, context: Context) -> Iterator[Refusal]:
    """A wanted kick-off has a level, and a month from this one on."""
    if not wish.levels:
        yield refusal.REQUIRED_HERE(f"{prefix}levels")
    this_month = wish.target_month.replace(day=1) == context.today.replace(day=1)
    yield from ahead(f"{prefix}targetMonth", context.today if this_month else wish.target_month, context)


def want_kickoff(request: SupportRequest, command: WantKickoff, context: Context) -> Iterator[Fact]:
    """Want a kick-off; any month will do, but nobody is due to plan it in July or August."""
    yield wished(command)


def wished(wish: WantedKickoff) -> KickoffWanted:
    """Give the fact that this kick-off is wanted."""
    levels = tuple(level for level in Level if level in wish.levels)
    return KickoffWanted(levels=levels, target_month=wish.target_month.replace(day=1), organiser=wish.organiser)


def on_kickoff_wanted(request: SupportRequest, event: Event, fact: KickoffWanted) -> SupportRequest:
    """Its organiser is to plan it."""
    kickoff = Kickoff(id=event.id, levels=fact.levels, target_month=fact.target_month, organiser=fact.organiser)
    return replace(request, kickoffs={**request.kickoffs, kickoff.id: kickoff})


class KickoffDropReason(StrEnum):
    """Why a wanted kick-off is not waited for any more; JOINED: it is held together with another."""

    NOT_NEEDED = "NOT_NEEDED"
    PUT_OFF = "PUT_OFF"
    JOINED = "JOINED"
    OTHER = "OTHER"


@dataclass(frozen=True, kw_only=True)
class DropKickoff(Command):
    """Say that a wanted kick-off does not come, or not for now."""

    type: Literal["drop_kickoff"] = "drop_kickoff"
    kickoff: PartId
    reason: KickoffDropReason
    text: Text | None = None

    def touches(self) -> tuple[str, ...]:
        return (self.kickoff,)


@dataclass(frozen=True, kw_only=True)
class KickoffDropped(Fact):
    """A kick-off is not waited for any more; the proposals that were open for it are `replaced`."""

    may_progress: ClassVar[bool] = True
    kickoff: PartId
    reason: KickoffDropReason
    text: Text | None = None
    replaced: tuple[PartId, ...] = ()

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (self.kickoff, *self.replaced)


def drop_kickoff(request: SupportRequest, command: DropKickoff, context: Context) -> Iterator[Fact]:
    """Drop a kick-off for which no meeting is planned.

    Raises: Refusal NO_SUCH_PART, KICKOFF_PLANNED or KICKOFF_SETTLED.
    """
    kickoff = request.kickoffs.get(command.kickoff)
    if kickoff is None:
        raise refusal.NO_SUCH_PART("kickoff")
    if kickoff.status is KickoffStatus.PLANNED:
        raise KICKOFF_PLANNED("kickoff")
    if kickoff.status is not KickoffStatus.WANTED:
        raise KICKOFF_SETTLED("kickoff")
    replaced = open_for(request, MeetingKind.KICKOFF, kickoff.id)
    yield KickoffDropped(kickoff=kickoff.id, reason=command.reason, text=command.text, replaced=replaced)


def on_kickoff_dropped(request: SupportRequest, event: Event, fact: KickoffDropped) -> SupportRequest:
    """Nobody waits for it; with the last one the support goes on."""
    return with_kickoff(without_proposals(request, fact.replaced), fact.kickoff, KickoffStatus.DROPPED)


class AnsweredBy(StrEnum):
    """How a question was answered without a visit."""

    PHONE = "PHONE"
    MAIL = "MAIL"
    SESSION = "SESSION"


@dataclass(frozen=True, kw_only=True)
class SkipVisit(Command):
    """Say that no visit is needed, because the questions were answered in another way."""

    type: Literal["skip_visit"] = "skip_visit"
    answered_by: AnsweredBy
    text: Text

    def touches(self) -> tuple[str, ...]:
        return (STAGE,)


@dataclass(frozen=True, kw_only=True)
class VisitSkipped(Fact):
    """No visit is needed; the proposals that were open for one are `replaced`."""

    may_progress: ClassVar[bool] = True
    answered_by: AnsweredBy
    text: Text
    replaced: tuple[PartId, ...] = ()

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return named(STAGE, *self.replaced)


def skip_visit(request: SupportRequest, command: SkipVisit, context: Context) -> Iterator[Fact]:
    """Go on without a visit, when none is planned.

    Raises: Refusal VISIT_PLANNED.
    """
    visits = (one for one in request.meetings.values() if one.kind is MeetingKind.VISIT)
    if any(one.status is MeetingStatus.PLANNED for one in visits):
        raise VISIT_PLANNED()
    replaced = open_for(request, MeetingKind.VISIT, None)
    yield VisitSkipped(answered_by=command.answered_by, text=command.text, replaced=replaced)


def on_visit_skipped(request: SupportRequest, event: Event, fact: VisitSkipped) -> SupportRequest:
    """The visit is settled."""
    return replace(without_proposals(request, fact.replaced), visit_settled=True)


DECIDES: Mapping[type[Command], Decide] = {
    WantKickoff: want_kickoff,
    DropKickoff: drop_kickoff,
    SkipVisit: skip_visit,
}
APPLIES: Mapping[type[Fact], Apply] = {
    KickoffWanted: on_kickoff_wanted,
    KickoffDropped: on_kickoff_dropped,
    VisitSkipped: on_visit_skipped,
}
