"""Talking: everybody asks, answers and notes; what is internal stays within the programme."""

from __future__ import annotations

import pytest

from domain import refusal
from domain.parts import SharedKind
from domain.seats import EndSeat, SetSeat
from domain.talking import (
    ALREADY_REPLIED,
    ASKED_OUTSIDE_THE_PROGRAMME,
    INTERNAL_IS_FOR_THE_PROGRAMME,
    NOBODY_AT_DESK,
    Ask,
    Reply,
    Settlement,
    SettleQuestion,
    Share,
    TakeNote,
)
from domain.tasks import open_tasks
from domain.words import Audience, Body, Capacity, Desk, QuestionStatus, SeatForm, Stage
from tests.domain.agreements import BURGERKRACHT, agreed, partner, partner_person, refused
from tests.domain.journey import (
    ADVISOR_PERSON,
    MUNICIPAL_PERSON,
    Journey,
    advisor,
    behalf,
    staff,
    submitted,
    under_way,
    venlo,
)
from tests.domain.meetings import NOBODY
from tests.domain.stages import at, completed, skip_visit

A_LINK = "https://www.kansrijkestartnl.nl/voorbeeld"


def test_asking_makes_a_task_for_whom_is_asked_until_it_is_answered() -> None:
    journey = under_way()
    asked = agreed(journey, Ask(to=Desk.MUNICIPALITY, text="Wie is de wethouder?"))
    (task,) = [one for one in open_tasks(journey.request) if one.kind == "ANSWER_MESSAGE"]
    assert (task.about, task.assignee.person) == (asked, MUNICIPAL_PERSON)
    journey.give(venlo, Reply(message=asked, text="Mevrouw Janssen."))
    assert "ANSWER_MESSAGE" not in journey.tasks
    assert journey.request.messages[asked].reply == "Mevrouw Janssen."
    refused(journey, venlo, Reply(message=asked, text="Nog eens."), ALREADY_REPLIED, "message")


def test_one_partner_can_be_asked() -> None:
    journey = under_way()
    midwives = agreed(journey, partner())
    asked = agreed(journey, Ask(to=Desk.PARTNER, partner=midwives, text="Komt u ook?"), venlo)
    (task,) = [one for one in open_tasks(journey.request) if one.kind == "ANSWER_MESSAGE"]
    assert (task.assignee.desk, task.assignee.partner) == (Desk.PARTNER, midwives)
    journey.give(partner_person(midwives), Reply(message=asked, text="Graag."))
    refused(journey, venlo, Ask(to=Desk.PARTNER, text="Wie?"), refusal.REQUIRED_HERE, "partner")
    refused(journey, venlo, Ask(to=Desk.PARTNER, partner=NOBODY, text="Wie?"), refusal.NO_SUCH_PART, "partner")


def test_a_supporting_party_is_asked_when_there_is_one() -> None:
    journey = under_way()
    refused(journey, venlo, Ask(to=Desk.SUPPORTING_PARTY, text="Kunt u helpen?"), NOBODY_AT_DESK, "to")
    journey.give(venlo, SetSeat(body=Body.LOCAL_COALITION, form=SeatForm.REPRESENTATIVE, supported_by=BURGERKRACHT))
    journey.give(venlo, Ask(to=Desk.SUPPORTING_PARTY, text="Kunt u helpen?"))
    assert asked_of(journey) == Desk.SUPPORTING_PARTY
    (supported,) = journey.request.seats
    journey.give(venlo, EndSeat(seat=supported))
    assert asked_of(journey) == Desk.ADVISOR


def asked_of(journey: Journey) -> Desk:
    """The desk at which the one message waits for an answer."""
    (task,) = [one for one in open_tasks(journey.request) if one.kind == "ANSWER_MESSAGE"]
    return task.assignee.desk


def test_before_there_is_an_advisor_staff_answer_what_the_advisor_is_asked() -> None:
    journey = submitted()
    journey.give(venlo, Ask(to=Desk.ADVISOR, text="Wanneer komt u?"))
    assert [task.assignee.desk for task in open_tasks(journey.request)] == [Desk.STAFF, Desk.STAFF]


def test_an_internal_question_stays_within_the_programme() -> None:
    journey = under_way()
    asked = agreed(journey, Ask(to=Desk.STAFF, text="Is er budget?", internal=True))
    refused(journey, venlo, Reply(message=asked, text="Ja."), refusal.NO_SUCH_PART, "message")
    journey.give(staff, Reply(message=asked, text="Ja."))
    assert {event.fact.heard_by() for event in journey.log[-2:]} == {Audience.PROGRAMME}
    internal = Ask(to=Desk.STAFF, text="Onder ons?", internal=True)
    refused(journey, venlo, internal, INTERNAL_IS_FOR_THE_PROGRAMME, "internal")
    outside = Ask(to=Desk.MUNICIPALITY, text="Onder ons?", internal=True)
    refused(journey, staff, outside, ASKED_OUTSIDE_THE_PROGRAMME, "to")


def test_what_is_not_asked_cannot_be_answered() -> None:
    refused(under_way(), venlo, Reply(message=NOBODY, text="Ja."), refusal.NO_SUCH_PART, "message")


def test_on_a_closed_request_people_still_talk_but_nobody_is_waited_for() -> None:
    journey = completed()
    asked = agreed(journey, Ask(to=Desk.STAFF, text="Kan dit later weer?"), venlo)
    assert journey.tasks == []
    journey.give(staff, Reply(message=asked, text="Zeker."))
    journey.give(venlo, TakeNote(text="Dank u."))
    assert journey.request.stage is Stage.CLOSED


def test_a_note_is_for_everyone_unless_it_is_internal() -> None:
    journey = under_way()
    journey.give(venlo, TakeNote(text="De raad is akkoord."))
    journey.give(advisor, TakeNote(text="Let op de planning.", internal=True))
    assert [event.fact.heard_by() for event in journey.log[-2:]] == [Audience.EVERYONE, Audience.PROGRAMME]
    assert [(note.by, note.internal) for note in journey.request.notes.values()] == [
        (MUNICIPAL_PERSON, False),
        (ADVISOR_PERSON, True),
    ]
    refused(journey, venlo, TakeNote(text="Onder ons.", internal=True), INTERNAL_IS_FOR_THE_PROGRAMME, "internal")
    for_them = TakeNote(text="Onder ons.", internal=True, on_behalf=behalf(Capacity.MUNICIPALITY))
    refused(journey, staff, for_them, INTERNAL_IS_FOR_THE_PROGRAMME, "internal")


def test_what_is_shared_fits_a_question_of_this_request() -> None:
    journey = at(Stage.ASSIGNMENT)
    (question,) = journey.request.questions
    item = Share(kind=SharedKind.EXAMPLE, title="Zo doet Roermond het", link=A_LINK, question=question)
    shared = agreed(journey, item, staff)
    assert journey.request.shared[shared].link == A_LINK
    loose = Share(kind=SharedKind.NEWS, title="Nieuws", link=A_LINK, question=NOBODY)
    refused(journey, staff, loose, refusal.NO_SUCH_PART, "question")


@pytest.mark.parametrize("settlement", Settlement)
def test_with_an_outcome_for_every_question_the_advisor_is_asked_to_finish(settlement: Settlement) -> None:
    journey = under_way()
    journey.give(advisor, skip_visit())
    (question,) = journey.request.questions
    assert "FINISH_SUPPORT" not in journey.tasks
    journey.give(advisor, SettleQuestion(question=question, settlement=settlement, result="Zo is het gegaan."))
    assert "FINISH_SUPPORT" in journey.tasks
    assert journey.request.questions[question].status is QuestionStatus(settlement)
    unknown = SettleQuestion(question=NOBODY, settlement=settlement, result="Zo is het gegaan.")
    refused(journey, advisor, unknown, refusal.NO_SUCH_PART, "question")
