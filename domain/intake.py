"""Intake: staff look at a request, ask what is missing, and accept or decline it.

How it came in stands in `submitting`, who may use the programme in `eligibility`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from domain.assignment import advisor_mistakes, assigned
from domain.command import Apply, Command, Context, Decide
from domain.eligibility import ExceptionMade
from domain.event import STAGE, Event, Fact
from domain.progress import RequestClosed, entered
from domain.refusal import Reason, Refusal
from domain.request import AskedInformation, SupportRequest
from domain.text import PartId, PersonId, Text
from domain.words import Eligibility, Outcome, Stage

EXCEPTION_REASON_NEEDED = Reason(
    "EXCEPTION_REASON_NEEDED",
    nl="Deze gemeente komt volgens de regel niet in aanmerking. Geef de reden voor een uitzondering.",
    en="By the rule this municipality is not eligible. Give the reason for an exception.",
)
VERIFICATION_NEEDED = Reason(
    "VERIFICATION_NEEDED",
    nl="We kunnen niet zelf zien of deze gemeente in aanmerking komt. Vink aan dat u dit hebt nagekeken.",
    en="Eligibility could not be determined. Tick that you have verified it.",
)
INFORMATION_ALREADY_ASKED = Reason(
    "INFORMATION_ALREADY_ASKED",
    nl="Er is al een vraag gesteld aan de gemeente. Wacht op het antwoord of bel.",
    en="The municipality has been asked already. Wait for the answer or phone.",
)
NOTHING_ASKED = Reason(
    "NOTHING_ASKED",
    nl="Er staat geen vraag open om te beantwoorden. Schrijf zo nodig een bericht.",
    en="There is no open question to answer. Write a message if you wish.",
)


@dataclass(frozen=True, kw_only=True)
class AskInformation(Command):
    """Ask the municipality for what is missing."""

    type: Literal["ask_information"] = "ask_information"
    text: Text


@dataclass(frozen=True, kw_only=True)
class InformationAsked(Fact):
    """Staff asked the municipality for what is missing: the clock turns to the municipality."""

    text: Text


def ask_information(request: SupportRequest, command: AskInformation, context: Context) -> Iterator[Fact]:
    """Ask once; while that question is open there is nothing to ask again."""
    if request.information_asked:
        raise INFORMATION_ALREADY_ASKED()
    yield InformationAsked(text=command.text)


def on_information_asked(request: SupportRequest, event: Event, fact: InformationAsked) -> SupportRequest:
    """The municipality is waited for."""
    return replace(request, information_asked=AskedInformation(text=fact.text, asked_on=event.on))


@dataclass(frozen=True, kw_only=True)
class AnswerInformation(Command):
    """Answer what staff asked."""

    type: Literal["answer_information"] = "answer_information"
    text: Text


@dataclass(frozen=True, kw_only=True)
class InformationAnswered(Fact):
    """The municipality answered: the clock turns back to staff."""

    text: Text


def answer_information(request: SupportRequest, command: AnswerInformation, context: Context) -> Iterator[Fact]:
    """Answer the question that is open."""
    if not request.information_asked:
        raise NOTHING_ASKED()
    yield InformationAnswered(text=command.text)


def on_information_answered(request: SupportRequest, event: Event, fact: InformationAnswered) -> SupportRequest:
    """Staff look again."""
    return replace(request, information_asked=None)


@dataclass(frozen=True, kw_only=True)
class Accept(Command):
    """Take the request into the programme; may assign advisors at once."""

    type: Literal["accept"] = "accept"
    exception_reason: Text | None = None
    verified: bool = False
    lead_advisor: PersonId | None = None
    supporting_advisors: tuple[PersonId, ...] = ()

    def touches(self) -> tuple[str, ...]:
        return (STAGE,)

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        yield from advisor_mistakes(self.lead_advisor, self.supporting_advisors, context)


@dataclass(frozen=True, kw_only=True)
class RequestAccepted(Fact):
    """Staff accepted the request; `verified` when they checked the eligibility themselves."""

    verified: bool = False

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (STAGE,)


def accept(request: SupportRequest, command: Accept, context: Context) -> Iterator[Fact]:
    """Accept what is eligible; what is not needs a reason, what could not be told needs a tick."""
    eligibility = request.eligibility.get(request.lead_municipality, Eligibility.UNDETERMINED)
    if eligibility is Eligibility.NOT_ELIGIBLE and not command.exception_reason:
        raise EXCEPTION_REASON_NEEDED("exceptionReason")
    if eligibility is Eligibility.UNDETERMINED and not (command.verified or request.imported):
        raise VERIFICATION_NEEDED("verified")
    if command.exception_reason:
        yield ExceptionMade(reason=command.exception_reason)
    yield RequestAccepted(verified=command.verified)
    yield from assigned(request, command.lead_advisor, command.supporting_advisors)


def on_request_accepted(request: SupportRequest, event: Event, fact: RequestAccepted) -> SupportRequest:
    """An advisor is looked for."""
    return replace(entered(request, Stage.ASSIGNMENT), accepted_on=event.on, information_asked=None)


class DeclineReason(StrEnum):
    """Why a request is not taken in."""

    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    OUT_OF_SCOPE = "OUT_OF_SCOPE"
    NO_RESPONSE = "NO_RESPONSE"
    OTHER = "OTHER"


@dataclass(frozen=True, kw_only=True)
class Decline(Command):
    """Do not take the request in: why, in words for the municipality, and where help can be found."""

    type: Literal["decline"] = "decline"
    reason: DeclineReason
    text: Text
    help_elsewhere: Text | None = None

    def touches(self) -> tuple[str, ...]:
        return (STAGE,)


def decline(request: SupportRequest, command: Decline, context: Context) -> Iterator[Fact]:
    """Close it with a reason the municipality can read."""
    yield RequestClosed(
        outcome=Outcome.DECLINED, reason=command.reason, text=command.text, help_elsewhere=command.help_elsewhere
    )


DECIDES: Mapping[type[Command], Decide] = {
    AskInformation: ask_information,
    AnswerInformation: answer_information,
    Accept: accept,
    Decline: decline,
}
APPLIES: Mapping[type[Fact], Apply] = {
    InformationAsked: on_information_asked,
    InformationAnswered: on_information_answered,
    RequestAccepted: on_request_accepted,
}
