"""Submitting: a municipality asks for support with its coalition.

Who may use the programme is decided in `eligibility`; what staff do with the request stands in `intake`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from domain import refusal
from domain.command import Apply, Command, Context, Decide, ahead, passed
from domain.eligibility import determined
from domain.event import STAGE, Event, Fact
from domain.parts import Period, Question
from domain.refusal import Kind, Reason, Refusal
from domain.request import SupportRequest
from domain.text import CoalitionId, Line, MunicipalityCode, PartId, PersonId, RequestId, Text
from domain.words import CoalitionKind, Phase, QuestionKind, Stage

UNKNOWN_MUNICIPALITY = Reason(
    "UNKNOWN_MUNICIPALITY",
    nl="Gemeente {code} kennen we niet. Kies een gemeente uit de lijst.",
    en="Municipality {code} is not known. Choose one from the list.",
    kind=Kind.INVALID,
)
MUNICIPALITY_TWICE = Reason(
    "MUNICIPALITY_TWICE",
    nl="Een gemeente staat er twee keer bij. Noem elke gemeente één keer.",
    en="A municipality is named twice. Name each municipality once.",
    kind=Kind.INVALID,
)
UNKNOWN_COALITION = Reason(
    "UNKNOWN_COALITION",
    nl="Deze coalitie kennen we niet. Kies er een uit de lijst, of geef een nieuwe naam.",
    en="This coalition is not known. Choose one from the list, or give a new name.",
    kind=Kind.INVALID,
)
PERIOD_BACKWARDS = Reason(
    "PERIOD_BACKWARDS",
    nl="Het einde van de periode ligt voor het begin. Draai de data om.",
    en="The period ends before it starts. Swap the dates.",
    kind=Kind.INVALID,
)


@dataclass(frozen=True, kw_only=True)
class CoalitionChoice:
    """The coalition it is for: a known one by id, or a new one by name."""

    id: CoalitionId | None = None
    name: Line | None = None
    kind: CoalitionKind = CoalitionKind.LOCAL
    phase: Phase = Phase.UNKNOWN


@dataclass(frozen=True, kw_only=True)
class AskedQuestion:
    """One thing that is asked for, in a word of the list and perhaps a sentence."""

    kind: QuestionKind
    text: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Submit(Command):
    """Ask for support. `received_on`, only on behalf, is the day it came in; it decides the rule of eligibility."""

    type: Literal["submit"] = "submit"
    lead_municipality: MunicipalityCode
    participating: tuple[MunicipalityCode, ...] = ()
    coalition: CoalitionChoice
    contact: PersonId
    text: Text
    questions: tuple[AskedQuestion, ...]
    preferred_period: Period | None = None
    received_on: date | None = None
    imported: bool = False

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        known = context.facts.known_municipalities
        named = (self.lead_municipality, *self.participating)
        yield from (
            UNKNOWN_MUNICIPALITY("leadMunicipality" if place == 0 else f"participating.{place - 1}", code=code)
            for place, code in enumerate(named)
            if code not in known
        )
        if len({*named}) < len(named):
            yield MUNICIPALITY_TWICE("participating")
        if not self.questions:
            yield refusal.REQUIRED_HERE("questions")
        if self.coalition.id is None and self.coalition.name is None:
            yield refusal.REQUIRED_HERE("coalition.name")
        if self.coalition.id is not None and context.facts.coalition is None:
            yield UNKNOWN_COALITION("coalition.id")
        yield from passed("receivedOn", self.received_on, context)
        yield from period_mistakes(self.preferred_period, context)


@dataclass(frozen=True, kw_only=True)
class RequestSubmitted(Fact):
    """A municipality asked for support."""

    lead_municipality: MunicipalityCode
    participating: tuple[MunicipalityCode, ...]
    contact: PersonId
    text: Text
    preferred_period: Period | None
    received_on: date
    coalition: CoalitionId
    coalition_name: Line
    coalition_kind: CoalitionKind
    phase: Phase
    new_coalition: bool
    imported: bool = False

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (STAGE,)


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(Fact):
    """One thing that is asked for."""

    kind: QuestionKind
    text: Text | None

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (own_id,)


@dataclass(frozen=True, kw_only=True)
class TwinSeen(Fact):
    """Another open request of the same municipality for the same coalition was there already."""

    other: RequestId


def period_mistakes(period: Period | None, context: Context) -> Iterator[Refusal]:
    """A preferred period lies ahead and has its days in order."""
    if period is None:
        return
    yield from ahead("preferredPeriod.end", period.end, context)
    if period.end < period.start:
        yield PERIOD_BACKWARDS("preferredPeriod.end")


def submit(request: SupportRequest, command: Submit, context: Context) -> Iterator[Fact]:
    """Take in the request, with the rule of the day it was received and any twin it has."""
    received = command.received_on if command.on_behalf and command.received_on else context.today
    known = context.facts.coalition
    own_coalition = f"{request.id}/1"
    yield RequestSubmitted(
        lead_municipality=command.lead_municipality,
        participating=command.participating,
        contact=command.contact,
        text=command.text,
        preferred_period=command.preferred_period,
        received_on=received,
        coalition=known.id if known else own_coalition,
        coalition_name=known.name if known else command.coalition.name or "",
        coalition_kind=known.kind if known else command.coalition.kind,
        phase=command.coalition.phase,
        new_coalition=known is None,
        imported=command.imported,
    )
    yield from (QuestionAsked(kind=one.kind, text=one.text) for one in command.questions)
    yield determined((command.lead_municipality, *command.participating), received, context.facts)
    twins = (one for one in context.facts.open_requests if known and one.coalition_id == known.id)
    yield from (TwinSeen(other=one.id) for one in twins if one.lead_municipality == command.lead_municipality)


def on_request_submitted(request: SupportRequest, event: Event, fact: RequestSubmitted) -> SupportRequest:
    """The request begins; which coalition begins with it stands in `coalitions`, a known one is laid in by storage."""
    return replace(
        request,
        stage=Stage.INTAKE,
        received_on=fact.received_on,
        submitted_at=event.at,
        imported=fact.imported,
        lead_municipality=fact.lead_municipality,
        participating=fact.participating,
        contact=fact.contact,
        text=fact.text,
        preferred_period=fact.preferred_period,
    )


def on_question_asked(request: SupportRequest, event: Event, fact: QuestionAsked) -> SupportRequest:
    """One question more, open."""
    asked = Question(id=event.id, kind=fact.kind, text=fact.text)
    return replace(request, questions={**request.questions, asked.id: asked})


def on_twin_seen(request: SupportRequest, event: Event, fact: TwinSeen) -> SupportRequest:
    """Both are linked, so that staff and the colleagues see it."""
    return replace(request, linked=(*request.linked, fact.other))


DECIDES: Mapping[type[Command], Decide] = {Submit: submit}
APPLIES: Mapping[type[Fact], Apply] = {
    RequestSubmitted: on_request_submitted,
    QuestionAsked: on_question_asked,
    TwinSeen: on_twin_seen,
}
