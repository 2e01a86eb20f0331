"""A coalition outlives its requests: one row, folded from the events of all of them in the order of recording."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

import pytest

from domain import action_owners, actions, partners, seats
from domain.action_owners import HandOverAction
from domain.actions import ReopenAction
from domain.changing import ChangeMunicipalities
from domain.coalitions import evolve_coalition, opened_by
from domain.deciding import decide, evolve
from domain.event import Fact
from domain.partners import RemovePartner, UpdatePartner
from domain.request import Coalition, SupportRequest
from domain.seats import EndSeat, SeatEnded
from domain.submitting import CoalitionChoice, RequestSubmitted, TwinSeen
from domain.tasks import open_tasks
from domain.words import CoalitionKind, Domain, Phase
from tests.domain.agreements import (
    IN_MARCH,
    action,
    agreed,
    owned_by_partner,
    partner,
    searching,
    seat,
)
from tests.domain.journey import (
    FACTS,
    MAASTRICHT,
    PEEL_EN_MAAS,
    REQUEST_ID,
    VENLO,
    Journey,
    accepted,
    advisor,
    staff,
    submission,
    submitted,
    under_way,
    venlo,
)

SECOND_ID = REQUEST_ID[:-1] + "2"


def remembered(*journeys: Journey) -> Coalition:
    """The coalition's own row: folded over the logs of its requests, one after the other."""
    events = [event for journey in journeys for event in journey.log]
    opened = opened_by(events[0])
    assert opened
    return reduce(evolve_coalition, events, opened)


def well_used() -> Journey:
    """A request in which much was agreed for its coalition, and some of it changed."""
    journey = under_way()
    midwives = agreed(journey, partner())
    gone = agreed(journey, partner(organisation="Wijkteam", domain=Domain.SOCIAL))
    agreed(journey, searching())
    ended = agreed(journey, seat())
    kept = agreed(journey, action(owner=owned_by_partner(midwives)))
    back = agreed(journey, action(owner=owned_by_partner(midwives)))
    journey.give(
        venlo,
        UpdatePartner(partner=midwives, organisation="Verloskundigen", domain=Domain.MEDICAL, champion_of="taal"),
    )
    for command in (RemovePartner(partner=gone), EndSeat(seat=ended)):
        journey.give(venlo, command)
    for one in (kept, back):
        journey.give(venlo, HandOverAction(action=one))
    journey.give(venlo, ReopenAction(action=back, reason="Toch nog samen."))
    return journey


def again(known: Coalition) -> Journey:
    """A second request of Venlo for a coalition that storage laid in."""
    journey = Journey(facts=replace(FACTS, coalition=known))
    journey.request = SupportRequest(id=SECOND_ID, coalition=known)
    journey.give(venlo, submission(coalition=CoalitionChoice(id=known.id)))
    return journey


def test_a_coalition_begins_with_the_submission_that_names_it() -> None:
    choice = CoalitionChoice(name="Kansrijk Noord", kind=CoalitionKind.REGIONAL, phase=Phase.STARTING)
    journey = submitted(coalition=choice, participating=(PEEL_EN_MAAS,))
    assert journey.request.coalition == Coalition(
        id=f"{REQUEST_ID}/1",
        name="Kansrijk Noord",
        kind=CoalitionKind.REGIONAL,
        phase=Phase.STARTING,
        municipalities=(VENLO, PEEL_EN_MAAS),
    )


def test_nothing_but_a_submission_opens_a_coalition() -> None:
    assert [opened_by(event) is not None for event in accepted().log].count(True) == 1


def test_rule_19_a_coalition_is_what_the_facts_of_its_requests_make_of_it() -> None:
    journey = well_used()
    coalition = journey.request.coalition
    assert coalition
    assert remembered(journey) == coalition
    assert {one.organisation: one.removed for one in coalition.partners.values()} == {
        "Verloskundigen": False,
        "Wijkteam": True,
    }
    assert [one.ended for one in coalition.seats.values()] == [False, True]
    assert len(coalition.handed_over) == 1


def test_rule_19_a_new_request_begins_with_what_the_coalition_has() -> None:
    first = well_used()
    known = remembered(first)
    second = again(known)
    assert second.request.coalition == known
    assert set(second.request.partners) == set(first.request.partners)
    assert set(second.request.seats) == set(first.request.seats)
    assert second.facts_of(RequestSubmitted)[0].new_coalition is False
    assert second.request.actions == {}


def test_rule_19_both_requests_change_the_same_coalition() -> None:
    first = well_used()
    second = under_way_again(remembered(first))
    (midwives,) = second.request.partners
    theirs = agreed(second, action(owner=owned_by_partner(midwives)))
    agreed(second, partner(organisation="Bibliotheek", domain=Domain.INFORMAL))
    second.give(venlo, HandOverAction(action=theirs))
    coalition = remembered(first, second)
    assert coalition == second.request.coalition
    assert len(coalition.partners) == 3
    assert theirs in coalition.handed_over


def under_way_again(known: Coalition) -> Journey:
    """A second request for a known coalition, as far as its visit."""
    journey = again(known)
    template = under_way()
    for event in template.log:
        if not isinstance(event.fact, RequestSubmitted | TwinSeen) and event.seq > len(journey.log):
            moved = replace(event, request_id=SECOND_ID, seq=journey.request.version + 1)
            journey.request = evolve(journey.request, moved)
            journey.log.append(moved)
    return journey


def test_who_joins_or_leaves_a_request_joins_or_leaves_its_coalition() -> None:
    journey = submitted(participating=(PEEL_EN_MAAS,))
    journey.give(staff, ChangeMunicipalities(joins=(MAASTRICHT,), leaves=(PEEL_EN_MAAS,)))
    assert journey.request.coalition == remembered(journey)
    assert remembered(journey).municipalities == (VENLO, MAASTRICHT)


def test_looking_for_parents_is_a_task_of_the_request_that_agreed_on_it_last() -> None:
    first = well_used()
    second = under_way_again(remembered(first))
    (looked_for,) = second.request.seats
    assert "SEEK_PARENTS" in first.tasks
    assert "SEEK_PARENTS" not in second.tasks
    second.give(advisor, searching(seat=looked_for))
    task = next(one for one in open_tasks(second.request) if one.about == looked_for)
    assert (task.kind, task.due) == ("SEEK_PARENTS", IN_MARCH)
    laid_in = replace(first.request, coalition=second.request.coalition)
    assert "SEEK_PARENTS" not in [task.kind for task in open_tasks(laid_in)]


def test_a_request_is_made_anew_without_the_coalition_it_once_began_with() -> None:
    second = under_way_again(remembered(well_used()))
    (midwives,), (looked_for,) = second.request.partners, second.request.seats
    agreed(second, searching(seat=looked_for))
    second.give(venlo, EndSeat(seat=looked_for))
    second.give(venlo, RemovePartner(partner=midwives))
    alone = reduce(evolve, second.log, SupportRequest(id=SECOND_ID))
    assert alone.version == second.request.version
    assert replace(alone, coalition=None) == replace(second.request, coalition=None)


def test_what_a_coalition_does_not_know_changes_nothing() -> None:
    coalition = Coalition(id=f"{REQUEST_ID}/1", name="Kansrijke Start Venlo")
    ended = next(event for event in well_used().log if isinstance(event.fact, SeatEnded))
    assert evolve_coalition(coalition, ended) == coalition


AGREEMENTS = tuple(kind for subject in (partners, seats, actions, action_owners) for kind in subject.ON_COALITION)


@pytest.mark.parametrize("kind", AGREEMENTS)
def test_the_well_used_coalition_has_seen_every_agreement_that_changes_one(kind: type[Fact]) -> None:
    assert well_used().facts_of(kind), f"let {kind.__name__} happen in well_used"


def test_a_submission_for_a_known_coalition_keeps_its_name() -> None:
    known = remembered(well_used())
    journey = Journey(facts=replace(FACTS, coalition=known))
    choice = CoalitionChoice(id=known.id, name="Een andere naam")
    events = decide(SupportRequest(id=SECOND_ID), submission(coalition=choice), journey.context(venlo))
    opened = opened_by(events[0])
    assert opened
    assert (opened.id, opened.name) == (known.id, known.name)
