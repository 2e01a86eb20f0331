"""Time passing: reminders, escalation and calls come once each, and late or closed things give nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain import refusal
from domain.command import CLOCK
from domain.ending import Stop, StopReason
from domain.intake import AskInformation
from domain.passing import BRING, CallAsked, PassTime, TaskEscalated, TaskReminded
from domain.request import SupportRequest
from domain.tasks import open_tasks, wake_at
from domain.terms import CLOCKS, LADDERS, Waiting
from domain.words import Audience, Desk, Stage
from storage.calendar import build_calendar
from tests.domain.agreements import refused
from tests.domain.journey import REQUEST_ID, Journey, accepted, staff, submitted, under_way, venlo
from tests.domain.meetings import moments
from tests.domain.stages import at, embedded


def at_noon(month: int, day: int) -> datetime:
    """Noon of a day this winter."""
    return datetime(2026 if month > 6 else 2027, month, day, 12, tzinfo=UTC)


def reminded(journey: Journey) -> list[str]:
    """The days of the reminders so far."""
    return [f"{event.at:%d-%m}" for event in journey.log if isinstance(event.fact, TaskReminded)]


def test_a_reminder_comes_on_the_due_day_once() -> None:
    journey = submitted()
    journey.until(at_noon(11, 30))
    assert reminded(journey) == ["09-11"]
    assert wake_at(journey.request) is None


def test_the_municipality_is_reminded_twice_and_then_somebody_should_call() -> None:
    journey = submitted()
    journey.give(staff, AskInformation(text="Wie zit er in de coalitie?"))
    journey.until(at_noon(11, 30))
    assert reminded(journey) == ["09-11", "17-11"]
    assert "CALL" in journey.tasks
    call = next(one for one in open_tasks(journey.request) if one.kind == "CALL")
    assert (call.assignee.desk, call.fulfilled_by) == (Desk.STAFF, ("answer_information",))
    (asked,) = journey.facts_of(CallAsked)
    assert (asked.task, asked.heard_by()) == ("ANSWER_INFORMATION", Audience.PROGRAMME)


def test_under_way_the_call_is_the_lead_advisors() -> None:
    journey = under_way()
    journey.give(venlo, moments())
    journey.give(staff, Stop(reason=StopReason.NO_RESPONSE, text="Nee."))
    assert journey.tasks == []


def test_what_waits_too_long_stands_out_for_the_programme() -> None:
    journey = accepted()
    journey.until(at_noon(11, 6))
    (escalated,) = journey.facts_of(TaskEscalated)
    assert (escalated.to, escalated.heard_by()) == (Desk.STAFF, Audience.PROGRAMME)
    assert [task.escalated for task in open_tasks(journey.request)] == [True]


def test_after_a_long_sleep_only_the_last_reminder_is_given() -> None:
    journey = submitted()
    journey.give(staff, AskInformation(text="Wie zit er in de coalitie?"))
    journey.now = at_noon(11, 18)
    events = journey.give(CLOCK, PassTime())
    assert [event.type for event in events] == ["TaskReminded"]
    assert journey.give(CLOCK, PassTime()) == ()


def test_after_a_long_sleep_what_has_lapsed_is_not_reminded_of() -> None:
    journey = embedded()
    journey.now = at_noon(2, 1)
    types = {event.type for event in journey.give(CLOCK, PassTime())}
    assert types == {"EvaluationLapsed"}
    journey.now = datetime(2028, 1, 10, 12, tzinfo=UTC)
    assert [event.type for event in journey.give(CLOCK, PassTime())] == ["CheckInOpened"]


@pytest.mark.parametrize("stage", Stage)
def test_what_is_not_due_gives_nothing_and_nothing_refuses_time(stage: Stage) -> None:
    assert at(stage).give(CLOCK, PassTime()) == ()


def test_time_alone_passes_time_and_not_before_there_is_a_request() -> None:
    refused(submitted(), staff, PassTime(), refusal.NOT_YOURS)
    assert wake_at(SupportRequest(id=REQUEST_ID)) is None


def test_what_time_brings_it_brings_in_office_hours() -> None:
    journey = submitted()
    journey.now = at_noon(11, 7).replace(hour=23)
    journey.give(staff, AskInformation(text="Wie zit er in de coalitie?"))
    calendar = build_calendar()
    assert all(calendar.within_hours(event.at) for event in journey.until(at_noon(2, 1)))


def test_every_clock_and_every_lapse_has_what_it_brings() -> None:
    ending = {kind for kind, ladder in LADDERS.items() if ladder.lapse_after is not None or ladder.bring_late}
    assert set(BRING) == ending
    assert set(LADDERS) == set(Waiting)
    assert {kind for kind in CLOCKS if not LADDERS[kind].bring_late} == set()
