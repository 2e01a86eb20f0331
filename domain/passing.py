"""Time passing: reminders, escalation, calls, what lapses and what begins.

`pass_time` is never refused: what is not due, closed or already done gives no event. What happens on a rung follows
from its kind; what happens when a clock runs out is a table, from the clock to the facts of its own subject.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Literal, assert_never

from domain import embedding, proposing, resting
from domain.command import Apply, Command, Context, Decide
from domain.event import Event, Fact
from domain.request import SupportRequest
from domain.tasks import Bring, rests
from domain.terms import Rung, RungKind, Waiting
from domain.waits import Wait, every_wait
from domain.words import Audience, Desk

BRING: Mapping[Waiting, Bring] = {**proposing.BRINGS, **embedding.BRINGS, **resting.BRINGS}
ENDS_THE_WAITING = frozenset({RungKind.LAPSE, RungKind.BRING})


@dataclass(frozen=True, kw_only=True)
class PassTime(Command):
    """Let time do what is due. Given by the clock alone."""

    type: Literal["pass_time"] = "pass_time"


@dataclass(frozen=True, kw_only=True)
class TaskReminded(Fact):
    """Somebody was reminded of a task, a delivery of the programme; `reached` is the rung (UTC) that was taken."""

    audience: ClassVar[Audience] = Audience.PROGRAMME
    task: str
    reached: datetime


@dataclass(frozen=True, kw_only=True)
class TaskEscalated(Fact):
    """Somebody else was told that a task waits: known to the programme alone."""

    audience: ClassVar[Audience] = Audience.PROGRAMME
    task: str
    reached: datetime
    to: Desk


@dataclass(frozen=True, kw_only=True)
class CallAsked(Fact):
    """A task waits so long that somebody should phone: known to the programme alone."""

    audience: ClassVar[Audience] = Audience.PROGRAMME
    task: str
    reached: datetime


def pass_time(request: SupportRequest, command: PassTime, context: Context) -> Iterator[Fact]:
    """Take every rung that is due, soonest first; of several reminders of one task only the last is given.

    What a clock brings changes what is waited for. It is therefore the last to be taken: `decide` then looks again.
    """
    due = [
        (wait, rung)
        for wait in every_wait(request)
        if not rests(request, wait) and wait.key in request.terms
        for rung in _given(tuple(one for one in request.terms[wait.key].rungs if one.at <= context.now))
    ]
    for wait, rung in sorted(due, key=lambda one: (one[1].at, one[0].key)):
        yield from _brought(request, wait, rung, context)
        if rung.kind in ENDS_THE_WAITING:
            return


def _given(due: tuple[Rung, ...]) -> Iterator[Rung]:
    ending = [rung for rung in due if rung.kind in ENDS_THE_WAITING]
    reminders = [rung for rung in due if rung.kind is RungKind.REMIND]
    yield from ending or (rung for rung in due if rung.kind is not RungKind.REMIND or rung is reminders[-1])


def _brought(request: SupportRequest, wait: Wait, rung: Rung, context: Context) -> Iterator[Fact]:
    match rung.kind:
        case RungKind.REMIND:
            yield TaskReminded(task=wait.key, reached=rung.at)
        case RungKind.ESCALATE:
            yield TaskEscalated(task=wait.key, reached=rung.at, to=rung.to or Desk.STAFF)
        case RungKind.CALL:
            yield CallAsked(task=wait.key, reached=rung.at)
        case RungKind.LAPSE | RungKind.BRING:
            yield from BRING[wait.kind](request, wait, context)
        case _:
            assert_never(rung.kind)


def taken(request: SupportRequest, task: str, reached: datetime) -> SupportRequest:
    """The request with the rungs of this task up to `reached` taken."""
    known = request.terms.get(task)
    return replace(request, terms={**request.terms, task: known.after(reached)}) if known else request


def on_task_reminded(request: SupportRequest, event: Event, fact: TaskReminded) -> SupportRequest:
    """That rung is taken."""
    return taken(request, fact.task, fact.reached)


def on_task_escalated(request: SupportRequest, event: Event, fact: TaskEscalated) -> SupportRequest:
    """That rung is taken, and the task stands out."""
    return replace(taken(request, fact.task, fact.reached), escalated=request.escalated | {fact.task})


def on_call_asked(request: SupportRequest, event: Event, fact: CallAsked) -> SupportRequest:
    """That rung is taken, and a call about the task is waited for."""
    return replace(taken(request, fact.task, fact.reached), calls=request.calls | {fact.task})


DECIDES: Mapping[type[Command], Decide] = {PassTime: pass_time}
APPLIES: Mapping[type[Fact], Apply] = {
    TaskReminded: on_task_reminded,
    TaskEscalated: on_task_escalated,
    CallAsked: on_call_asked,
}
