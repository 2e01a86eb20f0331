"""What each reader sees of a request, and of its tasks: everybody theirs, and nobody the programme's."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import get_args, get_type_hints

import pytest

from domain.command import CLOCK, Actor
from domain.inbox import is_for, tasks_for
from domain.intake import AskInformation
from domain.people import people_in
from domain.reader import Reader, reader
from domain.request import Closing, Pause, SupportRequest
from domain.subjects import APPLY
from domain.tasks import open_tasks
from domain.text import PersonId
from domain.view_parts import RequestView
from domain.views import coalition_seen, view
from domain.waits import Assignee
from domain.words import Desk, Outcome, Stage
from tests.domain.journey import (
    ADVISOR_PERSON,
    FIRST_DAY,
    OTHER_ADVISOR,
    PEEL_EN_MAAS,
    accepted,
    advisor,
    maastricht,
    other_advisor,
    peel_en_maas,
    staff,
    submitted,
    venlo,
)
from tests.domain.readers import (
    ACTION,
    LIBRARY,
    MIDWIVES,
    OWN_MEETING,
    SEAT,
    SECRET,
    dataclasses_in,
    full_request,
    midwives,
    party,
    removed_partner,
    seen_by,
)

PROGRAMME = (staff, advisor, other_advisor)
MUNICIPAL = (venlo, peel_en_maas)
OUTSIDE = (*MUNICIPAL, midwives, party)


def shown(actor: Actor) -> RequestView:
    """The full request as this actor sees it."""
    seen = view(full_request(), actor)
    assert seen
    return seen


@pytest.mark.parametrize("stranger", [maastricht, removed_partner, CLOCK, Actor(person="p:new", is_advisor=True)])
def test_who_has_no_part_in_a_request_sees_nothing(stranger: Actor) -> None:
    assert view(full_request(), stranger) is None
    assert tasks_for(full_request(), stranger) == ()


@pytest.mark.parametrize("actor", PROGRAMME)
def test_the_programme_sees_what_is_internal(actor: Actor) -> None:
    assert SECRET in seen_by(actor)


@pytest.mark.parametrize("actor", OUTSIDE)
def test_rule_18_nothing_of_the_programme_reaches_a_view_outside_it(actor: Actor) -> None:
    seen = seen_by(actor)

    assert SECRET not in seen
    assert OTHER_ADVISOR not in seen
    assert "p:interested" not in seen


def test_own_interest_is_read_by_staff_alone() -> None:
    assert shown(staff).own_interest == ("p:interested",)
    assert shown(advisor).own_interest == ()


@pytest.mark.parametrize("actor", MUNICIPAL)
def test_a_municipality_sees_the_whole_request(actor: Actor) -> None:
    seen = shown(actor)

    assert seen.text == "We willen onze coalitie versterken."
    assert seen.questions[0].result == "antwoord"
    assert len(seen.meetings) == 2
    assert len(seen.actions) == 5
    assert seen.coalition
    assert len(seen.coalition.partners) == 3
    assert len(seen.coalition.seats) == 1
    assert {one.municipality for one in seen.eligibility} == {"GM0983", PEEL_EN_MAAS}


def test_an_advisor_who_did_not_answer_is_being_looked_for() -> None:
    journey = accepted()

    inside, outside = view(journey.request, staff), view(journey.request, venlo)

    assert inside
    assert [one.advisor for one in inside.advisors] == [ADVISOR_PERSON]
    assert outside
    assert outside.advisors == ()
    assert outside.advisor_wanted
    assert ADVISOR_PERSON not in repr(outside)
    assert ADVISOR_PERSON not in repr(tasks_for(journey.request, venlo))


def test_a_partner_sees_what_it_has_a_share_in() -> None:
    seen = shown(midwives)

    assert [one.id for one in seen.meetings] == [OWN_MEETING]
    assert [one.partner for one in seen.meetings[0].invitations] == [MIDWIVES]
    assert [one.id for one in seen.actions] == [ACTION]
    assert seen.coalition
    assert [one.id for one in seen.coalition.partners] == [MIDWIVES]
    assert [note.text for note in seen.notes] == ["van onszelf"]
    assert [message.text for message in seen.messages] == ["Waar is het?"]
    assert LIBRARY not in repr(seen)
    assert seen.text is None
    assert seen.questions == ()
    assert seen.shared == ()
    assert seen.coalition.seats == ()


@pytest.mark.parametrize("actor", [staff, advisor, venlo, party, midwives])
def test_the_coalition_alone_is_what_the_view_shows_of_it(actor: Actor) -> None:
    seen = view(full_request(), actor)

    assert seen
    assert coalition_seen(full_request(), actor) == seen.coalition


def test_of_a_coalition_a_stranger_sees_nothing() -> None:
    assert coalition_seen(full_request(), maastricht) is None
    assert coalition_seen(replace(full_request(), coalition=None), staff) is None


def test_a_supporting_party_sees_what_is_shared_and_the_coalition() -> None:
    seen = shown(party)

    assert seen.coalition
    assert [one.id for one in seen.coalition.seats] == [SEAT]
    assert [one.contact for one in seen.coalition.partners] == [None, None, None]
    assert [one.result for one in seen.questions] == [None]
    assert len(seen.shared) == 1
    assert seen.meetings == ()
    assert seen.text is None
    assert [one.owner.desk for one in seen.actions] == [Desk.SUPPORTING_PARTY]
    assert [note.text for note in seen.notes] == ["voor iedereen", "van onszelf"]
    assert [message.text for message in seen.messages] == ["Lukt het zoeken?"]


def test_who_is_several_things_sees_what_each_of_them_may() -> None:
    both = replace(midwives, organisations=party.organisations)

    seen = shown(both)

    assert seen.coalition
    assert [one.contact for one in seen.coalition.partners] == ["p:midwives", None, None]
    assert len(seen.shared) == 1
    assert [one.id for one in seen.meetings] == [OWN_MEETING]


def test_rule_11_why_a_municipality_withdrew_stays_with_the_programme() -> None:
    ending = Closing(
        outcome=Outcome.WITHDRAWN,
        at=datetime(2026, 12, 1, tzinfo=UTC),
        stage_before=Stage.VISIT,
        text=SECRET,
    )
    request = replace(full_request(), stage=Stage.CLOSED, closing=ending)
    inside, outside, partner = view(request, staff), view(request, venlo), view(request, midwives)

    assert inside
    assert inside.closing
    assert inside.closing.text == SECRET
    assert outside
    assert outside.closing
    assert outside.closing.text is None
    assert partner
    assert partner.closing is None
    assert partner.outcome is Outcome.WITHDRAWN


def test_that_staff_decide_about_a_long_rest_stays_with_the_programme() -> None:
    rest = Pause(reason="SILENCE", since=FIRST_DAY, by_time=True, rest_over=True)
    request = replace(full_request(), pause=rest)
    inside, outside = view(request, staff), view(request, venlo)

    assert inside
    assert inside.pause == rest
    assert outside
    assert outside.pause == replace(rest, rest_over=False)


def test_how_it_ended_is_told_to_the_municipality() -> None:
    ending = Closing(
        outcome=Outcome.DECLINED, at=datetime(2026, 12, 1, tzinfo=UTC), stage_before=Stage.INTAKE, text="Helaas."
    )

    seen = view(replace(full_request(), stage=Stage.CLOSED, closing=ending), venlo)

    assert seen
    assert seen.closing
    assert seen.closing.text == "Helaas."
    assert seen.next_step is None


def test_the_next_step_is_the_task_due_soonest() -> None:
    seen = view(submitted().request, venlo)

    assert seen
    assert seen.next_step
    assert (seen.next_step.kind, seen.next_step.desk) == ("TRIAGE", Desk.STAFF)


def test_the_programme_sees_every_task() -> None:
    assert tasks_for(full_request(), staff) == open_tasks(full_request())


def test_a_municipality_sees_at_which_desk_others_are_busy_and_no_more() -> None:
    tasks = {task.key: task for task in tasks_for(full_request(), venlo)}

    assert "CALL:PROPOSE_VISIT" not in tasks
    assert not [key for key in tasks if key.endswith("/951")]
    assert tasks["ACCEPT_ASSIGNMENT"].assignee == Assignee(desk=Desk.ADVISOR)
    assert tasks["PROPOSE_VISIT"].assignee == Assignee(desk=Desk.ADVISOR)
    assert not any(task.escalated for task in tasks.values())


def test_a_municipality_sees_with_whom_of_its_own_a_task_is() -> None:
    journey = submitted()
    journey.give(staff, AskInformation(text="Welke wijken?"))

    (task,) = tasks_for(journey.request, venlo)

    assert task.assignee == Assignee(desk=Desk.MUNICIPALITY, person="p:venlo", municipality="GM0983")


def test_partners_and_supporting_parties_see_their_own_tasks() -> None:
    assert {task.kind for task in tasks_for(full_request(), midwives)} == {"DO_ACTION", "RESPOND"}
    assert {task.about for task in tasks_for(full_request(), midwives)} == {ACTION, f"{OWN_MEETING}:{MIDWIVES}"}
    assert {task.kind for task in tasks_for(full_request(), party)} == {"SEEK_PARENTS", "ANSWER_MESSAGE"}


def test_a_task_stands_in_the_inbox_of_the_one_it_is_for() -> None:
    request = submitted().request
    triage = open_tasks(request)[0]
    for_partner = replace(triage, assignee=Assignee(desk=Desk.PARTNER, partner=MIDWIVES))
    for_venlo = replace(triage, assignee=Assignee(desk=Desk.MUNICIPALITY, municipality="GM0983"))

    assert is_for(triage, who_reads(request, staff))
    assert not is_for(triage, who_reads(request, venlo))
    assert is_for(for_venlo, who_reads(request, venlo))
    assert not is_for(for_venlo, who_reads(full_request(), peel_en_maas))
    assert is_for(for_partner, who_reads(full_request(), midwives))
    assert not is_for(for_partner, who_reads(full_request(), party))


def who_reads(request: SupportRequest, actor: Actor) -> Reader:
    who = reader(request, actor)
    assert who
    return who


def test_everybody_a_view_refers_to_can_be_looked_up_at_once() -> None:
    assert {"p:midwives", "p:library", OTHER_ADVISOR, "p:interested", "p:venlo"} <= people_in(shown(staff))
    assert people_in(shown(midwives)) == {"p:midwives", ADVISOR_PERSON}


FACTS: list[type] = sorted(APPLY, key=lambda kind: kind.__name__)
FIELDS_OF_A_PERSON = {"name", "first_name", "last_name", "mail", "email", "phone", "address", "birth", "person_name"}


@pytest.mark.parametrize("fact", FACTS)
def test_rule_15_people_are_references_in_every_fact(fact: type) -> None:
    for kind in dataclasses_in(fact, set()):
        named = {one.name for one in fields(kind)}
        assert not named & FIELDS_OF_A_PERSON, f"{kind.__name__} says who somebody is; refer to them by PersonId"


@pytest.mark.parametrize("fact", FACTS)
def test_rule_15_who_somebody_is_stands_in_no_typed_text(fact: type) -> None:
    people = {"advisor", "contact", "person"}
    for kind in dataclasses_in(fact, set()):
        hints = get_type_hints(kind, include_extras=True)
        for name in people & hints.keys():
            assert hints[name] == PersonId or PersonId in get_args(hints[name]), f"{kind.__name__}.{name}"
