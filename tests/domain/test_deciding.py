"""Deciding: a command is judged in a fixed order, stale edits are refused, and a fold gives the same request again."""

from __future__ import annotations

import inspect
from dataclasses import replace

import pytest

from domain import refusal
from domain.changing import Amend, ChangedQuestion
from domain.command import Command
from domain.deciding import SOMEBODY, decide, judge
from domain.embedding import Evaluate
from domain.ending import Stop, StopReason
from domain.event import STAGE, Fact
from domain.intake import Accept
from domain.planning import CancelMeeting, CancelReason, RescheduleMeeting
from domain.refusal import Kind
from domain.request import SupportRequest
from domain.resting import PauseReason, PauseRequest
from domain.subjects import APPLY, DECIDE
from domain.submitting import MUNICIPALITY_TWICE, AskedQuestion
from domain.talking import Settlement, SettleQuestion, TakeNote
from domain.words import Capacity, MeetingKind, QuestionKind, Stage
from tests.domain.agreements import action, agreed, goal, partner, refused, searching, seat
from tests.domain.dice import COMMANDS, Dice
from tests.domain.journey import (
    ADVISOR_PERSON,
    MAASTRICHT,
    REQUEST_ID,
    STAFF_PERSON,
    Journey,
    advisor,
    behalf,
    maastricht,
    staff,
    submission,
    submitted,
    under_way,
    venlo,
)
from tests.domain.meetings import NEXT_THURSDAY, moments, plan, want
from tests.domain.stages import at, embedded

THE_STOP = Stop(reason=StopReason.NO_RESPONSE, text="We hoorden niets.")


def test_the_order_of_judging_is_body_person_stale_stage_rules() -> None:
    journey = submitted()
    twice = submission(participating=(MAASTRICHT, MAASTRICHT))
    refused(journey, maastricht, twice, MUNICIPALITY_TWICE, "participating")
    refused(journey, venlo, THE_STOP, refusal.NOT_YOURS, based_on=0)
    refused(journey, staff, THE_STOP, refusal.STALE, based_on=0)
    refused(journey, staff, THE_STOP, refusal.NOT_IN_THIS_STAGE, based_on=journey.request.version)
    journey.give(staff, PauseRequest(reason=PauseReason.CAPACITY))
    with pytest.raises(refusal.Refusal) as caught:
        journey.give(staff, PauseRequest(reason=PauseReason.CAPACITY), based_on=journey.request.version)
    assert caught.value.reason.kind is Kind.NOT_NOW


def test_nothing_can_be_done_before_the_request_is_submitted() -> None:
    journey = Journey()
    with pytest.raises(refusal.Refusal) as caught:
        decide(SupportRequest(id=REQUEST_ID), TakeNote(text="Hallo."), journey.context(staff))
    assert caught.value.reason is refusal.NOT_SUBMITTED


def test_the_weightiest_quality_that_may_is_the_one_it_is_given_in() -> None:
    journey = under_way()
    both = replace(venlo, is_staff=True)
    journey.give(both, TakeNote(text="Als programma."))
    journey.give(both, Amend(added=(AskedQuestion(kind=QuestionKind.ROLES),)))
    assert [event.capacity for event in journey.log[-2:]] == [Capacity.STAFF, Capacity.MUNICIPALITY]


def test_what_is_recorded_names_both_and_keeps_the_recorders_quality() -> None:
    journey = under_way()
    heard = behalf(Capacity.MUNICIPALITY)
    (event,) = journey.give(advisor, Amend(added=(AskedQuestion(kind=QuestionKind.ROLES),), on_behalf=heard))
    assert (event.by, event.capacity, event.on_behalf) == (ADVISOR_PERSON, Capacity.ADVISOR, heard)
    assert judge(journey.request, TakeNote(text="Zo.", on_behalf=heard), journey.context(staff)) is Capacity.STAFF


def two_meetings() -> tuple[Journey, str, str]:
    """A request with two planned meetings."""
    journey = under_way()
    return journey, agreed(journey, plan(MeetingKind.SESSION)), agreed(journey, plan(MeetingKind.SESSION))


def test_rule_12_an_edit_is_stale_when_what_it_touches_has_changed_since() -> None:
    journey, first, second = two_meetings()
    seen = journey.request.version
    journey.give(venlo, CancelMeeting(meeting=first, reason=CancelReason.OTHER))
    moved = RescheduleMeeting(meeting=first, starts_at=NEXT_THURSDAY, reason="OTHER")  # type: ignore[arg-type]
    refused(journey, advisor, moved, refusal.STALE, based_on=seen)
    journey.give(advisor, replace(moved, meeting=second), based_on=seen)


def test_rule_12_reminders_notes_and_other_peoples_answers_never_make_it_stale() -> None:
    journey, first, _ = two_meetings()
    seen = journey.request.version
    journey.give(venlo, TakeNote(text="Een opmerking."))
    question = next(iter(journey.request.questions))
    journey.give(advisor, SettleQuestion(question=question, settlement=Settlement.ANSWERED, result="Zo."))
    journey.give(venlo, PauseRequest(reason=PauseReason.CAPACITY))
    journey.until(NEXT_THURSDAY)
    journey.give(advisor, CancelMeeting(meeting=first, reason=CancelReason.OTHER), based_on=seen)


def test_rule_12_an_edit_of_the_stage_is_stale_when_the_stage_has_changed() -> None:
    journey = submitted()
    seen = journey.request.version
    journey.give(staff, Accept())
    journey.give(staff, TakeNote(text="Klaar."))
    refused(journey, staff, THE_STOP, refusal.STALE, based_on=seen)
    journey.give(staff, THE_STOP, based_on=journey.request.version - 1)


def test_rule_12_without_a_version_nothing_is_stale() -> None:
    journey, first, _ = two_meetings()
    journey.give(venlo, RescheduleMeeting(meeting=first, starts_at=NEXT_THURSDAY, reason="OTHER"))  # type: ignore[arg-type]
    journey.give(advisor, CancelMeeting(meeting=first, reason=CancelReason.OTHER))


def well_filled() -> Journey:
    """A request with a part of every kind."""
    journey = embedded()
    for made in (partner(), seat(), searching(), goal(), action(), want(), moments(), plan()):
        agreed(journey, made)
    return journey


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_rule_12_what_a_command_touches_is_a_part_of_the_request(name: str) -> None:
    journey = well_filled()
    known = {STAGE, "advisors", *journey.request.touched}
    for throw in range(10):
        command = Dice(throw, journey.request, journey.now).command(name)
        touched = {one.split(":")[0] for one in command.touches() if not one.endswith("/999")}
        assert touched <= known


def test_a_question_is_touched_by_who_changes_it() -> None:
    journey = submitted()
    (question,) = journey.request.questions
    changed = Amend(changed=(ChangedQuestion(question=question, kind=QuestionKind.ROLES),))
    seen = journey.request.version
    journey.give(venlo, changed, based_on=seen)
    refused(journey, venlo, changed, refusal.STALE, based_on=seen)


def test_an_anonymous_fact_does_not_say_by_whom() -> None:
    journey = embedded()
    events = journey.give(staff, Evaluate(text="Goed."))
    assert [event.by for event in events] == [STAFF_PERSON, SOMEBODY]


@pytest.mark.parametrize("stage", Stage)
def test_a_fold_over_all_events_gives_the_same_request(stage: Stage) -> None:
    journey = at(stage)
    assert journey.request.version == len(journey.log)
    assert journey.refolded() == journey.request
    assert [event.seq for event in journey.log] == list(range(1, len(journey.log) + 1))


def test_every_command_has_its_subject() -> None:
    assert {kind for kind in below(Command) if "type" in inspect.get_annotations(kind)} == set(DECIDE)


def test_every_fact_has_its_subject() -> None:
    assert {kind for kind in below(Fact) if not below(kind)} == set(APPLY)


def below(kind: type) -> set[type]:
    """Every class that is a kind of this one."""
    direct: list[type] = kind.__subclasses__()
    return {*direct, *(deeper for one in direct for deeper in below(one))}
