"""Embedding: after the support the service looks back, to see whether the cooperation has become lasting.

Which look-backs there will be is agreed in `finishing`. Evaluating is about the support itself: that somebody answered
is kept apart from what they answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar, Literal

from domain import refusal
from domain.command import Apply, Command, Context, Decide
from domain.event import Event, Fact
from domain.moves import acting_as
from domain.parts import CheckIn, CheckInAnswer, CheckInStatus
from domain.refusal import Kind, Reason, Refusal
from domain.request import SupportRequest
from domain.tasks import Bring
from domain.terms import Waiting
from domain.text import PartId, PersonId, Text
from domain.waits import Wait
from domain.words import Audience, Capacity, Desk

CHECK_IN_NOT_OPEN = Reason(
    "CHECK_IN_NOT_OPEN",
    nl="Deze terugblik begint pas op {opens_on}. Vul hem in vanaf die dag.",
    en="This check-in opens on {opens_on}. Answer it from that day on.",
)
CHECK_IN_ANSWERED = Reason(
    "CHECK_IN_ANSWERED",
    nl="Deze terugblik is al ingevuld. Schrijf een notitie als u iets wilt toevoegen.",
    en="This check-in has been answered already. Write a note if you wish to add something.",
)
ALREADY_EVALUATED = Reason(
    "ALREADY_EVALUATED",
    nl="Uw mening over deze ondersteuning hebben we al. Schrijf een notitie als u iets wilt toevoegen.",
    en="You have evaluated this support already. Write a note if you wish to add something.",
)
MARK_OUT_OF_RANGE = Reason(
    "MARK_OUT_OF_RANGE",
    nl="Geef een cijfer van 1 tot en met 5.",
    en="Give a mark from 1 to 5.",
    kind=Kind.INVALID,
)
MARKED_TWICE = Reason(
    "MARKED_TWICE",
    nl="U geeft twee cijfers voor hetzelfde. Geef er één.",
    en="The same thing is marked twice. Give it one mark.",
    kind=Kind.INVALID,
)
LOWEST_MARK, HIGHEST_MARK = 1, 5


@dataclass(frozen=True, kw_only=True)
class CheckInPlanned(Fact):
    """A look back was agreed, from that day on, and who answers it."""

    opens_on: date
    by: Desk

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (own_id,)


def on_check_in_planned(request: SupportRequest, event: Event, fact: CheckInPlanned) -> SupportRequest:
    """One look back more, yet to come."""
    planned = CheckIn(id=event.id, opens_on=fact.opens_on, by=fact.by)
    return replace(request, check_ins={**request.check_ins, planned.id: planned})


@dataclass(frozen=True, kw_only=True)
class CheckInOpened(Fact):
    """The day of a look back has come."""

    check_in: PartId


def open_check_in(request: SupportRequest, wait: Wait, context: Context) -> Iterator[Fact]:
    """Ask how it goes."""
    yield CheckInOpened(check_in=wait.about)


def on_check_in_opened(request: SupportRequest, event: Event, fact: CheckInOpened) -> SupportRequest:
    """An answer is waited for."""
    return _with_status(request, fact.check_in, CheckInStatus.OPEN)


@dataclass(frozen=True, kw_only=True)
class AnswerCheckIn(Command):
    """Say how it goes on."""

    type: Literal["check_in"] = "check_in"
    check_in: PartId
    answer: CheckInAnswer

    def touches(self) -> tuple[str, ...]:
        return (self.check_in,)


@dataclass(frozen=True, kw_only=True)
class CheckedIn(Fact):
    """Somebody said how it goes on."""

    may_progress: ClassVar[bool] = True
    check_in: PartId
    answer: CheckInAnswer

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (self.check_in,)


def check_in(request: SupportRequest, command: AnswerCheckIn, context: Context) -> Iterator[Fact]:
    """Answer a look back once, from the day it opens on; also when it has lapsed meanwhile."""
    known = request.check_ins.get(command.check_in)
    if known is None:
        raise refusal.NO_SUCH_PART("checkIn")
    if known.status is CheckInStatus.PLANNED:
        raise CHECK_IN_NOT_OPEN("checkIn", opens_on=known.opens_on.isoformat())
    if known.status is CheckInStatus.ANSWERED:
        raise CHECK_IN_ANSWERED("checkIn")
    yield CheckedIn(check_in=known.id, answer=command.answer)


def on_checked_in(request: SupportRequest, event: Event, fact: CheckedIn) -> SupportRequest:
    """The answer is known."""
    answered = replace(request.check_ins[fact.check_in], status=CheckInStatus.ANSWERED, answer=fact.answer)
    return replace(request, check_ins={**request.check_ins, answered.id: answered})


@dataclass(frozen=True, kw_only=True)
class CheckInLapsed(Fact):
    """A look back was not answered for so long that it is not waited for any more."""

    may_progress: ClassVar[bool] = True
    check_in: PartId


def lapse_check_in(request: SupportRequest, wait: Wait, context: Context) -> Iterator[Fact]:
    """Stop waiting."""
    yield CheckInLapsed(check_in=wait.about)


def on_check_in_lapsed(request: SupportRequest, event: Event, fact: CheckInLapsed) -> SupportRequest:
    """Nobody is asked any more."""
    return _with_status(request, fact.check_in, CheckInStatus.LAPSED)


def _with_status(request: SupportRequest, check_in: PartId, status: CheckInStatus) -> SupportRequest:
    changed = replace(request.check_ins[check_in], status=status)
    return replace(request, check_ins={**request.check_ins, check_in: changed})


class MarkedThing(StrEnum):
    """What a mark is about: the advice, working together with the programme, what it brought."""

    ADVICE = "ADVICE"
    COOPERATION = "COOPERATION"
    RESULT = "RESULT"


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A mark from 1 (bad) to 5 (very good)."""

    about: MarkedThing
    mark: int


@dataclass(frozen=True, kw_only=True)
class Evaluate(Command):
    """Give marks, words, or both."""

    type: Literal["evaluate"] = "evaluate"
    marks: tuple[Mark, ...] = ()
    text: Text | None = None

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        for place, one in enumerate(self.marks):
            if not LOWEST_MARK <= one.mark <= HIGHEST_MARK:
                yield MARK_OUT_OF_RANGE(f"marks.{place}.mark")
        if len({one.about for one in self.marks}) < len(self.marks):
            yield MARKED_TWICE("marks")
        if not self.marks and self.text is None:
            yield refusal.REQUIRED_HERE("marks")


@dataclass(frozen=True, kw_only=True)
class EvaluationAnswered(Fact):
    """Somebody evaluated the support; what they said is not here. `desk` is the task it fulfils, if any."""

    person: PersonId
    desk: Desk | None


@dataclass(frozen=True, kw_only=True)
class EvaluationGiven(Fact):
    """What was said about the support, not by whom: for the programme."""

    audience: ClassVar[Audience] = Audience.PROGRAMME
    anonymous: ClassVar[bool] = True
    marks: tuple[Mark, ...]
    text: Text | None


def evaluate(request: SupportRequest, command: Evaluate, context: Context) -> Iterator[Fact]:
    """Take everybody's opinion once."""
    person = _evaluator(request, command, context)
    if person in request.evaluated_by:
        raise ALREADY_EVALUATED()
    mine = acting_as(request, context.actor, command.on_behalf)
    asked = next((desk for desk in sorted(request.evaluation_asked) if desk in map(str, mine)), None)
    yield EvaluationAnswered(person=person, desk=asked)
    yield EvaluationGiven(marks=command.marks, text=command.text)


def _evaluator(request: SupportRequest, command: Evaluate, context: Context) -> PersonId:
    """Whose opinion it is: when recorded for another, the one named, the contact or the lead advisor."""
    behalf = command.on_behalf
    if behalf is None:
        return context.actor.person
    lead = request.lead.advisor if request.lead else None
    person = behalf.person or {Capacity.MUNICIPALITY: request.contact, Capacity.ADVISOR: lead}.get(behalf.of)
    if person is None:
        raise refusal.REQUIRED_HERE("onBehalf.person")
    return person


def on_evaluation_answered(request: SupportRequest, event: Event, fact: EvaluationAnswered) -> SupportRequest:
    """This person is not asked again, nor is the desk it was asked of."""
    return replace(
        request,
        evaluated_by=request.evaluated_by | {fact.person},
        evaluation_asked=request.evaluation_asked - {fact.desk},
    )


def on_evaluation_given(request: SupportRequest, event: Event, fact: EvaluationGiven) -> SupportRequest:
    """The opinion is in the log; the request does not know it."""
    return request


@dataclass(frozen=True, kw_only=True)
class EvaluationLapsed(Fact):
    """An opinion was not given for so long that it is not waited for any more."""

    audience: ClassVar[Audience] = Audience.PROGRAMME
    desk: Desk


def lapse_evaluation(request: SupportRequest, wait: Wait, context: Context) -> Iterator[Fact]:
    """Stop waiting."""
    yield EvaluationLapsed(desk=Desk(wait.about))


def on_evaluation_lapsed(request: SupportRequest, event: Event, fact: EvaluationLapsed) -> SupportRequest:
    """Nobody at this desk is asked any more; who wishes may still answer."""
    return replace(request, evaluation_asked=request.evaluation_asked - {fact.desk})


DECIDES: Mapping[type[Command], Decide] = {AnswerCheckIn: check_in, Evaluate: evaluate}
APPLIES: Mapping[type[Fact], Apply] = {
    CheckInPlanned: on_check_in_planned,
    CheckInOpened: on_check_in_opened,
    CheckedIn: on_checked_in,
    CheckInLapsed: on_check_in_lapsed,
    EvaluationAnswered: on_evaluation_answered,
    EvaluationGiven: on_evaluation_given,
    EvaluationLapsed: on_evaluation_lapsed,
}
BRINGS: Mapping[Waiting, Bring] = {
    Waiting.CHECK_IN_OPENS: open_check_in,
    Waiting.CHECK_IN: lapse_check_in,
    Waiting.EVALUATE: lapse_evaluation,
}
