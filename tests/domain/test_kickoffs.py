"""Kick-offs are wanted, planned outside the summer, and dropped; a visit that nobody needs is passed over."""

from __future__ import annotations

from datetime import date

import pytest

from domain import refusal
from domain.command import Command
from domain.kickoffs import (
    KICKOFF_PLANNED,
    KICKOFF_SETTLED,
    VISIT_PLANNED,
    AnsweredBy,
    DropKickoff,
    KickoffDropReason,
    SkipVisit,
)
from domain.parts import KickoffStatus, ProposalStatus
from domain.planning import CancelMeeting, CancelReason
from domain.refusal import Reason
from domain.tasks import open_tasks
from domain.terms import Waiting
from domain.text import PartId
from domain.words import Desk, Level, MeetingKind, Side, Stage
from tests.domain.agreements import agreed, refused
from tests.domain.journey import Journey, advisor, under_way
from tests.domain.meetings import (
    IN_FEBRUARY,
    NOBODY,
    kickoff_of,
    moments,
    plan,
    proposal_of,
    reported,
    want,
    with_wanted_kickoff,
)

SKIPPED = SkipVisit(answered_by=AnsweredBy.PHONE, text="De vraag is aan de telefoon beantwoord.")


def drop(kickoff: PartId, reason: KickoffDropReason = KickoffDropReason.NOT_NEEDED) -> DropKickoff:
    """Drop a wanted kick-off."""
    return DropKickoff(kickoff=kickoff, reason=reason)


def stale(journey: Journey, command: Command, seen: int) -> bool:
    """Whether the advisor, who saw that version, is told to look again."""
    with pytest.raises(refusal.Refusal) as caught:
        journey.give(advisor, command, based_on=seen)
    return caught.value.code == refusal.STALE.code


def planning_due(journey: Journey) -> date:
    """By when the wanted kick-off is to be planned."""
    return next(task.due for task in open_tasks(journey.request) if task.kind is Waiting.PLAN_KICKOFF)


def test_a_wanted_kickoff_waits_for_its_organiser() -> None:
    journey, kickoff = with_wanted_kickoff(target_month=IN_FEBRUARY.replace(day=17), organiser=Side.MUNICIPALITY)
    assert kickoff_of(journey, kickoff).target_month == IN_FEBRUARY
    [task] = [one for one in open_tasks(journey.request) if one.kind is Waiting.PLAN_KICKOFF]
    assert task.assignee.desk is Desk.MUNICIPALITY
    assert journey.request == journey.refolded()


@pytest.mark.parametrize(
    ("month", "due"),
    [
        pytest.param(date(2027, 2, 1), date(2026, 12, 10), id="thirty working days before February"),
        pytest.param(date(2026, 11, 1), date(2026, 11, 23), id="at least fifteen working days"),
        pytest.param(date(2027, 8, 1), date(2027, 6, 21), id="before a kick-off in August"),
        pytest.param(date(2027, 9, 1), date(2027, 9, 1), id="not in July"),
    ],
)
def test_no_kickoff_falls_due_in_july_and_august(month: date, due: date) -> None:
    journey, kickoff = with_wanted_kickoff(target_month=month)
    assert planning_due(journey) == due
    assert kickoff_of(journey, kickoff).target_month == month


@pytest.mark.parametrize(
    ("changes", "reason", "field"),
    [
        pytest.param({"levels": ()}, refusal.REQUIRED_HERE, "levels", id="no level"),
        pytest.param({"target_month": date(2026, 10, 31)}, refusal.DATE_PASSED, "targetMonth", id="last month"),
        pytest.param({"target_month": date(2032, 1, 1)}, refusal.DATE_TOO_FAR, "targetMonth", id="in six years"),
    ],
)
def test_a_kickoff_has_a_level_and_a_month_to_come(changes: dict[str, object], reason: Reason, field: str) -> None:
    refused(under_way(), advisor, want(**changes), reason, field)


def test_levels_of_a_wanted_kickoff_are_kept_once_each() -> None:
    journey, kickoff = with_wanted_kickoff(levels=(Level.OPERATIONAL, Level.OPERATIONAL))
    assert kickoff_of(journey, kickoff).levels == (Level.OPERATIONAL,)


def test_dropping_the_last_wanted_kickoff_leads_on() -> None:
    journey, first = with_wanted_kickoff()
    second = agreed(journey, want())
    journey.give(advisor, SKIPPED)
    stages = [journey.request.stage]
    for kickoff, reason in ((first, KickoffDropReason.JOINED), (second, KickoffDropReason.PUT_OFF)):
        journey.give(advisor, drop(kickoff, reason))
        stages.append(journey.request.stage)
    assert stages == [Stage.KICKOFF, Stage.KICKOFF, Stage.FOLLOW_UP]
    assert "PLAN_KICKOFF" not in journey.tasks
    assert journey.request == journey.refolded()


def test_moments_that_were_proposed_for_a_dropped_kickoff_are_asked_no_longer() -> None:
    journey, kickoff = with_wanted_kickoff()
    proposal = agreed(journey, moments(kind=MeetingKind.KICKOFF, kickoff=kickoff))
    journey.give(advisor, drop(kickoff))
    assert proposal_of(journey, proposal).status is ProposalStatus.REPLACED
    assert "CHOOSE_MOMENT" not in journey.tasks


def test_a_planned_kickoff_is_called_off_before_it_is_dropped() -> None:
    journey, kickoff = with_wanted_kickoff()
    meeting = agreed(journey, plan(MeetingKind.KICKOFF, kickoff=kickoff))
    refused(journey, advisor, drop(kickoff), KICKOFF_PLANNED, "kickoff")
    journey.give(advisor, CancelMeeting(meeting=meeting, reason=CancelReason.NO_LONGER_NEEDED))
    journey.give(advisor, drop(kickoff))
    assert kickoff_of(journey, kickoff).status is KickoffStatus.DROPPED


def test_a_held_or_dropped_kickoff_is_not_dropped_again() -> None:
    journey, held = with_wanted_kickoff()
    dropped = agreed(journey, want())
    reported(journey, agreed(journey, plan(MeetingKind.KICKOFF, kickoff=held)))
    journey.give(advisor, drop(dropped))
    refused(journey, advisor, drop(held), KICKOFF_SETTLED, "kickoff")
    refused(journey, advisor, drop(dropped), KICKOFF_SETTLED, "kickoff")
    refused(journey, advisor, drop(NOBODY), refusal.NO_SUCH_PART, "kickoff")


def test_what_happened_to_a_kickoff_meanwhile_makes_a_command_about_it_stale() -> None:
    journey, kickoff = with_wanted_kickoff()
    seen = journey.request.version
    journey.give(advisor, moments(kind=MeetingKind.KICKOFF, kickoff=kickoff))
    again = moments(kind=MeetingKind.KICKOFF, kickoff=kickoff)
    planned = plan(MeetingKind.KICKOFF, kickoff=kickoff)
    for command in (again, planned, drop(kickoff)):
        assert stale(journey, command, seen)


def test_a_visit_that_was_skipped_already_is_not_skipped_unseen() -> None:
    journey = under_way()
    seen = journey.request.version
    journey.give(advisor, SKIPPED)
    assert stale(journey, SKIPPED, seen)


def test_a_question_answered_by_phone_needs_no_visit() -> None:
    journey = under_way()
    proposal = agreed(journey, moments())
    journey.give(advisor, SKIPPED)
    assert journey.request.stage is Stage.FOLLOW_UP
    assert proposal_of(journey, proposal).status is ProposalStatus.REPLACED
    assert journey.tasks == []
    assert journey.request == journey.refolded()


def test_a_planned_visit_is_called_off_or_reported_before_none_is_needed() -> None:
    journey = under_way()
    visit = agreed(journey, plan())
    agreed(journey, plan(MeetingKind.SESSION))
    refused(journey, advisor, SKIPPED, VISIT_PLANNED)
    journey.give(advisor, CancelMeeting(meeting=visit, reason=CancelReason.NO_LONGER_NEEDED))
    assert journey.give(advisor, SKIPPED)
