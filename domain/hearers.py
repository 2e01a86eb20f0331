"""Who hears of something on a request: the sides, the invited, the owner, whoever it is by now.

Which fact tells which of them what stands in `telling`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from domain.actions import OfAction
from domain.changing import MunicipalityJoined, MunicipalityLeft
from domain.ending import MeetingGoesOn
from domain.event import Fact, OnBehalf
from domain.handing_over import AdvisorReplaced
from domain.inviting import PartnerInvited, PartnerResponded
from domain.joining import MunicipalityMerged
from domain.partners import PartnerAdded
from domain.passing import TaskEscalated, TaskReminded
from domain.planning import MeetingCancelled, MeetingRescheduled
from domain.proposing import OtherMomentsAsked
from domain.reporting import MeetingReported, ReportAmended
from domain.request import SupportRequest
from domain.talking import MessageReplied
from domain.waits import STAFF, Assignee, advisor, at_desk, at_side, every_wait, municipality, of_owner
from domain.words import Capacity, Desk, Side

OfMeeting = MeetingRescheduled | MeetingCancelled | MeetingGoesOn | MeetingReported | ReportAmended
DESK_OF = {
    Capacity.ADVISOR: Desk.ADVISOR,
    Capacity.CANDIDATE: Desk.ADVISOR,
    Capacity.PARTICIPANT: Desk.MUNICIPALITY,
    Capacity.PARTNER: Desk.PARTNER,
}
Hearers = Callable[[SupportRequest, Any], Iterator[Assignee]]


def the_staff(request: SupportRequest, fact: Fact) -> Iterator[Assignee]:
    """Whoever sits at the desk of the programme."""
    yield STAFF


def the_municipality(request: SupportRequest, fact: Fact) -> Iterator[Assignee]:
    """The municipality that asked, by way of its contact."""
    yield municipality(request)


def the_advisor(request: SupportRequest, fact: Fact) -> Iterator[Assignee]:
    """The lead advisor, or staff while there is none."""
    yield advisor(request)


def advisor_at_work(request: SupportRequest, fact: Fact) -> Iterator[Assignee]:
    """The lead advisor who accepted, if there is one."""
    if request.lead and request.lead.accepted_on:
        yield advisor(request)


def both_sides(request: SupportRequest, fact: Fact) -> Iterator[Assignee]:
    """The two who arrange meetings with each other."""
    yield municipality(request)
    yield advisor(request)


def municipalities(request: SupportRequest, fact: Fact) -> Iterator[Assignee]:
    """The municipality that asked, and those that take part."""
    yield municipality(request)
    yield from (Assignee(desk=Desk.MUNICIPALITY, municipality=code) for code in request.participating)


def everybody(request: SupportRequest, fact: Fact) -> Iterator[Assignee]:
    """All municipalities, who moved along from a merged request, and the advisors who accepted."""
    yield from municipalities(request, fact)
    yield from (Assignee(desk=Desk.MUNICIPALITY, person=person) for person in request.also_told)
    accepted = (one.advisor for one in request.advisors if one.accepted_on)
    yield from (Assignee(desk=Desk.ADVISOR, person=person) for person in accepted)


def those_invited(request: SupportRequest, fact: OfMeeting) -> Iterator[Assignee]:
    """Both sides, and the partners who were asked to the meeting."""
    yield from both_sides(request, fact)
    for one in request.meetings[fact.meeting].invitations:
        yield _partner(request, one.partner)


def the_invited(request: SupportRequest, fact: PartnerInvited) -> Iterator[Assignee]:
    """The partner who is asked to come."""
    yield _partner(request, fact.partner)


def the_added(request: SupportRequest, fact: PartnerAdded) -> Iterator[Assignee]:
    """Whose working address is known from now on."""
    partners = (one for one in request.partners.values() if fact.contact and one.contact == fact.contact)
    yield from (_partner(request, one.id) for one in partners)


def the_organiser(request: SupportRequest, fact: PartnerResponded) -> Iterator[Assignee]:
    """The side that organises the meeting."""
    yield at_side(request, request.meetings[fact.meeting].organiser)


def the_proposer(request: SupportRequest, fact: OtherMomentsAsked) -> Iterator[Assignee]:
    """The side that proposed the moments."""
    asked = request.proposals[fact.proposal].asked
    yield at_side(request, Side.ADVISOR if asked is Side.MUNICIPALITY else Side.MUNICIPALITY)


def the_asker(request: SupportRequest, fact: MessageReplied) -> Iterator[Assignee]:
    """The person who asked: an advisor or partner the request knows, else of the side that was not asked."""
    message = request.messages[fact.message]
    partner = next((one.id for one in request.partners.values() if one.contact == message.by), None)
    if partner:
        yield _partner(request, partner)
    elif any(one.advisor == message.by for one in request.advisors):
        yield Assignee(desk=Desk.ADVISOR, person=message.by)
    else:
        of_staff = message.internal or message.to is Desk.MUNICIPALITY
        yield Assignee(desk=Desk.STAFF if of_staff else Desk.MUNICIPALITY, person=message.by)


def the_owner(request: SupportRequest, fact: OfAction) -> Iterator[Assignee]:
    """Whose action it is."""
    yield of_owner(request, request.actions[fact.action].owner)


def that_municipality(request: SupportRequest, fact: MunicipalityJoined | MunicipalityLeft) -> Iterator[Assignee]:
    """The municipality that joins or leaves."""
    yield Assignee(desk=Desk.MUNICIPALITY, municipality=fact.municipality)


def the_successor(request: SupportRequest, fact: MunicipalityMerged) -> Iterator[Assignee]:
    """The municipality that takes over from one that stopped to exist."""
    yield Assignee(desk=Desk.MUNICIPALITY, municipality=fact.successor)


def the_replaced(request: SupportRequest, fact: AdvisorReplaced) -> Iterator[Assignee]:
    """The advisor who does not work on it any more."""
    yield Assignee(desk=Desk.ADVISOR, person=fact.advisor)


def whose_task(request: SupportRequest, fact: TaskReminded) -> Iterator[Assignee]:
    """The one the task is for, whoever that is by now."""
    yield from (wait.assignee for wait in every_wait(request) if wait.key == fact.task)


def the_desk_told(request: SupportRequest, fact: TaskEscalated) -> Iterator[Assignee]:
    """The desk that hears of a task that waits."""
    yield at_desk(request, fact.to)


def _partner(request: SupportRequest, partner: str) -> Assignee:
    known = request.partners.get(partner)
    return Assignee(desk=Desk.PARTNER, partner=partner, person=known.contact if known else None)


def hearers_behalf(request: SupportRequest, fact: Fact, behalf: OnBehalf) -> Iterator[Assignee]:
    """The one for whom somebody else recorded it; nobody when the request cannot tell who that is."""
    action = request.actions.get(getattr(fact, "action", ""))
    partner = getattr(fact, "partner", None)
    if behalf.of is Capacity.MUNICIPALITY:
        yield municipality(request)
    elif behalf.of is Capacity.ADVISOR and not behalf.person:
        yield advisor(request)
    elif behalf.of is Capacity.PARTNER and partner:
        yield _partner(request, partner)
    elif action:
        yield of_owner(request, action.owner)
    elif behalf.person:
        yield Assignee(desk=DESK_OF[behalf.of], person=behalf.person)
