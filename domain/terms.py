"""When something is due, and what time does about it: the ladder of every kind of waiting.

A term is computed once, with the calendar of that day, by the command that opens the waiting, and travels on its event.
Afterwards everybody only looks it up. Counts are working days.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from domain.words import Desk
from domain.working_time import Calendar


class Waiting(StrEnum):
    """What a request can wait for: the tasks of people, and below them the clocks of the request itself."""

    TRIAGE = "TRIAGE"
    ANSWER_INFORMATION = "ANSWER_INFORMATION"
    ASSIGN = "ASSIGN"
    ACCEPT_ASSIGNMENT = "ACCEPT_ASSIGNMENT"
    PROPOSE_VISIT = "PROPOSE_VISIT"
    CHOOSE_MOMENT = "CHOOSE_MOMENT"
    REPORT_MEETING = "REPORT_MEETING"
    PLAN_KICKOFF = "PLAN_KICKOFF"
    RESPOND = "RESPOND"
    SEEK_PARENTS = "SEEK_PARENTS"
    DO_ACTION = "DO_ACTION"
    ANSWER_MESSAGE = "ANSWER_MESSAGE"
    CALL = "CALL"
    FINISH_SUPPORT = "FINISH_SUPPORT"
    CHECK_IN = "CHECK_IN"
    EVALUATE = "EVALUATE"
    DECIDE_REST = "DECIDE_REST"

    MOMENT = "MOMENT"
    CHECK_IN_OPENS = "CHECK_IN_OPENS"
    SILENCE = "SILENCE"
    REST_COMES = "REST_COMES"
    PAUSE_ENDS = "PAUSE_ENDS"
    REST = "REST"


CLOCKS = frozenset(
    {
        Waiting.MOMENT,
        Waiting.CHECK_IN_OPENS,
        Waiting.SILENCE,
        Waiting.REST_COMES,
        Waiting.PAUSE_ENDS,
        Waiting.REST,
    }
)


class RungKind(StrEnum):
    """What time does when a rung of the ladder is reached."""

    REMIND = "REMIND"
    ESCALATE = "ESCALATE"
    CALL = "CALL"
    LAPSE = "LAPSE"
    BRING = "BRING"


@dataclass(frozen=True, kw_only=True)
class Rung:
    """At this moment (UTC, in office hours) time does this; `to` says who hears of an escalation."""

    at: datetime
    kind: RungKind
    to: Desk | None = None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the request says about a waiting: from which day it counts, which day is wanted, which day is aimed at.

    When it is `of_municipality`, somebody phones in the end.
    """

    basis: date | None = None
    wanted: date | None = None
    target: date | None = None
    of_municipality: bool = False


@dataclass(frozen=True, kw_only=True)
class Term:
    """Since when something is waited for, due on which day, and the rungs not yet taken, soonest first.

    `asked` is what it was computed from: when the request asks for something else, it is computed anew.
    """

    since: date
    due: date
    rungs: tuple[Rung, ...] = ()
    asked: Asked

    @property
    def next_at(self) -> datetime | None:
        """The next moment at which time does something, if any."""
        return self.rungs[0].at if self.rungs else None

    def after(self, moment: datetime) -> Term:
        """The term with every rung up to and including `moment` taken."""
        return replace(self, rungs=tuple(rung for rung in self.rungs if rung.at > moment))


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """How many working days a kind of waiting may last, and what happens meanwhile.

    With `before`, a day that is aimed at also counts: due that many working days before it, if that is sooner; or, with
    `at_least`, if that is later. `outside_summer` moves a due day in July or August to September.
    `remind_after` counts from the start, `remind_late` and the other rungs from the due day (negative: before it). Who
    is waited for decides which of the two calls there is.
    """

    days: int = 0
    before: int | None = None
    at_least: bool = False
    outside_summer: bool = False
    remind_after: tuple[int, ...] = ()
    remind_half_way: bool = False
    remind_late: tuple[int, ...] = ()
    escalate_late: tuple[tuple[int, Desk], ...] = ()
    call_late: int | None = None
    municipal_call_late: int | None = None
    lapse_after: int | None = None
    bring_late: tuple[int, ...] = ()


LEAST_AFTER_REST = 5
A, M, S, P = Desk.ADVISOR, Desk.MUNICIPALITY, Desk.STAFF, Desk.PARTNER

LADDERS: Mapping[Waiting, Ladder] = MappingProxyType(
    {
        Waiting.TRIAGE: Ladder(days=5, remind_late=(0,)),
        Waiting.ANSWER_INFORMATION: Ladder(days=10, remind_after=(5,), remind_late=(1,), municipal_call_late=10),
        Waiting.ASSIGN: Ladder(days=5, remind_late=(0,)),
        Waiting.ACCEPT_ASSIGNMENT: Ladder(days=3, remind_late=(0,), escalate_late=((1, S),)),
        Waiting.PROPOSE_VISIT: Ladder(days=5, remind_late=(0,), escalate_late=((5, S),)),
        Waiting.CHOOSE_MOMENT: Ladder(
            days=8, before=2, remind_half_way=True, remind_late=(1,), call_late=2, municipal_call_late=2
        ),
        Waiting.REPORT_MEETING: Ladder(
            days=10, remind_after=(5,), remind_late=(1,), escalate_late=((5, S),), municipal_call_late=10
        ),
        Waiting.PLAN_KICKOFF: Ladder(
            days=15,
            before=30,
            at_least=True,
            outside_summer=True,
            remind_late=(-5,),
            escalate_late=((1, A), (6, S)),
            municipal_call_late=10,
        ),
        Waiting.RESPOND: Ladder(days=1, before=5, at_least=True, remind_late=(0,), escalate_late=((1, A),)),
        Waiting.SEEK_PARENTS: Ladder(days=20, remind_late=(0,), escalate_late=((1, A),)),
        Waiting.DO_ACTION: Ladder(days=20, remind_late=(-5, 3), escalate_late=((5, M), (10, A))),
        Waiting.ANSWER_MESSAGE: Ladder(days=5, remind_late=(1,), escalate_late=((2, A),), municipal_call_late=10),
        Waiting.CALL: Ladder(days=5, remind_late=(0,), escalate_late=((1, S),)),
        Waiting.FINISH_SUPPORT: Ladder(days=10, remind_late=(1,)),
        Waiting.CHECK_IN: Ladder(days=20, remind_after=(10,), municipal_call_late=10, lapse_after=40),
        Waiting.EVALUATE: Ladder(days=15, remind_late=(0,), lapse_after=20),
        Waiting.DECIDE_REST: Ladder(days=5, remind_late=(0,)),
        Waiting.MOMENT: Ladder(bring_late=(0,)),
        Waiting.CHECK_IN_OPENS: Ladder(outside_summer=True, bring_late=(0,)),
        Waiting.SILENCE: Ladder(days=40, bring_late=(0,)),
        Waiting.REST_COMES: Ladder(days=5, bring_late=(0,)),
        Waiting.PAUSE_ENDS: Ladder(bring_late=(0,)),
        Waiting.REST: Ladder(bring_late=(0,)),
    }
)


def term(
    kind: Waiting,
    asked: Asked,
    *,
    start: date,
    now: datetime,
    calendar: Calendar,
    request_id: str,
) -> Term:
    """Compute the term of a waiting that starts on `start`, or on its basis when that is later.

    Due on the day that is wanted where the request names one, else after the ladder's number of days; always on a
    working day and never before `start`. Rungs before `start` fall out: nothing is sent for the past. What today is too
    late for (`now`, UTC) comes the next morning.
    """
    ladder = LADDERS[kind]
    since = max(asked.basis or start, start)
    due = max(_due(ladder, asked, since, calendar), calendar.on_or_after(start))
    if ladder.outside_summer:
        due = calendar.outside_summer(due)
    rungs = (
        Rung(at=_morning(day, now, calendar, request_id), kind=rung, to=to)
        for day, rung, to in _days(ladder, asked, since, due, calendar)
        if day >= start
    )
    return Term(since=since, due=due, rungs=tuple(sorted(rungs, key=_order)), asked=asked)


def _morning(day: date, now: datetime, calendar: Calendar, request_id: str) -> datetime:
    """The hour at which time brings what is due that day; the next working day when that hour has passed."""
    opening = calendar.opening(day, request_id)
    return (
        opening if opening > now else calendar.opening(calendar.working_days_after(calendar.today(now), 1), request_id)
    )


def _due(ladder: Ladder, asked: Asked, since: date, calendar: Calendar) -> date:
    if asked.wanted:
        return calendar.on_or_after(asked.wanted)
    due = calendar.working_days_after(since, ladder.days)
    if asked.target and ladder.before is not None:
        aimed = calendar.working_days_before(asked.target, ladder.before)
        return max(due, aimed) if ladder.at_least else min(due, aimed)
    return due


def _order(rung: Rung) -> tuple[datetime, RungKind]:
    return rung.at, rung.kind


def _days(
    ladder: Ladder, asked: Asked, since: date, due: date, calendar: Calendar
) -> Iterator[tuple[date, RungKind, Desk | None]]:
    def late(days: int) -> date:
        return calendar.working_days_after(due, days) if days >= 0 else calendar.working_days_before(due, -days)

    for days in ladder.remind_after:
        yield calendar.working_days_after(since, days), RungKind.REMIND, None
    if ladder.remind_half_way:
        half = calendar.working_days_between(since, due) // 2
        yield calendar.working_days_after(since, half), RungKind.REMIND, None
    for days in ladder.remind_late:
        yield late(days), RungKind.REMIND, None
    for days, to in ladder.escalate_late:
        yield late(days), RungKind.ESCALATE, to
    call = ladder.municipal_call_late if asked.of_municipality else ladder.call_late
    if call is not None:
        yield late(call), RungKind.CALL, None
    if ladder.lapse_after is not None:
        yield calendar.working_days_after(since, ladder.lapse_after), RungKind.LAPSE, None
    for days in ladder.bring_late:
        yield late(days), RungKind.BRING, None


def resumed(
    kind: Waiting, rested: Term, *, paused_on: date, start: date, now: datetime, calendar: Calendar, request_id: str
) -> Term:
    """Give a term that rested its remaining working days, at least five, from `start`; rungs keep their distance.

    What began to be waited for during the rest has all its days left.
    """
    left = calendar.working_days_between(max(paused_on, rested.since), rested.due)
    due = calendar.working_days_after(start, max(left, LEAST_AFTER_REST))
    if LADDERS[kind].outside_summer:
        due = calendar.outside_summer(due)
    moved = calendar.working_days_between(rested.due, due)

    def shift(rung: Rung) -> Rung:
        day = calendar.working_days_after(calendar.today(rung.at), moved)
        return replace(rung, at=_morning(day, now, calendar, request_id))

    return replace(rested, due=due, rungs=tuple(shift(rung) for rung in rested.rungs))
