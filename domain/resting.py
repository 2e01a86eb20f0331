"""Resting: a request pauses when somebody says so or after a long silence, and comes back with one click.

While it rests the programme's clocks stop; what was agreed with others keeps its date (`tasks.rests`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar, Literal

from domain.command import Apply, Command, Context, Decide
from domain.event import STAGE, Event, Fact
from domain.refusal import Kind, Reason, Refusal
from domain.request import Pause, SupportRequest
from domain.tasks import Bring, rests
from domain.terms import Term, Waiting, resumed
from domain.text import Text
from domain.waits import Wait, every_wait
from domain.words import Audience

LONGEST_PAUSE = timedelta(days=366)

ALREADY_PAUSED = Reason(
    "ALREADY_PAUSED",
    nl="Deze aanvraag rust al. Hervat hem als u verder wilt.",
    en="This request is paused already. Resume it to go on.",
)
NOT_PAUSED = Reason(
    "NOT_PAUSED",
    nl="Deze aanvraag rust niet. U kunt gewoon verder.",
    en="This request is not paused. You can simply go on.",
)
LOOK_AGAIN_OUT_OF_RANGE = Reason(
    "LOOK_AGAIN_OUT_OF_RANGE",
    nl="Kies een dag na vandaag, binnen een jaar. Of laat de dag leeg als u het nog niet weet.",
    en="Choose a day after today, within a year. Or leave it empty when you do not know yet.",
    kind=Kind.INVALID,
)


class PauseReason(StrEnum):
    """Why a request rests; SILENCE is given by time alone."""

    SUMMER = "SUMMER"
    CAPACITY = "CAPACITY"
    ELECTIONS = "ELECTIONS"
    REORGANISATION = "REORGANISATION"
    SILENCE = "SILENCE"
    OTHER = "OTHER"


@dataclass(frozen=True, kw_only=True)
class PauseRequest(Command):
    """Let the request rest, if possible until a day on which it goes on by itself."""

    type: Literal["pause"] = "pause"
    reason: PauseReason
    look_again: date | None = None
    text: Text | None = None

    def touches(self) -> tuple[str, ...]:
        return (STAGE,)

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        if self.look_again and not context.today < self.look_again <= context.today + LONGEST_PAUSE:
            yield LOOK_AGAIN_OUT_OF_RANGE("lookAgain")


@dataclass(frozen=True, kw_only=True)
class RequestPaused(Fact):
    """The request rests; `by_time` after a long silence."""

    reason: PauseReason
    look_again: date | None = None
    text: Text | None = None
    by_time: bool = False


def pause(request: SupportRequest, command: PauseRequest, context: Context) -> Iterator[Fact]:
    """Stop the programme's clocks."""
    if request.pause:
        raise ALREADY_PAUSED()
    yield RequestPaused(reason=command.reason, look_again=command.look_again, text=command.text)


def on_request_paused(request: SupportRequest, event: Event, fact: RequestPaused) -> SupportRequest:
    """It rests from this day on."""
    rest = Pause(reason=fact.reason, since=event.on, look_again=fact.look_again, by_time=fact.by_time)
    return replace(request, pause=rest, rest_announced_on=None)


@dataclass(frozen=True, kw_only=True)
class Resume(Command):
    """Go on."""

    type: Literal["resume"] = "resume"


@dataclass(frozen=True, kw_only=True)
class RequestResumed(Fact):
    """The request goes on; `terms` are those of what rested, each with the days it had left, at least five."""

    terms: Mapping[str, Term]


def resume(request: SupportRequest, command: Resume, context: Context) -> Iterator[Fact]:
    """Start the programme's clocks again."""
    yield _resumed(request, context)


def _resumed(request: SupportRequest, context: Context) -> RequestResumed:
    if request.pause is None:
        raise NOT_PAUSED()
    return RequestResumed(terms=_terms_left(request, request.pause, context))


def _terms_left(request: SupportRequest, rest: Pause, context: Context) -> Mapping[str, Term]:
    """Give everything that rested the days it had left."""
    start = max(context.today, context.clocks_from or context.today)
    return {
        wait.key: resumed(
            wait.kind,
            request.terms[wait.key],
            paused_on=rest.since,
            start=start,
            now=context.now,
            calendar=context.calendar,
            request_id=request.id,
        )
        for wait in every_wait(request)
        if rests(request, wait) and wait.key in request.terms
    }


def on_request_resumed(request: SupportRequest, event: Event, fact: RequestResumed) -> SupportRequest:
    """What rested is waited for again."""
    return replace(request, pause=None, terms={**request.terms, **fact.terms})


@dataclass(frozen=True, kw_only=True)
class RestAnnounced(Fact):
    """It has been silent for so long that the request will rest, unless somebody does something."""


def announce_rest(request: SupportRequest, wait: Wait, context: Context) -> Iterator[Fact]:
    """Say that the request will rest."""
    yield RestAnnounced()


def on_rest_announced(request: SupportRequest, event: Event, fact: RestAnnounced) -> SupportRequest:
    """Anything a person does now takes this away (`deciding.evolve`)."""
    return replace(request, rest_announced_on=event.on)


def rest_after_silence(request: SupportRequest, wait: Wait, context: Context) -> Iterator[Fact]:
    """Let it rest: nobody did anything."""
    yield RequestPaused(reason=PauseReason.SILENCE, by_time=True)


def go_on_as_agreed(request: SupportRequest, wait: Wait, context: Context) -> Iterator[Fact]:
    """Resume on the day on which it was to be looked at again."""
    yield _resumed(request, context)


@dataclass(frozen=True, kw_only=True)
class RestOver(Fact):
    """It has rested for half a year: staff decide whether it goes on or stops."""

    audience: ClassVar[Audience] = Audience.PROGRAMME


def end_rest(request: SupportRequest, wait: Wait, context: Context) -> Iterator[Fact]:
    """Ask staff to decide."""
    yield RestOver()


def on_rest_over(request: SupportRequest, event: Event, fact: RestOver) -> SupportRequest:
    """Staff are waited for."""
    return replace(request, pause=replace(request.pause, rest_over=True)) if request.pause else request


DECIDES: Mapping[type[Command], Decide] = {PauseRequest: pause, Resume: resume}
APPLIES: Mapping[type[Fact], Apply] = {
    RequestPaused: on_request_paused,
    RequestResumed: on_request_resumed,
    RestAnnounced: on_rest_announced,
    RestOver: on_rest_over,
}
BRINGS: Mapping[Waiting, Bring] = {
    Waiting.SILENCE: announce_rest,
    Waiting.REST_COMES: rest_after_silence,
    Waiting.PAUSE_ENDS: go_on_as_agreed,
    Waiting.REST: end_rest,
}
