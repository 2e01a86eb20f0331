"""Who is told what after a command: decided here, sent elsewhere.

Whoever is waited for from now on is told so; what else is worth telling stands in `telling`, fact by fact. A notice
holds references only: what it says is written when it is sent, from what its reader may see by then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from domain.event import Event
from domain.hearers import hearers_behalf
from domain.request import SupportRequest
from domain.tasks import rests
from domain.telling import TELLS, NoticeKind
from domain.terms import CLOCKS, Waiting
from domain.text import MunicipalityCode, PartId, PersonId
from domain.waits import Assignee, every_wait
from domain.words import Capacity, Desk

AT_ONCE = frozenset(
    {
        NoticeKind.SUBMITTED,
        NoticeKind.MEETING_RESCHEDULED,
        NoticeKind.MEETING_CANCELLED,
        NoticeKind.MEETING_GOES_ON,
    }
)
ALSO_TO_WHO_DID_IT = frozenset({NoticeKind.SUBMITTED})
TOLD_OTHERWISE = frozenset({Waiting.REPORT_MEETING, Waiting.RESPOND})


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Who is told: a desk, and where the request knows it the person, municipality or partner behind it.

    Which supporting party is meant is looked up by what the notice is about: its name is no reference.
    """

    desk: Desk
    person: PersonId | None = None
    municipality: MunicipalityCode | None = None
    partner: PartId | None = None


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One thing that one person or desk is told. `about` is the part or the task key it concerns.

    Unless `urgent`, what a person is told on one day may go out as one message.
    """

    kind: NoticeKind
    to: Recipient
    event: PartId
    about: str = ""
    urgent: bool = False


def notices(request: SupportRequest, events: Sequence[Event], *, clocks_from: date | None = None) -> tuple[Notice, ...]:
    """Say who is told what about the events of one command; `request` is what it is after them.

    Nobody is told of what they did themselves, nor is a partner that was removed told anything. `clocks_from` is the
    day of an import: what happened up to and including that day is the past, and nothing is sent for it (rule 20).
    """
    new = [event for event in events if clocks_from is None or event.on > clocks_from]
    told = (one for event in new for one in _told(request, event) if _may_be_told(request, event, one))
    return tuple({(one.kind, one.to, one.about): one for one in told}.values())


def _told(request: SupportRequest, event: Event) -> Iterator[Notice]:
    about = next((part for part in event.fact.touches(event.id) if "/" in part), "")
    if type(event.fact) in TELLS:
        kind, hearers = TELLS[type(event.fact)]
        for to in hearers(request, event.fact):
            yield _notice(kind, to, event, getattr(event.fact, "task", about))
    for wait in every_wait(request):
        if event.terms.get(wait.key) and wait.kind not in CLOCKS | TOLD_OTHERWISE and not rests(request, wait):
            yield _notice(NoticeKind.TASK_GIVEN, wait.assignee, event, wait.key)
    if event.on_behalf:
        for to in hearers_behalf(request, event.fact, event.on_behalf):
            yield _notice(NoticeKind.RECORDED_FOR_YOU, to, event, "")


def _notice(kind: NoticeKind, to: Assignee, event: Event, about: str) -> Notice:
    recipient = Recipient(desk=to.desk, person=to.person, municipality=to.municipality, partner=to.partner)
    return Notice(kind=kind, to=recipient, event=event.id, about=about, urgent=kind in AT_ONCE)


def _may_be_told(request: SupportRequest, event: Event, notice: Notice) -> bool:
    to = notice.to
    if to.partner is not None and to.partner not in request.partners:
        return False
    if to.desk is Desk.STAFF and to.person is None:
        return event.capacity is not Capacity.STAFF
    return to.person is None or to.person != event.by or notice.kind in ALSO_TO_WHO_DID_IT
