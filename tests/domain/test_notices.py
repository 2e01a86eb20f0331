"""Who is told what: whoever gets a task, whoever a fact concerns, and never anybody of what they did themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import timedelta
from typing import get_args, get_type_hints

import pytest

from domain.action_owners import HandBackAction, HandOverAction, ReassignAction
from domain.actions import CompleteAction
from domain.assignment import AcceptAssignment, DeclineAssignment, NotAcceptedReason
from domain.changing import ChangeMunicipalities
from domain.command import CLOCK, Actor, Command
from domain.ending import StepBack, Stop, StopReason
from domain.event import Event
from domain.handing_over import Reassign, ReplacedReason
from domain.intake import Accept, AnswerInformation, AskInformation
from domain.inviting import Invite
from domain.joining import FollowMerger
from domain.notices import Notice, Recipient, notices
from domain.partners import RemovePartner
from domain.parts import MeetingStatus
from domain.planning import CancelMeeting, CancelReason, MoveReason, RescheduleMeeting
from domain.proposing import AskOtherMoments
from domain.subjects import APPLY
from domain.talking import Ask, Reply
from domain.telling import TELLS, NoticeKind
from domain.text import Typed
from domain.words import Capacity, Desk, Domain
from tests.domain.agreements import (
    BURGERKRACHT,
    action,
    agreed,
    each_owner,
    owned_by_municipality,
    owned_by_partner,
    partner,
    partner_person,
    searching,
    seat,
)
from tests.domain.journey import (
    ADVISOR_PERSON,
    FIRST_DAY,
    MAASTRICHT,
    OTHER_ADVISOR,
    PEEL_EN_MAAS,
    VENLO,
    Journey,
    accepted,
    advisor,
    behalf,
    staff,
    submission,
    submitted,
    under_way,
    venlo,
)
from tests.domain.meetings import moments, plan, reported, responds, with_invited, with_meeting

CONTACT = Recipient(desk=Desk.MUNICIPALITY, person="p:venlo", municipality=VENLO)
LEAD = Recipient(desk=Desk.ADVISOR, person=ADVISOR_PERSON)
THE_STAFF = Recipient(desk=Desk.STAFF)
COLLEAGUE = Actor(person="p:colleague", municipalities=frozenset({VENLO}))


def told(journey: Journey, actor: Actor, command: Command) -> list[tuple[NoticeKind, Recipient]]:
    """Give a command; say what is told to whom."""
    return pairs(journey, journey.give(actor, command))


def pairs(journey: Journey, events: Sequence[Event]) -> list[tuple[NoticeKind, Recipient]]:
    """What is told to whom about these events."""
    return [(one.kind, one.to) for one in notices(journey.request, events)]


def test_whoever_submits_gets_a_receipt_and_staff_get_a_task() -> None:
    journey = submitted(participating=(PEEL_EN_MAAS,))

    assert pairs(journey, journey.log) == [
        (NoticeKind.SUBMITTED, CONTACT),
        (NoticeKind.SUBMITTED, Recipient(desk=Desk.MUNICIPALITY, municipality=PEEL_EN_MAAS)),
        (NoticeKind.TASK_GIVEN, THE_STAFF),
    ]


def test_a_receipt_goes_out_at_once_and_a_task_can_wait_for_the_others_of_the_day() -> None:
    journey = submitted()

    assert [one.urgent for one in notices(journey.request, journey.log)] == [True, False]


def test_information_is_asked_of_the_municipality_and_answered_to_staff() -> None:
    journey = submitted()

    assert told(journey, staff, AskInformation(text="Welke wijken?")) == [(NoticeKind.TASK_GIVEN, CONTACT)]
    assert told(journey, venlo, AnswerInformation(text="Alle.")) == [
        (NoticeKind.INFORMATION_ANSWERED, THE_STAFF),
        (NoticeKind.TASK_GIVEN, THE_STAFF),
    ]


def test_an_advisor_is_asked_and_the_municipality_hears_of_them_once_they_accept() -> None:
    journey = submitted()

    assert told(journey, staff, Accept(lead_advisor=ADVISOR_PERSON)) == [
        (NoticeKind.ACCEPTED, CONTACT),
        (NoticeKind.TASK_GIVEN, LEAD),
    ]
    assert told(journey, advisor, AcceptAssignment(no_own_interest=True)) == [(NoticeKind.ADVISOR_KNOWN, CONTACT)]


def test_staff_hear_who_declined_and_the_municipality_does_not() -> None:
    declined = DeclineAssignment(reason=NotAcceptedReason.NO_TIME)

    assert told(accepted(), advisor, declined) == [
        (NoticeKind.ASSIGNMENT_DECLINED, THE_STAFF),
        (NoticeKind.TASK_GIVEN, THE_STAFF),
    ]


def test_the_side_asked_for_a_moment_is_told_and_the_proposer_when_none_fits() -> None:
    journey = under_way()
    events = journey.give(advisor, moments())

    assert pairs(journey, events) == [(NoticeKind.TASK_GIVEN, CONTACT)]
    assert told(journey, venlo, AskOtherMoments(proposal=events[0].id)) == [
        (NoticeKind.OTHER_MOMENTS_ASKED, LEAD),
        (NoticeKind.TASK_GIVEN, LEAD),
    ]


def test_the_other_side_hears_of_a_meeting_that_is_planned() -> None:
    assert told(under_way(), venlo, plan()) == [(NoticeKind.MEETING_PLANNED, LEAD)]
    assert told(under_way(), COLLEAGUE, plan()) == [
        (NoticeKind.MEETING_PLANNED, CONTACT),
        (NoticeKind.MEETING_PLANNED, LEAD),
    ]


def test_those_invited_hear_at_once_that_a_meeting_moves_or_is_called_off() -> None:
    journey, meeting, (one,) = with_invited(Domain.MEDICAL)
    later = journey.request.meetings[meeting].starts_at + timedelta(days=1)
    move = RescheduleMeeting(meeting=meeting, starts_at=later, reason=MoveReason.BETTER_MOMENT, text="Een dag later.")
    moved = notices(journey.request, journey.give(advisor, move))
    off = CancelMeeting(meeting=meeting, reason=CancelReason.OTHER, text="Gaat niet door.")

    assert [(n.kind, n.to.desk, n.about) for n in moved] == [
        (NoticeKind.MEETING_RESCHEDULED, Desk.MUNICIPALITY, meeting),
        (NoticeKind.MEETING_RESCHEDULED, Desk.PARTNER, meeting),
    ]
    assert all(one.urgent for one in moved)
    assert (NoticeKind.MEETING_CANCELLED, Recipient(desk=Desk.PARTNER, partner=one)) in told(journey, advisor, off)


def test_an_invitation_and_its_answer_are_told() -> None:
    journey = under_way()
    midwives = agreed(journey, partner(contact="p:midwife"))
    meeting = agreed(journey, plan())
    invited = Recipient(desk=Desk.PARTNER, person="p:midwife", partner=midwives)

    assert told(journey, advisor, Invite(meeting=meeting, partners=(midwives,))) == [
        (NoticeKind.PARTNER_INVITED, invited)
    ]
    assert told(journey, partner_person(midwives), responds(meeting)) == [(NoticeKind.PARTNER_RESPONDED, LEAD)]


def test_a_partner_hears_that_its_address_is_known() -> None:
    journey = under_way()
    events = journey.give(advisor, partner(contact="p:midwife"))
    silent = under_way()

    assert pairs(journey, events) == [
        (NoticeKind.PARTNER_ADDED, Recipient(desk=Desk.PARTNER, person="p:midwife", partner=events[0].id))
    ]
    assert told(silent, advisor, partner()) == []


def test_a_removed_partner_is_told_nothing() -> None:
    journey, meeting, (gone, stays) = with_invited(Domain.MEDICAL, Domain.SOCIAL)
    journey.give(advisor, RemovePartner(partner=gone))

    partners = {
        to.partner
        for _, to in told(journey, advisor, CancelMeeting(meeting=meeting, reason=CancelReason.OTHER, text="Helaas."))
        if to.desk is Desk.PARTNER
    }

    assert partners == {stays}


def test_a_report_is_there_for_who_was_invited() -> None:
    journey, meeting, (one,) = with_invited(Domain.MEDICAL)
    before = len(journey.log)
    reported(journey, meeting)

    told_of_it = [to for kind, to in pairs(journey, journey.log[before:]) if kind is NoticeKind.REPORT_THERE]

    assert told_of_it == [CONTACT, Recipient(desk=Desk.PARTNER, partner=one)]


def test_an_action_is_told_to_its_owner_who_may_hand_it_back() -> None:
    journey = under_way()
    midwives = agreed(journey, partner(contact="p:midwife"))
    owner = Recipient(desk=Desk.PARTNER, person="p:midwife", partner=midwives)
    events = journey.give(advisor, action(owner=owned_by_partner(midwives)))
    back = HandBackAction(action=events[0].id, reason="Dit is niet aan ons.")

    assert pairs(journey, events) == [(NoticeKind.TASK_GIVEN, owner)]
    assert told(journey, partner_person(midwives), back) == [(NoticeKind.ACTION_HANDED_BACK, LEAD)]


def test_another_owner_hears_of_an_action_and_both_sides_that_it_is_done() -> None:
    journey = under_way()
    what = agreed(journey, action())

    assert told(journey, advisor, ReassignAction(action=what, owner=owned_by_municipality())) == [
        (NoticeKind.ACTION_REASSIGNED, CONTACT)
    ]
    assert told(journey, venlo, CompleteAction(action=what)) == [(NoticeKind.ACTION_COMPLETED, LEAD)]


def test_an_owner_hears_that_an_action_goes_on_in_the_coalition() -> None:
    journey, owners = each_owner()
    for desk in (Desk.PARTNER, Desk.MUNICIPALITY, Desk.SUPPORTING_PARTY):
        (_, to) = told(journey, advisor, HandOverAction(action=owners[desk][0]))[0]
        assert to.desk is desk


def test_which_supporting_party_is_meant_is_no_word_in_a_notice() -> None:
    journey = under_way()
    agreed(journey, seat(supported_by=BURGERKRACHT))
    events = journey.give(advisor, Ask(to=Desk.SUPPORTING_PARTY, text="Lukt het?"))

    assert pairs(journey, events) == [(NoticeKind.TASK_GIVEN, Recipient(desk=Desk.SUPPORTING_PARTY))]


def test_who_looks_for_parents_is_told() -> None:
    assert told(under_way(), venlo, searching()) == [(NoticeKind.TASK_GIVEN, LEAD)]


@pytest.mark.parametrize(
    ("asker", "to", "recipient"),
    [
        (advisor, Desk.MUNICIPALITY, LEAD),
        (venlo, Desk.ADVISOR, CONTACT),
        (staff, Desk.MUNICIPALITY, Recipient(desk=Desk.STAFF, person="p:staff")),
    ],
)
def test_who_asked_hears_the_answer(asker: Actor, to: Desk, recipient: Recipient) -> None:
    journey = under_way()
    question = agreed(journey, Ask(to=to, text="Hoe gaat het?"), asker)
    answers = {Desk.MUNICIPALITY: COLLEAGUE, Desk.ADVISOR: advisor}[to]

    kinds = told(journey, answers, Reply(message=question, text="Goed."))

    assert kinds == [(NoticeKind.REPLIED, Recipient(desk=recipient.desk, person=recipient.person))]


def test_a_partner_who_asked_hears_the_answer() -> None:
    journey = under_way()
    midwives = agreed(journey, partner(contact="p:partner"))
    question = agreed(journey, Ask(to=Desk.ADVISOR, text="Waar is het?"), partner_person(midwives))

    assert told(journey, advisor, Reply(message=question, text="Hier.")) == [
        (NoticeKind.REPLIED, Recipient(desk=Desk.PARTNER, person="p:partner", partner=midwives))
    ]


def test_time_reminds_whose_task_it_is_and_tells_another_desk_when_it_waits() -> None:
    journey = accepted()
    brought = journey.until(journey.now + timedelta(days=10))

    kinds = pairs(journey, brought)

    assert (NoticeKind.TASK_REMINDED, LEAD) in kinds
    assert (NoticeKind.TASK_ESCALATED, THE_STAFF) in kinds


def test_a_call_is_a_task() -> None:
    journey = submitted()
    journey.give(staff, AskInformation(text="Welke wijken?"))
    brought = journey.until(journey.now + timedelta(days=40))

    calls = [one for one in notices(journey.request, brought) if one.about == "CALL:ANSWER_INFORMATION"]

    assert next((one.kind, one.to) for one in calls) == (NoticeKind.TASK_GIVEN, THE_STAFF)


def test_who_is_replaced_and_who_takes_over_are_told() -> None:
    journey = under_way()

    kinds = told(journey, staff, Reassign(reason=ReplacedReason.WORKLOAD, lead_advisor=OTHER_ADVISOR))

    assert (NoticeKind.ADVISOR_REPLACED, LEAD) in kinds
    assert (NoticeKind.TASK_GIVEN, Recipient(desk=Desk.ADVISOR, person=OTHER_ADVISOR)) in kinds


@pytest.mark.parametrize(
    ("actor", "of", "recipient"),
    [
        (staff, Capacity.MUNICIPALITY, CONTACT),
        (staff, Capacity.ADVISOR, LEAD),
    ],
)
def test_the_one_it_was_recorded_for_is_told(actor: Actor, of: Capacity, recipient: Recipient) -> None:
    journey = under_way()

    kinds = told(journey, actor, plan(on_behalf=behalf(of)))

    assert (NoticeKind.RECORDED_FOR_YOU, recipient) in kinds


def test_a_partner_hears_what_was_recorded_for_it() -> None:
    journey, meeting, (one,) = with_invited(Domain.MEDICAL)
    recipient = Recipient(desk=Desk.PARTNER, partner=one)
    what = agreed(journey, action(owner=owned_by_partner(one)))
    for_it = behalf(Capacity.PARTNER)

    assert told(journey, advisor, responds(meeting, partner=one, on_behalf=for_it)) == [
        (NoticeKind.RECORDED_FOR_YOU, recipient)
    ]
    assert (NoticeKind.RECORDED_FOR_YOU, recipient) in told(
        journey, advisor, CompleteAction(action=what, on_behalf=for_it)
    )


def test_who_is_named_hears_what_was_recorded_for_them() -> None:
    journey = accepted()
    for_them = behalf(Capacity.CANDIDATE, person=ADVISOR_PERSON)
    kinds = told(journey, staff, AcceptAssignment(no_own_interest=True, on_behalf=for_them))

    assert (NoticeKind.RECORDED_FOR_YOU, LEAD) in kinds


def test_a_participant_hears_what_was_recorded_for_it() -> None:
    journey, owners = each_owner()
    done = CompleteAction(action=owners[Desk.MUNICIPALITY][0], on_behalf=behalf(Capacity.PARTICIPANT))
    by_name = Ask(to=Desk.STAFF, text="Wie belt?", on_behalf=behalf(Capacity.PARTICIPANT, person="p:peel"))
    unnamed = replace(by_name, on_behalf=behalf(Capacity.PARTICIPANT))
    in_peel = Recipient(desk=Desk.MUNICIPALITY, municipality=PEEL_EN_MAAS)

    assert (NoticeKind.RECORDED_FOR_YOU, in_peel) in told(journey, advisor, done)
    assert (NoticeKind.RECORDED_FOR_YOU, Recipient(desk=Desk.MUNICIPALITY, person="p:peel")) in told(
        journey, advisor, by_name
    )
    assert NoticeKind.RECORDED_FOR_YOU not in [kind for kind, _ in told(journey, advisor, unnamed)]


def test_a_municipality_hears_that_it_joins_or_leaves() -> None:
    journey = under_way()
    in_peel = Recipient(desk=Desk.MUNICIPALITY, municipality=PEEL_EN_MAAS)

    assert (NoticeKind.MUNICIPALITY_JOINED, in_peel) in told(
        journey, staff, ChangeMunicipalities(joins=(PEEL_EN_MAAS,))
    )
    assert (NoticeKind.MUNICIPALITY_LEFT, in_peel) in told(journey, staff, ChangeMunicipalities(leaves=(PEEL_EN_MAAS,)))


def test_the_successor_of_a_municipality_hears_that_it_takes_over() -> None:
    journey = under_way()
    journey.facts = replace(journey.facts, successors={VENLO: MAASTRICHT})

    assert (NoticeKind.MUNICIPALITY_MERGED, Recipient(desk=Desk.MUNICIPALITY, municipality=MAASTRICHT)) in told(
        journey, CLOCK, FollowMerger()
    )


def test_nobody_is_told_twice_by_one_command() -> None:
    journey = submitted(questions=submission().questions * 3)
    journey.give(staff, Accept(lead_advisor=ADVISOR_PERSON))
    journey.give(advisor, AcceptAssignment(no_own_interest=True))

    found = notices(journey.request, journey.log)

    assert len({(one.kind, one.to, one.about) for one in found}) == len(found)


def test_stepping_back_is_told_to_both_sides() -> None:
    kinds = told(under_way(), staff, StepBack())

    assert (NoticeKind.STEPPED_BACK, CONTACT) in kinds


def test_rule_20_nothing_is_sent_for_an_imported_past() -> None:
    journey, meeting = with_meeting()
    reported(journey, meeting)
    day_of_import = journey.log[-1].on

    assert notices(journey.request, journey.log, clocks_from=day_of_import) == ()
    assert notices(journey.request, journey.log, clocks_from=FIRST_DAY) != ()


def test_everybody_working_on_it_hears_that_it_is_closed() -> None:
    journey, _ = with_meeting()
    merged = replace(journey.request, also_told=("p:moved-along",))
    closed = journey.give(staff, Stop(reason=StopReason.NO_CAPACITY, text="We hebben geen adviseur."))

    heard = [one.to for one in notices(replace(journey.request, also_told=merged.also_told), closed)]

    assert {CONTACT, LEAD, Recipient(desk=Desk.MUNICIPALITY, person="p:moved-along")} <= set(heard)
    assert journey.request.meetings[next(iter(journey.request.meetings))].status is MeetingStatus.WITHOUT_PROGRAMME


GIVES_A_TASK = {
    "ActionAgreed",
    "ActionExtended",
    "ActionReopened",
    "AdvisorAssigned",
    "CallAsked",
    "CheckInOpened",
    "InformationAsked",
    "KickoffWanted",
    "MessageAsked",
    "MomentsPassed",
    "MomentsProposed",
    "RestOver",
    "SeatSet",
}
TELLS_NOBODY = {
    "AmbitionAgreed",
    "AmbitionDropped",
    "CheckInLapsed",
    "CheckInPlanned",
    "EligibilityDetermined",
    "EvaluationAnswered",
    "EvaluationGiven",
    "EvaluationLapsed",
    "ExceptionMade",
    "GoalAgreed",
    "GoalDropped",
    "GoalRevised",
    "MeetingImported",
    "MomentChosen",
    "NoteWritten",
    "PartnerRemoved",
    "PartnerUpdated",
    "PeriodChanged",
    "RequestLinked",
    "RequestMerged",
    "SeatEnded",
    "StageEntered",
    "StandingImported",
    "TextRedacted",
    "TwinSeen",
    "WithdrawalReasonGiven",
}


def test_of_every_fact_it_is_decided_whom_it_tells() -> None:
    assert {kind.__name__ for kind in set(APPLY) - set(TELLS)} == GIVES_A_TASK | TELLS_NOBODY


def test_every_kind_of_notice_is_used() -> None:
    by_task = {NoticeKind.TASK_GIVEN, NoticeKind.RECORDED_FOR_YOU}

    assert {kind for kind, _ in TELLS.values()} | by_task == set(NoticeKind)


@pytest.mark.parametrize("kind", [Notice, Recipient])
def test_a_notice_holds_references_only(kind: type) -> None:
    hints = get_type_hints(kind, include_extras=True)
    for one in fields(kind):
        assert not any(isinstance(mark, Typed) for mark in get_args(hints[one.name]))
