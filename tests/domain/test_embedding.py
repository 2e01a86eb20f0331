"""Embedding: look-backs open, are answered or lapse; opinions on the support are kept apart from who gave them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from domain import refusal
from domain.deciding import SOMEBODY
from domain.embedding import (
    ALREADY_EVALUATED,
    CHECK_IN_ANSWERED,
    CHECK_IN_NOT_OPEN,
    MARK_OUT_OF_RANGE,
    MARKED_TWICE,
    AnswerCheckIn,
    CheckInLapsed,
    CheckInOpened,
    Evaluate,
    EvaluationGiven,
    EvaluationLapsed,
    Mark,
    MarkedThing,
)
from domain.parts import CheckInAnswer, CheckInStatus
from domain.text import PartId
from domain.timeline import timeline
from domain.words import Audience, Capacity, Desk, Outcome, Stage
from tests.domain.agreements import refused
from tests.domain.journey import (
    ADVISOR_PERSON,
    MUNICIPAL_PERSON,
    PEEL_EN_MAAS,
    Journey,
    advisor,
    behalf,
    peel_en_maas,
    staff,
    venlo,
)
from tests.domain.meetings import NOBODY
from tests.domain.stages import NEXT_MARCH, completed, embedded, finish, followed_up

IN_SEPTEMBER = date(2027, 9, 1)
GOOD = Evaluate(marks=(Mark(about=MarkedThing.ADVICE, mark=5), Mark(about=MarkedThing.RESULT, mark=4)))


def on(day: date) -> datetime:
    """The end of that day."""
    return datetime.fromisoformat(f"{day}T23:00:00+00:00")


def opened(*days: date) -> tuple[Journey, PartId]:
    """A request whose first look-back has opened."""
    journey = embedded(*days)
    journey.until(on(min(days or (NEXT_MARCH,))))
    return journey, next(iter(journey.request.check_ins))


def answer(check_in: PartId) -> AnswerCheckIn:
    """The coalition meets; the rest is not known."""
    return AnswerCheckIn(check_in=check_in, answer=CheckInAnswer(coalition_meets=True))


def test_a_look_back_opens_on_its_day_and_the_last_answer_closes_the_request() -> None:
    journey, check_in = opened(NEXT_MARCH, IN_SEPTEMBER)
    assert journey.tasks == ["CHECK_IN"]
    journey.give(venlo, answer(check_in))
    assert (journey.tasks, journey.request.stage) == ([], Stage.EMBEDDING)
    journey.until(on(IN_SEPTEMBER))
    journey.give(advisor, answer(list(journey.request.check_ins)[1]))
    assert journey.request.closing
    assert (journey.request.stage, journey.request.closing.outcome) == (Stage.CLOSED, Outcome.COMPLETED)


def test_a_participating_municipality_may_answer_too() -> None:
    journey = followed_up(participating=(PEEL_EN_MAAS,))
    journey.give(advisor, finish(NEXT_MARCH))
    journey.until(on(NEXT_MARCH))
    (check_in,) = journey.request.check_ins
    journey.give(peel_en_maas, answer(check_in))
    assert journey.request.check_ins[check_in].status is CheckInStatus.ANSWERED


def test_a_look_back_is_answered_once_and_not_before_it_opens() -> None:
    early = embedded()
    (check_in,) = early.request.check_ins
    said = refused(early, venlo, answer(check_in), CHECK_IN_NOT_OPEN, "checkIn")
    assert "2027-03-01" in said.sentence()
    journey, check_in = opened(NEXT_MARCH, IN_SEPTEMBER)
    journey.give(venlo, answer(check_in))
    refused(journey, venlo, answer(check_in), CHECK_IN_ANSWERED, "checkIn")
    refused(journey, venlo, answer(NOBODY), refusal.NO_SUCH_PART, "checkIn")


def test_an_unanswered_look_back_lapses_and_can_still_be_answered_while_another_is_to_come() -> None:
    journey, check_in = opened(NEXT_MARCH, IN_SEPTEMBER)
    journey.until(on(date(2027, 5, 20)))
    assert journey.request.check_ins[check_in].status is CheckInStatus.LAPSED
    assert "CHECK_IN" not in journey.tasks
    journey.give(venlo, answer(check_in))
    assert journey.request.check_ins[check_in].status is CheckInStatus.ANSWERED


def test_the_last_look_back_that_lapses_closes_the_request() -> None:
    journey, _ = opened()
    brought = journey.until(on(date(2027, 5, 20)))
    assert [event.type for event in brought[-2:]] == ["CheckInLapsed", "RequestClosed"]
    assert journey.request.closing
    assert journey.request.closing.outcome is Outcome.COMPLETED


def test_two_look_backs_of_one_day_open_and_lapse_in_one_waking_and_nothing_follows_the_closing() -> None:
    journey, _ = opened(NEXT_MARCH, NEXT_MARCH)
    assert len(journey.facts_of(CheckInOpened)) == 2
    assert len({event.at for event in journey.log if isinstance(event.fact, CheckInOpened)}) == 1
    journey.until(on(date(2027, 5, 20)))
    assert len(journey.facts_of(CheckInLapsed)) == 2
    assert journey.log[-1].type == "RequestClosed"


def test_an_opinion_is_kept_apart_from_who_gave_it() -> None:
    journey = embedded()
    answered, given = journey.give(venlo, GOOD)
    assert (answered.by, answered.fact.heard_by()) == (MUNICIPAL_PERSON, Audience.EVERYONE)
    assert (given.by, given.fact.heard_by()) == (SOMEBODY, Audience.PROGRAMME)
    assert journey.facts_of(EvaluationGiven)[0].marks == GOOD.marks
    assert MUNICIPAL_PERSON in journey.request.evaluated_by
    assert journey.request.evaluation_asked == {Desk.ADVISOR}


def test_an_opinion_that_was_told_by_phone_does_not_say_whose_it_is() -> None:
    journey = embedded()
    told = behalf(Capacity.MUNICIPALITY, person="p:colleague")
    answered, given = journey.give(staff, replace(GOOD, on_behalf=told))
    assert (answered.on_behalf, given.on_behalf) == (told, None)
    written_before = replace(given, on_behalf=told)
    *_, item = timeline((*journey.log[:-1], written_before), journey.request, staff)
    assert (item.type, item.on_behalf, item.people) == ("EvaluationGiven", None, (SOMEBODY,))


def test_each_person_evaluates_once() -> None:
    journey = embedded()
    journey.give(venlo, GOOD)
    refused(journey, venlo, Evaluate(text="Nog iets."), ALREADY_EVALUATED)
    journey.give(staff, Evaluate(text="Goed verlopen."))
    journey.give(advisor, GOOD)
    assert journey.request.evaluation_asked == frozenset()


def test_who_took_part_may_still_evaluate_when_the_request_is_closed() -> None:
    journey = completed()
    journey.give(venlo, GOOD)
    assert journey.request.evaluated_by == {MUNICIPAL_PERSON}


def test_an_opinion_that_was_heard_is_recorded_for_whose_it_is() -> None:
    journey = embedded()
    journey.give(staff, Evaluate(text="Fijn.", on_behalf=behalf(Capacity.MUNICIPALITY)))
    journey.give(staff, Evaluate(text="Fijn.", on_behalf=behalf(Capacity.ADVISOR)))
    assert journey.request.evaluated_by == {MUNICIPAL_PERSON, ADVISOR_PERSON}
    assert journey.request.evaluation_asked == frozenset()
    unknown = Evaluate(text="Fijn.", on_behalf=behalf(Capacity.PARTICIPANT))
    refused(journey, staff, unknown, refusal.REQUIRED_HERE, "onBehalf.person")
    journey.give(staff, Evaluate(text="Fijn.", on_behalf=behalf(Capacity.PARTICIPANT, person="p:peel")))
    assert "p:peel" in journey.request.evaluated_by


@pytest.mark.parametrize("mark", [0, 6])
def test_marks_run_from_1_to_5(mark: int) -> None:
    journey = embedded()
    wrong = Evaluate(marks=(Mark(about=MarkedThing.ADVICE, mark=mark),))
    refused(journey, venlo, wrong, MARK_OUT_OF_RANGE, "marks.0.mark")


def test_an_evaluation_says_something_and_marks_each_thing_once() -> None:
    journey = embedded()
    refused(journey, venlo, Evaluate(), refusal.REQUIRED_HERE, "marks")
    refused(journey, venlo, Evaluate(marks=(GOOD.marks[0], GOOD.marks[0])), MARKED_TWICE, "marks")


def test_an_opinion_that_does_not_come_is_not_waited_for() -> None:
    journey = embedded()
    journey.until(on(date(2026, 12, 20)))
    assert {fact.desk for fact in journey.facts_of(EvaluationLapsed)} == {Desk.MUNICIPALITY, Desk.ADVISOR}
    assert journey.tasks == []
