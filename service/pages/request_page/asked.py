"""What is asked: of this visitor, first on the page; and of others, so that nobody wonders who is at work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.parts import Proposal
from domain.tasks import Task
from domain.terms import Waiting
from domain.waits import local_day
from domain.words import Capacity
from service.pages.request_page.looking import DESKS, Looking, Ways
from service.pages.waiting import asked_since, asked_until


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One thing that is asked: what, about what, since and until when, of whom, and what can be done."""

    title: str
    about: str | None
    since: str | None
    until: str | None
    who: str | None
    ways: Ways


def asked_now(looking: Looking) -> tuple[tuple[Asked, ...], tuple[Asked, ...]]:
    """What waits for this visitor, soonest due first; and for others: who may record for them finds here where."""
    now = [one for one in looking.shown.tasks if one.since <= looking.visit.today]
    known = _parts(looking) if now else {}
    mine = tuple(_asked(looking, known, one) for one in now if looking.is_mine(one))
    theirs = tuple(_asked(looking, known, one, others=True) for one in now if not looking.is_mine(one))
    return mine, theirs


def _asked(looking: Looking, known: Mapping[str, str], task: Task, *, others: bool = False) -> Asked:
    tongue, today = looking.visit.tongue, looking.visit.today
    about = _about(looking, known, task)
    title = about if about and task.kind is Waiting.DO_ACTION else _title(looking, task, others=others)
    return Asked(
        title=title,
        about=None if about == title else about,
        since=None if others else asked_since(tongue, task.since, today),
        until=asked_until(tongue, task.due, today),
        who=_who(looking, task) if others else None,
        ways=_ways(looking, task, others=others),
    )


def _title(looking: Looking, task: Task, *, others: bool) -> str:
    """What is asked; of others what they are doing."""
    if others and task.kind is Waiting.RESPOND:
        return looking.say("Say whether they are coming")
    return looking.word(task.kind)


def _who(looking: Looking, task: Task) -> str:
    """The desk, or which partner it is."""
    return looking.partners.get(task.assignee.partner or "") or looking.word(task.assignee.desk)


def _ways(looking: Looking, task: Task, *, others: bool) -> Ways:
    """A call is about what somebody else is asked: what they say is recorded for them."""
    whose = Capacity.MUNICIPALITY if task.kind is Waiting.CALL else DESKS[task.assignee.desk]
    about = task.about.partition(":")[2] if task.kind is Waiting.CALL else task.about
    is_of_a_part = "/" in about
    for_others = others or task.kind is Waiting.CALL
    return looking.ways(
        *task.fulfilled_by,
        about=about if is_of_a_part else "",
        of=(whose,) if for_others else (),
        own=not for_others,
    )


def _about(looking: Looking, known: Mapping[str, str], task: Task) -> str | None:
    """What it is about, in the words of the request."""
    about = task.about.partition(":")[2] if task.kind is Waiting.CALL else task.about
    view = looking.shown.view
    if task.kind is Waiting.ANSWER_INFORMATION and view.information_asked:
        return view.information_asked.text
    if task.kind is Waiting.CALL:
        return looking.word(Waiting(task.about.partition(":")[0]))
    return known.get(about.partition(":")[0])


def _parts(looking: Looking) -> Mapping[str, str]:
    """Every part that a task can be about, in words."""
    view, tongue = looking.shown.view, looking.visit.tongue
    said = {one.id: one.title for one in view.actions}
    said.update((one.id, one.text) for one in view.messages)
    said.update((one.id, f"{looking.word(one.kind)}, {looking.day(local_day(one.starts_at))}") for one in view.meetings)
    said.update((one.id, _moments(looking, one)) for one in view.proposals)
    said.update((one.id, tongue.together([looking.word(level) for level in one.levels])) for one in view.kickoffs)
    if view.coalition:
        said.update((one.id, looking.word(one.body)) for one in view.coalition.seats)
    return said


def _moments(looking: Looking, proposal: Proposal) -> str:
    """What for, and the moments to choose from, a line each."""
    moments = (looking.visit.tongue.moment(one.starts_at) for one in proposal.moments if not one.passed)
    return "\n".join((f"{looking.word(proposal.kind)}:", *moments))
