"""Whose an action is: handed back by who does not own it, given to another, handed over to the coalition."""

from __future__ import annotations

from dataclasses import replace

from domain import refusal
from domain.action_owners import ALREADY_HANDED_BACK, HandBackAction, HandOverAction, ReassignAction
from domain.actions import ReopenAction
from domain.parts import ActionStatus
from domain.words import Desk
from tests.domain.agreements import (
    IN_MARCH,
    THE_ADVISOR,
    action,
    agreed,
    each_owner,
    goal,
    owned_by_municipality,
    refused,
    task_of,
)
from tests.domain.journey import ADVISOR_PERSON, PEEL_EN_MAAS, advisor, under_way, venlo

WHY = "Het liep anders."


def test_rule_08_an_owner_hands_back_what_is_not_theirs_and_the_lead_advisor_finds_another() -> None:
    journey, made = each_owner()
    which, midwife = made[Desk.PARTNER]
    journey.give(midwife, HandBackAction(action=which, reason="Daar gaan wij niet over."))
    refused(journey, midwife, HandBackAction(action=which, reason=WHY), ALREADY_HANDED_BACK)
    asked = task_of(journey, which)
    assert (asked.assignee.person, asked.due) == (ADVISOR_PERSON, IN_MARCH)
    journey.give(venlo, ReassignAction(action=which, owner=owned_by_municipality(PEEL_EN_MAAS)))
    assert not journey.request.actions[which].handed_back
    asked = task_of(journey, which)
    assert (asked.assignee.municipality, asked.due) == (PEEL_EN_MAAS, IN_MARCH)


def test_who_handed_back_may_take_it_after_all() -> None:
    journey, made = each_owner()
    which, midwife = made[Desk.PARTNER]
    journey.give(midwife, HandBackAction(action=which, reason=WHY))
    journey.give(advisor, ReassignAction(action=which, owner=journey.request.actions[which].owner))
    assert task_of(journey, which).assignee.desk is Desk.PARTNER


def test_an_action_is_not_its_owners_to_give_away() -> None:
    journey, made = each_owner()
    which, midwife = made[Desk.PARTNER]
    for command in (ReassignAction(action=which, owner=THE_ADVISOR), HandOverAction(action=which)):
        refused(journey, midwife, command, refusal.NOT_YOURS)


def test_the_action_of_who_left_goes_to_the_lead_advisor() -> None:
    journey, made = each_owner()
    which, _ = made[Desk.MUNICIPALITY]
    journey.request = replace(journey.request, participating=())
    assert task_of(journey, which).assignee.person == ADVISOR_PERSON


def test_an_action_handed_over_goes_on_in_the_coalition_without_clock_here() -> None:
    journey = under_way()
    made = agreed(journey, action(owner=owned_by_municipality(), goal=agreed(journey, goal())))
    journey.give(venlo, HandOverAction(action=made))
    assert journey.request.coalition
    assert journey.request.actions[made].status is ActionStatus.HANDED_OVER
    assert journey.request.coalition.handed_over == {made: replace(journey.request.actions[made], goal=None)}
    assert f"DO_ACTION:{made}" not in journey.request.terms
    journey.give(venlo, ReopenAction(action=made, reason=WHY))
    assert journey.request.coalition.handed_over == {}
