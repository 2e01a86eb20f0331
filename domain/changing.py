"""Changing: what a municipality asks for, when, through whom, and which municipalities take part.

Joining two requests into one, and a municipality that merges into another, stand in `joining`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from domain import refusal
from domain.command import Apply, ApplyToCoalition, Command, Context, Decide
from domain.eligibility import determined
from domain.event import Event, Fact
from domain.moves import acting_as
from domain.parts import Period, Question
from domain.refusal import Kind, Reason, Refusal
from domain.request import Coalition, SupportRequest
from domain.submitting import MUNICIPALITY_TWICE, UNKNOWN_MUNICIPALITY, AskedQuestion, QuestionAsked, period_mistakes
from domain.text import MunicipalityCode, PartId, PersonId, Text
from domain.words import Capacity, QuestionKind, QuestionStatus

QUESTION_SETTLED = Reason(
    "QUESTION_SETTLED",
    nl="Deze vraag heeft al een uitkomst. Stel zo nodig een nieuwe vraag.",
    en="This question has an outcome already. Ask a new one if needed.",
)
LEAD_CANNOT_LEAVE = Reason(
    "LEAD_CANNOT_LEAVE",
    nl="De aanvragende gemeente kan pas weg als een andere gemeente het overneemt. Kies welke.",
    en="The lead municipality can only leave when another one takes over. Choose which.",
)
ALREADY_TAKES_PART = Reason(
    "ALREADY_TAKES_PART",
    nl="Gemeente {code} doet al mee. U hoeft niets te doen.",
    en="Municipality {code} takes part already. There is nothing to do.",
)
DOES_NOT_TAKE_PART = Reason(
    "DOES_NOT_TAKE_PART",
    nl="Gemeente {code} doet niet mee. Kies een gemeente die meedoet, of laat deze eerst meedoen.",
    en="Municipality {code} does not take part. Choose one that does, or let it join first.",
)
ONLY_YOUR_OWN = Reason(
    "ONLY_YOUR_OWN",
    nl="U kunt alleen uw eigen gemeente afmelden. Vraag het programma om andere wijzigingen.",
    en="You can only let your own municipality leave. Ask the programme for other changes.",
    kind=Kind.FORBIDDEN,
)


@dataclass(frozen=True, kw_only=True)
class ChangedQuestion:
    """How a question is from now on."""

    question: PartId
    kind: QuestionKind
    text: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Amend(Command):
    """Add, change and drop questions; prefer another period."""

    type: Literal["amend"] = "amend"
    added: tuple[AskedQuestion, ...] = ()
    changed: tuple[ChangedQuestion, ...] = ()
    dropped: tuple[PartId, ...] = ()
    preferred_period: Period | None = None

    def touches(self) -> tuple[str, ...]:
        return (*(one.question for one in self.changed), *self.dropped)

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        yield from period_mistakes(self.preferred_period, context)
        if not (self.added or self.changed or self.dropped or self.preferred_period):
            yield refusal.REQUIRED_HERE("added")


@dataclass(frozen=True, kw_only=True)
class QuestionChanged(Fact):
    """A question is asked otherwise."""

    question: PartId
    kind: QuestionKind
    text: Text | None

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (self.question,)


@dataclass(frozen=True, kw_only=True)
class QuestionDropped(Fact):
    """The municipality does not ask this any more."""

    question: PartId

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (self.question,)


@dataclass(frozen=True, kw_only=True)
class PeriodChanged(Fact):
    """The municipality prefers another period."""

    preferred_period: Period


def amend(request: SupportRequest, command: Amend, context: Context) -> Iterator[Fact]:
    """Change what is asked, as long as nothing has come of it yet.

    Raises: Refusal NO_SUCH_PART or QUESTION_SETTLED.
    """
    for place, one in enumerate(command.changed):
        open_question(request, one.question, f"changed.{place}.question")
    for place, question in enumerate(command.dropped):
        open_question(request, question, f"dropped.{place}")
    for one in command.changed:
        yield QuestionChanged(question=one.question, kind=one.kind, text=one.text)
    for question in dict.fromkeys(command.dropped):
        yield QuestionDropped(question=question)
    for asked in command.added:
        yield QuestionAsked(kind=asked.kind, text=asked.text)
    if command.preferred_period:
        yield PeriodChanged(preferred_period=command.preferred_period)


def open_question(request: SupportRequest, question: PartId, field: str) -> Question:
    """Find a question that has no outcome yet.

    Raises: Refusal NO_SUCH_PART or QUESTION_SETTLED.
    """
    known = request.questions.get(question)
    if known is None:
        raise refusal.NO_SUCH_PART(field)
    if known.status is not QuestionStatus.OPEN:
        raise QUESTION_SETTLED(field)
    return known


def on_question_changed(request: SupportRequest, event: Event, fact: QuestionChanged) -> SupportRequest:
    """The same question in other words."""
    return _with_question(request, replace(request.questions[fact.question], kind=fact.kind, text=fact.text))


def on_question_dropped(request: SupportRequest, event: Event, fact: QuestionDropped) -> SupportRequest:
    """The question has an outcome: it is not asked any more."""
    return _with_question(request, replace(request.questions[fact.question], status=QuestionStatus.DROPPED))


def _with_question(request: SupportRequest, question: Question) -> SupportRequest:
    return replace(request, questions={**request.questions, question.id: question})


def on_period_changed(request: SupportRequest, event: Event, fact: PeriodChanged) -> SupportRequest:
    """The other period is known."""
    return replace(request, preferred_period=fact.preferred_period)


@dataclass(frozen=True, kw_only=True)
class ChangeContact(Command):
    """Somebody else is asked and told from now on."""

    type: Literal["change_contact"] = "change_contact"
    contact: PersonId


@dataclass(frozen=True, kw_only=True)
class ContactChanged(Fact):
    """Somebody else is asked and told from now on."""

    contact: PersonId


def change_contact(request: SupportRequest, command: ChangeContact, context: Context) -> Iterator[Fact]:
    """Let another person be asked; open tasks go to them at once."""
    yield ContactChanged(contact=command.contact)


def on_contact_changed(request: SupportRequest, event: Event, fact: ContactChanged) -> SupportRequest:
    """The other person is known."""
    return replace(request, contact=fact.contact)


@dataclass(frozen=True, kw_only=True)
class ChangeMunicipalities(Command):
    """Municipalities join or leave, or one takes over the lead, perhaps with a contact of its own."""

    type: Literal["change_municipalities"] = "change_municipalities"
    joins: tuple[MunicipalityCode, ...] = ()
    leaves: tuple[MunicipalityCode, ...] = ()
    lead: MunicipalityCode | None = None
    contact: PersonId | None = None

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        for place, code in enumerate(self.joins):
            if code not in context.facts.known_municipalities:
                yield UNKNOWN_MUNICIPALITY(f"joins.{place}", code=code)
        named = (*self.joins, *self.leaves)
        if len({*named}) < len(named):
            yield MUNICIPALITY_TWICE("joins")
        if not (named or self.lead):
            yield refusal.REQUIRED_HERE("joins")


@dataclass(frozen=True, kw_only=True)
class MunicipalityJoined(Fact):
    """A municipality takes part from now on."""

    municipality: MunicipalityCode


@dataclass(frozen=True, kw_only=True)
class LeadTakenOver(Fact):
    """A municipality asks for all from now on; the one that did takes part."""

    municipality: MunicipalityCode
    contact: PersonId | None = None


@dataclass(frozen=True, kw_only=True)
class MunicipalityLeft(Fact):
    """A municipality does not take part any more."""

    municipality: MunicipalityCode


def change_municipalities(request: SupportRequest, command: ChangeMunicipalities, context: Context) -> Iterator[Fact]:
    """First who joins, with its eligibility on the day the request was received; then the lead; then who leaves.

    Raises: Refusal ONLY_YOUR_OWN, ALREADY_TAKES_PART, DOES_NOT_TAKE_PART or LEAD_CANNOT_LEAVE.
    """
    _refuse_others(request, command, context)
    _refuse_misfits(request, command)
    for code in command.joins:
        yield MunicipalityJoined(municipality=code)
    if command.joins and request.received_on:
        yield determined(command.joins, request.received_on, context.facts)
    if command.lead:
        yield LeadTakenOver(municipality=command.lead, contact=command.contact)
    for code in command.leaves:
        yield MunicipalityLeft(municipality=code)


def _refuse_others(request: SupportRequest, command: ChangeMunicipalities, context: Context) -> None:
    """Staff may change all; a participating municipality lets nobody go but itself."""
    if Capacity.STAFF in acting_as(request, context.actor, command.on_behalf):
        return
    own = request.participating if command.on_behalf else context.actor.municipalities
    if command.joins or command.lead or not set(command.leaves) <= set(own):
        raise ONLY_YOUR_OWN()


def _refuse_misfits(request: SupportRequest, command: ChangeMunicipalities) -> None:
    for place, code in enumerate(command.joins):
        if code in request.municipalities:
            raise ALREADY_TAKES_PART(f"joins.{place}", code=code)
    if command.lead == request.lead_municipality:
        raise ALREADY_TAKES_PART("lead", code=command.lead)
    taking_part = (*request.municipalities, *command.joins)
    if command.lead and command.lead not in taking_part:
        raise DOES_NOT_TAKE_PART("lead", code=command.lead)
    for place, code in enumerate(command.leaves):
        if code not in taking_part:
            raise DOES_NOT_TAKE_PART(f"leaves.{place}", code=code)
    if (command.lead or request.lead_municipality) in command.leaves:
        raise LEAD_CANNOT_LEAVE("leaves")


def on_municipality_joined(request: SupportRequest, event: Event, fact: MunicipalityJoined) -> SupportRequest:
    """One takes part more."""
    return replace(request, participating=(*request.participating, fact.municipality))


def on_lead_taken_over(request: SupportRequest, event: Event, fact: LeadTakenOver) -> SupportRequest:
    """The new lead is asked from now on: the contact it names, or whoever is there."""
    others = tuple(code for code in request.municipalities if code != fact.municipality)
    return replace(request, lead_municipality=fact.municipality, participating=others, contact=fact.contact)


def on_municipality_left(request: SupportRequest, event: Event, fact: MunicipalityLeft) -> SupportRequest:
    """One takes part less; what it had taken upon it goes to the lead advisor (`tasks.of_owner`)."""
    staying = tuple(code for code in request.participating if code != fact.municipality)
    return replace(request, participating=staying)


def with_member(coalition: Coalition, event: Event, fact: MunicipalityJoined) -> Coalition:
    """Who joins the request joins the coalition that it is for."""
    return replace(coalition, municipalities=tuple(dict.fromkeys((*coalition.municipalities, fact.municipality))))


def without_member(coalition: Coalition, event: Event, fact: MunicipalityLeft) -> Coalition:
    """Who leaves the request leaves the coalition that it is for."""
    staying = tuple(code for code in coalition.municipalities if code != fact.municipality)
    return replace(coalition, municipalities=staying)


DECIDES: Mapping[type[Command], Decide] = {
    Amend: amend,
    ChangeContact: change_contact,
    ChangeMunicipalities: change_municipalities,
}
ON_COALITION: Mapping[type[Fact], ApplyToCoalition] = {
    MunicipalityJoined: with_member,
    MunicipalityLeft: without_member,
}
APPLIES: Mapping[type[Fact], Apply] = {
    QuestionChanged: on_question_changed,
    QuestionDropped: on_question_dropped,
    PeriodChanged: on_period_changed,
    ContactChanged: on_contact_changed,
    MunicipalityJoined: on_municipality_joined,
    LeadTakenOver: on_lead_taken_over,
    MunicipalityLeft: on_municipality_left,
}
