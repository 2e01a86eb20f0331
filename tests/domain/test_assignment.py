"""Assignment: advisors are asked, accept with the declaration of no own interest, or decline."""

from __future__ import annotations

import pytest

from domain import refusal
from domain.assignment import (
    ADVISOR_HAS_OWN_INTEREST,
    ADVISOR_TWICE,
    DECLARATION_NEEDED,
    UNKNOWN_ADVISOR,
    AcceptAssignment,
    Assign,
    AssignmentDeclined,
    DeclineAssignment,
    NotAcceptedReason,
)
from domain.handing_over import Reassign, ReplacedReason
from domain.intake import Accept
from domain.moves import allowed
from domain.parts import AssignmentRole
from domain.words import Audience, Capacity, Stage
from tests.domain.agreements import refused
from tests.domain.journey import (
    ADVISOR_PERSON,
    FIRST_DAY,
    OTHER_ADVISOR,
    Journey,
    accepted,
    advisor,
    behalf,
    other_advisor,
    staff,
    submitted,
    under_way,
)

TAKES = AcceptAssignment(no_own_interest=True)
BOTH = Assign(lead_advisor=ADVISOR_PERSON, supporting_advisors=(OTHER_ADVISOR,))


def waiting_for_an_advisor() -> Journey:
    """A request that staff accepted without naming anybody."""
    journey = submitted()
    journey.give(staff, Accept())
    return journey


def test_the_lead_who_accepts_starts_the_visit_a_supporter_does_not() -> None:
    journey = waiting_for_an_advisor()
    journey.give(staff, BOTH)
    journey.give(other_advisor, TAKES)
    assert journey.request.stage is Stage.ASSIGNMENT
    journey.give(advisor, TAKES)
    assert (journey.request.stage, journey.tasks) == (Stage.VISIT, ["PROPOSE_VISIT"])
    accepted_on = {one.advisor: (one.role, one.accepted_on) for one in journey.request.advisors}
    assert accepted_on == {
        ADVISOR_PERSON: (AssignmentRole.LEAD, FIRST_DAY),
        OTHER_ADVISOR: (AssignmentRole.SUPPORTING, FIRST_DAY),
    }


def test_rule_03_no_advisor_without_the_declaration() -> None:
    journey = accepted()
    assert "propose_moments" not in allowed(journey.request, advisor)
    refused(journey, advisor, AcceptAssignment(no_own_interest=False), DECLARATION_NEEDED, "noOwnInterest")
    journey.give(advisor, TAKES)
    assert "propose_moments" in allowed(journey.request, advisor)


def test_rule_03_who_declined_for_an_own_interest_cannot_be_assigned_again() -> None:
    journey = accepted()
    journey.give(advisor, DeclineAssignment(reason=NotAcceptedReason.OWN_INTEREST))
    refused(journey, staff, Assign(lead_advisor=ADVISOR_PERSON), ADVISOR_HAS_OWN_INTEREST)
    again = Assign(lead_advisor=OTHER_ADVISOR, supporting_advisors=(ADVISOR_PERSON,))
    refused(journey, staff, again, ADVISOR_HAS_OWN_INTEREST)
    assert journey.request.advisors == ()


@pytest.mark.parametrize("reason", [one for one in NotAcceptedReason if one is not NotAcceptedReason.OWN_INTEREST])
def test_who_declined_for_another_reason_may_be_asked_again(reason: NotAcceptedReason) -> None:
    journey = accepted()
    journey.give(advisor, DeclineAssignment(reason=reason, text="Nu even niet."))
    assert journey.tasks == ["ASSIGN"]
    (declined,) = journey.facts_of(AssignmentDeclined)
    assert (declined.advisor, declined.heard_by()) == (ADVISOR_PERSON, Audience.PROGRAMME)
    journey.give(staff, Assign(lead_advisor=ADVISOR_PERSON))
    assert journey.tasks == ["ACCEPT_ASSIGNMENT"]


def test_another_lead_takes_the_place_of_the_one_who_was_asked() -> None:
    journey = accepted()
    journey.give(staff, Assign(lead_advisor=OTHER_ADVISOR))
    assert [one.advisor for one in journey.request.advisors] == [OTHER_ADVISOR]
    refused(journey, advisor, TAKES, refusal.NOT_YOURS)


def test_staff_record_what_an_advisor_said() -> None:
    journey = waiting_for_an_advisor()
    journey.give(staff, BOTH)
    said = behalf(Capacity.CANDIDATE, person=OTHER_ADVISOR)
    journey.give(staff, AcceptAssignment(no_own_interest=True, on_behalf=said))
    assert [one.advisor for one in journey.request.advisors if one.accepted_on] == [OTHER_ADVISOR]
    journey.give(staff, AcceptAssignment(no_own_interest=True, on_behalf=behalf(Capacity.CANDIDATE)))
    assert journey.request.stage is Stage.VISIT
    nobody_asked = AcceptAssignment(no_own_interest=True, on_behalf=said)
    refused(journey, staff, nobody_asked, refusal.NO_SUCH_PART)


def test_a_supporter_who_is_asked_later_accepts_without_the_stage_moving() -> None:
    journey = under_way()
    asked = Reassign(supporting_advisors=(OTHER_ADVISOR,), reason=ReplacedReason.WORKLOAD)
    journey.give(staff, asked)
    journey.give(other_advisor, TAKES)
    assert (journey.request.stage, journey.tasks) == (Stage.VISIT, ["PROPOSE_VISIT"])


def test_an_assignment_names_known_advisors_once() -> None:
    journey = waiting_for_an_advisor()
    unknown = Assign(lead_advisor="p:nobody", supporting_advisors=("p:no-one",))
    raised = refused(journey, staff, unknown, UNKNOWN_ADVISOR, "leadAdvisor")
    assert [one.field for one in raised.others] == ["supportingAdvisors.0"]
    twice = Assign(lead_advisor=ADVISOR_PERSON, supporting_advisors=(ADVISOR_PERSON,))
    refused(journey, staff, twice, ADVISOR_TWICE, "supportingAdvisors")
