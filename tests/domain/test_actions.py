"""Actions: one owner, one due date ahead; done, moved, dropped, handed back or handed over by who may see to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain import refusal
from domain.action_owners import (
    HandBackAction,
    HandOverAction,
    ReassignAction,
)
from domain.actions import (
    ACTION_NOT_OPEN,
    ACTION_STILL_OPEN,
    NOT_YOUR_ACTION,
    AboutAction,
    CompleteAction,
    DropAction,
    ExtendAction,
    ReopenAction,
)
from domain.command import Actor
from domain.event import OnBehalf
from domain.owners import ONE_OWNER, OWNER_NOT_HERE
from domain.parts import Action, ActionStatus, Owner
from domain.refusal import Kind, Reason
from domain.text import PartId
from domain.words import Capacity, Desk, Theme
from tests.domain.agreements import (
    BURGERKRACHT,
    IN_JUNE,
    IN_MARCH,
    THE_ADVISOR,
    action,
    agreed,
    each_owner,
    goal,
    owned_by_municipality,
    owned_by_partner,
    owned_by_supporter,
    refused,
    task_of,
    two_municipalities,
)
from tests.domain.journey import (
    ADVISOR_PERSON,
    MAASTRICHT,
    MUNICIPAL_PERSON,
    PEEL_EN_MAAS,
    REQUEST_ID,
    VENLO,
    advisor,
    behalf,
    staff,
    under_way,
    venlo,
)

NONE_SUCH = f"{REQUEST_ID}/999"
WHY = "Het liep anders."


def every_command(which: PartId) -> tuple[AboutAction, ...]:
    """Each thing that an owner can do with an open action."""
    return (
        ExtendAction(action=which, due=IN_JUNE, reason=WHY),
        CompleteAction(action=which),
        DropAction(action=which, reason=WHY),
        HandBackAction(action=which, reason=WHY),
    )


def test_an_action_is_agreed_and_becomes_its_owners_task() -> None:
    journey = under_way()
    served = agreed(journey, goal())
    made = agreed(journey, action(owner=owned_by_municipality(), goal=served, theme=Theme.POVERTY), venlo)
    assert journey.request.actions[made] == Action(
        id=made, title="Folder maken", owner=owned_by_municipality(), due=IN_MARCH, goal=served, theme=Theme.POVERTY
    )
    task = task_of(journey, made)
    assert (task.assignee.person, task.due) == (MUNICIPAL_PERSON, IN_MARCH)


def test_an_action_serves_a_goal_that_is_there_or_none() -> None:
    refused(under_way(), advisor, action(goal=NONE_SUCH), refusal.NO_SUCH_PART, "goal")


def test_rule_08_an_action_is_due_in_the_future_when_it_is_agreed() -> None:
    journey = under_way()
    refused(journey, advisor, action(due=date(2026, 11, 1)), refusal.DATE_PASSED, "due")
    refused(journey, advisor, action(due=date(2036, 11, 1)), refusal.DATE_TOO_FAR, "due")
    agreed(journey, action(due=date(2026, 11, 3)))


def test_rule_08_changing_the_date_needs_a_reason_and_a_day_ahead() -> None:
    journey = under_way()
    made = agreed(journey, action())
    with pytest.raises(TypeError, match="reason"):
        ExtendAction(action=made, due=IN_JUNE)  # type: ignore[call-arg] # it is what is tried
    late = ExtendAction(action=made, due=date(2026, 10, 30), reason=WHY)
    refused(journey, advisor, late, refusal.DATE_PASSED, "due")
    (event,) = journey.give(advisor, ExtendAction(action=made, due=IN_JUNE, reason=WHY))
    assert getattr(event.fact, "reason") == WHY  # noqa: B009 - the fact of extending has one
    assert task_of(journey, made).due == IN_JUNE


NOT_EXACTLY_ONE: tuple[tuple[Owner, Reason, str], ...] = (
    (Owner(desk=Desk.STAFF), ONE_OWNER, "owner.desk"),
    (Owner(desk=Desk.PARTNER), refusal.REQUIRED_HERE, "owner.partner"),
    (Owner(desk=Desk.MUNICIPALITY), refusal.REQUIRED_HERE, "owner.municipality"),
    (Owner(desk=Desk.SUPPORTING_PARTY), refusal.REQUIRED_HERE, "owner.organisation"),
    (Owner(desk=Desk.ADVISOR, municipality=VENLO), ONE_OWNER, "owner.municipality"),
    (Owner(desk=Desk.MUNICIPALITY, municipality=VENLO, partner=NONE_SUCH), ONE_OWNER, "owner.partner"),
    (owned_by_partner(NONE_SUCH), OWNER_NOT_HERE, "owner"),
    (owned_by_municipality(MAASTRICHT), OWNER_NOT_HERE, "owner"),
    (owned_by_supporter("Onbekend"), OWNER_NOT_HERE, "owner"),
)


@pytest.mark.parametrize(("owner", "reason", "field"), NOT_EXACTLY_ONE)
def test_rule_08_an_action_has_exactly_one_owner_who_takes_part(owner: Owner, reason: Reason, field: str) -> None:
    journey = two_municipalities()
    made = agreed(journey, action())
    refused(journey, advisor, action(owner=owner), reason, field)
    refused(journey, advisor, ReassignAction(action=made, owner=owner), reason, field)


def test_rule_08_each_kind_of_owner_has_the_task() -> None:
    journey, actions = each_owner()
    who = {desk: task_of(journey, which).assignee for desk, (which, _) in actions.items()}
    assert {desk: one.desk for desk, one in who.items()} == {desk: desk for desk in actions}
    assert who[Desk.PARTNER].person == "p:midwife"
    assert who[Desk.MUNICIPALITY].municipality == PEEL_EN_MAAS
    assert who[Desk.SUPPORTING_PARTY].organisation == BURGERKRACHT
    assert who[Desk.ADVISOR].person == ADVISOR_PERSON


@pytest.mark.parametrize("desk", [Desk.PARTNER, Desk.MUNICIPALITY, Desk.SUPPORTING_PARTY])
def test_owners_see_to_their_own_action_and_to_no_other(desk: Desk) -> None:
    _, made = each_owner()
    own, owner = made[desk]
    others = [which for other, (which, _) in made.items() if other is not desk]
    for nr, command in enumerate(every_command(own)):
        journey, _ = each_owner()
        for other in others:
            refused(journey, owner, every_command(other)[nr], NOT_YOUR_ACTION)
        assert journey.give(owner, command)
    assert NOT_YOUR_ACTION.kind is Kind.FORBIDDEN


def test_the_advisor_and_the_lead_municipality_see_to_every_action() -> None:
    for actor in (advisor, venlo):
        journey, made = each_owner()
        for which, _ in made.values():
            assert journey.give(actor, CompleteAction(action=which, result="Gelukt."))
        assert {one.status for one in journey.request.actions.values()} == {ActionStatus.DONE}


@pytest.mark.parametrize(
    ("recorder", "of_whom", "desk"),
    [
        (venlo, Capacity.PARTNER, Desk.PARTNER),
        (advisor, Capacity.PARTICIPANT, Desk.MUNICIPALITY),
        (staff, Capacity.PARTNER, Desk.PARTNER),
        (staff, Capacity.ADVISOR, Desk.SUPPORTING_PARTY),
        (staff, Capacity.MUNICIPALITY, Desk.PARTNER),
    ],
)
def test_what_an_owner_told_by_phone_is_recorded_for_them(recorder: Actor, of_whom: Capacity, desk: Desk) -> None:
    journey, made = each_owner()
    (event,) = journey.give(recorder, CompleteAction(action=made[desk][0], on_behalf=behalf(of_whom)))
    assert event.on_behalf == behalf(of_whom)
    assert journey.request.actions[made[desk][0]].status is ActionStatus.DONE


@pytest.mark.parametrize(
    ("of_whom", "desk"),
    [
        (Capacity.PARTNER, Desk.MUNICIPALITY),
        (Capacity.PARTICIPANT, Desk.PARTNER),
        (Capacity.PARTNER, Desk.ADVISOR),
        (Capacity.PARTICIPANT, Desk.SUPPORTING_PARTY),
    ],
)
def test_what_is_recorded_for_a_partner_is_about_a_partners_action(of_whom: Capacity, desk: Desk) -> None:
    journey, made = each_owner()
    told: OnBehalf = behalf(of_whom)
    refused(journey, staff, CompleteAction(action=made[desk][0], on_behalf=told), NOT_YOUR_ACTION)
    refused(journey, staff, CompleteAction(action=made[desk][0]), refusal.NOT_YOURS)


def test_done_is_one_click_and_a_result_may_be_told() -> None:
    journey = under_way()
    first, second = agreed(journey, action()), agreed(journey, action())
    journey.give(advisor, CompleteAction(action=first))
    journey.give(advisor, CompleteAction(action=second, result="500 folders."))
    assert [one.result for one in journey.request.actions.values()] == [None, "500 folders."]
    assert "DO_ACTION" not in journey.tasks


@pytest.mark.parametrize(
    "closing",
    [CompleteAction(action=NONE_SUCH), DropAction(action=NONE_SUCH, reason=WHY), HandOverAction(action=NONE_SUCH)],
)
def test_what_is_not_open_is_reopened_before_anything_else(closing: AboutAction) -> None:
    journey = under_way()
    made = agreed(journey, action())
    refused(journey, advisor, ReopenAction(action=made, reason=WHY), ACTION_STILL_OPEN)
    journey.give(advisor, replace(closing, action=made))
    assert "DO_ACTION" not in journey.tasks
    commands = (*every_command(made), ReassignAction(action=made, owner=THE_ADVISOR), HandOverAction(action=made))
    for command in commands:
        refused(journey, advisor, command, ACTION_NOT_OPEN)
    journey.give(venlo, ReopenAction(action=made, reason=WHY))
    assert task_of(journey, made).due == IN_MARCH


def test_reopening_forgets_the_result_that_was_told() -> None:
    journey = under_way()
    made = agreed(journey, action())
    journey.give(advisor, CompleteAction(action=made, result="500 folders."))
    journey.give(advisor, ReopenAction(action=made, reason=WHY))
    assert journey.request.actions[made].result is None


def test_a_reopened_action_of_long_ago_is_asked_for_today_on() -> None:
    journey = under_way()
    made = agreed(journey, action())
    journey.give(advisor, CompleteAction(action=made))
    journey.wait(days=200)
    journey.give(advisor, ReopenAction(action=made, reason=WHY))
    assert task_of(journey, made).due == journey.context(advisor).today


def test_an_action_that_is_not_there_cannot_be_changed() -> None:
    commands = (*every_command(NONE_SUCH), ReopenAction(action=NONE_SUCH, reason=WHY), HandOverAction(action=NONE_SUCH))
    for command in commands:
        refused(under_way(), advisor, command, refusal.NO_SUCH_PART, "action")


def test_an_action_changed_since_is_not_changed_unseen() -> None:
    journey = under_way()
    changed, same = agreed(journey, action()), agreed(journey, action())
    seen = journey.request.version
    journey.give(venlo, ExtendAction(action=changed, due=IN_JUNE, reason=WHY))
    for command in (*every_command(changed), ReassignAction(action=changed, owner=THE_ADVISOR)):
        refused(journey, advisor, command, refusal.STALE, based_on=seen)
    journey.give(advisor, CompleteAction(action=same), based_on=seen)


def test_the_log_makes_the_same_actions_again() -> None:
    journey, made = each_owner()
    first, second, third, fourth = (which for which, _ in made.values())
    for command in every_command(first)[:2]:
        journey.give(advisor, command)
    journey.give(advisor, ReopenAction(action=first, reason=WHY))
    journey.give(advisor, HandBackAction(action=second, reason=WHY))
    journey.give(advisor, ReassignAction(action=second, owner=THE_ADVISOR))
    journey.give(advisor, DropAction(action=third, reason=WHY))
    journey.give(advisor, HandOverAction(action=fourth))
    assert journey.refolded() == journey.request
