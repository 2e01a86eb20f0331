"""The tasks of a request, and when time itself will change something.

A task is never stored by hand: it follows from what is waited for (`waits`). `renewed_terms` gives new waits their
terms, once, when a command is decided; the other functions only look up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from domain.command import Context
from domain.event import Fact
from domain.request import SupportRequest
from domain.terms import CLOCKS, Term, Waiting, term
from domain.waits import Assignee, Wait, every_wait

KEEPS_ITS_DATE = frozenset({Waiting.DO_ACTION, Waiting.RESPOND, Waiting.REPORT_MEETING, Waiting.MOMENT})


ENDS_A_PAUSE = frozenset({Waiting.PAUSE_ENDS, Waiting.REST, Waiting.DECIDE_REST})


FULFILLED_BY: Mapping[Waiting, tuple[str, ...]] = MappingProxyType(
    {
        Waiting.TRIAGE: ("accept", "decline", "ask_information", "merge"),
        Waiting.ANSWER_INFORMATION: ("answer_information",),
        Waiting.ASSIGN: ("assign", "reassign"),
        Waiting.ACCEPT_ASSIGNMENT: ("accept_assignment", "decline_assignment"),
        Waiting.PROPOSE_VISIT: ("propose_moments", "plan_meeting", "skip_visit"),
        Waiting.CHOOSE_MOMENT: ("choose_moment", "ask_other_moments"),
        Waiting.REPORT_MEETING: ("report_meeting", "cancel_meeting"),
        Waiting.PLAN_KICKOFF: ("propose_moments", "plan_meeting", "drop_kickoff"),
        Waiting.RESPOND: ("respond",),
        Waiting.SEEK_PARENTS: ("set_seat", "end_seat"),
        Waiting.DO_ACTION: ("complete_action", "extend_action", "hand_back_action", "drop_action"),
        Waiting.ANSWER_MESSAGE: ("reply",),
        Waiting.CALL: (),
        Waiting.FINISH_SUPPORT: ("finish_support",),
        Waiting.CHECK_IN: ("check_in",),
        Waiting.EVALUATE: ("evaluate",),
        Waiting.DECIDE_REST: ("resume", "stop"),
    }
)


@dataclass(frozen=True, kw_only=True)
class Task:
    """An open task. `since` and `due` are days in Amsterdam, `due` a working day; before `since` it is yet to come."""

    kind: Waiting
    key: str
    about: str
    assignee: Assignee
    since: date
    due: date
    fulfilled_by: tuple[str, ...]
    escalated: bool = False


def open_tasks(request: SupportRequest) -> tuple[Task, ...]:
    """Look up the tasks of people that are open and not at rest, soonest due first."""
    tasks = (
        _task(request, wait, request.terms[wait.key])
        for wait in every_wait(request)
        if wait.kind not in CLOCKS and wait.key in request.terms and not rests(request, wait)
    )
    return tuple(sorted(tasks, key=lambda task: (task.due, task.key)))


def wake_at(request: SupportRequest) -> datetime | None:
    """Look up the next moment (UTC) at which time itself changes something; None when it never will."""
    return min((at for _, at in rungs(request)), default=None)


def rungs(request: SupportRequest) -> Iterator[tuple[Wait, datetime]]:
    """Look up, for every wait that does not rest, when time does its next thing."""
    for wait in every_wait(request):
        known = request.terms.get(wait.key)
        if known and known.next_at and not rests(request, wait):
            yield wait, known.next_at


def rests(request: SupportRequest, wait: Wait) -> bool:
    """While a request is paused, only what was agreed with others and the end of the pause go on."""
    return request.pause is not None and wait.kind not in KEEPS_ITS_DATE | ENDS_A_PAUSE


def renewed_terms(request: SupportRequest, context: Context) -> Mapping[str, Term | None]:
    """Compute the terms that are new or asked otherwise, and end (None) those that nothing waits for any more.

    What is asked anew is not called about any more.
    """
    start = max(context.today, context.clocks_from or context.today)
    now = {wait.key: wait for wait in every_wait(request)}
    opened: dict[str, Term | None] = {
        key: term(wait.kind, wait.asked, start=start, now=context.now, calendar=context.calendar, request_id=request.id)
        for key, wait in now.items()
        if key not in request.terms or request.terms[key].asked != wait.asked
    }
    kept = {key for key, wait in now.items() if wait.kind is not Waiting.CALL or wait.about not in opened}
    ended: dict[str, Term | None] = {key: None for key in request.terms if key not in kept}
    return {**opened, **ended}


def _task(request: SupportRequest, wait: Wait, known: Term) -> Task:
    return Task(
        kind=wait.kind,
        key=wait.key,
        about=wait.about,
        assignee=wait.assignee,
        since=known.since,
        due=known.due,
        fulfilled_by=FULFILLED_BY[wait.kind] or _fulfilled_by_the_other(wait),
        escalated=wait.key in request.escalated,
    )


def _fulfilled_by_the_other(call: Wait) -> tuple[str, ...]:
    return FULFILLED_BY[Waiting(call.about.split(":")[0])]


Bring = Callable[[SupportRequest, Wait, Context], Iterator[Fact]]
