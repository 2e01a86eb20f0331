"""A meeting is planned, moves and is called off, and stays the same meeting; parents stay on its agenda."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain import refusal
from domain.inviting import Invite
from domain.meetings import KICKOFF_NOT_WANTED, MEETING_SETTLED
from domain.moments import MOMENT_TOO_LONG_AGO, MOMENT_WITHOUT_ZONE
from domain.parts import Answer, KickoffStatus, MeetingStatus
from domain.planning import CancelMeeting, CancelReason, MoveReason, RescheduleMeeting
from domain.refusal import Reason
from domain.reporting import AmendReport, ReportMeeting
from domain.tasks import open_tasks
from domain.words import Capacity, Domain, Level, MeetingKind, Side
from tests.domain.agreements import agreed, partner_person, refused
from tests.domain.journey import advisor, behalf, under_way, venlo
from tests.domain.meetings import (
    BOTH_LEVELS,
    NEXT_THURSDAY,
    NEXT_TUESDAY,
    NOBODY,
    kickoff_of,
    meeting_of,
    plan,
    reported,
    responds,
    with_invited,
    with_meeting,
    with_wanted_kickoff,
)

OTHER_PLACE = "Bibliotheek Venlo"


def move(meeting: str, **changes: Any) -> RescheduleMeeting:
    """Move a meeting to Thursday."""
    given = {"meeting": meeting, "starts_at": NEXT_THURSDAY, "reason": MoveReason.BETTER_MOMENT, "text": "Tot dan."}
    return RescheduleMeeting(**{**given, **changes})


def cancel(meeting: str, **changes: Any) -> CancelMeeting:
    """Call a meeting off."""
    given = {"meeting": meeting, "reason": CancelReason.OTHER, "text": "Het gaat niet door."}
    return CancelMeeting(**{**given, **changes})


def test_what_was_agreed_by_phone_is_planned_at_once() -> None:
    journey, meeting = with_meeting(place="Stadhuis", agenda=("Kennismaking",))
    known = meeting_of(journey, meeting)
    assert (known.starts_at, known.place, known.agenda) == (NEXT_TUESDAY, "Stadhuis", ("Kennismaking",))
    assert (known.organiser, known.minutes) == (Side.ADVISOR, Side.ADVISOR)
    assert "PROPOSE_VISIT" not in journey.tasks


def test_the_municipality_organises_what_it_plans_or_has_recorded() -> None:
    journey = under_way()
    own = agreed(journey, plan(), venlo)
    recorded = agreed(journey, plan(on_behalf=behalf(Capacity.MUNICIPALITY)))
    assert {meeting_of(journey, own).organiser, meeting_of(journey, recorded).organiser} == {Side.MUNICIPALITY}


def test_a_meeting_can_be_an_item_of_a_meeting_of_others() -> None:
    journey, meeting = with_meeting(MeetingKind.SESSION, inside="Bestuurlijk overleg Noord-Limburg")
    assert meeting_of(journey, meeting).inside == "Bestuurlijk overleg Noord-Limburg"


def test_a_meeting_for_a_wanted_kickoff_plans_it_once() -> None:
    journey, kickoff = with_wanted_kickoff()
    meeting = agreed(journey, plan(MeetingKind.KICKOFF, kickoff=kickoff, levels=()), advisor)
    assert meeting_of(journey, meeting).levels == BOTH_LEVELS
    assert meeting_of(journey, meeting).organiser is Side.MUNICIPALITY
    assert kickoff_of(journey, kickoff).status is KickoffStatus.PLANNED
    assert "PLAN_KICKOFF" not in journey.tasks
    refused(journey, advisor, plan(MeetingKind.KICKOFF, kickoff=kickoff), KICKOFF_NOT_WANTED, "kickoff")


def test_levels_are_kept_once_each() -> None:
    twice = (Level.OPERATIONAL, Level.GOVERNANCE, Level.OPERATIONAL)
    journey, meeting = with_meeting(MeetingKind.KICKOFF, levels=twice)
    assert meeting_of(journey, meeting).levels == BOTH_LEVELS


def test_what_was_held_up_to_a_year_ago_is_planned_afterwards() -> None:
    journey = under_way()
    meeting = agreed(journey, plan(starts_at=journey.now - timedelta(days=300)))
    assert "REPORT_MEETING" in journey.tasks
    assert journey.give(advisor, ReportMeeting(meeting=meeting))


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        pytest.param(NEXT_TUESDAY.replace(tzinfo=None), MOMENT_WITHOUT_ZONE, id="without a zone"),
        pytest.param(NEXT_TUESDAY.replace(year=2025, month=10), MOMENT_TOO_LONG_AGO, id="more than a year ago"),
        pytest.param(NEXT_TUESDAY.replace(year=2032), refusal.DATE_TOO_FAR, id="in six years"),
    ],
)
def test_a_moment_has_a_zone_and_lies_within_reach(moment: datetime, reason: Reason) -> None:
    journey, meeting = with_meeting()
    refused(journey, advisor, plan(starts_at=moment), reason, "startsAt")
    refused(journey, advisor, move(meeting, starts_at=moment), reason, "startsAt")


def test_a_moved_meeting_stays_the_same_meeting_in_the_same_place() -> None:
    journey, meeting = with_meeting(place="Stadhuis")
    journey.give(venlo, move(meeting, text=None))
    assert list(journey.request.meetings) == [meeting]
    assert (meeting_of(journey, meeting).starts_at, meeting_of(journey, meeting).place) == (NEXT_THURSDAY, "Stadhuis")
    journey.give(venlo, move(meeting, place=OTHER_PLACE))
    journey.give(venlo, move(meeting, link="https://video.example/venlo"))
    assert (meeting_of(journey, meeting).place, meeting_of(journey, meeting).link) == (
        None,
        "https://video.example/venlo",
    )


def test_who_was_invited_answers_anew_when_the_moment_moves() -> None:
    journey, meeting, [midwives] = with_invited(Domain.MEDICAL)
    journey.give(partner_person(midwives), responds(meeting, text="Graag."))
    journey.give(advisor, move(meeting, starts_at=datetime(2026, 12, 15, 9, tzinfo=UTC)))
    [invitation] = meeting_of(journey, meeting).invitations
    assert (invitation.answer, invitation.text) == (Answer.NO_ANSWER, None)
    assert "RESPOND" in journey.tasks
    assert journey.request == journey.refolded()


def test_an_answer_stays_when_only_the_place_changes() -> None:
    journey, meeting, [midwives] = with_invited(Domain.MEDICAL)
    journey.give(partner_person(midwives), responds(meeting))
    starts = meeting_of(journey, meeting).starts_at
    journey.give(advisor, move(meeting, starts_at=starts, place=OTHER_PLACE))
    assert meeting_of(journey, meeting).invitations[0].answer is Answer.COMING


def test_who_was_invited_is_told_in_words() -> None:
    journey, meeting, _ = with_invited(Domain.MEDICAL)
    refused(journey, advisor, move(meeting, text=None), refusal.REQUIRED_HERE, "text")
    refused(journey, advisor, cancel(meeting, text=None), refusal.REQUIRED_HERE, "text")
    assert journey.give(advisor, cancel(meeting))


def test_a_cancelled_visit_is_to_be_proposed_again() -> None:
    journey, meeting = with_meeting()
    journey.give(venlo, cancel(meeting, text=None))
    assert meeting_of(journey, meeting).status is MeetingStatus.CANCELLED
    assert journey.tasks == ["PROPOSE_VISIT"]


def test_the_kickoff_of_a_cancelled_meeting_is_wanted_again() -> None:
    journey, kickoff = with_wanted_kickoff()
    meeting = agreed(journey, plan(MeetingKind.KICKOFF, kickoff=kickoff))
    journey.give(advisor, cancel(meeting))
    assert kickoff_of(journey, kickoff).status is KickoffStatus.WANTED
    assert "PLAN_KICKOFF" in journey.tasks
    assert journey.request == journey.refolded()


def test_a_meeting_that_did_not_take_place_is_called_off_afterwards() -> None:
    journey, meeting = with_meeting()
    journey.now = NEXT_THURSDAY
    journey.give(advisor, cancel(meeting))
    assert "REPORT_MEETING" not in journey.tasks


def test_what_was_held_or_called_off_no_longer_moves() -> None:
    journey, held = with_meeting()
    reported(journey, held)
    cancelled = agreed(journey, plan(starts_at=NEXT_THURSDAY))
    journey.give(advisor, cancel(cancelled))
    for meeting in (held, cancelled):
        refused(journey, advisor, move(meeting), MEETING_SETTLED, "meeting")
        refused(journey, advisor, cancel(meeting), MEETING_SETTLED, "meeting")
    refused(journey, advisor, cancel(NOBODY), refusal.NO_SUCH_PART, "meeting")


def test_moving_makes_an_older_cancelling_stale() -> None:
    journey, meeting = with_meeting()
    seen = journey.request.version
    journey.give(venlo, move(meeting))
    with pytest.raises(refusal.Refusal) as caught:
        journey.give(advisor, cancel(meeting), based_on=seen)
    assert caught.value.code == refusal.STALE.code


def test_an_invitation_and_its_answer_do_not_make_moving_stale() -> None:
    journey, meeting, [midwives] = with_invited(Domain.MEDICAL)
    seen = journey.request.version - 1
    journey.give(partner_person(midwives), responds(meeting))
    assert journey.give(advisor, move(meeting), based_on=seen)


@pytest.mark.parametrize("kind", [MeetingKind.KICKOFF, MeetingKind.SESSION])
def test_rule_05_parents_are_always_on_the_agenda_of_the_coalition(kind: MeetingKind) -> None:
    journey, meeting = with_meeting(kind, agenda=())
    assert meeting_of(journey, meeting).participation_on_agenda
    journey.give(advisor, move(meeting))
    assert meeting_of(journey, meeting).participation_on_agenda
    reported(journey, meeting, agenda=("Alleen de cijfers",))
    journey.give(advisor, AmendReport(meeting=meeting, reason="Volgorde.", agenda=("Rondvraag",)))
    assert meeting_of(journey, meeting).agenda == ("Rondvraag",)
    assert meeting_of(journey, meeting).participation_on_agenda


def test_a_visit_has_the_agenda_that_the_two_want() -> None:
    journey, meeting = with_meeting()
    assert not meeting_of(journey, meeting).participation_on_agenda


def test_who_keeps_the_minutes_is_waited_for() -> None:
    journey, meeting = with_meeting(minutes=Side.MUNICIPALITY)
    [task] = [one for one in open_tasks(journey.request) if one.about == meeting]
    assert (str(task.kind), task.assignee.municipality) == ("REPORT_MEETING", journey.request.lead_municipality)
    refused(journey, advisor, Invite(meeting=NOBODY, everybody=True), refusal.NO_SUCH_PART, "meeting")
