"""Talking: asking each other, noting, sharing what helps, and recording what came of a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from domain import refusal
from domain.command import Apply, Command, Context, Decide
from domain.event import Event, Fact
from domain.moves import acting_as
from domain.parts import Message, Note, Shared, SharedKind
from domain.refusal import Kind, Reason, Refusal
from domain.request import SupportRequest
from domain.text import Line, Link, PartId, Text
from domain.words import Audience, Capacity, Desk, QuestionStatus

OF_THE_PROGRAMME = frozenset({Capacity.STAFF, Capacity.ADVISOR})
DESKS_OF_THE_PROGRAMME = frozenset({Desk.STAFF, Desk.ADVISOR})

INTERNAL_IS_FOR_THE_PROGRAMME = Reason(
    "INTERNAL_IS_FOR_THE_PROGRAMME",
    nl="Alleen het programma en de adviseur kunnen iets onder elkaar houden. Deel het met iedereen.",
    en="Only the programme and the advisor can keep something among themselves. Share it with everyone.",
    kind=Kind.FORBIDDEN,
)
ASKED_OUTSIDE_THE_PROGRAMME = Reason(
    "ASKED_OUTSIDE_THE_PROGRAMME",
    nl="Een interne vraag kan alleen aan het programma of de adviseur. Kies een van die twee.",
    en="An internal question can only be asked of the programme or the advisor. Choose one of them.",
    kind=Kind.INVALID,
)
NOBODY_AT_DESK = Reason(
    "NOBODY_AT_DESK",
    nl="Bij deze aanvraag is er niemand om dit te vragen. Kies een ander.",
    en="There is nobody to ask this on this request. Choose somebody else.",
)
ALREADY_REPLIED = Reason(
    "ALREADY_REPLIED",
    nl="Deze vraag is al beantwoord. Stel een nieuwe vraag of schrijf een notitie.",
    en="This has been answered already. Ask something new or write a note.",
)


@dataclass(frozen=True, kw_only=True)
class Ask(Command):
    """Ask somebody something; `partner` says which partner, when one is asked."""

    type: Literal["ask"] = "ask"
    to: Desk
    partner: PartId | None = None
    text: Text
    internal: bool = False

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        if self.internal and self.to not in DESKS_OF_THE_PROGRAMME:
            yield ASKED_OUTSIDE_THE_PROGRAMME("to")
        if self.to is Desk.PARTNER and self.partner is None:
            yield refusal.REQUIRED_HERE("partner")


@dataclass(frozen=True, kw_only=True)
class InternalOrShared(Fact):
    """Something said, to everyone on the request or within the programme."""

    internal: bool = False

    def heard_by(self) -> Audience:
        """An internal word stays within the programme."""
        return Audience.PROGRAMME if self.internal else Audience.EVERYONE


@dataclass(frozen=True, kw_only=True)
class MessageAsked(InternalOrShared):
    """Somebody asked somebody something."""

    to: Desk
    partner: PartId | None = None
    text: Text

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (own_id,)


def ask(request: SupportRequest, command: Ask, context: Context) -> Iterator[Fact]:
    """Ask: an answer is waited for."""
    _refuse_internal(request, command, command.internal, context)
    partner = command.partner if command.to is Desk.PARTNER else None
    if partner and partner not in request.partners:
        raise refusal.NO_SUCH_PART("partner")
    if command.to is Desk.SUPPORTING_PARTY and not request.supporters:
        raise NOBODY_AT_DESK("to")
    yield MessageAsked(to=command.to, partner=partner, text=command.text, internal=command.internal)


def _refuse_internal(request: SupportRequest, command: Command, internal: bool, context: Context) -> None:
    mine = acting_as(request, context.actor, command.on_behalf)
    if internal and OF_THE_PROGRAMME.isdisjoint(mine):
        raise INTERNAL_IS_FOR_THE_PROGRAMME("internal")


def on_message_asked(request: SupportRequest, event: Event, fact: MessageAsked) -> SupportRequest:
    """One question more to answer."""
    asked = Message(id=event.id, by=event.by, to=fact.to, partner=fact.partner, text=fact.text, internal=fact.internal)
    return replace(request, messages={**request.messages, asked.id: asked})


@dataclass(frozen=True, kw_only=True)
class Reply(Command):
    """Answer what was asked."""

    type: Literal["reply"] = "reply"
    message: PartId
    text: Text

    def touches(self) -> tuple[str, ...]:
        return (self.message,)


@dataclass(frozen=True, kw_only=True)
class MessageReplied(InternalOrShared):
    """Somebody answered; internal when the question was."""

    message: PartId
    text: Text

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (self.message,)


def reply(request: SupportRequest, command: Reply, context: Context) -> Iterator[Fact]:
    """Answer once. An internal question is not there for who is outside the programme."""
    asked = request.messages.get(command.message)
    mine = acting_as(request, context.actor, command.on_behalf)
    if asked is None or (asked.internal and OF_THE_PROGRAMME.isdisjoint(mine)):
        raise refusal.NO_SUCH_PART("message")
    if asked.reply is not None:
        raise ALREADY_REPLIED("message")
    yield MessageReplied(message=asked.id, text=command.text, internal=asked.internal)


def on_message_replied(request: SupportRequest, event: Event, fact: MessageReplied) -> SupportRequest:
    """The answer is there."""
    answered = replace(request.messages[fact.message], reply=fact.text)
    return replace(request, messages={**request.messages, answered.id: answered})


@dataclass(frozen=True, kw_only=True)
class TakeNote(Command):
    """Write something down, for everyone or within the programme."""

    type: Literal["note"] = "note"
    text: Text
    internal: bool = False


@dataclass(frozen=True, kw_only=True)
class NoteWritten(InternalOrShared):
    """Somebody wrote something down."""

    text: Text


def note(request: SupportRequest, command: TakeNote, context: Context) -> Iterator[Fact]:
    """Write it down, in any stage."""
    _refuse_internal(request, command, command.internal, context)
    yield NoteWritten(text=command.text, internal=command.internal)


def on_note_written(request: SupportRequest, event: Event, fact: NoteWritten) -> SupportRequest:
    """One note more."""
    written = Note(id=event.id, by=event.by, text=fact.text, internal=fact.internal)
    return replace(request, notes={**request.notes, written.id: written})


@dataclass(frozen=True, kw_only=True)
class Share(Command):
    """Share an example, method, news, training or document, and why it fits which question."""

    type: Literal["share"] = "share"
    kind: SharedKind
    title: Line
    link: Link
    why: Text | None = None
    question: PartId | None = None


@dataclass(frozen=True, kw_only=True)
class ItemShared(Fact):
    """Something useful was shared."""

    kind: SharedKind
    title: Line
    link: Link
    why: Text | None
    question: PartId | None


def share(request: SupportRequest, command: Share, context: Context) -> Iterator[Fact]:
    """Share it; the question it fits, when named, is one of this request."""
    if command.question and command.question not in request.questions:
        raise refusal.NO_SUCH_PART("question")
    yield ItemShared(
        kind=command.kind, title=command.title, link=command.link, why=command.why, question=command.question
    )


def on_item_shared(request: SupportRequest, event: Event, fact: ItemShared) -> SupportRequest:
    """One useful thing more."""
    item = Shared(id=event.id, kind=fact.kind, title=fact.title, link=fact.link, why=fact.why, question=fact.question)
    return replace(request, shared={**request.shared, item.id: item})


class Settlement(StrEnum):
    """What can come of a question."""

    ANSWERED = "ANSWERED"
    REFERRED = "REFERRED"
    DROPPED = "DROPPED"


@dataclass(frozen=True, kw_only=True)
class SettleQuestion(Command):
    """Record what came of a question: how it was answered, to whom it was referred, or why it was dropped."""

    type: Literal["settle_question"] = "settle_question"
    question: PartId
    settlement: Settlement
    result: Text

    def touches(self) -> tuple[str, ...]:
        return (self.question,)


@dataclass(frozen=True, kw_only=True)
class QuestionSettled(Fact):
    """Something came of a question."""

    question: PartId
    settlement: Settlement
    result: Text

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (self.question,)


def settle_question(request: SupportRequest, command: SettleQuestion, context: Context) -> Iterator[Fact]:
    """Record the outcome. Another outcome later on is another event."""
    if command.question not in request.questions:
        raise refusal.NO_SUCH_PART("question")
    yield QuestionSettled(question=command.question, settlement=command.settlement, result=command.result)


def on_question_settled(request: SupportRequest, event: Event, fact: QuestionSettled) -> SupportRequest:
    """The question has an outcome; when all have, the support can be finished."""
    known = request.questions[fact.question]
    settled = replace(known, status=QuestionStatus(fact.settlement), result=fact.result)
    return replace(request, questions={**request.questions, settled.id: settled})


DECIDES: Mapping[type[Command], Decide] = {
    Ask: ask,
    Reply: reply,
    TakeNote: note,
    Share: share,
    SettleQuestion: settle_question,
}
APPLIES: Mapping[type[Fact], Apply] = {
    MessageAsked: on_message_asked,
    MessageReplied: on_message_replied,
    NoteWritten: on_note_written,
    ItemShared: on_item_shared,
    QuestionSettled: on_question_settled,
}
