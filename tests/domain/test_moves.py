"""Moves: every pair of stage and quality is walked; `allowed` and the judge never disagree about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from domain import refusal
from domain.command import CLOCK, Actor
from domain.deciding import judge
from domain.moves import (
    EVER,
    LEADS_TO,
    MAY_RECORD_FOR,
    MOVES,
    ROWS,
    STEPS,
    acting_as,
    allowed,
    allowed_on_behalf,
    capacities,
    diagram,
)
from domain.parts import Assignment, AssignmentRole
from domain.refusal import Kind, Reason, Refusal
from domain.request import SupportRequest
from domain.words import Capacity, Stage
from tests.domain.agreements import agreed, partner, partner_person, seat, supporter
from tests.domain.dice import COMMANDS, Dice
from tests.domain.journey import (
    FIRST_DAY,
    OTHER_ADVISOR,
    PEEL_EN_MAAS,
    REQUEST_ID,
    VENLO,
    Journey,
    advisor,
    behalf,
    maastricht,
    other_advisor,
    peel_en_maas,
    staff,
    submitted,
    under_way,
    venlo,
)
from tests.domain.readers import PARTY

newcomer = Actor(person="p:nieuw", newcomer_of=frozenset({VENLO}))


def with_everybody() -> tuple[Journey, dict[Capacity, Actor]]:
    """A request, and somebody in each quality that it knows."""
    journey = under_way(participating=(PEEL_EN_MAAS,))
    midwives = agreed(journey, partner())
    agreed(journey, seat(supported_by=PARTY))
    asked = Assignment(advisor=OTHER_ADVISOR, role=AssignmentRole.SUPPORTING, assigned_on=FIRST_DAY)
    journey.request = replace(journey.request, advisors=(*journey.request.advisors, asked))
    return journey, {
        Capacity.STAFF: staff,
        Capacity.ADVISOR: advisor,
        Capacity.CANDIDATE: other_advisor,
        Capacity.MUNICIPALITY: venlo,
        Capacity.PARTICIPANT: peel_en_maas,
        Capacity.SUPPORTING_PARTY: supporter,
        Capacity.PARTNER: partner_person(midwives),
        Capacity.TIME: CLOCK,
    }


JOURNEY, SOMEBODY_AS = with_everybody()
PAIRS = [(stage, capacity) for stage in Stage for capacity in SOMEBODY_AS]


def no_of(request: SupportRequest, actor: Actor, name: str, of: Capacity | None = None) -> Reason | None:
    """Why the judge says no to a sound command of this name, if it does."""
    for throw in range(200):
        command = Dice(throw, request, JOURNEY.now).command(name)
        if of:
            command = replace(command, on_behalf=behalf(of))
        try:
            judge(request, command, JOURNEY.context(actor))
        except Refusal as refused:
            if refused.reason.kind is not Kind.INVALID:
                return refused.reason
        else:
            return None
    raise AssertionError(f"no sound {name} was thrown")


@pytest.mark.parametrize(("stage", "capacity"), PAIRS)
def test_every_pair_allows_what_the_table_says_and_refuses_the_rest(stage: Stage, capacity: Capacity) -> None:
    request, actor = replace(JOURNEY.request, stage=stage), SOMEBODY_AS[capacity]
    assert capacities(request, actor) == (capacity,)
    for name in set(COMMANDS) - {"submit"}:
        said_no = no_of(request, actor, name)
        if name in MOVES[stage, capacity]:
            assert said_no is None
            assert name in allowed(request, actor)
        else:
            assert said_no is (refusal.NOT_IN_THIS_STAGE if name in EVER[capacity] else refusal.NOT_YOURS)
            assert name not in allowed(request, actor)


@pytest.mark.parametrize("of", Capacity)
@pytest.mark.parametrize("recorder", SOMEBODY_AS)
def test_who_may_record_for_whom(recorder: Capacity, of: Capacity) -> None:
    request, actor = JOURNEY.request, SOMEBODY_AS[recorder]
    recorded = allowed_on_behalf(request, actor)
    assert (of in recorded) == (of in MAY_RECORD_FOR.get(recorder, ()))
    for name in sorted(EVER[of] - {"submit"}):
        said_no = no_of(request, actor, name, of)
        if of not in recorded:
            assert said_no is refusal.NOT_ON_BEHALF
        else:
            assert said_no is (None if name in recorded[of] else refusal.NOT_IN_THIS_STAGE)


def test_the_table_names_every_command_and_nothing_else() -> None:
    assert {name for name, _, _ in ROWS} == set(COMMANDS)
    assert len(ROWS) == len(COMMANDS)


def test_a_stranger_can_do_nothing() -> None:
    assert capacities(JOURNEY.request, maastricht) == ()
    assert allowed(JOURNEY.request, maastricht) == frozenset()
    assert allowed_on_behalf(JOURNEY.request, maastricht) == {}
    assert allowed(JOURNEY.request, newcomer) == frozenset()


def test_a_person_may_be_several_things_at_once() -> None:
    both = Actor(person="p:both", is_staff=True, municipalities=frozenset({VENLO}))
    assert capacities(JOURNEY.request, both) == (Capacity.STAFF, Capacity.MUNICIPALITY)
    assert allowed(JOURNEY.request, both) == allowed(JOURNEY.request, staff) | allowed(JOURNEY.request, venlo)
    assert acting_as(JOURNEY.request, both, None) == (Capacity.STAFF, Capacity.MUNICIPALITY)
    assert acting_as(JOURNEY.request, both, behalf(Capacity.PARTNER)) == (Capacity.PARTNER,)


def test_a_request_begins_by_being_submitted_once() -> None:
    assert allowed(SupportRequest(id=REQUEST_ID), staff) == {"submit"}
    assert "submit" not in allowed(submitted().request, staff)


def test_the_diagram_draws_every_way_on() -> None:
    drawn = re.findall(r"    (\w+) --> (\w+): (.*)", diagram())
    steps = [(start, end, tuple(names.split(", "))) for start, end, names in drawn]
    assert steps == [step for step in STEPS if step[0] is not Stage.CLOSED]


@pytest.mark.parametrize(("name", "ways"), LEADS_TO.items())
def test_what_leads_to_another_stage_is_allowed_where_it_does(name: str, ways: Mapping[Stage, object]) -> None:
    assert all(any(name in MOVES[start, capacity] for capacity in Capacity) for start in ways)
