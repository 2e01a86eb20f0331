"""Intake: staff ask what is missing, accept what may be accepted, and decline with a reason and a way on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.assignment import ADVISOR_TWICE, UNKNOWN_ADVISOR
from domain.command import Facts
from domain.eligibility import ExceptionMade
from domain.intake import (
    EXCEPTION_REASON_NEEDED,
    INFORMATION_ALREADY_ASKED,
    NOTHING_ASKED,
    VERIFICATION_NEEDED,
    Accept,
    AnswerInformation,
    AskInformation,
    Decline,
    DeclineReason,
    RequestAccepted,
)
from domain.tasks import open_tasks
from domain.words import Audience, Outcome, Stage
from tests.domain.agreements import refused
from tests.domain.journey import (
    ADVISOR_PERSON,
    FACTS,
    FIRST_DAY,
    MAASTRICHT,
    OTHER_ADVISOR,
    Journey,
    maastricht,
    staff,
    submission,
    submitted,
    venlo,
)

ASKED = AskInformation(text="Wie zit er al in de coalitie?")
ANSWERED = AnswerInformation(text="De verloskundigen en het consultatiebureau.")


def of_maastricht(facts: Facts = FACTS) -> Journey:
    """A request of a municipality that is not on the list, if the list is known."""
    journey = Journey(facts=facts)
    journey.give(maastricht, submission(lead_municipality=MAASTRICHT))
    return journey


def test_the_clock_turns_round_each_time_something_is_asked_and_answered() -> None:
    journey = submitted()
    assert journey.tasks == ["TRIAGE"]
    journey.give(staff, ASKED)
    assert journey.tasks == ["ANSWER_INFORMATION"]
    journey.give(venlo, ANSWERED)
    assert journey.tasks == ["TRIAGE"]


def test_one_question_at_a_time() -> None:
    journey = submitted()
    refused(journey, venlo, ANSWERED, NOTHING_ASKED)
    journey.give(staff, ASKED)
    refused(journey, staff, ASKED, INFORMATION_ALREADY_ASKED)


def test_what_is_asked_a_second_time_is_not_called_about_yet() -> None:
    journey = submitted()
    journey.give(staff, ASKED)
    journey.until(datetime(2026, 12, 2, 12, tzinfo=UTC))
    assert journey.tasks == ["ANSWER_INFORMATION", "CALL"]
    journey.give(venlo, ANSWERED)
    assert journey.tasks == ["TRIAGE"]
    journey.give(staff, ASKED)
    assert journey.tasks == ["ANSWER_INFORMATION"]


def test_accepting_starts_the_search_for_an_advisor_or_ends_it_at_once() -> None:
    journey = submitted()
    journey.give(staff, Accept())
    assert (journey.request.stage, journey.request.accepted_on) == (Stage.ASSIGNMENT, FIRST_DAY)
    assert journey.tasks == ["ASSIGN"]
    at_once = submitted()
    at_once.give(staff, Accept(lead_advisor=ADVISOR_PERSON, supporting_advisors=(OTHER_ADVISOR,)))
    assert at_once.tasks == ["ACCEPT_ASSIGNMENT", "ACCEPT_ASSIGNMENT"]


def test_an_answer_that_is_still_asked_for_does_not_keep_staff_from_accepting() -> None:
    journey = submitted()
    journey.give(staff, ASKED)
    journey.give(staff, Accept())
    assert (journey.tasks, journey.request.information_asked) == (["ASSIGN"], None)


def test_rule_01_what_is_not_eligible_is_accepted_with_a_reason_for_the_programme_alone() -> None:
    journey = of_maastricht()
    refused(journey, staff, Accept(), EXCEPTION_REASON_NEEDED, "exceptionReason")
    journey.give(staff, Accept(exception_reason="Op verzoek van het ministerie."))
    (exception,) = journey.facts_of(ExceptionMade)
    assert exception.heard_by() is Audience.PROGRAMME
    assert journey.request.stage is Stage.ASSIGNMENT


def test_rule_01_what_could_not_be_determined_needs_only_a_tick() -> None:
    journey = of_maastricht(Facts(known_municipalities=FACTS.known_municipalities))
    refused(journey, staff, Accept(), VERIFICATION_NEEDED, "verified")
    journey.give(staff, Accept(verified=True))
    assert journey.facts_of(RequestAccepted)[0].verified
    assert journey.facts_of(ExceptionMade) == []


def test_accepting_names_known_advisors_once() -> None:
    journey = submitted()
    refused(journey, staff, Accept(lead_advisor="p:nobody"), UNKNOWN_ADVISOR, "leadAdvisor")
    twice = Accept(lead_advisor=ADVISOR_PERSON, supporting_advisors=(ADVISOR_PERSON,))
    refused(journey, staff, twice, ADVISOR_TWICE, "supportingAdvisors")


@pytest.mark.parametrize("reason", DeclineReason)
def test_declining_tells_why_and_where_help_can_be_found(reason: DeclineReason) -> None:
    journey = submitted()
    journey.give(staff, Decline(reason=reason, text="Dit past niet.", help_elsewhere="Vraag het de GGD."))
    closing = journey.request.closing
    assert closing
    assert (closing.outcome, closing.reason, closing.text) == (Outcome.DECLINED, reason, "Dit past niet.")
    assert closing.help_elsewhere == "Vraag het de GGD."
    assert (journey.request.stage, journey.tasks, open_tasks(journey.request)) == (Stage.CLOSED, [], ())
