"""Partners are invited once and answer for themselves; a parent is never invited."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain import refusal
from domain.command import Actor
from domain.inviting import MEETING_BEGAN, NOBODY_TO_INVITE, NOT_INVITED, Invite, PartnerInvited, PartnerResponded
from domain.meetings import MEETING_SETTLED
from domain.moments import NUMBER_OF_MOMENTS
from domain.partners import RemovePartner
from domain.parts import Answer, Invitation
from domain.planning import CancelMeeting, CancelReason, MoveReason, RescheduleMeeting
from domain.text import PartId
from domain.words import Capacity, Domain, MeetingKind
from tests.domain.agreements import agreed, partner, partner_person, refused
from tests.domain.journey import Journey, advisor, behalf, staff, under_way, venlo
from tests.domain.meetings import (
    NOBODY,
    begun,
    meeting_of,
    plan,
    responds,
    with_invited,
    with_meeting,
)

IN_JANUARY = datetime(2027, 1, 12, 9, tzinfo=UTC)


def invited(journey: Journey) -> list[PartId]:
    """Whom the invitations went to."""
    return [fact.partner for fact in journey.facts_of(PartnerInvited)]


def invitation_of(journey: Journey, meeting: PartId, invited_partner: PartId) -> Invitation:
    """The invitation as it is now."""
    return next(one for one in meeting_of(journey, meeting).invitations if one.partner == invited_partner)


def test_partners_are_invited_by_name_by_domain_or_all_together() -> None:
    journey = under_way()
    midwives, library, neighbours = (
        agreed(journey, partner(domain=domain, organisation=str(domain)))
        for domain in (Domain.MEDICAL, Domain.SOCIAL, Domain.INFORMAL)
    )
    meeting = agreed(journey, plan(MeetingKind.SESSION))
    journey.give(venlo, Invite(meeting=meeting, partners=(midwives,)))
    assert invited(journey) == [midwives]
    journey.give(venlo, Invite(meeting=meeting, domains=(Domain.SOCIAL,)))
    assert invited(journey) == [midwives, library]
    journey.give(advisor, Invite(meeting=meeting, everybody=True))
    assert invited(journey) == [midwives, library, neighbours]
    assert journey.give(advisor, Invite(meeting=meeting, everybody=True)) == ()
    assert journey.tasks.count("RESPOND") == 3


def test_somebody_is_invited_and_that_is_a_partner_here() -> None:
    journey, meeting, [midwives] = with_invited(Domain.MEDICAL)
    refused(journey, advisor, Invite(meeting=meeting), refusal.REQUIRED_HERE, "partners")
    refused(journey, advisor, Invite(meeting=meeting, partners=(midwives, NOBODY)), refusal.NO_SUCH_PART, "partners.1")
    refused(journey, advisor, Invite(meeting=meeting, domains=(Domain.INFORMAL,)), NOBODY_TO_INVITE)
    journey.give(advisor, RemovePartner(partner=midwives))
    refused(journey, advisor, Invite(meeting=meeting, everybody=True), NOBODY_TO_INVITE)


def test_nobody_is_invited_to_what_began_or_was_called_off() -> None:
    journey, meeting, [midwives] = with_invited(Domain.MEDICAL)
    begun(journey, meeting)
    refused(journey, advisor, Invite(meeting=meeting, everybody=True), MEETING_BEGAN, "meeting")
    cancelled = CancelMeeting(meeting=meeting, reason=CancelReason.OTHER, text="Het gaat niet door.")
    journey.give(advisor, cancelled)
    refused(journey, advisor, Invite(meeting=meeting, everybody=True), MEETING_SETTLED, "meeting")
    refused(journey, partner_person(midwives), responds(meeting), MEETING_SETTLED, "meeting")


def test_a_partner_answers_and_may_change_its_mind() -> None:
    journey, meeting, [midwives, library] = with_invited(Domain.MEDICAL, Domain.SOCIAL)
    journey.give(partner_person(midwives), responds(meeting))
    assert invitation_of(journey, meeting, midwives).answer is Answer.COMING
    assert invitation_of(journey, meeting, library).answer is Answer.NO_ANSWER
    journey.give(partner_person(midwives), responds(meeting, coming=False, moments=(IN_JANUARY,), text="Helaas."))
    changed = invitation_of(journey, meeting, midwives)
    assert (changed.answer, changed.moments, changed.text) == (Answer.NOT_COMING, (IN_JANUARY,), "Helaas.")
    assert journey.request == journey.refolded()


@pytest.mark.parametrize(
    "recorder",
    [
        pytest.param(advisor, id="by the advisor"),
        pytest.param(venlo, id="by the municipality"),
        pytest.param(staff, id="by staff"),
    ],
)
def test_what_a_partner_said_is_recorded_for_it(recorder: Actor) -> None:
    journey, meeting, [midwives, _] = with_invited(Domain.MEDICAL, Domain.SOCIAL)
    heard = behalf(Capacity.PARTNER)
    refused(journey, recorder, responds(meeting, on_behalf=heard), refusal.REQUIRED_HERE, "partner")
    journey.give(recorder, responds(meeting, partner=midwives, on_behalf=heard))
    assert [fact.partner for fact in journey.facts_of(PartnerResponded)] == [midwives]


def test_a_partner_answers_for_itself_alone() -> None:
    journey, meeting, [midwives, library] = with_invited(Domain.MEDICAL, Domain.SOCIAL)
    refused(journey, partner_person(midwives), responds(meeting, partner=library), NOT_INVITED, "partner")
    both = Actor(person="p:both", partners=frozenset({midwives, library}))
    refused(journey, both, responds(meeting), refusal.REQUIRED_HERE, "partner")
    journey.give(both, responds(meeting, partner=library))
    assert invitation_of(journey, meeting, library).answer is Answer.COMING


def test_who_was_not_invited_has_nothing_to_answer() -> None:
    journey, meeting = with_meeting(MeetingKind.SESSION)
    midwives = agreed(journey, partner())
    refused(journey, partner_person(midwives), responds(meeting), NOT_INVITED, "partner")


def test_no_answer_is_waited_for_of_a_partner_that_left() -> None:
    journey, meeting, [midwives] = with_invited(Domain.MEDICAL)
    assert "RESPOND" in journey.tasks
    journey.give(advisor, RemovePartner(partner=midwives))
    assert "RESPOND" not in journey.tasks
    refused(
        journey,
        advisor,
        responds(meeting, partner=midwives, on_behalf=behalf(Capacity.PARTNER)),
        NOT_INVITED,
        "partner",
    )


def test_moments_that_would_fit_are_still_to_come() -> None:
    journey, meeting, [midwives] = with_invited(Domain.MEDICAL)
    six = tuple(IN_JANUARY.replace(day=day) for day in range(1, 7))
    refused(journey, partner_person(midwives), responds(meeting, moments=six), NUMBER_OF_MOMENTS, "moments")


def test_an_invitation_to_a_meeting_that_moved_meanwhile_is_stale() -> None:
    journey, meeting, _ = with_invited(Domain.MEDICAL)
    seen = journey.request.version
    moved = RescheduleMeeting(meeting=meeting, starts_at=IN_JANUARY, reason=MoveReason.OTHER, text="Later.")
    journey.give(advisor, moved)
    with pytest.raises(refusal.Refusal) as caught:
        journey.give(venlo, Invite(meeting=meeting, everybody=True), based_on=seen)
    assert caught.value.code == refusal.STALE.code


def test_an_answer_that_was_given_otherwise_meanwhile_is_stale() -> None:
    journey, meeting, [midwives] = with_invited(Domain.MEDICAL)
    seen = journey.request.version
    journey.give(partner_person(midwives), responds(meeting, partner=midwives))
    with pytest.raises(refusal.Refusal) as caught:
        journey.give(
            advisor,
            responds(meeting, partner=midwives, coming=False, on_behalf=behalf(Capacity.PARTNER)),
            based_on=seen,
        )
    assert caught.value.code == refusal.STALE.code
