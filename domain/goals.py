"""Goals: what the coalition wants to reach, how it shows, by when and with what means; and what hangs loose.

A goal may be joined to an ambition at once or later. Who does what about it by when stands in `actions`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from domain import refusal
from domain.ambitions import refuse_unknown_ambition
from domain.command import Apply, Command, Context, Decide, ahead
from domain.event import Event, Fact
from domain.parts import ActionStatus, Ambition, Goal
from domain.refusal import Refusal
from domain.request import SupportRequest
from domain.text import Line, PartId, Text
from domain.words import Level, MeetingKind


def loose(request: SupportRequest) -> tuple[Ambition | Goal, ...]:
    """Name what hangs loose from the first reported kick-off on: an ambition without a goal, a goal without an action.

    A dropped goal or action joins nothing; an action that is done or handed over does.
    """
    meetings = request.meetings.values()
    if not any(meeting.kind is MeetingKind.KICKOFF and meeting.report for meeting in meetings):
        return ()
    goals = [goal for goal in request.goals.values() if not goal.dropped]
    wanted = {goal.ambition for goal in goals}
    worked_on = {action.goal for action in request.actions.values() if action.status is not ActionStatus.DROPPED}
    ambitions = (one for one in request.ambitions.values() if not one.dropped and one.id not in wanted)
    return (*ambitions, *(goal for goal in goals if goal.id not in worked_on))


@dataclass(frozen=True, kw_only=True)
class AgreeGoal(Command):
    """Agree on what to reach, how it shows and by when."""

    type: Literal["agree_goal"] = "agree_goal"
    text: Text
    shows: Text
    due: date
    ambition: PartId | None = None
    means: Text | None = None
    champion: Line | None = None
    level: Level | None = None

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        yield from ahead("due", self.due, context)


@dataclass(frozen=True, kw_only=True)
class GoalAgreed(Fact):
    """The coalition wants to reach this."""

    text: Text
    shows: Text
    due: date
    ambition: PartId | None = None
    means: Text | None = None
    champion: Line | None = None
    level: Level | None = None

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (own_id,)


def agree_goal(request: SupportRequest, command: AgreeGoal, context: Context) -> Iterator[Fact]:
    """Agree on it; the ambition it serves may follow later."""
    refuse_unknown_ambition(request, command.ambition)
    yield GoalAgreed(
        text=command.text,
        shows=command.shows,
        due=command.due,
        ambition=command.ambition,
        means=command.means,
        champion=command.champion,
        level=command.level,
    )


def on_goal_agreed(request: SupportRequest, event: Event, fact: GoalAgreed) -> SupportRequest:
    """One goal more."""
    return _with_goal(request, event.id, fact)


@dataclass(frozen=True, kw_only=True)
class ReviseGoal(Command):
    """Say how a goal is from now on: what is left out is so no longer."""

    type: Literal["revise_goal"] = "revise_goal"
    goal: PartId
    text: Text
    shows: Text
    due: date
    ambition: PartId | None = None
    means: Text | None = None
    champion: Line | None = None
    level: Level | None = None

    def touches(self) -> tuple[str, ...]:
        return (self.goal,)


@dataclass(frozen=True, kw_only=True)
class GoalRevised(Fact):
    """A goal is from now on as is said here."""

    goal: PartId
    text: Text
    shows: Text
    due: date
    ambition: PartId | None = None
    means: Text | None = None
    champion: Line | None = None
    level: Level | None = None

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (self.goal,)


def revise_goal(request: SupportRequest, command: ReviseGoal, context: Context) -> Iterator[Fact]:
    """Change a goal. A day that has passed may stay as it was, a new one lies ahead; so too with its ambition."""
    known = _known_goal(request, command.goal)
    if command.due != known.due:
        for mistake in ahead("due", command.due, context):
            raise mistake
    if command.ambition != known.ambition:
        refuse_unknown_ambition(request, command.ambition)
    yield GoalRevised(
        goal=known.id,
        text=command.text,
        shows=command.shows,
        due=command.due,
        ambition=command.ambition,
        means=command.means,
        champion=command.champion,
        level=command.level,
    )


def _known_goal(request: SupportRequest, goal: PartId) -> Goal:
    known = request.goals.get(goal)
    if known is None or known.dropped:
        raise refusal.NO_SUCH_PART("goal")
    return known


def on_goal_revised(request: SupportRequest, event: Event, fact: GoalRevised) -> SupportRequest:
    """The goal keeps its identity and its actions."""
    return _with_goal(request, fact.goal, fact)


def _with_goal(request: SupportRequest, goal: PartId, fact: GoalAgreed | GoalRevised) -> SupportRequest:
    described = Goal(
        id=goal,
        text=fact.text,
        shows=fact.shows,
        due=fact.due,
        ambition=fact.ambition,
        means=fact.means,
        champion=fact.champion,
        level=fact.level,
    )
    return replace(request, goals={**request.goals, goal: described})


@dataclass(frozen=True, kw_only=True)
class DropGoal(Command):
    """Give a goal up, and say why."""

    type: Literal["drop_goal"] = "drop_goal"
    goal: PartId
    reason: Text

    def touches(self) -> tuple[str, ...]:
        return (self.goal,)


@dataclass(frozen=True, kw_only=True)
class GoalDropped(Fact):
    """A goal was given up."""

    goal: PartId
    reason: Text

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (self.goal,)


def drop_goal(request: SupportRequest, command: DropGoal, context: Context) -> Iterator[Fact]:
    """Drop it with a reason; actions for it go on until they are done or dropped themselves."""
    known = _known_goal(request, command.goal)
    yield GoalDropped(goal=known.id, reason=command.reason)


def on_goal_dropped(request: SupportRequest, event: Event, fact: GoalDropped) -> SupportRequest:
    """It stays known as one that was given up."""
    dropped = replace(request.goals[fact.goal], dropped=True)
    return replace(request, goals={**request.goals, dropped.id: dropped})


DECIDES: Mapping[type[Command], Decide] = {
    AgreeGoal: agree_goal,
    ReviseGoal: revise_goal,
    DropGoal: drop_goal,
}
APPLIES: Mapping[type[Fact], Apply] = {
    GoalAgreed: on_goal_agreed,
    GoalRevised: on_goal_revised,
    GoalDropped: on_goal_dropped,
}
