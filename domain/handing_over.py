"""Handing over: an advisor hands a request back, or staff give it to another.

The stage stays, and tasks, drafts and planned meetings move at once: they are for the lead advisor, whoever that is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, Literal

from domain import refusal
from domain.assignment import ADVISORS, NotAcceptedReason, advisor_mistakes, assigned
from domain.command import Apply, Command, Context, Decide
from domain.event import Event, Fact
from domain.parts import AssignmentRole
from domain.refusal import Reason, Refusal
from domain.request import SupportRequest
from domain.text import PartId, PersonId, Text
from domain.words import Audience

ADVISORS_AS_THEY_WERE = Reason(
    "ADVISORS_AS_THEY_WERE",
    nl="Deze adviseurs werken al aan deze aanvraag. Kies iemand anders, of laat het zo.",
    en="These advisors work on this request already. Choose somebody else, or leave it as it is.",
)


@dataclass(frozen=True, kw_only=True)
class ReturnAssignment(Command):
    """Hand the request back to staff."""

    type: Literal["return_assignment"] = "return_assignment"
    reason: NotAcceptedReason
    text: Text | None = None

    def touches(self) -> tuple[str, ...]:
        return (ADVISORS,)


@dataclass(frozen=True, kw_only=True)
class AssignmentReturned(Fact):
    """An advisor handed the request back: known to the programme alone."""

    audience: ClassVar[Audience] = Audience.PROGRAMME
    advisor: PersonId
    reason: NotAcceptedReason
    text: Text | None = None

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (ADVISORS,)


def return_assignment(request: SupportRequest, command: ReturnAssignment, context: Context) -> Iterator[Fact]:
    """Hand back one's own assignment; recorded by staff, that of the one named or of the lead."""
    behalf, lead = command.on_behalf, request.lead
    whose = context.actor.person if behalf is None else behalf.person or (lead.advisor if lead else None)
    if whose not in {one.advisor for one in request.advisors if one.accepted_on}:
        raise refusal.NO_SUCH_PART()
    yield AssignmentReturned(advisor=whose or "", reason=command.reason, text=command.text)


def on_assignment_returned(request: SupportRequest, event: Event, fact: AssignmentReturned) -> SupportRequest:
    """Another advisor is looked for; who has an own interest is never asked again."""
    interest = {fact.advisor} if fact.reason is NotAcceptedReason.OWN_INTEREST else set()
    return replace(_without(request, fact.advisor), own_interest=request.own_interest | interest)


def _without(request: SupportRequest, advisor: PersonId) -> SupportRequest:
    return replace(request, advisors=tuple(one for one in request.advisors if one.advisor != advisor))


class ReplacedReason(StrEnum):
    """Why another advisor takes over. Of an absence never what for."""

    ABSENT = "ABSENT"
    WORKLOAD = "WORKLOAD"
    REGION = "REGION"
    LEFT = "LEFT"
    AT_REQUEST = "AT_REQUEST"


@dataclass(frozen=True, kw_only=True)
class Reassign(Command):
    """Name a new lead advisor, new supporting advisors, or both; who is left out of a new list goes."""

    type: Literal["reassign"] = "reassign"
    reason: ReplacedReason
    lead_advisor: PersonId | None = None
    supporting_advisors: tuple[PersonId, ...] | None = None

    def touches(self) -> tuple[str, ...]:
        return (ADVISORS,)

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        if self.lead_advisor is None and self.supporting_advisors is None:
            yield refusal.REQUIRED_HERE("leadAdvisor")
        yield from advisor_mistakes(self.lead_advisor, self.supporting_advisors or (), context)


@dataclass(frozen=True, kw_only=True)
class AdvisorReplaced(Fact):
    """An advisor does not work on this request any more, and why: known to the programme alone."""

    audience: ClassVar[Audience] = Audience.PROGRAMME
    advisor: PersonId
    reason: ReplacedReason

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (ADVISORS,)


def reassign(request: SupportRequest, command: Reassign, context: Context) -> Iterator[Fact]:
    """Let others take over; each of them accepts or declines, with the declaration of no interest of their own.

    Raises: Refusal ADVISOR_HAS_OWN_INTEREST or ADVISORS_AS_THEY_WERE.
    """
    before = {one.advisor: one.role for one in request.advisors}
    after = _named(before, command)
    new = {advisor: role for advisor, role in after.items() if before.get(advisor) is not role}
    leaving = [advisor for advisor in before if advisor not in after]
    if not new and not leaving:
        raise ADVISORS_AS_THEY_WERE()
    lead = next((advisor for advisor, role in new.items() if role is AssignmentRole.LEAD), None)
    asked = tuple(assigned(request, lead, tuple(advisor for advisor in new if advisor != lead)))
    yield from (AdvisorReplaced(advisor=advisor, reason=command.reason) for advisor in leaving)
    yield from asked


def _named(before: Mapping[PersonId, AssignmentRole], command: Reassign) -> Mapping[PersonId, AssignmentRole]:
    """Who works on it from now on: those named, and those about whom nothing is said."""
    lead, supporting = command.lead_advisor, command.supporting_advisors
    staying = {
        advisor: role
        for advisor, role in before.items()
        if (lead if role is AssignmentRole.LEAD else supporting) is None
    }
    named = dict.fromkeys(supporting or (), AssignmentRole.SUPPORTING)
    return {**staying, **named, **({lead: AssignmentRole.LEAD} if lead else {})}


def on_advisor_replaced(request: SupportRequest, event: Event, fact: AdvisorReplaced) -> SupportRequest:
    """The advisor has no more to do here."""
    return _without(request, fact.advisor)


DECIDES: Mapping[type[Command], Decide] = {ReturnAssignment: return_assignment, Reassign: reassign}
APPLIES: Mapping[type[Fact], Apply] = {
    AssignmentReturned: on_assignment_returned,
    AdvisorReplaced: on_advisor_replaced,
}
