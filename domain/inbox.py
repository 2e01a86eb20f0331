"""Which open tasks somebody may see, and which of them are theirs to do.

What is waited for at all, and until when, stands in `tasks`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from domain.command import Actor
from domain.reader import Reader, reader
from domain.request import SupportRequest
from domain.tasks import Task, open_tasks
from domain.terms import Waiting
from domain.text import known_as
from domain.words import Desk

OF_THE_PROGRAMME = frozenset({Waiting.CALL, Waiting.DECIDE_REST})


def tasks_for(request: SupportRequest, actor: Actor) -> tuple[Task, ...]:
    """Give the open tasks that this actor may see, soonest due first.

    The programme sees all. A municipality sees its own, and at which desk the others are. Others see their own.
    """
    who = reader(request, actor)
    return tasks_of(request, who) if who else ()


def tasks_of(request: SupportRequest, who: Reader) -> tuple[Task, ...]:
    """Give the open tasks that this reader may see."""
    tasks = open_tasks(request)
    if who.in_programme:
        return tasks
    if not who.is_municipal:
        return tuple(_calm(one) for one in tasks if is_for(one, who))
    seen = (_of_another_desk(one, who) for one in tasks if not _is_internal(request, one))
    return tuple({task.key: task for task in seen}.values())


def _is_internal(request: SupportRequest, task: Task) -> bool:
    message = request.messages.get(task.about)
    return task.kind in OF_THE_PROGRAMME or (message is not None and message.internal)


def _of_another_desk(task: Task, who: Reader) -> Task:
    """One's own task, or that a desk is busy: not with which person, and not which advisor was asked."""
    calm = _calm(task)
    if is_for(task, who):
        return calm
    desk = replace(calm, assignee=replace(task.assignee, person=None)) if task.assignee.person else calm
    if task.kind is Waiting.ACCEPT_ASSIGNMENT:
        return replace(desk, key=str(task.kind), about="")
    return desk


def _calm(task: Task) -> Task:
    """Outside the programme nobody hears that a task was escalated."""
    return replace(task, escalated=False) if task.escalated else task


def is_for(task: Task, who: Reader) -> bool:
    """Say whether a task of the request is this reader's to do: what stands in their inbox."""
    assignee = task.assignee
    match assignee.desk:
        case Desk.STAFF:
            return who.is_staff
        case Desk.ADVISOR:
            return assignee.person == who.actor.person
        case Desk.MUNICIPALITY:
            return assignee.municipality in who.actor.municipalities
        case Desk.SUPPORTING_PARTY:
            named = assignee.organisation
            return who.is_supporter and (named is None or known_as(named) in who.organisations)
        case Desk.PARTNER:
            return assignee.partner in who.partners
        case _:
            assert_never(assignee.desk)
