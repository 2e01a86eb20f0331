"""Ending: withdrawing asks a choice for each meeting, stopping tells why, and staff can go back without erasing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain import refusal
from domain.assignment import AcceptAssignment
from domain.embedding import AnswerCheckIn
from domain.ending import (
    MEETING_CHOICE_NEEDED,
    ChosenForMeeting,
    MeetingChoice,
    Reopen,
    StepBack,
    Stop,
    StopReason,
    Withdraw,
    WithdrawalReasonGiven,
)
from domain.intake import Accept, Decline, DeclineReason
from domain.moves import STAGES
from domain.parts import CheckInAnswer, KickoffStatus, MeetingStatus
from domain.refusal import Refusal
from domain.resting import PauseReason, PauseRequest
from domain.tasks import open_tasks, wake_at
from domain.text import PartId
from domain.words import Audience, Capacity, MeetingKind, Outcome, Stage
from tests.domain.agreements import action, agreed, refused
from tests.domain.journey import (
    ADVISOR_PERSON,
    Journey,
    accepted,
    advisor,
    behalf,
    staff,
    submitted,
    under_way,
    venlo,
)
from tests.domain.meetings import NOBODY, begun, plan, reported, want
from tests.domain.stages import NEXT_MARCH, at, completed, embedded, finish, followed_up, settle, skip_visit, withdrawn

WHY = "De coalitie gaat eerst zelf verder."
STOP = Stop(reason=StopReason.NO_RESPONSE, text="We hoorden lang niets.")


def chosen(meeting: PartId, choice: MeetingChoice) -> ChosenForMeeting:
    """The choice for one meeting."""
    return ChosenForMeeting(meeting=meeting, choice=choice)


def outcome(journey: Journey) -> Outcome | None:
    """How it ended, if it did."""
    return journey.request.closing.outcome if journey.request.closing else None


@pytest.mark.parametrize("stage", STAGES[:-1])
def test_rule_11_withdrawal_is_possible_until_closed(stage: Stage) -> None:
    journey = at(stage)
    journey.give(venlo, Withdraw(reason=WHY))
    assert (journey.request.stage, outcome(journey), journey.tasks) == (Stage.CLOSED, Outcome.WITHDRAWN, [])
    assert wake_at(journey.request) is None
    refused(journey, venlo, Withdraw(reason=WHY), refusal.NOT_IN_THIS_STAGE)


def test_rule_11_for_each_planned_meeting_the_municipality_chooses() -> None:
    journey = under_way()
    first, second = agreed(journey, plan(MeetingKind.SESSION)), agreed(journey, plan(MeetingKind.SESSION))
    with pytest.raises(Refusal) as caught:
        journey.give(venlo, Withdraw(reason=WHY))
    needed = (caught.value, *caught.value.others)
    assert [(one.code, one.field, one.parameters["meeting"]) for one in needed] == [
        (MEETING_CHOICE_NEEDED.code, "meetings", first),
        (MEETING_CHOICE_NEEDED.code, "meetings", second),
    ]
    assert "2026-11-10" in caught.value.sentence()
    choices = (chosen(first, MeetingChoice.CANCEL), chosen(second, MeetingChoice.GO_ON))
    journey.give(venlo, Withdraw(reason=WHY, meetings=choices))
    assert [one.status for one in journey.request.meetings.values()] == [
        MeetingStatus.CANCELLED,
        MeetingStatus.WITHOUT_PROGRAMME,
    ]


def test_rule_11_a_choice_is_asked_for_what_is_still_to_come_only() -> None:
    journey = under_way()
    past = agreed(journey, plan(MeetingKind.SESSION))
    begun(journey, past)
    for meeting in (past, NOBODY):
        strange = Withdraw(reason=WHY, meetings=(chosen(meeting, MeetingChoice.CANCEL),))
        refused(journey, venlo, strange, refusal.NO_SUCH_PART, "meetings.0.meeting")
    journey.give(venlo, Withdraw(reason=WHY))
    assert outcome(journey) is Outcome.WITHDRAWN


def test_rule_11_the_reason_stays_with_the_programme() -> None:
    journey = under_way()
    journey.give(staff, Withdraw(reason=WHY, on_behalf=behalf(Capacity.MUNICIPALITY)))
    (given,) = journey.facts_of(WithdrawalReasonGiven)
    assert (given.reason, given.heard_by()) == (WHY, Audience.PROGRAMME)
    assert WHY not in repr([event.fact for event in journey.log if event.fact.heard_by() is Audience.EVERYONE])


def test_a_kickoff_that_goes_on_alone_is_not_waited_for() -> None:
    journey = under_way()
    wanted = agreed(journey, want())
    meeting = agreed(journey, plan(MeetingKind.KICKOFF, kickoff=wanted))
    journey.give(venlo, Withdraw(reason=WHY, meetings=(chosen(meeting, MeetingChoice.GO_ON),)))
    assert journey.request.kickoffs[wanted].status is KickoffStatus.DROPPED


def test_stopping_tells_the_municipality_why_and_its_meetings_go_on_without_the_programme() -> None:
    journey = under_way()
    meeting = agreed(journey, plan(MeetingKind.SESSION))
    journey.give(staff, STOP)
    closing = journey.request.closing
    assert closing
    assert (closing.outcome, closing.reason, closing.text) == (Outcome.STOPPED, STOP.reason, STOP.text)
    assert journey.request.meetings[meeting].status is MeetingStatus.WITHOUT_PROGRAMME


def test_a_request_is_declined_not_stopped_while_it_is_looked_at() -> None:
    refused(submitted(), staff, STOP, refusal.NOT_IN_THIS_STAGE)


@pytest.mark.parametrize("stage", STAGES[1:-1])
def test_reopening_brings_back_the_stage_and_what_was_waited_for_from_today(stage: Stage) -> None:
    journey = at(stage)
    before, waited_for = journey.request, journey.tasks
    journey.give(staff, STOP)
    journey.wait(days=70).give(staff, Reopen(text="Ze willen toch verder."))
    assert (journey.request.stage, outcome(journey)) == (stage, None)
    assert sorted(journey.tasks) == sorted(waited_for)
    assert all(task.since >= journey.now.date() for task in open_tasks(journey.request))
    assert journey.request.stages_left == before.stages_left
    assert journey.refolded() == journey.request


def test_a_declined_request_can_be_looked_at_again() -> None:
    journey = submitted()
    journey.give(staff, Decline(reason=DeclineReason.OTHER, text="Dit past niet."))
    journey.give(staff, Reopen())
    assert (journey.request.stage, journey.tasks) == (Stage.INTAKE, ["TRIAGE"])


def test_completed_support_is_finished_anew_after_reopening() -> None:
    journey = completed()
    journey.give(staff, Reopen())
    assert (journey.request.stage, journey.request.finished_on) == (Stage.FOLLOW_UP, None)
    assert "FINISH_SUPPORT" in journey.tasks
    journey.give(advisor, finish(NEXT_MARCH))
    assert journey.request.stage is Stage.EMBEDDING


def test_a_look_back_that_is_still_to_come_stays_so_after_reopening() -> None:
    journey = embedded()
    journey.give(venlo, Withdraw(reason=WHY))
    journey.give(staff, Reopen())
    assert (journey.request.stage, journey.request.finished_on) == (Stage.EMBEDDING, journey.now.date())
    journey.until(datetime(2027, 6, 1, tzinfo=UTC))
    assert outcome(journey) is Outcome.COMPLETED


def test_a_reopened_request_that_nobody_looks_back_on_falls_silent_in_the_end() -> None:
    journey = embedded()
    journey.until(datetime(2027, 3, 1, 12, tzinfo=UTC))
    (check_in,) = journey.request.check_ins
    journey.give(venlo, AnswerCheckIn(check_in=check_in, answer=CheckInAnswer()))
    assert outcome(journey) is Outcome.COMPLETED
    journey.give(staff, Reopen())
    assert journey.request.stage is Stage.EMBEDDING
    journey.until(datetime(2027, 6, 1, tzinfo=UTC))
    assert journey.request.pause


def test_a_pause_ends_with_the_request() -> None:
    journey = under_way()
    journey.give(venlo, PauseRequest(reason=PauseReason.CAPACITY))
    journey.give(staff, STOP)
    journey.give(staff, Reopen())
    assert journey.request.pause is None


def test_back_to_intake_staff_look_again() -> None:
    journey = accepted()
    journey.give(staff, StepBack(text="Te snel geklikt."))
    assert (journey.request.stage, journey.request.accepted_on, journey.tasks) == (Stage.INTAKE, None, ["TRIAGE"])
    journey.give(staff, Accept(lead_advisor=ADVISOR_PERSON))
    assert journey.tasks == ["ACCEPT_ASSIGNMENT"]


def test_back_to_assignment_the_lead_advisor_accepts_anew() -> None:
    journey = under_way()
    journey.give(staff, StepBack())
    assert (journey.request.stage, journey.tasks) == (Stage.ASSIGNMENT, ["ACCEPT_ASSIGNMENT"])
    journey.give(advisor, AcceptAssignment(no_own_interest=True))
    assert journey.request.stage is Stage.VISIT


def test_back_to_the_visit_it_is_still_to_be_had() -> None:
    journey = under_way()
    visit = agreed(journey, plan())
    reported(journey, visit)
    assert journey.request.stage is Stage.FOLLOW_UP
    journey.give(staff, StepBack())
    assert (journey.request.stage, journey.tasks) == (Stage.VISIT, ["PROPOSE_VISIT"])
    assert journey.request.meetings[visit].status is MeetingStatus.HELD
    journey.give(advisor, skip_visit())
    assert journey.request.stage is Stage.FOLLOW_UP


def test_back_to_the_kickoffs_nothing_is_undone() -> None:
    journey = under_way()
    wanted = agreed(journey, want())
    journey.give(advisor, skip_visit())
    reported(journey, agreed(journey, plan(MeetingKind.KICKOFF, kickoff=wanted)))
    assert journey.request.stage is Stage.FOLLOW_UP
    journey.give(staff, StepBack())
    assert (journey.request.stage, journey.request.kickoffs[wanted].status) == (Stage.KICKOFF, KickoffStatus.HELD)


def test_back_from_embedding_the_support_is_not_finished_and_its_look_backs_are_agreed_anew() -> None:
    journey = followed_up()
    agreed(journey, action())
    journey.give(advisor, finish(NEXT_MARCH))
    journey.give(staff, StepBack())
    assert (journey.request.stage, journey.request.finished_on) == (Stage.FOLLOW_UP, None)
    assert (journey.request.check_ins, journey.request.evaluation_asked) == ({}, frozenset())
    assert "FINISH_SUPPORT" in journey.tasks
    assert len(journey.request.actions) == 1


def test_support_finished_during_the_visit_goes_back_to_it() -> None:
    journey = settle(under_way())
    journey.give(advisor, finish(NEXT_MARCH))
    journey.give(staff, StepBack())
    assert journey.request.stage is Stage.VISIT


def test_stepping_back_again_and_again_ends_at_intake() -> None:
    journey = embedded()
    for stage in (Stage.FOLLOW_UP, Stage.VISIT, Stage.ASSIGNMENT, Stage.INTAKE):
        journey.give(staff, StepBack())
        assert journey.request.stage is stage
    refused(journey, staff, StepBack(), refusal.NOT_IN_THIS_STAGE)


def test_nothing_is_erased() -> None:
    journey = withdrawn()
    length = len(journey.log)
    journey.give(staff, Reopen())
    assert [event.type for event in journey.log[length:]] == ["RequestReopened"]
    assert journey.refolded() == journey.request
