"""A meeting of the coalition shows, domain by domain, who comes; parents count by their seats alone."""

from __future__ import annotations

from datetime import date

import pytest

from domain.partners import RemovePartner
from domain.reporting import ReportMeeting
from domain.representation import Presence, representation
from domain.seats import EndSeat
from domain.text import PartId
from domain.words import Domain, MeetingKind, SeatForm
from tests.domain.agreements import agreed, partner_person, searching, seat
from tests.domain.journey import Journey, advisor
from tests.domain.meetings import begun, meeting_of, responds, with_invited, with_meeting

THE_DAY_AFTER_IT_WAS_DUE = date(2026, 12, 2)


def shown(journey: Journey, meeting: PartId, domain: Domain, today: date | None = None) -> Presence:
    """What the meeting shows for a domain."""
    day = today or journey.now.date()
    return representation(journey.request, meeting_of(journey, meeting), day)[domain]


def test_rule_06_a_meeting_of_the_coalition_shows_who_comes_per_domain() -> None:
    journey, meeting, [midwives, library] = with_invited(Domain.MEDICAL, Domain.SOCIAL)
    journey.give(partner_person(midwives), responds(meeting))
    assert representation(journey.request, meeting_of(journey, meeting), journey.now.date()) == {
        Domain.MEDICAL: Presence.COMES,
        Domain.SOCIAL: Presence.INVITED,
        Domain.INFORMAL: Presence.NONE,
        Domain.PARENTS: Presence.NONE,
    }
    assert shown(journey, meeting, Domain.SOCIAL, THE_DAY_AFTER_IT_WAS_DUE) is Presence.NO_ANSWER
    journey.give(partner_person(library), responds(meeting, coming=False))
    assert shown(journey, meeting, Domain.SOCIAL) is Presence.NONE


@pytest.mark.parametrize(
    ("form", "presence"),
    [
        pytest.param(SeatForm.PARENT, Presence.INVITED, id="a parent"),
        pytest.param(SeatForm.REPRESENTATIVE, Presence.INVITED, id="a representative"),
        pytest.param(SeatForm.CONSULTED, Presence.NONE, id="consulted beforehand is no seat at the table"),
        pytest.param(SeatForm.SEARCHING, Presence.NONE, id="searching is not there yet"),
    ],
)
def test_rule_06_parents_count_by_a_seat_of_a_parent_or_representative(form: SeatForm, presence: Presence) -> None:
    journey, meeting = with_meeting(MeetingKind.KICKOFF)
    place = agreed(journey, searching() if form is SeatForm.SEARCHING else seat(form=form))
    assert shown(journey, meeting, Domain.PARENTS) is presence
    journey.give(advisor, EndSeat(seat=place))
    assert shown(journey, meeting, Domain.PARENTS) is Presence.NONE


def test_rule_06_an_organisation_of_parents_without_a_seat_does_not_count() -> None:
    journey, meeting, [parents] = with_invited(Domain.PARENTS)
    journey.give(partner_person(parents), responds(meeting))
    assert shown(journey, meeting, Domain.PARENTS) is Presence.NONE
    agreed(journey, seat(form=SeatForm.REPRESENTATIVE))
    assert shown(journey, meeting, Domain.PARENTS) is Presence.COMES


def test_rule_06_a_gap_never_stops_a_meeting() -> None:
    journey, meeting = with_meeting(MeetingKind.KICKOFF)
    assert set(representation(journey.request, meeting_of(journey, meeting), journey.now.date()).values()) == {
        Presence.NONE
    }
    assert begun(journey, meeting).give(advisor, ReportMeeting(meeting=meeting))


def test_one_who_comes_is_enough_for_a_domain() -> None:
    journey, meeting, [_, library] = with_invited(Domain.SOCIAL, Domain.SOCIAL)
    assert shown(journey, meeting, Domain.SOCIAL) is Presence.INVITED
    journey.give(partner_person(library), responds(meeting))
    assert shown(journey, meeting, Domain.SOCIAL) is Presence.COMES


def test_who_left_the_coalition_no_longer_counts() -> None:
    journey, meeting, [midwives] = with_invited(Domain.MEDICAL)
    journey.give(advisor, RemovePartner(partner=midwives))
    assert shown(journey, meeting, Domain.MEDICAL) is Presence.NONE


def test_after_the_meeting_no_answer_is_waited_for() -> None:
    journey, meeting, _ = with_invited(Domain.MEDICAL)
    begun(journey, meeting).give(advisor, ReportMeeting(meeting=meeting))
    assert shown(journey, meeting, Domain.MEDICAL) is Presence.NO_ANSWER


def test_a_visit_is_no_meeting_of_the_coalition() -> None:
    journey, meeting = with_meeting(MeetingKind.VISIT)
    assert representation(journey.request, meeting_of(journey, meeting), journey.now.date()) == {}
