"""Submitting: a municipality asks for support; what is wrong with the form is told at once, a twin is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain import refusal
from domain.command import Actor, OpenRequest
from domain.parts import Period
from domain.refusal import Refusal
from domain.request import Coalition
from domain.submitting import (
    MUNICIPALITY_TWICE,
    PERIOD_BACKWARDS,
    UNKNOWN_COALITION,
    UNKNOWN_MUNICIPALITY,
    AskedQuestion,
    CoalitionChoice,
    RequestSubmitted,
    Submit,
    TwinSeen,
)
from domain.words import Capacity, CoalitionKind, Phase, QuestionKind, Stage
from tests.domain.agreements import refused
from tests.domain.journey import (
    FACTS,
    FIRST_DAY,
    MAASTRICHT,
    MONDAY,
    MUNICIPAL_PERSON,
    PEEL_EN_MAAS,
    REQUEST_ID,
    VENLO,
    Journey,
    advisor,
    behalf,
    maastricht,
    peel_en_maas,
    staff,
    submission,
    submitted,
    venlo,
)

KNOWN = Coalition(id="01890000-0000-7000-8000-000000000009/1", name="Regio Noord", kind=CoalitionKind.REGIONAL)
FOR_KNOWN = CoalitionChoice(id=KNOWN.id, phase=Phase.WORKING)


def with_open_requests(*leads: str) -> Journey:
    """Nothing submitted yet, while these municipalities have an open request for the known coalition."""
    others = tuple(
        OpenRequest(id=f"01890000-0000-7000-8000-00000000010{n}", lead_municipality=lead, coalition_id=KNOWN.id)
        for n, lead in enumerate(leads)
    )
    return Journey(facts=replace(FACTS, coalition=KNOWN, open_requests=others))


def test_a_municipality_asks_for_support_with_a_new_coalition() -> None:
    journey = submitted(participating=(PEEL_EN_MAAS,), questions=(AskedQuestion(kind=QuestionKind.ROLES),) * 2)
    request = journey.request
    assert (request.stage, request.version, request.received_on) == (Stage.INTAKE, len(journey.log), FIRST_DAY)
    assert (request.submitted_at, request.quiet_since) == (MONDAY, FIRST_DAY)
    assert (request.municipalities, request.contact) == ((VENLO, PEEL_EN_MAAS), MUNICIPAL_PERSON)
    assert [question.kind for question in request.unsettled] == [QuestionKind.ROLES] * 2
    assert request.coalition
    assert (request.coalition.id, request.coalition.municipalities) == (f"{REQUEST_ID}/1", (VENLO, PEEL_EN_MAAS))


def test_a_known_coalition_is_asked_for_by_its_id() -> None:
    journey = with_open_requests()
    journey.give(venlo, submission(coalition=FOR_KNOWN))
    (fact,) = journey.facts_of(RequestSubmitted)
    assert (fact.coalition, fact.coalition_name, fact.coalition_kind) == (KNOWN.id, KNOWN.name, KNOWN.kind)
    assert (fact.new_coalition, fact.phase) == (False, Phase.WORKING)


def test_rule_02_a_second_open_request_for_the_same_coalition_is_shown_and_not_refused() -> None:
    journey = with_open_requests(VENLO, MAASTRICHT)
    journey.give(venlo, submission(coalition=FOR_KNOWN))
    (twin,) = journey.facts_of(TwinSeen)
    assert journey.request.linked == (twin.other,) == (journey.facts.open_requests[0].id,)
    assert journey.tasks == ["TRIAGE"]


def test_rule_02_a_request_for_another_coalition_is_no_twin() -> None:
    journey = with_open_requests(VENLO)
    elsewhere = replace(journey.facts.open_requests[0], coalition_id=None)
    journey.facts = replace(journey.facts, open_requests=(elsewhere,))
    journey.give(venlo, submission(coalition=FOR_KNOWN))
    assert journey.facts_of(TwinSeen) == []


@pytest.mark.parametrize(
    "actor",
    [venlo, staff, advisor, Actor(person="p:nieuw", newcomer_of=frozenset({VENLO}))],
    ids=lambda one: one.person,
)
def test_who_submits_belongs_to_the_lead_municipality_or_to_the_programme(actor: Actor) -> None:
    journey = Journey()
    journey.give(actor, submission())
    assert journey.request.stage is Stage.INTAKE
    refused(Journey(), peel_en_maas, submission(), refusal.NOT_YOURS)


def test_rule_01_only_on_behalf_the_day_it_came_in_counts() -> None:
    earlier = date(2026, 10, 5)
    heard = Journey()
    heard.give(staff, submission(received_on=earlier, on_behalf=behalf(Capacity.MUNICIPALITY, on=earlier)))
    assert heard.request.received_on == earlier
    assert submitted(received_on=earlier).request.received_on == FIRST_DAY


def test_a_request_is_submitted_once() -> None:
    refused(submitted(), venlo, submission(), refusal.ALREADY_SUBMITTED)


def mistakes(command: Submit) -> list[tuple[str, str | None]]:
    """The code and field of all that is wrong with this submission."""
    with pytest.raises(Refusal) as caught:
        Journey().give(maastricht, command)
    return [(one.code, one.field) for one in (caught.value, *caught.value.others)]


def test_all_that_is_wrong_is_told_at_once() -> None:
    wrong = submission(
        lead_municipality="GM9998",
        participating=("GM9999", VENLO, VENLO),
        questions=(),
        coalition=CoalitionChoice(),
        received_on=date(2026, 11, 3),
        preferred_period=Period(start=date(2027, 3, 1), end=date(2027, 2, 1)),
    )
    assert mistakes(wrong) == [
        (UNKNOWN_MUNICIPALITY.code, "leadMunicipality"),
        (UNKNOWN_MUNICIPALITY.code, "participating.0"),
        (MUNICIPALITY_TWICE.code, "participating"),
        (refusal.REQUIRED_HERE.code, "questions"),
        (refusal.REQUIRED_HERE.code, "coalition.name"),
        (refusal.DATE_IN_FUTURE.code, "receivedOn"),
        (PERIOD_BACKWARDS.code, "preferredPeriod.end"),
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"coalition": FOR_KNOWN}, (UNKNOWN_COALITION.code, "coalition.id")),
        ({"received_on": date(2017, 12, 31)}, (refusal.DATE_TOO_LONG_AGO.code, "receivedOn")),
        (
            {"preferred_period": Period(start=date(2026, 1, 1), end=date(2026, 11, 1))},
            (refusal.DATE_PASSED.code, "preferredPeriod.end"),
        ),
        (
            {"preferred_period": Period(start=date(2027, 1, 1), end=date(2032, 1, 1))},
            (refusal.DATE_TOO_FAR.code, "preferredPeriod.end"),
        ),
    ],
)
def test_each_field_is_looked_at(changes: dict[str, object], expected: tuple[str, str]) -> None:
    assert mistakes(submission(**changes)) == [expected]


def test_a_soon_enough_period_is_kept() -> None:
    period = Period(start=date(2026, 11, 1), end=date(2026, 12, 1))
    assert submitted(preferred_period=period).request.preferred_period == period
