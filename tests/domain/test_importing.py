"""What the programme's list tells of a request is taken over as it is found, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.assignment import UNKNOWN_ADVISOR, AdvisorAssigned, AssignmentAccepted
from domain.command import Actor, Command, Context
from domain.embedding import CheckInPlanned
from domain.ending import StepBack
from domain.event import Event
from domain.importing import (
    ONLY_IMPORTED,
    STAGE_IT_CAME_TO,
    ImportMeeting,
    ImportStanding,
    MeetingImported,
    StandingImported,
)
from domain.intake import RequestAccepted
from domain.parts import KickoffStatus, MeetingStatus
from domain.refusal import DATE_IN_FUTURE, NOT_YOURS, Reason, Refusal
from domain.reporting import MeetingReported
from domain.tasks import open_tasks, wake_at
from domain.words import Capacity, Level, MeetingKind, Outcome, Stage
from storage.calendar import build_calendar
from tests.domain.journey import ADVISOR_PERSON, MONDAY, STAFF_PERSON, Journey, advisor, staff, submission

IMPORTER = Actor(person=STAFF_PERSON, is_staff=True, is_time=True)
LONG_AGO = datetime(2025, 3, 3, 8, tzinfo=UTC)
LAST_MAY = datetime(2025, 5, 12, tzinfo=UTC)
NEXT_MONTH = datetime(2026, 12, 7, 9, tzinfo=UTC)


class Import(Journey):
    """A request told from a list: given at moments of the past, its clocks starting on the day of import."""

    def context(self, actor: Actor, *, based_on: int | None = None) -> Context:
        return Context(
            actor=actor, now=self.now, calendar=build_calendar(), facts=self.facts, clocks_from=MONDAY.date()
        )

    def tell(self, command: Command, at: datetime = MONDAY) -> tuple[Event, ...]:
        self.now = at
        return self.give(IMPORTER, command)


def imported(**changes: Any) -> Import:
    """A request of March 2025 that was found in a list."""
    journey = Import()
    journey.tell(submission(imported=True, **changes), LONG_AGO)
    return journey


def standing(stage: Stage, **changes: Any) -> ImportStanding:
    """Found in this stage, with an advisor."""
    return ImportStanding(**{"stage": stage, "lead_advisor": ADVISOR_PERSON, **changes})


def found(stage: Stage, **changes: Any) -> Import:
    """A request that was found in this stage."""
    journey = imported()
    journey.tell(standing(stage, **changes))
    return journey


def refused(journey: Import, command: Command, reason: Reason, actor: Actor = IMPORTER) -> None:
    """Give a command that is refused for this reason."""
    with pytest.raises(Refusal) as caught:
        journey.give(actor, command)
    assert caught.value.code == reason.code


@pytest.mark.parametrize(
    ("stage", "tasks"),
    [
        (Stage.ASSIGNMENT, ["ACCEPT_ASSIGNMENT"]),
        (Stage.VISIT, ["PROPOSE_VISIT"]),
        (Stage.KICKOFF, []),
        (Stage.FOLLOW_UP, []),
        (Stage.EMBEDDING, []),
    ],
)
def test_rule_20_imported_is_as_found_and_nothing_is_made_up(stage: Stage, tasks: list[str]) -> None:
    journey = found(stage)

    assert (journey.request.stage, journey.tasks) == (stage, tasks)
    assert not any(journey.facts_of(kind) for kind in (RequestAccepted, AssignmentAccepted, MeetingReported))
    assert journey.refolded() == journey.request


def test_rule_20_clocks_start_on_the_day_of_import() -> None:
    journey = found(Stage.VISIT)

    (task,) = open_tasks(journey.request)
    assert (task.since, task.due) == (MONDAY.date(), date(2026, 11, 9))
    assert (wake_at(journey.request) or MONDAY).date() == task.due


def test_an_advisor_found_at_work_can_go_on_at_once() -> None:
    journey = found(Stage.VISIT)

    assert journey.request.lead is not None
    assert journey.request.lead.accepted_on == MONDAY.date()
    assert journey.facts_of(StandingImported)[0].lead_advisor == ADVISOR_PERSON


def test_an_advisor_named_before_the_visit_has_still_to_answer() -> None:
    journey = found(Stage.ASSIGNMENT)

    assert journey.request.lead is not None
    assert journey.request.lead.accepted_on is None
    assert journey.facts_of(StandingImported)[0].lead_advisor is None
    assert journey.facts_of(AdvisorAssigned)[0].advisor == ADVISOR_PERSON


def test_without_a_known_advisor_staff_look_for_one() -> None:
    assert found(Stage.FOLLOW_UP, lead_advisor=None).tasks == ["ASSIGN"]


def test_what_was_found_before_acceptance_is_still_to_be_accepted() -> None:
    journey = found(Stage.INTAKE, lead_advisor=None)

    assert (journey.request.accepted_on, journey.tasks) == (None, ["TRIAGE"])


def test_an_advisor_who_is_none_is_refused() -> None:
    refused(imported(), standing(Stage.VISIT, lead_advisor="p:somebody"), UNKNOWN_ADVISOR)


def test_a_visit_that_was_held_is_settled_without_a_report() -> None:
    journey = imported()
    journey.tell(ImportMeeting(kind=MeetingKind.VISIT, starts_at=LAST_MAY, held=True), LAST_MAY)
    journey.tell(standing(Stage.FOLLOW_UP))

    (meeting,) = journey.request.meetings.values()
    assert (meeting.status, meeting.report, meeting.participation_on_agenda) == (MeetingStatus.HELD, None, False)
    assert (journey.request.visit_settled, journey.tasks) == (True, [])
    assert [event.at for event in journey.log if isinstance(event.fact, MeetingImported)] == [LAST_MAY]


def test_a_visit_of_which_the_list_does_not_tell_whether_it_was_held_is_to_be_reported() -> None:
    journey = imported()
    journey.tell(ImportMeeting(kind=MeetingKind.VISIT, starts_at=LAST_MAY), LAST_MAY)
    journey.tell(standing(Stage.VISIT))

    assert journey.tasks == ["REPORT_MEETING"]


def test_a_kickoff_to_come_is_waited_for_with_parents_on_its_agenda() -> None:
    journey = imported()
    both = (Level.GOVERNANCE, Level.OPERATIONAL)
    journey.tell(ImportMeeting(kind=MeetingKind.KICKOFF, levels=both, starts_at=NEXT_MONTH))
    journey.tell(standing(Stage.KICKOFF))

    (kickoff,), (meeting,) = journey.request.kickoffs.values(), journey.request.meetings.values()
    assert (kickoff.status, kickoff.target_month) == (KickoffStatus.PLANNED, date(2026, 12, 1))
    assert (meeting.kickoff, meeting.levels, meeting.participation_on_agenda) == (kickoff.id, both, True)


def test_a_meeting_to_come_was_not_held() -> None:
    refused(imported(), ImportMeeting(kind=MeetingKind.VISIT, starts_at=NEXT_MONTH, held=True), DATE_IN_FUTURE)


def test_a_look_back_that_is_known_opens_on_a_working_day_outside_the_summer() -> None:
    journey = found(Stage.EMBEDDING, check_ins=(date(2026, 6, 1), date(2027, 2, 6), date(2027, 7, 20)))

    days = [fact.opens_on for fact in journey.facts_of(CheckInPlanned)]
    assert days == [MONDAY.date(), date(2027, 2, 8), date(2027, 9, 1)]


@pytest.mark.parametrize("outcome", Outcome)
def test_a_closed_request_waits_for_nothing_and_gives_no_reason(outcome: Outcome) -> None:
    journey = found(Stage.ASSIGNMENT, lead_advisor=None, outcome=outcome)

    assert journey.request.closing is not None
    assert (journey.request.closing.outcome, journey.request.closing.reason) == (outcome, None)
    assert (journey.tasks, wake_at(journey.request)) == ([], None)


def test_staff_can_step_back_from_where_it_was_found() -> None:
    journey = found(Stage.FOLLOW_UP)

    journey.give(staff, StepBack())

    assert journey.request.stage is Stage.KICKOFF


@pytest.mark.parametrize("command", [standing(Stage.VISIT), ImportMeeting(kind=MeetingKind.VISIT, starts_at=LAST_MAY)])
def test_a_request_of_our_own_is_not_imported(command: Command) -> None:
    journey = Import()
    journey.tell(submission(), MONDAY - timedelta(days=3))

    refused(journey, command, ONLY_IMPORTED)


@pytest.mark.parametrize("actor", [staff, advisor])
def test_nobody_at_the_door_can_import(actor: Actor) -> None:
    refused(imported(), standing(Stage.VISIT), NOT_YOURS, replace(actor, is_time=False))


def test_who_imports_is_named() -> None:
    journey = found(Stage.VISIT)

    assert {event.by for event in journey.log} == {STAFF_PERSON}
    assert {event.capacity for event in journey.log} == {Capacity.STAFF, Capacity.TIME}


def test_of_a_closed_request_the_list_tells_the_stage_it_was_in_last() -> None:
    with pytest.raises(Refusal) as caught:
        imported().tell(ImportStanding(stage=Stage.CLOSED, outcome=Outcome.COMPLETED))
    assert (caught.value.reason, caught.value.field) == (STAGE_IT_CAME_TO, "stage")
