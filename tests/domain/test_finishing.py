"""Finishing: the closing gate, which look-backs are proposed, and what follows the support."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from domain import refusal
from domain.action_owners import HandOverAction
from domain.ambitions import AgreeAmbition
from domain.finishing import (
    ACTIONS_OPEN,
    LOOSE_AMBITIONS,
    NO_PARENT_SEAT,
    QUESTIONS_OPEN,
    REPORTS_MISSING,
    FinishSupport,
    PlannedCheckIn,
    SupportFinished,
    closing_gate,
    proposed_check_ins,
)
from domain.parts import ActionStatus, CheckInStatus
from domain.refusal import Reason, Refusal
from domain.submitting import AskedQuestion
from domain.words import Desk, MeetingKind, Outcome, QuestionKind, SeatForm, Side, Stage
from storage.calendar import build_calendar
from tests.domain.agreements import action, agreed, refused, searching, seat
from tests.domain.journey import MONDAY, Journey, advisor, under_way
from tests.domain.meetings import begun, plan, reported, want
from tests.domain.stages import NEXT_MARCH, THIS_IS_WHY, at, finish, followed_up, kickoff_wanted, settle

AT_EASE = FinishSupport()


def with_everything_done() -> Journey:
    """A request that can be finished without a word."""
    journey = followed_up()
    journey.give(advisor, seat())
    return journey


def codes(refusals: tuple[Refusal, ...]) -> list[str]:
    """The codes of these refusals."""
    return [one.code for one in refusals]


def refused_with_all(journey: Journey, command: FinishSupport, *reasons: Reason) -> None:
    """The command is refused for all of these reasons at once."""
    with pytest.raises(Refusal) as caught:
        journey.give(advisor, command)
    assert codes((caught.value, *caught.value.others)) == [reason.code for reason in reasons]


def test_rule_09_a_question_without_outcome_blocks() -> None:
    journey = with_everything_done()
    assert closing_gate(journey.request, journey.now) == ((), ())
    open_again = under_way()
    open_again.give(advisor, seat())
    refused(open_again, advisor, finish(), QUESTIONS_OPEN)
    settle(open_again).give(advisor, finish())
    assert open_again.request.stage is Stage.CLOSED


def test_rule_09_a_held_meeting_without_report_blocks() -> None:
    journey = with_everything_done()
    meeting = agreed(journey, plan(MeetingKind.SESSION))
    assert closing_gate(journey.request, journey.now).blockers == ()
    begun(journey, meeting)
    refused(journey, advisor, finish(), REPORTS_MISSING)
    reported(journey, meeting).give(advisor, AT_EASE)
    assert journey.request.stage is Stage.CLOSED


def test_rule_09_all_blockers_are_told_at_once() -> None:
    journey = under_way()
    begun(journey, agreed(journey, plan()))
    refused_with_all(journey, finish(), QUESTIONS_OPEN, REPORTS_MISSING)


def test_rule_09_open_actions_no_parent_seat_and_loose_ambitions_warn_and_the_advisor_goes_on_with_a_reason() -> None:
    journey, wanted = kickoff_wanted()
    meeting = agreed(journey, plan(MeetingKind.KICKOFF, kickoff=wanted))
    settle(reported(journey, meeting))
    journey.give(advisor, AgreeAmbition(text="Elk kind een goede start."))
    journey.give(advisor, action())
    refused_with_all(journey, FinishSupport(), ACTIONS_OPEN, NO_PARENT_SEAT, LOOSE_AMBITIONS)
    journey.give(advisor, finish())
    (finished,) = journey.facts_of(SupportFinished)
    assert finished.reason == THIS_IS_WHY
    assert finished.warnings == ("ACTIONS_OPEN", "NO_PARENT_SEAT", "LOOSE_AMBITIONS")


@pytest.mark.parametrize("form", [SeatForm.CONSULTED, SeatForm.SEARCHING])
def test_rule_09_only_a_parent_or_a_representative_fills_the_seat(form: SeatForm) -> None:
    journey = followed_up()
    journey.give(advisor, searching() if form is SeatForm.SEARCHING else seat(form=form))
    refused(journey, advisor, AT_EASE, NO_PARENT_SEAT, "reason")
    journey.give(advisor, seat(form=SeatForm.REPRESENTATIVE))
    journey.give(advisor, AT_EASE)


def test_rule_09_an_action_that_was_handed_over_warns_no_more() -> None:
    journey = with_everything_done()
    left = agreed(journey, action())
    refused(journey, advisor, AT_EASE, ACTIONS_OPEN, "reason")
    journey.give(advisor, HandOverAction(action=left))
    journey.give(advisor, AT_EASE)


def test_open_actions_are_handed_over_when_the_advisor_asks_for_it() -> None:
    journey = with_everything_done()
    left = agreed(journey, action())
    journey.give(advisor, FinishSupport(hand_over_actions=True))
    assert journey.request.actions[left].status is ActionStatus.HANDED_OVER
    assert journey.request.coalition
    assert left in journey.request.coalition.handed_over
    assert journey.facts_of(SupportFinished)[0].warnings == ()


@pytest.mark.parametrize("stage", [Stage.VISIT, Stage.KICKOFF, Stage.FOLLOW_UP])
def test_support_is_finished_from_any_stage_of_it(stage: Stage) -> None:
    closed, goes_on = settle(at(stage)), settle(at(stage))
    closed.give(advisor, finish())
    assert closed.request.closing
    assert (closed.request.stage, closed.request.closing.outcome) == (Stage.CLOSED, Outcome.COMPLETED)
    goes_on.give(advisor, finish(NEXT_MARCH))
    assert goes_on.request.stage is Stage.EMBEDDING
    assert goes_on.request.stages_left[-1] is stage


def test_with_a_look_back_to_come_both_are_asked_how_the_support_was() -> None:
    journey = with_everything_done()
    journey.give(advisor, finish(NEXT_MARCH))
    assert journey.tasks == ["EVALUATE", "EVALUATE"]
    assert journey.request.evaluation_asked == {Desk.MUNICIPALITY, Desk.ADVISOR}
    assert at(Stage.CLOSED).request.evaluation_asked == frozenset()


def test_a_look_back_opens_on_a_working_day_outside_july_and_august() -> None:
    journey = with_everything_done()
    by_advisor = PlannedCheckIn(opens_on=date(2027, 5, 16), by=Side.ADVISOR)
    in_summer = PlannedCheckIn(opens_on=date(2027, 7, 20))
    journey.give(advisor, FinishSupport(check_ins=(by_advisor, in_summer)))
    planned = [(one.opens_on, one.by, one.status) for one in journey.request.check_ins.values()]
    assert planned == [
        (date(2027, 5, 18), Desk.ADVISOR, CheckInStatus.PLANNED),  # Sunday and Whit Monday are free.
        (date(2027, 9, 1), Desk.MUNICIPALITY, CheckInStatus.PLANNED),
    ]
    yesterday = FinishSupport(check_ins=(PlannedCheckIn(opens_on=date(2026, 11, 1)),))
    refused(with_everything_done(), advisor, yesterday, refusal.DATE_PASSED, "checkIns.0.opensOn")


def proposed(journey: Journey) -> list[date]:
    """The days of the look-backs that are proposed today."""
    return [one.opens_on for one in proposed_check_ins(journey.request, build_calendar(), journey.now.date())]


def after_kickoffs_on(*moments: datetime) -> Journey:
    """A request with a kick-off held at each of these moments."""
    journey = under_way()
    for moment in moments:
        wanted = agreed(journey, want())
        reported(journey, agreed(journey, plan(MeetingKind.KICKOFF, kickoff=wanted, starts_at=moment)))
    return journey


def test_3_6_and_12_months_after_the_last_kickoff_are_proposed() -> None:
    november, last_of_november = MONDAY.replace(day=10), MONDAY.replace(day=30)
    journey = after_kickoffs_on(november, last_of_november)
    assert proposed(journey) == [date(2027, 3, 1), date(2027, 5, 31), date(2027, 11, 30)]  # 28 February is a Sunday.
    assert proposed(journey.wait(days=100)) == [date(2027, 5, 31), date(2027, 11, 30)]


def test_a_proposed_look_back_is_moved_out_of_the_summer() -> None:
    assert proposed(after_kickoffs_on(MONDAY.replace(year=2027, month=1, day=12)))[1] == date(2027, 9, 1)


def test_one_look_back_after_6_months_is_proposed_for_other_support() -> None:
    assert proposed(under_way()) == [date(2027, 5, 3)]  # 2 May 2027 is a Sunday.
    held = after_kickoffs_on(MONDAY.replace(day=10)).wait(days=400)
    assert proposed(held) == [date(2028, 6, 15)]


def test_no_look_back_is_proposed_when_only_information_was_asked() -> None:
    examples = AskedQuestion(kind=QuestionKind.EXAMPLES)
    assert proposed(under_way(questions=(examples, AskedQuestion(kind=QuestionKind.UNSURE)))) == []
    assert proposed(under_way(questions=(examples, AskedQuestion(kind=QuestionKind.THEME)))) == [date(2027, 5, 3)]
