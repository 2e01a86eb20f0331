"""Ambitions: what the coalition wants. How it shows that they come nearer stands in `goals`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from domain import refusal
from domain.command import Apply, Command, Context, Decide
from domain.event import Event, Fact
from domain.parts import Ambition
from domain.request import SupportRequest
from domain.text import PartId, Text
from domain.words import Theme


@dataclass(frozen=True, kw_only=True)
class AgreeAmbition(Command):
    """Agree on what the coalition wants."""

    type: Literal["agree_ambition"] = "agree_ambition"
    text: Text
    theme: Theme | None = None


@dataclass(frozen=True, kw_only=True)
class AmbitionAgreed(Fact):
    """The coalition wants this."""

    text: Text
    theme: Theme | None = None

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (own_id,)


def agree_ambition(request: SupportRequest, command: AgreeAmbition, context: Context) -> Iterator[Fact]:
    """An ambition may be agreed before there is any goal for it."""
    yield AmbitionAgreed(text=command.text, theme=command.theme)


def on_ambition_agreed(request: SupportRequest, event: Event, fact: AmbitionAgreed) -> SupportRequest:
    """One ambition more."""
    agreed = Ambition(id=event.id, text=fact.text, theme=fact.theme)
    return replace(request, ambitions={**request.ambitions, agreed.id: agreed})


@dataclass(frozen=True, kw_only=True)
class DropAmbition(Command):
    """Give an ambition up, and say why."""

    type: Literal["drop_ambition"] = "drop_ambition"
    ambition: PartId
    reason: Text

    def touches(self) -> tuple[str, ...]:
        return (self.ambition,)


@dataclass(frozen=True, kw_only=True)
class AmbitionDropped(Fact):
    """An ambition was given up."""

    ambition: PartId
    reason: Text

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (self.ambition,)


def drop_ambition(request: SupportRequest, command: DropAmbition, context: Context) -> Iterator[Fact]:
    """Drop it with a reason; its goals stay what they are."""
    refuse_unknown_ambition(request, command.ambition)
    yield AmbitionDropped(ambition=command.ambition, reason=command.reason)


def refuse_unknown_ambition(request: SupportRequest, ambition: PartId | None) -> None:
    """An ambition that is named is one of this request and has not been given up.

    Raises: Refusal NO_SUCH_PART.
    """
    known = request.ambitions.get(ambition) if ambition else None
    if ambition and (known is None or known.dropped):
        raise refusal.NO_SUCH_PART("ambition")


def on_ambition_dropped(request: SupportRequest, event: Event, fact: AmbitionDropped) -> SupportRequest:
    """It stays known as one that was given up."""
    dropped = replace(request.ambitions[fact.ambition], dropped=True)
    return replace(request, ambitions={**request.ambitions, dropped.id: dropped})


DECIDES: Mapping[type[Command], Decide] = {AgreeAmbition: agree_ambition, DropAmbition: drop_ambition}
APPLIES: Mapping[type[Fact], Apply] = {AmbitionAgreed: on_ambition_agreed, AmbitionDropped: on_ambition_dropped}
