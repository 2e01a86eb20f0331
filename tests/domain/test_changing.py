"""Changing: questions, period, contact and municipalities follow what people want now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain import refusal
from domain.changing import (
    ALREADY_TAKES_PART,
    DOES_NOT_TAKE_PART,
    LEAD_CANNOT_LEAVE,
    ONLY_YOUR_OWN,
    QUESTION_SETTLED,
    Amend,
    ChangeContact,
    ChangedQuestion,
    ChangeMunicipalities,
)
from domain.command import EligibilityRule
from domain.moves import allowed
from domain.parts import Period
from domain.submitting import MUNICIPALITY_TWICE, PERIOD_BACKWARDS, UNKNOWN_MUNICIPALITY, AskedQuestion
from domain.tasks import open_tasks
from domain.words import Capacity, Eligibility, Ground, QuestionKind, QuestionStatus, Stage
from tests.domain.agreements import action, agreed, owned_by_municipality, refused, two_municipalities
from tests.domain.journey import (
    ADVISOR_PERSON,
    FACTS,
    MAASTRICHT,
    PEEL_EN_MAAS,
    VENLO,
    Journey,
    advisor,
    behalf,
    maastricht,
    peel_en_maas,
    staff,
    submitted,
    under_way,
    venlo,
)
from tests.domain.meetings import NOBODY
from tests.domain.stages import at, followed_up

THEME = AskedQuestion(kind=QuestionKind.THEME, text="Armoede.")
SPRING = Period(start=date(2027, 3, 1), end=date(2027, 6, 1))


def test_questions_are_added_changed_and_dropped_and_the_period_too() -> None:
    journey = submitted(questions=(THEME, THEME))
    first, second = journey.request.questions
    other = ChangedQuestion(question=first, kind=QuestionKind.ROLES, text="Wie doet wat?")
    journey.give(venlo, Amend(added=(THEME,), changed=(other,), dropped=(second, second), preferred_period=SPRING))
    kinds = [(one.kind, one.status) for one in journey.request.questions.values()]
    assert kinds == [
        (QuestionKind.ROLES, QuestionStatus.OPEN),
        (QuestionKind.THEME, QuestionStatus.DROPPED),
        (QuestionKind.THEME, QuestionStatus.OPEN),
    ]
    assert journey.request.preferred_period == SPRING
    assert [event.type for event in journey.log[-4:]] == [
        "QuestionChanged",
        "QuestionDropped",
        "QuestionAsked",
        "PeriodChanged",
    ]


def test_only_an_open_question_of_this_request_is_changed_or_dropped() -> None:
    journey = followed_up()
    (settled,) = journey.request.questions
    changed = ChangedQuestion(question=settled, kind=QuestionKind.ROLES)
    refused(journey, venlo, Amend(changed=(changed,)), QUESTION_SETTLED, "changed.0.question")
    refused(journey, venlo, Amend(dropped=(settled,)), QUESTION_SETTLED, "dropped.0")
    refused(journey, venlo, Amend(dropped=(NOBODY,)), refusal.NO_SUCH_PART, "dropped.0")
    assert "FINISH_SUPPORT" in journey.tasks
    journey.give(venlo, Amend(added=(THEME,)))
    assert "FINISH_SUPPORT" not in journey.tasks


def test_an_amendment_changes_something_and_its_period_is_in_order() -> None:
    journey = submitted()
    refused(journey, venlo, Amend(), refusal.REQUIRED_HERE, "added")
    backwards = Amend(preferred_period=Period(start=SPRING.end, end=SPRING.start))
    refused(journey, venlo, backwards, PERIOD_BACKWARDS, "preferredPeriod.end")


def test_another_contact_is_asked_from_now_on() -> None:
    journey = submitted()
    journey.give(venlo, ChangeContact(contact="p:nieuw"))
    assert journey.request.contact == "p:nieuw"


def test_rule_01_a_municipality_that_joins_later_is_judged_by_the_day_the_request_was_received() -> None:
    journey = submitted()
    anyone = EligibilityRule(valid_from=date(2026, 11, 10), valid_until=None, ground=Ground.ANY)
    before = replace(FACTS.eligibility_rules[0], valid_until=date(2026, 11, 10))
    journey.facts = replace(FACTS, eligibility_rules=(before, anyone))
    journey.wait(days=30).give(staff, ChangeMunicipalities(joins=(MAASTRICHT,)))
    assert journey.request.participating == (MAASTRICHT,)
    assert journey.request.eligibility[MAASTRICHT] is Eligibility.NOT_ELIGIBLE


def test_a_municipality_leaves_and_its_actions_go_to_the_advisor() -> None:
    journey = two_municipalities()
    agreed(journey, action(owner=owned_by_municipality(PEEL_EN_MAAS)))
    journey.give(peel_en_maas, ChangeMunicipalities(leaves=(PEEL_EN_MAAS,)))
    assert journey.request.municipalities == (VENLO,)
    (task,) = [one for one in open_tasks(journey.request) if one.kind == "DO_ACTION"]
    assert task.assignee.person == ADVISOR_PERSON
    assert allowed(journey.request, peel_en_maas) == frozenset()


def test_a_participating_municipality_speaks_for_itself_alone() -> None:
    journey = under_way(participating=(PEEL_EN_MAAS, MAASTRICHT))
    for other in (
        ChangeMunicipalities(leaves=(MAASTRICHT,)),
        ChangeMunicipalities(lead=PEEL_EN_MAAS),
        ChangeMunicipalities(joins=(MAASTRICHT,), leaves=(PEEL_EN_MAAS,)),
    ):
        if not set(other.joins) & set(journey.request.participating):
            refused(journey, peel_en_maas, other, ONLY_YOUR_OWN)
    for_it = ChangeMunicipalities(leaves=(MAASTRICHT,), on_behalf=behalf(Capacity.PARTICIPANT))
    journey.give(advisor, for_it)
    assert journey.request.participating == (PEEL_EN_MAAS,)
    for_lead = ChangeMunicipalities(leaves=(VENLO,), on_behalf=behalf(Capacity.PARTICIPANT))
    refused(journey, advisor, for_lead, ONLY_YOUR_OWN)


def test_another_municipality_takes_over_the_lead_and_the_old_one_may_leave_at_once() -> None:
    journey = two_municipalities()
    journey.give(staff, ChangeMunicipalities(lead=PEEL_EN_MAAS, contact="p:peel-en-maas"))
    assert (journey.request.municipalities, journey.request.contact) == ((PEEL_EN_MAAS, VENLO), "p:peel-en-maas")
    journey.give(staff, ChangeMunicipalities(joins=(MAASTRICHT,), lead=MAASTRICHT, leaves=(PEEL_EN_MAAS,)))
    assert (journey.request.municipalities, journey.request.contact) == ((MAASTRICHT, VENLO), None)
    assert "withdraw" in allowed(journey.request, maastricht)
    assert "withdraw" not in allowed(journey.request, venlo)


def test_what_does_not_fit_is_refused_with_what_to_do() -> None:
    journey = two_municipalities()
    refused(journey, staff, ChangeMunicipalities(leaves=(VENLO,)), LEAD_CANNOT_LEAVE, "leaves")
    refused(journey, staff, ChangeMunicipalities(joins=(PEEL_EN_MAAS,)), ALREADY_TAKES_PART, "joins.0")
    refused(journey, staff, ChangeMunicipalities(lead=VENLO), ALREADY_TAKES_PART, "lead")
    refused(journey, staff, ChangeMunicipalities(lead=MAASTRICHT), DOES_NOT_TAKE_PART, "lead")
    refused(journey, staff, ChangeMunicipalities(leaves=(MAASTRICHT,)), DOES_NOT_TAKE_PART, "leaves.0")


def test_the_body_of_a_change_is_sound() -> None:
    journey = two_municipalities()
    refused(journey, staff, ChangeMunicipalities(), refusal.REQUIRED_HERE, "joins")
    refused(journey, staff, ChangeMunicipalities(joins=("GM9999",)), UNKNOWN_MUNICIPALITY, "joins.0")
    twice = ChangeMunicipalities(joins=(MAASTRICHT,), leaves=(MAASTRICHT,))
    refused(journey, staff, twice, MUNICIPALITY_TWICE, "joins")


def test_contact_and_municipalities_change_until_the_request_is_closed() -> None:
    journey: Journey = at(Stage.EMBEDDING)
    journey.give(advisor, ChangeContact(contact="p:nieuw"))
    refused(at(Stage.CLOSED), venlo, ChangeContact(contact="p:nieuw"), refusal.NOT_IN_THIS_STAGE)
