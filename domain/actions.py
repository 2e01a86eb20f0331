"""Actions: who does what by when, and what comes of it.

One owner and one due date; another date needs a reason. Giving an action to somebody else stands in `action_owners`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from domain import refusal
from domain.command import Apply, ApplyToCoalition, Command, Context, Decide, ahead
from domain.event import Event, Fact
from domain.owners import decides_for_all, is_own, owner_mistakes, refuse_absent
from domain.parts import Action, ActionStatus, Owner
from domain.refusal import Kind, Reason, Refusal
from domain.request import Coalition, SupportRequest
from domain.text import Line, PartId, Text
from domain.words import Theme

NOT_YOUR_ACTION = Reason(
    "NOT_YOUR_ACTION",
    nl="Deze actie is van iemand anders. Vraag het de eigenaar van de actie, de adviseur of de gemeente.",
    en="This action is somebody else's. Ask its owner, the advisor or the municipality.",
    kind=Kind.FORBIDDEN,
)
ACTION_NOT_OPEN = Reason(
    "ACTION_NOT_OPEN",
    nl="Deze actie staat niet meer open. Heropen de actie eerst als die toch doorgaat.",
    en="This action is not open any more. Reopen it first if it goes on after all.",
)
ACTION_STILL_OPEN = Reason(
    "ACTION_STILL_OPEN",
    nl="Deze actie staat nog open. U kunt er zo mee verder.",
    en="This action is still open. You can go on with it as it is.",
)


@dataclass(frozen=True, kw_only=True)
class AgreeAction(Command):
    """Agree on who does what by when."""

    type: Literal["agree_action"] = "agree_action"
    title: Line
    owner: Owner
    due: date
    goal: PartId | None = None
    theme: Theme | None = None

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        yield from owner_mistakes("owner", self.owner)
        yield from ahead("due", self.due, context)


@dataclass(frozen=True, kw_only=True)
class ActionAgreed(Fact):
    """Somebody will do something by a day."""

    title: Line
    owner: Owner
    due: date
    goal: PartId | None = None
    theme: Theme | None = None

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (own_id,)


def agree_action(request: SupportRequest, command: AgreeAction, context: Context) -> Iterator[Fact]:
    """Agree on an action of one owner who takes part; the goal it serves, when named, is one that stands."""
    refuse_absent("owner", command.owner, request)
    goal = request.goals.get(command.goal) if command.goal else None
    if command.goal and (goal is None or goal.dropped):
        raise refusal.NO_SUCH_PART("goal")
    yield ActionAgreed(
        title=command.title, owner=command.owner, due=command.due, goal=command.goal, theme=command.theme
    )


def on_action_agreed(request: SupportRequest, event: Event, fact: ActionAgreed) -> SupportRequest:
    """One action more."""
    agreed = Action(id=event.id, title=fact.title, owner=fact.owner, due=fact.due, goal=fact.goal, theme=fact.theme)
    return replace(request, actions={**request.actions, agreed.id: agreed})


@dataclass(frozen=True, kw_only=True)
class AboutAction(Command):
    """A command about one action that is there already."""

    action: PartId

    def touches(self) -> tuple[str, ...]:
        return (self.action,)


@dataclass(frozen=True, kw_only=True)
class OfAction(Fact):
    """A fact about one action that is there already."""

    action: PartId

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (self.action,)


def own_action(request: SupportRequest, command: AboutAction, context: Context) -> Action:
    """Find an action for who may see to it: its owner, an advisor and the lead municipality.

    Raises: Refusal NO_SUCH_PART or NOT_YOUR_ACTION.
    """
    if command.action not in request.actions:
        raise refusal.NO_SUCH_PART("action")
    action = request.actions[command.action]
    if not (decides_for_all(request, command, context) or is_own(action.owner, request, command, context)):
        raise NOT_YOUR_ACTION()
    return action


def own_open_action(request: SupportRequest, command: AboutAction, context: Context) -> Action:
    """Find an action that is still to be done, for who may see to it.

    Raises: Refusal NO_SUCH_PART, NOT_YOUR_ACTION or ACTION_NOT_OPEN.
    """
    action = own_action(request, command, context)
    if action.status is not ActionStatus.OPEN:
        raise ACTION_NOT_OPEN()
    return action


def with_action(request: SupportRequest, action: Action) -> SupportRequest:
    """The request with this action as it is now."""
    return replace(request, actions={**request.actions, action.id: action})


@dataclass(frozen=True, kw_only=True)
class ExtendAction(AboutAction):
    """Agree on another day, and say why."""

    type: Literal["extend_action"] = "extend_action"
    due: date
    reason: Text

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        yield from ahead("due", self.due, context)


@dataclass(frozen=True, kw_only=True)
class ActionExtended(OfAction):
    """An action has another day."""

    due: date
    reason: Text


def extend_action(request: SupportRequest, command: ExtendAction, context: Context) -> Iterator[Fact]:
    """Move the day of an open action, with the reason."""
    action = own_open_action(request, command, context)
    yield ActionExtended(action=action.id, due=command.due, reason=command.reason)


def on_action_extended(request: SupportRequest, event: Event, fact: ActionExtended) -> SupportRequest:
    """The task follows to the new day."""
    return with_action(request, replace(request.actions[fact.action], due=fact.due))


@dataclass(frozen=True, kw_only=True)
class CompleteAction(AboutAction):
    """It is done; what came of it, when there is something to tell."""

    type: Literal["complete_action"] = "complete_action"
    result: Text | None = None


@dataclass(frozen=True, kw_only=True)
class ActionCompleted(OfAction):
    """An action is done."""

    result: Text | None = None


def complete_action(request: SupportRequest, command: CompleteAction, context: Context) -> Iterator[Fact]:
    """Done is one click; a result may be told."""
    action = own_open_action(request, command, context)
    yield ActionCompleted(action=action.id, result=command.result)


def on_action_completed(request: SupportRequest, event: Event, fact: ActionCompleted) -> SupportRequest:
    """Nobody is waited for any more."""
    done = replace(request.actions[fact.action], status=ActionStatus.DONE, result=fact.result)
    return with_action(request, done)


@dataclass(frozen=True, kw_only=True)
class DropAction(AboutAction):
    """It will not be done, and why."""

    type: Literal["drop_action"] = "drop_action"
    reason: Text


@dataclass(frozen=True, kw_only=True)
class ActionDropped(OfAction):
    """An action will not be done."""

    reason: Text


def drop_action(request: SupportRequest, command: DropAction, context: Context) -> Iterator[Fact]:
    """Drop an open action with the reason."""
    action = own_open_action(request, command, context)
    yield ActionDropped(action=action.id, reason=command.reason)


def on_action_dropped(request: SupportRequest, event: Event, fact: ActionDropped) -> SupportRequest:
    """Nobody is waited for any more."""
    return with_action(request, replace(request.actions[fact.action], status=ActionStatus.DROPPED))


@dataclass(frozen=True, kw_only=True)
class ReopenAction(AboutAction):
    """It goes on after all, and why."""

    type: Literal["reopen_action"] = "reopen_action"
    reason: Text


@dataclass(frozen=True, kw_only=True)
class ActionReopened(OfAction):
    """An action that was done, dropped or handed over is open again."""

    reason: Text


def reopen_action(request: SupportRequest, command: ReopenAction, context: Context) -> Iterator[Fact]:
    """Reopen what is not open; it keeps its owner and its day."""
    action = own_action(request, command, context)
    if action.status is ActionStatus.OPEN:
        raise ACTION_STILL_OPEN()
    yield ActionReopened(action=action.id, reason=command.reason)


def on_action_reopened(request: SupportRequest, event: Event, fact: ActionReopened) -> SupportRequest:
    """Its owner is waited for again; what was told as its result is no longer so."""
    again = replace(request.actions[fact.action], status=ActionStatus.OPEN, result=None)
    return with_action(request, again)


def without_reopened(coalition: Coalition, event: Event, fact: ActionReopened) -> Coalition:
    """What was handed over to the coalition is back at the request."""
    kept = {key: action for key, action in coalition.handed_over.items() if key != fact.action}
    return replace(coalition, handed_over=kept)


DECIDES: Mapping[type[Command], Decide] = {
    AgreeAction: agree_action,
    ExtendAction: extend_action,
    CompleteAction: complete_action,
    DropAction: drop_action,
    ReopenAction: reopen_action,
}
ON_COALITION: Mapping[type[Fact], ApplyToCoalition] = {ActionReopened: without_reopened}
APPLIES: Mapping[type[Fact], Apply] = {
    ActionAgreed: on_action_agreed,
    ActionExtended: on_action_extended,
    ActionCompleted: on_action_completed,
    ActionDropped: on_action_dropped,
    ActionReopened: on_action_reopened,
}
