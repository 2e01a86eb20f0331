"""Handing over: an advisor hands back, staff name others, and the work moves at once without the stage changing."""

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
    DeclineAssignment,
    NotAcceptedReason,
)
from domain.handing_over import (
    ADVISORS_AS_THEY_WERE,
    AdvisorReplaced,
    AssignmentReturned,
    Reassign,
    ReplacedReason,
    ReturnAssignment,
)
from domain.moves import allowed
from domain.parts import AssignmentRole
from domain.tasks import open_tasks
from domain.words import Audience, Capacity, MeetingKind, Stage
from tests.domain.agreements import agreed, refused
from tests.domain.journey import (
    ADVISOR_PERSON,
    OTHER_ADVISOR,
    Journey,
    accepted,
    advisor,
    behalf,
    other_advisor,
    staff,
    under_way,
)
from tests.domain.meetings import plan
from tests.domain.stages import followed_up

LEAD, SUPPORTING = AssignmentRole.LEAD, AssignmentRole.SUPPORTING
NO_TIME = ReturnAssignment(reason=NotAcceptedReason.NO_TIME, text="Te veel aanvragen.")
TAKES = AcceptAssignment(no_own_interest=True)


def to_other(**changes: object) -> Reassign:
    """The other advisor takes over the lead."""
    given: dict[str, object] = {"lead_advisor": OTHER_ADVISOR, "reason": ReplacedReason.ABSENT, **changes}
    return Reassign(**given)  # type: ignore[arg-type]  # Any field of it can be given.


def roles(journey: Journey) -> dict[str, AssignmentRole]:
    """Who works on the request, and as what."""
    return {one.advisor: one.role for one in journey.request.advisors}


def test_an_advisor_hands_back_and_the_stage_stays() -> None:
    journey = followed_up()
    journey.give(advisor, NO_TIME)
    assert (journey.request.stage, journey.request.lead) == (Stage.FOLLOW_UP, None)
    assert {task.assignee.desk for task in open_tasks(journey.request)} == {"STAFF"}
    (returned,) = journey.facts_of(AssignmentReturned)
    assert (returned.advisor, returned.heard_by()) == (ADVISOR_PERSON, Audience.PROGRAMME)
    refused(journey, advisor, NO_TIME, refusal.NOT_YOURS)


def test_staff_record_what_an_advisor_said_by_phone() -> None:
    journey = under_way()
    spoken = ReturnAssignment(reason=NotAcceptedReason.NO_TIME, on_behalf=behalf(Capacity.ADVISOR))
    journey.give(staff, spoken)
    refused(journey, staff, spoken, refusal.NO_SUCH_PART)
    named = under_way()
    of_whom = behalf(Capacity.ADVISOR, person=ADVISOR_PERSON)
    named.give(staff, ReturnAssignment(reason=NotAcceptedReason.REGION, on_behalf=of_whom))
    assert named.request.advisors == ()


def test_rule_03_after_a_reassignment_the_new_advisor_declares_too() -> None:
    journey = under_way()
    journey.give(staff, to_other())
    assert "propose_moments" not in allowed(journey.request, other_advisor)
    refused(journey, other_advisor, AcceptAssignment(no_own_interest=False), DECLARATION_NEEDED, "noOwnInterest")
    journey.give(other_advisor, TAKES)
    assert "propose_moments" in allowed(journey.request, other_advisor)
    assert "propose_moments" not in allowed(journey.request, advisor)


@pytest.mark.parametrize("handed_back", [False, True])
def test_rule_03_who_has_an_own_interest_is_not_asked_again(handed_back: bool) -> None:
    journey = under_way() if handed_back else accepted()
    own = NotAcceptedReason.OWN_INTEREST
    journey.give(advisor, ReturnAssignment(reason=own) if handed_back else DeclineAssignment(reason=own))
    again = Reassign(lead_advisor=ADVISOR_PERSON, reason=ReplacedReason.AT_REQUEST)
    refused(journey, staff, again, ADVISOR_HAS_OWN_INTEREST)
    journey.give(staff, to_other())
    journey.give(other_advisor, TAKES)
    assert journey.request.own_interest == {ADVISOR_PERSON}


def test_tasks_and_planned_meetings_move_at_once() -> None:
    journey = under_way()
    agreed(journey, plan(MeetingKind.SESSION))
    journey.give(staff, to_other())
    moved = {str(task.kind): task.assignee.person for task in open_tasks(journey.request)}
    assert moved == dict.fromkeys(("ACCEPT_ASSIGNMENT", "PROPOSE_VISIT", "REPORT_MEETING"), OTHER_ADVISOR)
    (replaced,) = journey.facts_of(AdvisorReplaced)
    assert (replaced.advisor, replaced.reason) == (ADVISOR_PERSON, ReplacedReason.ABSENT)
    assert replaced.heard_by() is Audience.PROGRAMME


def test_who_is_not_spoken_of_stays() -> None:
    journey = under_way()
    journey.give(staff, to_other(lead_advisor=None, supporting_advisors=(OTHER_ADVISOR,)))
    assert roles(journey) == {ADVISOR_PERSON: LEAD, OTHER_ADVISOR: SUPPORTING}
    journey.give(staff, to_other(lead_advisor=None, supporting_advisors=()))
    assert roles(journey) == {ADVISOR_PERSON: LEAD}


def test_lead_and_supporter_can_change_places() -> None:
    journey = under_way()
    journey.give(staff, to_other(supporting_advisors=(ADVISOR_PERSON,)))
    assert roles(journey) == {OTHER_ADVISOR: LEAD, ADVISOR_PERSON: SUPPORTING}
    assert journey.facts_of(AdvisorReplaced) == []


def test_a_supporter_takes_over_the_lead_of_who_goes() -> None:
    journey = accepted()
    journey.give(staff, Assign(lead_advisor=ADVISOR_PERSON, supporting_advisors=(OTHER_ADVISOR,)))
    journey.give(staff, to_other())
    assert roles(journey) == {OTHER_ADVISOR: LEAD}


def test_a_reassignment_names_known_advisors_once_and_changes_something() -> None:
    journey = under_way()
    refused(journey, staff, to_other(lead_advisor=None), refusal.REQUIRED_HERE, "leadAdvisor")
    refused(journey, staff, to_other(lead_advisor="p:nobody"), UNKNOWN_ADVISOR, "leadAdvisor")
    refused(journey, staff, to_other(supporting_advisors=(OTHER_ADVISOR,)), ADVISOR_TWICE, "supportingAdvisors")
    refused(journey, staff, to_other(lead_advisor=ADVISOR_PERSON), ADVISORS_AS_THEY_WERE)
