"""Resting: a pause stops the programme's clocks, silence leads to one, and one click brings a request back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.ending import Stop, StopReason
from domain.kickoffs import DropKickoff, KickoffDropReason
from domain.parts import ProposalStatus
from domain.resting import (
    ALREADY_PAUSED,
    LOOK_AGAIN_OUT_OF_RANGE,
    NOT_PAUSED,
    PauseReason,
    PauseRequest,
    RequestResumed,
    RestAnnounced,
    RestOver,
    Resume,
)
from domain.talking import Ask, TakeNote
from domain.tasks import open_tasks
from domain.words import Audience, Desk, Domain, Stage
from tests.domain.agreements import action, agreed, refused
from tests.domain.journey import Journey, advisor, staff, submitted, under_way, venlo
from tests.domain.meetings import moments, plan, with_invited
from tests.domain.stages import NEXT_MARCH, at, embedded, followed_up, kickoff_wanted

SUMMER = PauseRequest(reason=PauseReason.SUMMER, look_again=date(2027, 1, 11))
UNTIL_SOMEBODY_SAYS_SO = PauseRequest(reason=PauseReason.OTHER, text="Wachten op de wethouder.")


def due(journey: Journey) -> dict[str, date]:
    """When each open task is due."""
    return {str(task.kind): task.due for task in open_tasks(journey.request)}


def late_on(year: int, month: int, day: int) -> datetime:
    """The end of that day."""
    return datetime(year, month, day, 23, tzinfo=UTC)


def test_rule_10_a_pause_stops_the_clocks_of_municipality_advisor_and_staff() -> None:
    journey = under_way()
    journey.give(venlo, SUMMER)
    assert journey.tasks == []
    assert journey.until(late_on(2027, 1, 8)) == []


def test_rule_10_what_was_agreed_with_others_keeps_its_date() -> None:
    journey, _, _ = with_invited(Domain.MEDICAL)
    agreed(journey, action())
    before = due(journey)
    journey.give(staff, UNTIL_SOMEBODY_SAYS_SO)
    kept = {kind: before[kind] for kind in ("DO_ACTION", "RESPOND", "REPORT_MEETING")}
    assert due(journey) == kept
    journey.wait(days=5).give(staff, Resume())
    assert {kind: due(journey)[kind] for kind in kept} == kept


def test_rule_10_resuming_gives_each_resting_task_its_remaining_days() -> None:
    journey = submitted()
    journey.give(staff, PauseRequest(reason=PauseReason.CAPACITY))
    assert journey.request.terms["TRIAGE"].due == date(2026, 11, 9)
    journey.now = datetime(2026, 12, 7, 9, tzinfo=UTC)
    journey.give(venlo, Resume())
    assert due(journey) == {"TRIAGE": date(2026, 12, 14)}
    kickoff, _ = kickoff_wanted()
    assert due(kickoff) == {"PLAN_KICKOFF": date(2026, 12, 10)}
    kickoff.give(advisor, UNTIL_SOMEBODY_SAYS_SO)
    kickoff.now = datetime(2027, 2, 1, 9, tzinfo=UTC)
    kickoff.give(advisor, Resume())
    assert due(kickoff) == {"PLAN_KICKOFF": date(2027, 3, 11)}  # 28 working days, as there were left.


def test_rule_10_resuming_gives_at_least_five_days() -> None:
    journey = submitted().wait(days=10)
    journey.give(staff, PauseRequest(reason=PauseReason.CAPACITY))
    journey.wait(days=7).give(staff, Resume())
    assert due(journey) == {"TRIAGE": date(2026, 11, 26)}
    reminders = [rung.at.date() for rung in journey.request.terms["TRIAGE"].rungs]
    assert reminders == [date(2026, 11, 26)]


def test_rule_10_a_task_that_began_during_the_rest_has_all_its_days() -> None:
    journey = under_way()
    journey.give(staff, PauseRequest(reason=PauseReason.CAPACITY))
    journey.now = datetime(2026, 12, 7, 9, tzinfo=UTC)
    journey.give(venlo, Ask(to=Desk.ADVISOR, text="Gaat het door?"))
    assert journey.tasks == []
    journey.wait(days=2).give(staff, Resume())
    assert due(journey)["ANSWER_MESSAGE"] == date(2026, 12, 16)  # As if it had been asked today.


def test_nothing_is_due_in_july_or_august_after_a_rest() -> None:
    journey, _ = kickoff_wanted()
    journey.give(advisor, UNTIL_SOMEBODY_SAYS_SO)
    journey.now = datetime(2027, 6, 14, 9, tzinfo=UTC)
    journey.give(advisor, Resume())
    assert due(journey) == {"PLAN_KICKOFF": date(2027, 9, 1)}
    looked_back_on = embedded(date(2026, 12, 14))
    looked_back_on.give(staff, UNTIL_SOMEBODY_SAYS_SO)
    looked_back_on.now = datetime(2027, 6, 14, 9, tzinfo=UTC)
    looked_back_on.give(staff, Resume())
    opens = next(term for key, term in looked_back_on.request.terms.items() if key.startswith("CHECK_IN_OPENS"))
    assert opens.rungs[0].at.date() == opens.due == date(2027, 9, 1)


def test_proposed_moments_pass_also_while_the_request_rests() -> None:
    journey = under_way()
    proposal = agreed(journey, moments())
    journey.give(venlo, SUMMER)
    journey.until(late_on(2026, 11, 20))
    assert journey.request.proposals[proposal].status is ProposalStatus.PASSED
    assert journey.tasks == []


def test_a_request_rests_once_and_resumes_when_it_rests() -> None:
    journey = under_way()
    refused(journey, venlo, Resume(), NOT_PAUSED)
    journey.give(venlo, SUMMER)
    refused(journey, staff, SUMMER, ALREADY_PAUSED)
    journey.give(advisor, Resume())
    assert journey.request.pause is None


@pytest.mark.parametrize("day", [date(2026, 11, 2), date(2026, 10, 30), date(2027, 11, 4)])
def test_the_day_to_look_again_lies_ahead_and_within_a_year(day: date) -> None:
    beyond = PauseRequest(reason=PauseReason.ELECTIONS, look_again=day)
    refused(under_way(), venlo, beyond, LOOK_AGAIN_OUT_OF_RANGE, "lookAgain")


def test_on_the_day_to_look_again_it_goes_on_by_itself() -> None:
    journey = under_way()
    journey.give(venlo, SUMMER)
    brought = journey.until(late_on(2027, 1, 11))
    assert [event.type for event in brought] == ["RequestResumed"]
    assert (journey.request.stage, journey.request.pause) == (Stage.VISIT, None)
    assert due(journey) == {"PROPOSE_VISIT": date(2027, 1, 18)}


def test_a_long_silence_is_announced_and_then_the_request_rests() -> None:
    journey = under_way()
    brought = [event for event in journey.until(late_on(2027, 1, 6)) if isinstance(event.fact, RestAnnounced)]
    assert [event.at.date() for event in brought] == [date(2027, 1, 6)]  # 40 working days, Christmas left out.
    assert journey.request.pause is None
    journey.until(late_on(2027, 1, 13))
    assert journey.request.pause
    assert (journey.request.pause.reason, journey.request.pause.by_time) == (PauseReason.SILENCE, True)
    journey.give(advisor, Resume())
    assert "PROPOSE_VISIT" in journey.tasks


def test_whatever_a_person_does_breaks_the_silence() -> None:
    journey = under_way()
    journey.until(late_on(2027, 1, 6))
    journey.give(venlo, TakeNote(text="We zijn er nog."))
    assert journey.request.rest_announced_on is None
    journey.until(late_on(2027, 1, 20))
    assert journey.request.pause is None
    assert len(journey.facts_of(RestAnnounced)) == 1


def test_a_meeting_or_a_look_back_to_come_is_no_silence() -> None:
    for journey in (under_way(), embedded(NEXT_MARCH)):
        if journey.request.stage is Stage.VISIT:
            agreed(journey, plan(starts_at=datetime(2027, 3, 1, 10, tzinfo=UTC)))
        journey.until(late_on(2027, 2, 1))
        assert journey.facts_of(RestAnnounced) == []


def test_after_half_a_year_of_rest_staff_decide() -> None:
    journey = followed_up()
    journey.give(venlo, UNTIL_SOMEBODY_SAYS_SO)
    brought = journey.until(journey.now + timedelta(days=186))
    assert [event.type for event in brought] == ["RestOver"]
    assert brought[0].fact.heard_by() is Audience.PROGRAMME
    (task,) = open_tasks(journey.request)
    assert (task.kind, task.assignee.desk, task.fulfilled_by) == ("DECIDE_REST", Desk.STAFF, ("resume", "stop"))
    journey.give(staff, Stop(reason=StopReason.NO_RESPONSE, text="We hoorden niets meer."))
    assert journey.tasks == []
    assert journey.facts_of(RestOver) == [brought[0].fact]


def test_a_request_keeps_its_stage_while_it_rests_and_may_go_on() -> None:
    journey, wanted = kickoff_wanted()
    stages = [journey.request.stage]
    for actor, command in (
        (venlo, SUMMER),
        (advisor, DropKickoff(kickoff=wanted, reason=KickoffDropReason.PUT_OFF)),
    ):
        journey.give(actor, command)
        stages.append(journey.request.stage)
    assert stages == [Stage.KICKOFF, Stage.KICKOFF, Stage.FOLLOW_UP]
    assert journey.request.pause


def test_when_it_rests_for_long_only_the_end_of_the_rest_wakes_it() -> None:
    journey = at(Stage.ASSIGNMENT)
    journey.give(staff, UNTIL_SOMEBODY_SAYS_SO)
    journey.until(late_on(2027, 5, 10))
    assert [event.type for event in journey.log[-1:]] == ["RestOver"]
    assert journey.facts_of(RequestResumed) == []
