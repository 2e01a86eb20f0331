"""Whose an action is: handed back by its owner, given to another, or handed over to the coalition.

What an owner does with an action stands in `actions`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from domain.actions import AboutAction, OfAction, own_open_action, with_action
from domain.command import Apply, ApplyToCoalition, Command, Context, Decide
from domain.event import Event, Fact
from domain.owners import owner_mistakes, refuse_absent
from domain.parts import Action, ActionStatus, Owner
from domain.refusal import Reason, Refusal
from domain.request import Coalition, SupportRequest
from domain.text import Line, Text
from domain.words import Theme

ALREADY_HANDED_BACK = Reason(
    "ALREADY_HANDED_BACK",
    nl="Deze actie is al teruggegeven. De adviseur zoekt iemand anders; u hoeft niets te doen.",
    en="This action has been handed back already. The advisor looks for somebody else; there is nothing for you to do.",
)


@dataclass(frozen=True, kw_only=True)
class HandBackAction(AboutAction):
    """Not mine, and why."""

    type: Literal["hand_back_action"] = "hand_back_action"
    reason: Text


@dataclass(frozen=True, kw_only=True)
class ActionHandedBack(OfAction):
    """The owner of an action says that it is not theirs."""

    reason: Text


def hand_back_action(request: SupportRequest, command: HandBackAction, context: Context) -> Iterator[Fact]:
    """Hand back an open action: the lead advisor looks for another owner."""
    action = own_open_action(request, command, context)
    if action.handed_back:
        raise ALREADY_HANDED_BACK()
    yield ActionHandedBack(action=action.id, reason=command.reason)


def on_action_handed_back(request: SupportRequest, event: Event, fact: ActionHandedBack) -> SupportRequest:
    """The task goes to the lead advisor, on the same day."""
    return with_action(request, replace(request.actions[fact.action], handed_back=True))


@dataclass(frozen=True, kw_only=True)
class ReassignAction(AboutAction):
    """Another takes it upon them."""

    type: Literal["reassign_action"] = "reassign_action"
    owner: Owner

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        yield from owner_mistakes("owner", self.owner)


@dataclass(frozen=True, kw_only=True)
class ActionReassigned(OfAction):
    """An action has another owner."""

    owner: Owner


def reassign_action(request: SupportRequest, command: ReassignAction, context: Context) -> Iterator[Fact]:
    """Give an open action to an owner who takes part; also back to who handed it back, after a talk."""
    action = own_open_action(request, command, context)
    refuse_absent("owner", command.owner, request)
    yield ActionReassigned(action=action.id, owner=command.owner)


def on_action_reassigned(request: SupportRequest, event: Event, fact: ActionReassigned) -> SupportRequest:
    """The new owner is waited for, on the same day."""
    return with_action(request, replace(request.actions[fact.action], owner=fact.owner, handed_back=False))


@dataclass(frozen=True, kw_only=True)
class HandOverAction(AboutAction):
    """It goes on in the coalition, without the programme."""

    type: Literal["hand_over_action"] = "hand_over_action"


@dataclass(frozen=True, kw_only=True)
class ActionHandedOver(OfAction):
    """An action goes on in the coalition, which from now on knows all there is to know about it."""

    title: Line
    owner: Owner
    due: date
    theme: Theme | None = None


def hand_over_action(request: SupportRequest, command: HandOverAction, context: Context) -> Iterator[Fact]:
    """Hand an open action over; here it has no clock any more."""
    action = own_open_action(request, command, context)
    yield ActionHandedOver(action=action.id, title=action.title, owner=action.owner, due=action.due, theme=action.theme)


def on_action_handed_over(request: SupportRequest, event: Event, fact: ActionHandedOver) -> SupportRequest:
    """Nobody is waited for here any more."""
    return with_action(request, replace(request.actions[fact.action], status=ActionStatus.HANDED_OVER))


def with_handed_over(coalition: Coalition, event: Event, fact: ActionHandedOver) -> Coalition:
    """The coalition has one action more; the goals of the request stay behind."""
    taken = Action(
        id=fact.action,
        title=fact.title,
        owner=fact.owner,
        due=fact.due,
        theme=fact.theme,
        status=ActionStatus.HANDED_OVER,
    )
    return replace(coalition, handed_over={**coalition.handed_over, taken.id: taken})


DECIDES: Mapping[type[Command], Decide] = {
    HandBackAction: hand_back_action,
    ReassignAction: reassign_action,
    HandOverAction: hand_over_action,
}
ON_COALITION: Mapping[type[Fact], ApplyToCoalition] = {ActionHandedOver: with_handed_over}
APPLIES: Mapping[type[Fact], Apply] = {
    ActionHandedBack: on_action_handed_back,
    ActionReassigned: on_action_reassigned,
    ActionHandedOver: on_action_handed_over,
}
