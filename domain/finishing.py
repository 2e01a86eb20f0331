"""Finishing: the lead advisor ends the support, through the closing gate.

What hinders is to be done first; what is only a warning asks for a reason. Which look-backs follow is agreed here, how
they are answered stands in `embedding`.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar, Literal, NamedTuple

from domain.action_owners import ActionHandedOver
from domain.command import Apply, Command, Context, Decide, ahead
from domain.embedding import CheckInPlanned
from domain.event import STAGE, Event, Fact
from domain.goals import loose
from domain.parts import Action, ActionStatus, MeetingStatus
from domain.progress import STILL_TO_COME
from domain.refusal import Reason, Refusal, first_of
from domain.request import SupportRequest
from domain.text import PartId, Text
from domain.waits import local_day
from domain.words import Desk, MeetingKind, QuestionKind, SeatForm, Side
from domain.working_time import Calendar

QUESTIONS_OPEN = Reason(
    "QUESTIONS_OPEN",
    nl="Er zijn nog vragen zonder uitkomst ({count}). Leg eerst vast wat ervan is gekomen.",
    en="There are questions without an outcome ({count}). Record first what came of them.",
)
REPORTS_MISSING = Reason(
    "REPORTS_MISSING",
    nl="Er zijn nog bijeenkomsten zonder verslag ({count}). Maak die verslagen eerst.",
    en="There are meetings without a report ({count}). Write those reports first.",
)
ACTIONS_OPEN = Reason(
    "ACTIONS_OPEN",
    nl="Er staan nog acties open ({count}). Draag ze over aan de coalitie, of geef een reden.",
    en="There are open actions ({count}). Hand them over to the coalition, or give a reason.",
)
NO_PARENT_SEAT = Reason(
    "NO_PARENT_SEAT",
    nl="Er is nog geen plek voor ouders. Spreek er een af, of geef een reden.",
    en="There is no seat for parents yet. Agree on one, or give a reason.",
)
LOOSE_AMBITIONS = Reason(
    "LOOSE_AMBITIONS",
    nl="Er hangen nog ambities of doelen los ({count}). Maak er iets van, of geef een reden.",
    en="There are ambitions or goals that hang loose ({count}). Make something of them, or give a reason.",
)

ONLY_INFORMATION = frozenset({QuestionKind.EXAMPLES, QuestionKind.UNSURE})
OF_PARENTS = frozenset({SeatForm.PARENT, SeatForm.REPRESENTATIVE})
AFTER_KICKOFF, AFTER_OTHER_SUPPORT = (3, 6, 12), 6


class ClosingGate(NamedTuple):
    """What must be done before the support is finished, and what only needs a reason to be left as it is."""

    blockers: tuple[Refusal, ...]
    warnings: tuple[Refusal, ...]


def closing_gate(request: SupportRequest, now: datetime) -> ClosingGate:
    """Say what stands in the way of finishing: questions without outcome and meetings without report block."""
    begun = [one for one in request.meetings.values() if one.starts_at <= now]
    unreported = [one for one in begun if one.status is MeetingStatus.PLANNED]
    seats = [one for one in request.seats.values() if one.form in OF_PARENTS]
    blockers = (
        (QUESTIONS_OPEN, len(request.unsettled)),
        (REPORTS_MISSING, len(unreported)),
    )
    warnings = (
        (ACTIONS_OPEN, len(open_actions(request))),
        (NO_PARENT_SEAT, 0 if seats else 1),
        (LOOSE_AMBITIONS, len(loose(request))),
    )
    return ClosingGate(
        blockers=tuple(reason(count=count) for reason, count in blockers if count),
        warnings=tuple(reason("reason", count=count) for reason, count in warnings if count),
    )


def open_actions(request: SupportRequest) -> tuple[Action, ...]:
    """The actions that are still to be done here."""
    return tuple(one for one in request.actions.values() if one.status is ActionStatus.OPEN)


@dataclass(frozen=True, kw_only=True)
class PlannedCheckIn:
    """A look back: from which day on, and which side answers."""

    opens_on: date
    by: Side = Side.MUNICIPALITY


def proposed_check_ins(request: SupportRequest, calendar: Calendar, today: date) -> tuple[PlannedCheckIn, ...]:
    """Propose look-backs: 3, 6 and 12 months after the last kick-off, one after 6 months for other support.

    None when only information was asked. A day that has passed falls out; when all have, one after 6 months is left.
    """
    if all(one.kind in ONLY_INFORMATION for one in request.questions.values()):
        return ()
    held = [one for one in request.meetings.values() if one.status is MeetingStatus.HELD]
    kickoffs = [local_day(one.starts_at) for one in held if one.kind is MeetingKind.KICKOFF]
    after = [_months_after(max(kickoffs), months) for months in AFTER_KICKOFF] if kickoffs else []
    days = [day for day in after if day > today] or [_months_after(today, AFTER_OTHER_SUPPORT)]
    return tuple(PlannedCheckIn(opens_on=_suitable(day, calendar)) for day in days)


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _suitable(day: date, calendar: Calendar) -> date:
    """A working day outside July and August."""
    return calendar.outside_summer(calendar.on_or_after(day))


@dataclass(frozen=True, kw_only=True)
class FinishSupport(Command):
    """End the support: which look-backs follow; open actions may be handed over at once; why warnings are left."""

    type: Literal["finish_support"] = "finish_support"
    check_ins: tuple[PlannedCheckIn, ...] = ()
    hand_over_actions: bool = False
    reason: Text | None = None

    def touches(self) -> tuple[str, ...]:
        return (STAGE,)

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        for place, one in enumerate(self.check_ins):
            yield from ahead(f"checkIns.{place}.opensOn", one.opens_on, context)


@dataclass(frozen=True, kw_only=True)
class SupportFinished(Fact):
    """The support is finished, in spite of these warnings (codes) for that reason."""

    may_progress: ClassVar[bool] = True
    warnings: tuple[str, ...] = ()
    reason: Text | None = None

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (STAGE,)


def finish_support(request: SupportRequest, command: FinishSupport, context: Context) -> Iterator[Fact]:
    """Go through the closing gate, plan the look-backs, and hand over what is to go on in the coalition.

    Raises: Refusal with every blocker, or, without a reason, with every warning.
    """
    gate = closing_gate(request, context.now)
    handed_over = open_actions(request) if command.hand_over_actions else ()
    warnings = [one for one in gate.warnings if not (handed_over and one.reason is ACTIONS_OPEN)]
    if gate.blockers:
        raise first_of(gate.blockers)
    if warnings and not command.reason:
        raise first_of(warnings)
    for action in handed_over:
        yield ActionHandedOver(
            action=action.id, title=action.title, owner=action.owner, due=action.due, theme=action.theme
        )
    for one in command.check_ins:
        yield CheckInPlanned(opens_on=_suitable(one.opens_on, context.calendar), by=Desk(one.by))
    yield SupportFinished(warnings=tuple(one.code for one in warnings), reason=command.reason)


def on_support_finished(request: SupportRequest, event: Event, fact: SupportFinished) -> SupportRequest:
    """With a look back to come, municipality and advisor are asked how the support was; else it closes at once."""
    goes_on = any(one.status in STILL_TO_COME for one in request.check_ins.values())
    asked = frozenset({Desk.MUNICIPALITY, Desk.ADVISOR}) if goes_on else frozenset()
    return replace(request, finished_on=event.on, evaluation_asked=asked)


DECIDES: Mapping[type[Command], Decide] = {FinishSupport: finish_support}
APPLIES: Mapping[type[Fact], Apply] = {SupportFinished: on_support_finished}
