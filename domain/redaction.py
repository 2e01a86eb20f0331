"""Blackening: a typed text disappears, the event keeps that it was there.

`redact` is given by staff. The log blackens the text where it stands; here it is said how a history looks afterwards,
so that a request made anew from it knows the text no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from domain.command import Apply, Command, Context, Decide
from domain.event import Event, Fact
from domain.refusal import Reason
from domain.request import SupportRequest
from domain.text import BLACKENED, with_text
from domain.words import Audience

NOTHING_TO_BLACKEN = Reason(
    "NOTHING_TO_BLACKEN",
    nl="Bij deze gebeurtenis staat geen tekst. Kies een gebeurtenis met een tekst.",
    en="There is no text at this event. Choose an event that has one.",
)


@dataclass(frozen=True, kw_only=True)
class Redact(Command):
    """Blacken what was typed in one event, by its sequence number."""

    type: Literal["redact"] = "redact"
    seq: int


@dataclass(frozen=True, kw_only=True)
class TextRedacted(Fact):
    """What was typed in an earlier event is blackened."""

    audience: ClassVar[Audience] = Audience.PROGRAMME
    redacted_seq: int


def redact(request: SupportRequest, command: Redact, context: Context) -> Iterator[Fact]:
    """Blacken an earlier event. Which text stood there is for the log to know."""
    if not 1 <= command.seq <= request.version:
        raise NOTHING_TO_BLACKEN("seq")
    yield TextRedacted(redacted_seq=command.seq)


def on_text_redacted(request: SupportRequest, event: Event, fact: TextRedacted) -> SupportRequest:
    """Nothing changes in place: a request is made anew from its blackened history."""
    return request


def blackened(events: Iterable[Event]) -> Iterator[Event]:
    """Give the history with every redacted text blackened."""
    history = tuple(events)
    redacted = {event.fact.redacted_seq for event in history if isinstance(event.fact, TextRedacted)}
    for event in history:
        yield replace(event, fact=with_text(event.fact, lambda _: BLACKENED)) if event.seq in redacted else event


DECIDES: Mapping[type[Command], Decide] = {Redact: redact}
APPLIES: Mapping[type[Fact], Apply] = {TextRedacted: on_text_redacted}
