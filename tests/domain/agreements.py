"""What a coalition agrees on under test: valid partners, seats, goals and actions, and who may be their owner."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.actions import AgreeAction
from domain.command import Actor, Command
from domain.goals import AgreeGoal
from domain.partners import AddPartner
from domain.parts import Meeting, MeetingStatus, Owner, Report, Search
from domain.refusal import Reason, Refusal
from domain.request import SupportRequest
from domain.seats import SetSeat
from domain.tasks import Task, open_tasks
from domain.text import PartId
from domain.words import Body, Desk, Domain, Level, MeetingKind, SeatForm, Side
from tests.domain.journey import PEEL_EN_MAAS, REQUEST_ID, VENLO, Journey, advisor, peel_en_maas, under_way

BURGERKRACHT = "Burgerkracht Limburg"
IN_MARCH, IN_JUNE = date(2027, 3, 15), date(2027, 6, 15)
THE_ADVISOR = Owner(desk=Desk.ADVISOR)
supporter = Actor(person="p:burgerkracht", organisations=frozenset({BURGERKRACHT}))


def partner_person(partner: PartId) -> Actor:
    """Whoever holds the personal link of this partner."""
    return Actor(person="p:partner", partners=frozenset({partner}))


def owned_by_partner(partner: PartId) -> Owner:
    """A partner as the owner of something."""
    return Owner(desk=Desk.PARTNER, partner=partner)


def owned_by_municipality(code: str = VENLO) -> Owner:
    """A municipality as the owner of something."""
    return Owner(desk=Desk.MUNICIPALITY, municipality=code)


def owned_by_supporter(organisation: str = BURGERKRACHT) -> Owner:
    """A supporting party as the owner of something."""
    return Owner(desk=Desk.SUPPORTING_PARTY, organisation=organisation)


def partner(**changes: Any) -> AddPartner:
    """A midwives' practice in the medical domain."""
    return AddPartner(**{"organisation": "Verloskundigen Venlo", "domain": Domain.MEDICAL, **changes})


def seat(**changes: Any) -> SetSeat:
    """A new seat for a parent in the local coalition."""
    return SetSeat(**{"body": Body.LOCAL_COALITION, "form": SeatForm.PARENT, **changes})


def searching(**changes: Any) -> SetSeat:
    """A seat for which the advisor looks for parents until March."""
    return seat(**{"form": SeatForm.SEARCHING, "search": Search(by=THE_ADVISOR, due=IN_MARCH), **changes})


def goal(**changes: Any) -> AgreeGoal:
    """A goal for June."""
    given: dict[str, Any] = {"text": "Elke zwangere kent ons.", "shows": "Het aantal aanmeldingen.", "due": IN_JUNE}
    return AgreeGoal(**{**given, **changes})


def action(**changes: Any) -> AgreeAction:
    """An action of the advisor, due in March."""
    return AgreeAction(**{"title": "Folder maken", "owner": THE_ADVISOR, "due": IN_MARCH, **changes})


def agreed(journey: Journey, command: Command, actor: Actor = advisor) -> PartId:
    """Give a command that makes one part; give the part's id."""
    return journey.give(actor, command)[0].id


def two_municipalities() -> Journey:
    """A request under way of Venlo, in which Peel en Maas takes part."""
    return under_way(participating=(PEEL_EN_MAAS,))


def task_of(journey: Journey, which: PartId) -> Task:
    """The task of an open action."""
    return next(task for task in open_tasks(journey.request) if task.key == f"DO_ACTION:{which}")


def each_owner() -> tuple[Journey, dict[Desk, tuple[PartId, Actor]]]:
    """A request in which each kind of owner has an action, and who that owner is."""
    journey = two_municipalities()
    midwives = agreed(journey, partner(contact="p:midwife"))
    agreed(journey, seat(supported_by=BURGERKRACHT))
    owners = {
        Desk.PARTNER: (owned_by_partner(midwives), partner_person(midwives)),
        Desk.MUNICIPALITY: (owned_by_municipality(PEEL_EN_MAAS), peel_en_maas),
        Desk.SUPPORTING_PARTY: (owned_by_supporter(), supporter),
        Desk.ADVISOR: (THE_ADVISOR, advisor),
    }
    return journey, {desk: (agreed(journey, action(owner=owner)), who) for desk, (owner, who) in owners.items()}


def refused(
    journey: Journey,
    actor: Actor,
    command: Command,
    reason: Reason,
    field: str | None = None,
    *,
    based_on: int | None = None,
) -> Refusal:
    """Give a command that is refused for this reason, naming this field, and that changes nothing."""
    before = journey.request
    with pytest.raises(Refusal) as caught:
        journey.give(actor, command, based_on=based_on)
    assert (caught.value.code, caught.value.field) == (reason.code, field)
    assert journey.request == before
    return caught.value


def after_a_kickoff(request: SupportRequest, *, reported: bool = True) -> SupportRequest:
    """The request with a kick-off, held and reported or still to come."""
    moment = datetime(2026, 11, 3, 9, tzinfo=UTC)
    kickoff = Meeting(
        id=f"{REQUEST_ID}/900",
        kind=MeetingKind.KICKOFF,
        levels=(Level.OPERATIONAL,),
        starts_at=moment,
        organiser=Side.MUNICIPALITY,
        status=MeetingStatus.HELD if reported else MeetingStatus.PLANNED,
        report=Report(reported_at=moment) if reported else None,
    )
    return replace(request, meetings={kickoff.id: kickoff})
