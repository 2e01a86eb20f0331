"""Who is told what after a command: decided here, sent elsewhere.

Whoever gets a task is told so; what else is worth telling is a table, from the fact to those who hear of it. A notice
holds references only: what it says is written when it is sent, from what its reader may see by then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from domain.assignment import AssignmentAccepted, AssignmentDeclined
from domain.event import Event, Fact
from domain.intake import InformationAnswered, RequestAccepted
from domain.parts import Owner
from domain.passing import TaskEscalated, TaskReminded
from domain.progress import RequestClosed
from domain.request import SupportRequest
from domain.submitting import RequestSubmitted
from domain.tasks import STAFF, Assignee, advisor, at_desk, every_wait, municipality, of_owner, rests
from domain.terms import CLOCKS, Waiting
from domain.text import PartId
from domain.words import Capacity, Desk


class NoticeKind(StrEnum):
    """What somebody is told."""

    SUBMITTED = "SUBMITTED"
    NAMED_AS_PARTICIPANT = "NAMED_AS_PARTICIPANT"
    ACCEPTED = "ACCEPTED"
    INFORMATION_ANSWERED = "INFORMATION_ANSWERED"
    ADVISOR_KNOWN = "ADVISOR_KNOWN"
    ASSIGNMENT_DECLINED = "ASSIGNMENT_DECLINED"
    CLOSED = "CLOSED"
    TASK_GIVEN = "TASK_GIVEN"
    TASK_REMINDED = "TASK_REMINDED"
    TASK_ESCALATED = "TASK_ESCALATED"
    RECORDED_FOR_YOU = "RECORDED_FOR_YOU"


AT_ONCE = frozenset({NoticeKind.SUBMITTED})
ALSO_OF_ONES_OWN = frozenset({NoticeKind.SUBMITTED})
STANDS_IN_THE_INBOX = frozenset({Waiting.PROPOSE_VISIT, Waiting.REPORT_MEETING, Waiting.FINISH_SUPPORT})


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One thing that one person or desk is told. `about` is the part or the task key it concerns.

    Unless `urgent`, a person's notices of one day may go out as one message.
    """

    kind: NoticeKind
    to: Assignee
    event: PartId
    about: str = ""

    @property
    def urgent(self) -> bool:
        """Say whether it cannot wait for the other notices of the day."""
        return self.kind in AT_ONCE


Told = Iterator[tuple[NoticeKind, Assignee, str]]
Tell = Callable[[SupportRequest, Event, Any], Told]


def notices(request: SupportRequest, events: Sequence[Event], *, clocks_from: date | None = None) -> tuple[Notice, ...]:
    """Say who is told what about the events of one command; `request` is what it is after them.

    Nobody is told of what they did themselves, nor a partner that was removed. `clocks_from` is the day of an import:
    what happened up to and including that day is the past, and nothing is sent for it (rule 20).
    """
    new = [event for event in events if clocks_from is None or event.on > clocks_from]
    told = (one for event in new for one in _told(request, event) if _may_be_told(request, event, one))
    return tuple({(one.kind, one.to, one.about): one for one in told}.values())


def _told(request: SupportRequest, event: Event) -> Iterator[Notice]:
    for kind, to, about in (
        *TELLS.get(type(event.fact), _nobody)(request, event, event.fact),
        *_tasks_given(request, event),
        *_recorded_for(request, event),
    ):
        for one in _each(request, to):
            yield Notice(kind=kind, to=one, event=event.id, about=about)


def _each(request: SupportRequest, to: Assignee) -> Iterator[Assignee]:
    """The one who is meant, or every partner; which supporting party is for its subject to tell, as it is a name."""
    if to.desk is Desk.PARTNER and to.partner is None:
        yield from (replace(to, partner=one.id, person=one.contact) for one in request.partners.values())
    else:
        yield replace(to, organisation=None)


def _may_be_told(request: SupportRequest, event: Event, notice: Notice) -> bool:
    to = notice.to
    if to.desk is Desk.PARTNER and to.partner not in request.partners:
        return False
    if to.desk is Desk.STAFF:
        return event.capacity is not Capacity.STAFF
    return to.person is None or to.person != event.by or notice.kind in ALSO_OF_ONES_OWN


def _nobody(request: SupportRequest, event: Event, fact: Fact) -> Told:
    return iter(())


def _tasks_given(request: SupportRequest, event: Event) -> Told:
    """Whoever is waited for from now on, unless their own doing brought the task about."""
    opened = {key for key, term in event.terms.items() if term is not None}
    for wait in every_wait(request):
        if wait.key in opened and wait.kind not in CLOCKS | STANDS_IN_THE_INBOX and not rests(request, wait):
            yield NoticeKind.TASK_GIVEN, wait.assignee, wait.key


def _recorded_for(request: SupportRequest, event: Event) -> Told:
    """The one for whom somebody else recorded it."""
    behalf = event.on_behalf
    if behalf is None:
        return
    match behalf.of:
        case Capacity.MUNICIPALITY:
            yield NoticeKind.RECORDED_FOR_YOU, municipality(request), ""
        case Capacity.PARTNER:
            partner = getattr(event.fact, "partner", None)
            to = of_owner(request, Owner(desk=Desk.PARTNER, partner=partner))
            yield NoticeKind.RECORDED_FOR_YOU, to, ""
        case Capacity.PARTICIPANT:
            yield NoticeKind.RECORDED_FOR_YOU, Assignee(desk=Desk.MUNICIPALITY, person=behalf.person), ""
        case _:
            to = Assignee(desk=Desk.ADVISOR, person=behalf.person) if behalf.person else advisor(request)
            yield NoticeKind.RECORDED_FOR_YOU, to, ""


def _submitted(request: SupportRequest, event: Event, fact: RequestSubmitted) -> Told:
    """The municipality gets its receipt, also the person who sent it; those it named hear that they take part."""
    yield NoticeKind.SUBMITTED, municipality(request), ""
    for code in fact.participating:
        yield NoticeKind.NAMED_AS_PARTICIPANT, Assignee(desk=Desk.MUNICIPALITY, municipality=code), ""


def _accepted(request: SupportRequest, event: Event, fact: RequestAccepted) -> Told:
    yield NoticeKind.ACCEPTED, municipality(request), ""


def _information_answered(request: SupportRequest, event: Event, fact: InformationAnswered) -> Told:
    yield NoticeKind.INFORMATION_ANSWERED, STAFF, ""


def _advisor_known(request: SupportRequest, event: Event, fact: AssignmentAccepted) -> Told:
    yield NoticeKind.ADVISOR_KNOWN, municipality(request), ""


def _assignment_declined(request: SupportRequest, event: Event, fact: AssignmentDeclined) -> Told:
    yield NoticeKind.ASSIGNMENT_DECLINED, STAFF, ""


def _closed(request: SupportRequest, event: Event, fact: RequestClosed) -> Told:
    yield from ((NoticeKind.CLOSED, one, "") for one in everyone_working(request))


def _reminded(request: SupportRequest, event: Event, fact: TaskReminded) -> Told:
    """The one the task is for, whoever that is by now."""
    for wait in every_wait(request):
        if wait.key == fact.task:
            yield NoticeKind.TASK_REMINDED, wait.assignee, wait.key


def _escalated(request: SupportRequest, event: Event, fact: TaskEscalated) -> Told:
    yield NoticeKind.TASK_ESCALATED, at_desk(request, fact.to), fact.task


def everyone_working(request: SupportRequest) -> Iterator[Assignee]:
    """The municipality that asked, those that take part, and the advisors who accepted."""
    yield municipality(request)
    yield from (Assignee(desk=Desk.MUNICIPALITY, municipality=code) for code in request.participating)
    accepted = (one.advisor for one in request.advisors if one.accepted_on)
    yield from (Assignee(desk=Desk.ADVISOR, person=person) for person in accepted)


TELLS: Mapping[type[Fact], Tell] = {
    RequestSubmitted: _submitted,
    RequestAccepted: _accepted,
    InformationAnswered: _information_answered,
    AssignmentAccepted: _advisor_known,
    AssignmentDeclined: _assignment_declined,
    RequestClosed: _closed,
    TaskReminded: _reminded,
    TaskEscalated: _escalated,
}
