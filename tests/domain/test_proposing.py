"""Moments are proposed by one side and chosen by the other; what has passed falls out by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from domain import refusal
from domain.meetings import KICKOFF_NOT_WANTED, PROPOSAL_SETTLED
from domain.moments import MOMENT_PASSED, MOMENT_TWICE, MOMENT_WITHOUT_ZONE, NUMBER_OF_MOMENTS
from domain.parts import KickoffStatus, ProposalStatus
from domain.planning import NOT_A_KICKOFF, MeetingPlanned
from domain.proposing import (
    ANSWER_IS_THEIRS,
    NOT_PROPOSED,
    AskOtherMoments,
    ChooseMoment,
    MomentChosen,
    MomentsPassed,
)
from domain.refusal import Reason
from domain.words import Capacity, MeetingKind, Side
from tests.domain.agreements import agreed, refused
from tests.domain.journey import MONDAY, advisor, behalf, staff, under_way, venlo
from tests.domain.meetings import (
    BOTH_LEVELS,
    NEXT_THURSDAY,
    NEXT_TUESDAY,
    NOBODY,
    kickoff_of,
    meeting_of,
    moments,
    plan,
    proposal_of,
    with_wanted_kickoff,
)


def test_moments_wait_for_the_other_side() -> None:
    journey = under_way()
    proposal = agreed(journey, moments())
    assert proposal_of(journey, proposal).asked is Side.MUNICIPALITY
    assert journey.tasks == ["CHOOSE_MOMENT"]


def test_what_an_advisor_records_for_the_municipality_asks_the_advisor() -> None:
    journey = under_way()
    proposal = agreed(journey, moments(on_behalf=behalf(Capacity.MUNICIPALITY)))
    assert proposal_of(journey, proposal).asked is Side.ADVISOR


def test_choosing_plans_the_meeting_as_it_was_proposed() -> None:
    journey = under_way()
    proposal = agreed(journey, moments(agenda=("Cijfers",), minutes=Side.MUNICIPALITY))
    chosen = NEXT_THURSDAY.astimezone(timezone(timedelta(hours=1)))
    events = journey.give(venlo, ChooseMoment(proposal=proposal, moment=chosen))
    assert [event.type for event in events] == [MomentChosen.__name__, MeetingPlanned.__name__]
    meeting = meeting_of(journey, events[1].id)
    assert (meeting.starts_at, meeting.starts_at.tzinfo) == (NEXT_THURSDAY, UTC)
    assert (meeting.place, meeting.agenda, meeting.minutes) == ("Stadhuis", ("Cijfers",), Side.MUNICIPALITY)
    assert meeting.organiser is Side.ADVISOR
    assert proposal_of(journey, proposal).status is ProposalStatus.CHOSEN
    assert journey.request == journey.refolded()


def test_only_the_side_asked_answers() -> None:
    journey = under_way()
    proposal = agreed(journey, moments())
    choice = ChooseMoment(proposal=proposal, moment=NEXT_TUESDAY)
    refused(journey, advisor, choice, ANSWER_IS_THEIRS, "proposal")
    refused(journey, advisor, AskOtherMoments(proposal=proposal), ANSWER_IS_THEIRS, "proposal")
    refused(
        journey,
        staff,
        ChooseMoment(proposal=proposal, moment=NEXT_TUESDAY, on_behalf=behalf(Capacity.ADVISOR)),
        ANSWER_IS_THEIRS,
        "proposal",
    )
    assert journey.give(venlo, choice)


def test_what_the_side_asked_said_by_phone_is_recorded_for_it() -> None:
    journey = under_way()
    proposal = agreed(journey, moments())
    heard = behalf(Capacity.MUNICIPALITY)
    journey.give(advisor, ChooseMoment(proposal=proposal, moment=NEXT_TUESDAY, on_behalf=heard))
    assert proposal_of(journey, proposal).status is ProposalStatus.CHOSEN


def test_a_moment_that_was_not_proposed_is_not_chosen() -> None:
    journey = under_way()
    proposal = agreed(journey, moments())
    other = NEXT_TUESDAY + timedelta(minutes=1)
    refused(journey, venlo, ChooseMoment(proposal=proposal, moment=other), NOT_PROPOSED, "moment")
    refused(journey, venlo, ChooseMoment(proposal=NOBODY, moment=NEXT_TUESDAY), refusal.NO_SUCH_PART, "proposal")


def test_a_passed_moment_is_not_chosen() -> None:
    journey = under_way()
    proposal = agreed(journey, moments())
    journey.now = NEXT_TUESDAY
    refused(journey, venlo, ChooseMoment(proposal=proposal, moment=NEXT_TUESDAY), MOMENT_PASSED, "moment")
    assert journey.give(venlo, ChooseMoment(proposal=proposal, moment=NEXT_THURSDAY))


def test_an_answered_proposal_is_not_answered_again() -> None:
    journey = under_way()
    proposal = agreed(journey, moments())
    journey.give(venlo, AskOtherMoments(proposal=proposal, wish="Liever in december."))
    refused(journey, venlo, ChooseMoment(proposal=proposal, moment=NEXT_TUESDAY), PROPOSAL_SETTLED, "proposal")


def test_asking_for_others_brings_the_task_back() -> None:
    journey = under_way()
    proposal = agreed(journey, moments())
    journey.give(venlo, AskOtherMoments(proposal=proposal, wish="Liever in december."))
    answered = proposal_of(journey, proposal)
    assert (answered.status, answered.wish) == (ProposalStatus.TURNED_DOWN, "Liever in december.")
    assert journey.tasks == ["PROPOSE_VISIT"]


def test_a_new_proposal_for_the_same_visit_takes_the_place_of_the_open_one() -> None:
    journey = under_way()
    first, session = agreed(journey, moments()), agreed(journey, moments(kind=MeetingKind.SESSION))
    second = agreed(journey, moments(moments=(NEXT_THURSDAY,)), venlo)
    assert proposal_of(journey, first).status is ProposalStatus.REPLACED
    assert proposal_of(journey, second).asked is Side.ADVISOR
    assert proposal_of(journey, session).status is ProposalStatus.OPEN


def test_moments_for_a_wanted_kickoff_take_over_its_levels_and_organiser() -> None:
    journey, kickoff = with_wanted_kickoff()
    proposal = agreed(journey, moments(kind=MeetingKind.KICKOFF, kickoff=kickoff))
    other = agreed(journey, moments(kind=MeetingKind.KICKOFF, kickoff=kickoff))
    assert proposal_of(journey, proposal).status is ProposalStatus.REPLACED
    meeting = journey.give(venlo, ChooseMoment(proposal=other, moment=NEXT_TUESDAY))[1].id
    assert (meeting_of(journey, meeting).levels, meeting_of(journey, meeting).kickoff) == (BOTH_LEVELS, kickoff)
    assert meeting_of(journey, meeting).organiser is Side.MUNICIPALITY
    assert kickoff_of(journey, kickoff).status is KickoffStatus.PLANNED
    again = moments(kind=MeetingKind.KICKOFF, kickoff=kickoff)
    refused(journey, advisor, again, KICKOFF_NOT_WANTED, "kickoff")


@pytest.mark.parametrize(
    ("proposed", "reason", "field"),
    [
        pytest.param((), NUMBER_OF_MOMENTS, "moments", id="none"),
        pytest.param(
            tuple(NEXT_TUESDAY + timedelta(hours=n) for n in range(6)), NUMBER_OF_MOMENTS, "moments", id="six"
        ),
        pytest.param((NEXT_TUESDAY, NEXT_TUESDAY), MOMENT_TWICE, "moments", id="twice the same"),
        pytest.param(
            (NEXT_TUESDAY, NEXT_TUESDAY.astimezone(timezone(timedelta(hours=1)))),
            MOMENT_TWICE,
            "moments",
            id="twice the same in another zone",
        ),
        pytest.param((NEXT_TUESDAY, MONDAY), MOMENT_PASSED, "moments.1", id="this very moment"),
        pytest.param((NEXT_TUESDAY.replace(tzinfo=None),), MOMENT_WITHOUT_ZONE, "moments.0", id="without a zone"),
        pytest.param((NEXT_TUESDAY.replace(year=2032),), refusal.DATE_TOO_FAR, "moments.0", id="too far away"),
        pytest.param((datetime.max.replace(tzinfo=UTC),), refusal.DATE_TOO_FAR, "moments.0", id="the end of time"),
        pytest.param((datetime.min.replace(tzinfo=UTC),), MOMENT_PASSED, "moments.0", id="the beginning of time"),
    ],
)
def test_one_to_five_moments_are_proposed_each_once_and_to_come(
    proposed: tuple[datetime, ...], reason: Reason, field: str
) -> None:
    refused(under_way(), advisor, moments(moments=proposed), reason, field)


def test_a_kickoff_has_a_level_and_only_a_kickoff_is_a_wanted_one() -> None:
    journey, kickoff = with_wanted_kickoff()
    refused(journey, advisor, moments(kind=MeetingKind.KICKOFF), refusal.REQUIRED_HERE, "levels")
    refused(journey, advisor, moments(kickoff=kickoff), NOT_A_KICKOFF, "kickoff")
    unknown = moments(kind=MeetingKind.KICKOFF, kickoff=NOBODY)
    refused(journey, advisor, unknown, refusal.NO_SUCH_PART, "kickoff")


def test_five_moments_are_kept_soonest_first() -> None:
    journey = under_way()
    proposal = agreed(journey, moments(moments=tuple(NEXT_TUESDAY - timedelta(hours=n) for n in range(5))))
    starts = [moment.starts_at for moment in proposal_of(journey, proposal).moments]
    assert starts == sorted(starts)
    assert len(starts) == 5


def test_moments_fall_out_as_they_pass_until_the_proposal_has_passed() -> None:
    journey = under_way()
    proposal = agreed(journey, moments())
    journey.until(NEXT_TUESDAY + timedelta(days=1, hours=3))
    assert [moment.passed for moment in proposal_of(journey, proposal).moments] == [True, False]
    assert "CHOOSE_MOMENT" in journey.tasks
    journey.until(NEXT_THURSDAY + timedelta(days=1, hours=3))
    assert proposal_of(journey, proposal).status is ProposalStatus.PASSED
    assert [fact.moments for fact in journey.facts_of(MomentsPassed)] == [(NEXT_TUESDAY,), (NEXT_THURSDAY,)]
    assert "PROPOSE_VISIT" in journey.tasks
    assert journey.request == journey.refolded()


def test_a_passed_proposal_brings_back_the_planning_of_its_kickoff() -> None:
    journey, kickoff = with_wanted_kickoff()
    agreed(journey, moments(kind=MeetingKind.KICKOFF, kickoff=kickoff, moments=(NEXT_TUESDAY,)))
    assert "PLAN_KICKOFF" not in journey.tasks
    journey.until(NEXT_TUESDAY + timedelta(days=1, hours=3))
    assert "PLAN_KICKOFF" in journey.tasks


def test_a_passing_moment_does_not_make_a_choice_stale_but_an_answer_does() -> None:
    journey = under_way()
    proposal = agreed(journey, moments())
    seen = journey.request.version
    journey.until(NEXT_TUESDAY + timedelta(days=1, hours=3))
    choice = ChooseMoment(proposal=proposal, moment=NEXT_THURSDAY)
    assert journey.give(venlo, choice, based_on=seen)
    for late in (choice, AskOtherMoments(proposal=proposal)):
        with pytest.raises(refusal.Refusal) as caught:
            journey.give(venlo, late, based_on=seen)
        assert caught.value.code == refusal.STALE.code


def test_planning_by_phone_settles_what_was_still_open_for_it() -> None:
    journey = under_way()
    visit, session = agreed(journey, moments()), agreed(journey, moments(kind=MeetingKind.SESSION))
    journey.give(advisor, plan())
    journey.give(advisor, plan(MeetingKind.SESSION, proposal=session))
    assert proposal_of(journey, visit).status is ProposalStatus.REPLACED
    assert proposal_of(journey, session).status is ProposalStatus.REPLACED
    settled = plan(MeetingKind.SESSION, proposal=session)
    refused(journey, advisor, settled, PROPOSAL_SETTLED, "proposal")
    refused(journey, advisor, plan(MeetingKind.SESSION, proposal=NOBODY), refusal.NO_SUCH_PART, "proposal")
