"""Terms: how long each kind of waiting may last, and what time does about it, told for every rung of every ladder."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.terms import Asked, RungKind, Term, Waiting, resumed, term
from storage.calendar import build_calendar
from tests.domain.journey import FIRST_DAY, MONDAY, REQUEST_ID

CALENDAR = build_calendar()
EARLY = datetime(2026, 11, 2, 6, tzinfo=UTC)
Told = list[tuple[str, str]]


def opened(kind: Waiting, asked: Asked | None = None, *, start: date = FIRST_DAY, now: datetime = MONDAY) -> Term:
    """The term of this waiting, from the first Monday on."""
    return term(kind, asked or Asked(), start=start, now=now, calendar=CALENDAR, request_id=REQUEST_ID)


def told(known: Term) -> Told:
    """What time does, by day."""
    return [(str(rung.kind), f"{rung.at:%d-%m-%y}") for rung in known.rungs]


@pytest.mark.parametrize(
    ("kind", "due", "rungs"),
    [
        (Waiting.TRIAGE, date(2026, 11, 9), [("REMIND", "09-11-26")]),
        (Waiting.ASSIGN, date(2026, 11, 9), [("REMIND", "09-11-26")]),
        (Waiting.FINISH_SUPPORT, date(2026, 11, 16), [("REMIND", "17-11-26")]),
        (Waiting.SILENCE, date(2027, 1, 6), [("BRING", "06-01-27")]),
        (Waiting.REST_COMES, date(2026, 11, 9), [("BRING", "09-11-26")]),
    ],
)
def test_a_plain_term_counts_working_days(kind: Waiting, due: date, rungs: Told) -> None:
    known = opened(kind)
    assert (known.since, known.due, told(known)) == (FIRST_DAY, due, rungs)


def test_a_term_begins_on_its_basis_when_that_is_later() -> None:
    known = opened(Waiting.REPORT_MEETING, Asked(basis=date(2026, 11, 10)))
    assert (known.since, known.due) == (date(2026, 11, 10), date(2026, 11, 24))
    assert opened(Waiting.REPORT_MEETING, Asked(basis=date(2026, 10, 1))).since == FIRST_DAY


def test_a_day_that_is_wanted_is_kept_or_moved_to_the_next_working_day() -> None:
    assert opened(Waiting.DO_ACTION, Asked(wanted=date(2026, 11, 20))).due == date(2026, 11, 20)
    assert opened(Waiting.DO_ACTION, Asked(wanted=date(2026, 12, 24))).due == date(2027, 1, 4)
    assert opened(Waiting.DO_ACTION, Asked(wanted=date(2026, 9, 1))).due == FIRST_DAY


def test_moments_are_chosen_before_the_first_and_kickoffs_are_planned_well_ahead() -> None:
    assert opened(Waiting.CHOOSE_MOMENT, Asked(target=date(2026, 11, 10))).due == date(2026, 11, 6)
    assert opened(Waiting.CHOOSE_MOMENT, Asked(target=date(2026, 12, 18))).due == date(2026, 11, 12)
    assert opened(Waiting.PLAN_KICKOFF, Asked(target=date(2027, 2, 1))).due == date(2026, 12, 10)
    assert opened(Waiting.PLAN_KICKOFF, Asked(target=date(2026, 12, 1))).due == date(2026, 11, 23)


@pytest.mark.parametrize("target", [date(2027, 8, 20), date(2027, 9, 20), date(2027, 10, 1)])
def test_no_kickoff_falls_due_and_no_look_back_opens_in_july_and_august(target: date) -> None:
    assert opened(Waiting.PLAN_KICKOFF, Asked(target=target)).due == date(2027, 9, 1)
    in_summer = Asked(wanted=date(2027, 7, 20))
    assert opened(Waiting.CHECK_IN_OPENS, in_summer).due == date(2027, 9, 1)


def test_rule_20_nothing_is_sent_for_the_past() -> None:
    import_day = date(2027, 3, 1)
    known = opened(Waiting.DO_ACTION, Asked(wanted=date(2026, 12, 1)), start=import_day)
    assert known.due == import_day
    assert all(rung.at.date() >= import_day for rung in known.rungs)
    in_time = opened(Waiting.DO_ACTION, Asked(wanted=date(2027, 3, 4)), start=import_day)
    assert ("REMIND", "25-02-27") not in told(in_time)


def test_what_today_is_too_late_for_comes_the_next_morning() -> None:
    today = Asked(wanted=FIRST_DAY)
    assert told(opened(Waiting.PAUSE_ENDS, today, now=EARLY)) == [("BRING", "02-11-26")]
    assert told(opened(Waiting.PAUSE_ENDS, today, now=MONDAY.replace(hour=21))) == [("BRING", "03-11-26")]


def test_rungs_stand_in_order_and_a_taken_rung_is_gone() -> None:
    known = opened(Waiting.CHECK_IN)
    assert [rung.at for rung in known.rungs] == sorted(rung.at for rung in known.rungs)
    assert known.rungs[-1].kind is RungKind.LAPSE
    assert known.next_at == known.rungs[0].at
    left = known.after(known.rungs[0].at)
    assert left.rungs == known.rungs[1:]
    assert known.after(known.rungs[-1].at).next_at is None


def test_rule_10_a_rested_term_keeps_the_distance_of_its_rungs() -> None:
    rested = opened(Waiting.ANSWER_INFORMATION, Asked(basis=FIRST_DAY))
    paused_on, today = date(2026, 11, 6), date(2026, 12, 7)
    again = resumed(
        Waiting.ANSWER_INFORMATION,
        rested,
        paused_on=paused_on,
        start=today,
        now=datetime(2026, 12, 7, 12, tzinfo=UTC),
        calendar=CALENDAR,
        request_id=REQUEST_ID,
    )
    left = CALENDAR.working_days_between(paused_on, rested.due)
    assert CALENDAR.working_days_between(today, again.due) == left == 6
    moved = {
        CALENDAR.working_days_between(before.at.date(), after.at.date())
        for before, after in zip(rested.rungs, again.rungs, strict=True)
    }
    assert moved == {CALENDAR.working_days_between(rested.due, again.due)}
