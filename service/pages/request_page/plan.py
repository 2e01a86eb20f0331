"""What was agreed: what the coalition wants, what it wants to reach, and who does what by when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.parts import Action, ActionStatus, Ambition, Goal
from domain.words import Capacity, Desk
from service.pages.request_page.looking import DESKS, Looking, Ways

OPEN_DEEDS = (
    "complete_action",
    "extend_action",
    "hand_back_action",
    "reassign_action",
    "hand_over_action",
    "drop_action",
)
TONES = {ActionStatus.DONE: "success"}


@dataclass(frozen=True, kw_only=True)
class Task:
    """An action: who, by when, and how far it is."""

    title: str
    who: str
    due: str
    status: str
    tone: str
    result: str | None
    ways: Ways


@dataclass(frozen=True, kw_only=True)
class Aim:
    """A goal with its actions."""

    text: str
    facts: tuple[tuple[str, str], ...]
    actions: tuple[Task, ...]
    is_loose: bool
    ways: Ways


@dataclass(frozen=True, kw_only=True)
class Wish:
    """An ambition with its goals."""

    text: str
    theme: str | None
    goals: tuple[Aim, ...]
    is_loose: bool
    ways: Ways


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The whole; what belongs to nothing higher stands by itself."""

    ambitions: tuple[Wish, ...]
    goals: tuple[Aim, ...]
    actions: tuple[Task, ...]
    handed_over: tuple[Task, ...]
    ways: Ways

    @property
    def is_empty(self) -> bool:
        """Whether nothing was agreed yet."""
        return not (self.ambitions or self.goals or self.actions or self.handed_over)


def plan(looking: Looking) -> Plan:
    """Show what was agreed; what was dropped is in the history."""
    view = looking.shown.view
    ambitions = [one for one in view.ambitions if not one.dropped]
    goals = [one for one in view.goals if not one.dropped]
    known_ambitions, known_goals = {one.id for one in ambitions}, {one.id for one in goals}
    handed_over = view.coalition.handed_over if view.coalition else ()
    return Plan(
        ambitions=tuple(_wish(looking, one, goals) for one in ambitions),
        goals=tuple(_aim(looking, one) for one in goals if one.ambition not in known_ambitions),
        actions=tuple(_task(looking, one) for one in _shown(looking) if one.goal not in known_goals),
        handed_over=tuple(_task(looking, one) for one in handed_over),
        ways=looking.ways("agree_ambition", "agree_goal", "agree_action"),
    )


def _shown(looking: Looking) -> Iterator[Action]:
    hidden = (ActionStatus.DROPPED, ActionStatus.HANDED_OVER)
    return (one for one in looking.shown.view.actions if one.status not in hidden)


def _wish(looking: Looking, ambition: Ambition, goals: list[Goal]) -> Wish:
    return Wish(
        text=ambition.text,
        theme=looking.word(ambition.theme) if ambition.theme else None,
        goals=tuple(_aim(looking, one) for one in goals if one.ambition == ambition.id),
        is_loose=ambition.id in looking.shown.view.loose_ends,
        ways=looking.ways("agree_goal", "drop_ambition", about=ambition.id),
    )


def _aim(looking: Looking, goal: Goal) -> Aim:
    return Aim(
        text=goal.text,
        facts=tuple(_facts(looking, goal)),
        actions=tuple(_task(looking, one) for one in _shown(looking) if one.goal == goal.id),
        is_loose=goal.id in looking.shown.view.loose_ends,
        ways=looking.ways("agree_action", "revise_goal", "drop_goal", about=goal.id),
    )


def _facts(looking: Looking, goal: Goal) -> Iterator[tuple[str, str]]:
    yield looking.say("How it shows"), goal.shows
    yield looking.say("Before or on"), looking.day(goal.due)
    if goal.means:
        yield looking.say("With what means"), goal.means
    if goal.champion:
        yield looking.say("Champion"), goal.champion
    if goal.level:
        yield looking.say("Level"), looking.word(goal.level)


def _task(looking: Looking, action: Action) -> Task:
    return Task(
        title=action.title,
        who=looking.owner(action.owner),
        due=looking.day(action.due),
        status=looking.say("looking for another owner") if action.handed_back else looking.word(action.status),
        tone=TONES.get(action.status, "neutral"),
        result=action.result,
        ways=_ways(looking, action),
    )


def _ways(looking: Looking, action: Action) -> Ways:
    """An action is its owner's to do; the advisor and the lead municipality see to all of them."""
    seeing_to_all = {Capacity.ADVISOR, Capacity.MUNICIPALITY}
    own = not looking.mine.isdisjoint(seeing_to_all) or looking.is_owner(action.owner)
    deeds = OPEN_DEEDS if action.status is ActionStatus.OPEN else ("reopen_action",)
    whose = Capacity.MUNICIPALITY if action.owner.desk is Desk.ADVISOR else DESKS[action.owner.desk]
    return looking.ways(*deeds, about=action.id, of=(whose,), own=own)
