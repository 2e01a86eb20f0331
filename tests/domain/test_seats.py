"""Seats for parents: agreed places, looked for by somebody by some day, and never a name."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import get_type_hints

import pytest

from domain import refusal
from domain.owners import ONE_OWNER, OWNER_NOT_HERE
from domain.parts import Owner, Search, Seat
from domain.refusal import Reason
from domain.seats import NOT_YOUR_SEAT, EndSeat, SeatEnded, SeatSet, SetSeat
from domain.tasks import open_tasks
from domain.text import PersonId, Text
from domain.words import Agreed, Body, Desk, SeatForm
from tests.domain.agreements import (
    BURGERKRACHT,
    IN_JUNE,
    IN_MARCH,
    THE_ADVISOR,
    agreed,
    owned_by_partner,
    owned_by_supporter,
    refused,
    searching,
    seat,
    supporter,
)
from tests.domain.journey import FIRST_DAY, REQUEST_ID, Journey, advisor, under_way, venlo

NOWHERE = f"{REQUEST_ID}/999"


def test_a_seat_holds_what_was_agreed() -> None:
    journey = under_way()
    made = agreed(journey, seat(form=SeatForm.REPRESENTATIVE, expenses=Agreed.YES, time=Agreed.NO), venlo)
    known = journey.request.seats[made]
    assert (known.body, known.form, known.since) == (Body.LOCAL_COALITION, SeatForm.REPRESENTATIVE, FIRST_DAY)
    assert (known.expenses, known.time, known.training) == (Agreed.YES, Agreed.NO, Agreed.NOT_YET)


def test_a_seat_may_have_been_there_for_long_but_not_begin_in_the_future() -> None:
    journey = under_way()
    refused(journey, advisor, seat(since=date(2027, 1, 1)), refusal.DATE_IN_FUTURE, "since")
    made = agreed(journey, seat(since=date(2024, 5, 1)))
    assert journey.request.seats[made].since == date(2024, 5, 1)


def test_a_seat_that_is_set_again_keeps_its_first_day() -> None:
    journey = under_way()
    made = agreed(journey, seat(form=SeatForm.CONSULTED))
    journey.wait(days=30)
    journey.give(advisor, seat(seat=made, training=Agreed.YES))
    known = journey.request.seats[made]
    assert (known.form, known.training, known.since) == (SeatForm.PARENT, Agreed.YES, FIRST_DAY)
    assert len(journey.request.seats) == 1


def test_looking_for_parents_needs_who_and_by_when() -> None:
    journey = under_way()
    refused(journey, advisor, searching(search=None), refusal.REQUIRED_HERE, "search")
    late = Search(by=THE_ADVISOR, due=date(2026, 10, 30))
    refused(journey, advisor, searching(search=late), refusal.DATE_PASSED, "search.due")
    made = agreed(journey, searching())
    task = next(one for one in open_tasks(journey.request) if one.about == made)
    assert (task.kind, task.assignee.desk, task.due) == ("SEEK_PARENTS", Desk.ADVISOR, IN_MARCH)


@pytest.mark.parametrize(
    ("by", "reason", "field"),
    [
        (owned_by_partner(NOWHERE), OWNER_NOT_HERE, "search.by"),
        (owned_by_supporter(), OWNER_NOT_HERE, "search.by"),
        (Owner(desk=Desk.SUPPORTING_PARTY), refusal.REQUIRED_HERE, "search.by.organisation"),
        (Owner(desk=Desk.STAFF), ONE_OWNER, "search.by.desk"),
    ],
)
def test_who_looks_for_parents_takes_part(by: Owner, reason: Reason, field: str) -> None:
    refused(under_way(), advisor, searching(search=Search(by=by, due=IN_MARCH)), reason, field)


def test_who_supports_the_seat_may_be_the_one_who_looks_for_parents() -> None:
    journey = under_way()
    made = agreed(
        journey, searching(supported_by="burgerkracht  limburg", search=Search(by=owned_by_supporter(), due=IN_MARCH))
    )
    task = next(one for one in open_tasks(journey.request) if one.about == made)
    assert (task.assignee.desk, task.assignee.organisation) == (Desk.SUPPORTING_PARTY, BURGERKRACHT)


def test_once_parents_are_found_nobody_looks_for_them() -> None:
    journey = under_way()
    made = agreed(journey, searching())
    journey.give(advisor, searching(seat=made, form=SeatForm.PARENT))
    assert journey.request.seats[made].search is None
    assert "SEEK_PARENTS" not in journey.tasks


def test_an_ended_seat_is_gone_but_known() -> None:
    journey = under_way()
    made = agreed(journey, searching())
    journey.give(venlo, EndSeat(seat=made))
    assert made not in journey.request.seats
    assert journey.request.coalition
    assert journey.request.coalition.seats[made].ended
    assert "SEEK_PARENTS" not in journey.tasks
    for command in (EndSeat(seat=made), seat(seat=made), EndSeat(seat=NOWHERE)):
        refused(journey, advisor, command, refusal.NO_SUCH_PART, "seat")


def test_a_supporting_party_is_known_by_the_seat_it_supports() -> None:
    journey = under_way()
    made = agreed(journey, seat())
    refused(journey, supporter, seat(supported_by=BURGERKRACHT), refusal.NOT_YOURS)
    journey.give(advisor, seat(seat=made, supported_by="BURGERKRACHT Limburg"))
    journey.give(supporter, seat(seat=made, supported_by=BURGERKRACHT, training=Agreed.YES))
    assert journey.request.seats[made].training is Agreed.YES


def supported() -> tuple[Journey, str, str]:
    """A request with a seat that a supporting party supports, and one that it does not."""
    journey = under_way()
    return journey, agreed(journey, seat(supported_by=BURGERKRACHT)), agreed(journey, seat(body=Body.STEERING_GROUP))


def test_a_supporting_party_sets_and_ends_only_what_it_supports() -> None:
    journey, theirs, others = supported()
    refused(journey, supporter, seat(seat=others, supported_by=BURGERKRACHT), NOT_YOUR_SEAT)
    refused(journey, supporter, EndSeat(seat=others), NOT_YOUR_SEAT)
    refused(journey, supporter, seat(), NOT_YOUR_SEAT)
    agreed(journey, seat(body=Body.PROJECT, supported_by=BURGERKRACHT), supporter)
    events = journey.give(supporter, EndSeat(seat=theirs))
    assert [event.type for event in events] == ["SeatEnded"]


def test_a_seat_changed_since_is_not_changed_unseen() -> None:
    journey, theirs, others = supported()
    seen = journey.request.version
    journey.give(venlo, seat(seat=theirs, supported_by=BURGERKRACHT))
    refused(journey, advisor, EndSeat(seat=theirs), refusal.STALE, based_on=seen)
    journey.give(advisor, seat(seat=others), based_on=seen)
    journey.give(advisor, seat(), based_on=seen)


def test_rule_17_a_parent_is_never_a_file() -> None:
    about_parents = (Seat, SetSeat, SeatSet, EndSeat, SeatEnded, Search)
    own_fields = {
        (kind, one.name): get_type_hints(kind, include_extras=True)[one.name]
        for kind in about_parents
        for one in fields(kind)
        if one.name != "on_behalf"
    }
    assert not [where for where, hint in own_fields.items() if hint in (PersonId, PersonId | None, Text, Text | None)]
    names = {name for _, name in own_fields}
    assert names == {
        *("id", "type", "seat", "body", "form", "since", "set_in", "ended"),
        *("expenses", "time", "training", "supported_by", "search", "by", "due"),
    }


def test_rule_17_the_log_of_a_search_names_organisations_only() -> None:
    journey = under_way()
    made = agreed(journey, searching(supported_by=BURGERKRACHT))
    journey.give(supporter, seat(seat=made, supported_by=BURGERKRACHT))
    assert [fact.supported_by for fact in journey.facts_of(SeatSet)] == [BURGERKRACHT, BURGERKRACHT]


def test_the_log_makes_the_same_seats_again() -> None:
    journey, theirs, _ = supported()
    journey.give(advisor, searching(seat=theirs, search=Search(by=THE_ADVISOR, due=IN_JUNE)))
    journey.give(advisor, EndSeat(seat=theirs))
    assert journey.refolded() == journey.request
