"""The heart: what happens when somebody wants something, and what a request is after a fact.

`decide` judges a command and gives its events; `evolve` and `fold` say what a request is after them. Both only know the
order of judging and the bookkeeping that every subject shares: what a command does stands in the file of its subject,
and `subjects` says which file that is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import reduce

from domain import refusal
from domain.coalitions import evolve_coalition, opened_by
from domain.command import Command, Context
from domain.event import Event, Fact
from domain.moves import EVER, MAY_RECORD_FOR, MOVES, capacities
from domain.passing import PassTime
from domain.progress import progressed
from domain.redaction import blackened
from domain.request import SupportRequest
from domain.subjects import APPLY, DECIDE
from domain.submitting import Submit
from domain.tasks import renewed_terms
from domain.words import Capacity

SOMEBODY = "somebody"


def decide(request: SupportRequest, command: Command, context: Context) -> tuple[Event, ...]:
    """Say what happens when this command is given; empty when there is nothing left to do.

    Judged in this order: the body itself, whether this actor may ever give it, whether it is stale, whether it fits the
    stage, then the rules of its subject. Time looks again until nothing is due: what one clock brings moves others.

    Raises: Refusal with the code of the first of these that says no.
    """
    capacity = judge(request, command, context)
    events = more = _happening(request, command, context, capacity)
    while more and isinstance(command, PassTime):
        more = _happening(reduce(evolve, events, request), command, context, capacity)
        events = (*events, *more)
    return events


def _happening(request: SupportRequest, command: Command, context: Context, capacity: Capacity) -> tuple[Event, ...]:
    state, events = request, list[Event]()
    for fact in _facts(request, command, context):
        event = _event(state, fact, command, context, capacity)
        state, events = evolve(state, event), [*events, event]
        while fact.may_progress and (step := progressed(state)):
            event = _event(state, step, command, context, capacity)
            state, events = evolve(state, event), [*events, event]
    if not events:
        return ()
    terms = renewed_terms(state, context)
    return (*events[:-1], replace(events[-1], terms=terms))


def judge(request: SupportRequest, command: Command, context: Context) -> Capacity:
    """Say in which quality the command may be given at all, before its subject's own rules.

    Raises: Refusal of kind INVALID, FORBIDDEN, STALE or NOT_NOW, in that order.
    """
    _refuse_mistakes(command, context)
    mine = _qualities(request, command, context)
    capacity = _ever(mine, command)
    _refuse_stale(request, command, context)
    name = command_name(command)
    if isinstance(command, Submit):
        if request.version:
            raise refusal.ALREADY_SUBMITTED()
        return capacity
    if not request.version:
        raise refusal.NOT_SUBMITTED()
    now = [one for one in _given_as(mine, command) if name in MOVES[request.stage, one]]
    if not now:
        raise refusal.NOT_IN_THIS_STAGE(stage=request.stage)
    return capacity if command.on_behalf else now[0]


def command_name(command: Command) -> str:
    """The tag of a command, as in the table of moves and at the door."""
    return str(getattr(command, "type"))  # noqa: B009 - every command has it, each with a literal type of its own


def _refuse_mistakes(command: Command, context: Context) -> None:
    mistakes = tuple(command.mistakes(context))
    if mistakes:
        raise refusal.first_of(mistakes)


def _qualities(request: SupportRequest, command: Command, context: Context) -> tuple[Capacity, ...]:
    if not isinstance(command, Submit):
        return capacities(request, context.actor)
    actor = context.actor
    holds = {
        Capacity.STAFF: actor.is_staff,
        Capacity.ADVISOR: actor.is_advisor,
        Capacity.MUNICIPALITY: command.lead_municipality in actor.municipalities,
        Capacity.NEWCOMER: command.lead_municipality in actor.newcomer_of,
    }
    return tuple(capacity for capacity, held in holds.items() if held)


def _given_as(mine: tuple[Capacity, ...], command: Command) -> tuple[Capacity, ...]:
    return (command.on_behalf.of,) if command.on_behalf else mine


def _ever(mine: tuple[Capacity, ...], command: Command) -> Capacity:
    name = command_name(command)
    if command.on_behalf is None:
        able = [capacity for capacity in mine if name in EVER[capacity]]
        if not able:
            raise refusal.NOT_YOURS()
        return able[0]
    recording = [one for one in mine if command.on_behalf.of in MAY_RECORD_FOR.get(one, ())]
    if not recording or name not in EVER[command.on_behalf.of]:
        raise refusal.NOT_ON_BEHALF()
    return recording[0]


def _refuse_stale(request: SupportRequest, command: Command, context: Context) -> None:
    seen = context.based_on
    if seen is not None and any(request.touched.get(part, 0) > seen for part in command.touches()):
        raise refusal.STALE()


def _facts(request: SupportRequest, command: Command, context: Context) -> Iterator[Fact]:
    return DECIDE[type(command)](request, command, context)


def _event(state: SupportRequest, fact: Fact, command: Command, context: Context, capacity: Capacity) -> Event:
    return Event(
        request_id=state.id,
        seq=state.version + 1,
        at=context.now,
        on=context.today,
        by=SOMEBODY if fact.anonymous else context.actor.person,
        capacity=capacity,
        on_behalf=None if fact.anonymous else command.on_behalf,
        fact=fact,
    )


def evolve(request: SupportRequest, event: Event) -> SupportRequest:
    """Say what the request is after this fact. Never refuses."""
    changed = APPLY[type(event.fact)](request, event, event.fact)
    terms = {**changed.terms, **event.terms}
    by_time = event.capacity is Capacity.TIME
    coalition = changed.coalition or opened_by(event)
    return replace(
        changed,
        version=event.seq,
        coalition=evolve_coalition(coalition, event) if coalition else None,
        quiet_since=request.quiet_since if by_time else event.on,
        rest_announced_on=changed.rest_announced_on if by_time else None,
        calls=changed.calls.difference(event.terms),
        escalated=changed.escalated.difference(event.terms),
        touched={**changed.touched, **dict.fromkeys(event.fact.touches(event.id), event.seq)},
        terms={key: term for key, term in terms.items() if term is not None},
    )


def fold(request_id: str, events: Iterable[Event]) -> SupportRequest:
    """Make a request anew from its whole history, with what was redacted blackened."""
    return reduce(evolve, blackened(events), SupportRequest(id=request_id))
