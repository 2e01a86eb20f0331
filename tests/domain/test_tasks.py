"""Tasks: they follow from the request, each for somebody who takes part, and rest or end with what they are about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from domain.command import CLOCK, Context
from domain.deciding import decide
from domain.importing import ImportStanding
from domain.parts import Owner
from domain.request import SupportRequest
from domain.submitting import CoalitionChoice
from domain.tasks import FULFILLED_BY, open_tasks, renewed_terms, wake_at
from domain.terms import CLOCKS, Waiting
from domain.waits import at_desk, every_wait, of_owner, waits
from domain.words import Desk, Eligibility, Stage
from storage.calendar import build_calendar
from tests.domain.agreements import action, agreed, owned_by_municipality, owned_by_partner, partner, two_municipalities
from tests.domain.dice import COMMANDS
from tests.domain.journey import (
    ADVISOR_PERSON,
    FACTS,
    MAASTRICHT,
    MONDAY,
    PEEL_EN_MAAS,
    REQUEST_ID,
    VENLO,
    Journey,
    maastricht,
    staff,
    submission,
    submitted,
    under_way,
    venlo,
)
from tests.domain.meetings import moments
from tests.domain.stages import completed


def test_what_is_not_submitted_or_is_closed_waits_for_nobody() -> None:
    for request in (SupportRequest(id=REQUEST_ID), completed().request):
        assert list(waits(request)) == []
        assert (open_tasks(request), wake_at(request)) == ((), None)


def test_every_task_names_the_commands_that_fulfil_it() -> None:
    assert set(FULFILLED_BY) == set(Waiting) - CLOCKS
    assert {name for names in FULFILLED_BY.values() for name in names} <= set(COMMANDS)


def test_tasks_come_soonest_due_first() -> None:
    journey = two_municipalities()
    for day in (20, 13, 17):
        agreed(journey, action(due=datetime(2026, 11, day, tzinfo=UTC).date()))
    assert [task.due for task in open_tasks(journey.request)] == sorted(
        task.due for task in open_tasks(journey.request)
    )


def test_who_an_owner_is_follows_from_who_takes_part() -> None:
    journey = two_municipalities()
    midwives = agreed(journey, partner(contact="p:praktijk"))
    request = journey.request
    assert of_owner(request, owned_by_partner(midwives)).person == "p:praktijk"
    assert of_owner(request, owned_by_municipality(VENLO)).person == request.contact
    assert of_owner(request, owned_by_municipality(PEEL_EN_MAAS)).municipality == PEEL_EN_MAAS
    assert of_owner(request, owned_by_municipality(MAASTRICHT)).person == ADVISOR_PERSON
    assert of_owner(request, Owner(desk=Desk.ADVISOR)).person == ADVISOR_PERSON
    assert at_desk(request, Desk.STAFF).desk is Desk.STAFF
    assert of_owner(submitted().request, Owner(desk=Desk.ADVISOR)).desk is Desk.STAFF


def test_a_proposal_of_which_all_moments_have_passed_waits_for_no_moment() -> None:
    journey = under_way()
    proposal = agreed(journey, moments())
    known = journey.request.proposals[proposal]
    gone = replace(known, moments=tuple(replace(one, passed=True) for one in known.moments))
    request = replace(journey.request, proposals={proposal: gone})
    assert Waiting.MOMENT in {wait.kind for wait in every_wait(journey.request)}
    assert Waiting.MOMENT not in {wait.kind for wait in every_wait(request)}


def test_a_term_is_computed_once_and_looked_up_after() -> None:
    journey = submitted()
    before = journey.request.terms["TRIAGE"]
    journey.wait(days=3)
    assert renewed_terms(journey.request, journey.context(staff)) == {}
    assert journey.request.terms["TRIAGE"] == before


def imported_long_ago() -> tuple[SupportRequest, Context]:
    """A request of a year ago, taken over today, of a municipality of which nothing is known."""
    long_ago = datetime(2025, 10, 6, 9, tzinfo=UTC)
    context = Context(
        actor=maastricht,
        now=long_ago,
        calendar=build_calendar(),
        facts=replace(FACTS, lists={}),
        clocks_from=MONDAY.date(),
    )
    listed = submission(lead_municipality=MAASTRICHT, coalition=CoalitionChoice(name="Maastricht"), imported=True)
    journey = Journey()
    journey.facts = context.facts
    events = decide(journey.request, listed, context)
    journey.log.extend(events)
    return journey.refolded(), context


def test_rule_20_clocks_start_on_the_day_of_import() -> None:
    request, context = imported_long_ago()
    assert request.received_on == context.today
    (task,) = open_tasks(request)
    assert (task.kind, task.since) == (Waiting.TRIAGE, MONDAY.date())
    waking = wake_at(request)
    assert waking
    assert waking.date() > MONDAY.date()


def test_rule_20_what_the_list_does_not_know_stays_unknown() -> None:
    request, context = imported_long_ago()
    assert request.eligibility == {MAASTRICHT: Eligibility.UNDETERMINED}
    as_found = ImportStanding(stage=Stage.FOLLOW_UP, lead_advisor=ADVISOR_PERSON)
    events = decide(request, as_found, replace(context, actor=CLOCK))
    assert [event.type for event in events] == ["StandingImported"]
    assert all(term is None or term.since >= MONDAY.date() for term in events[-1].terms.values())
    assert venlo.person not in repr(events)
