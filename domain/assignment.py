"""Assignment: staff couple advisors to a request; each accepts, with the declaration of no own interest, or declines.

Handing back and replacing an advisor later on stand here too; what moves with it (tasks, planned meetings) follows from
the request, because they are for the lead advisor, whoever that is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, Literal

from domain import refusal
from domain.command import Apply, Command, Context, Decide
from domain.event import Event, Fact
from domain.parts import Assignment, AssignmentRole
from domain.progress import entered
from domain.refusal import Kind, Reason, Refusal
from domain.request import SupportRequest
from domain.text import PartId, PersonId, Text
from domain.words import Audience, Capacity, Stage

ADVISORS = "advisors"

UNKNOWN_ADVISOR = Reason(
    "UNKNOWN_ADVISOR",
    nl="Deze adviseur kennen we niet. Kies een adviseur uit de lijst.",
    en="This advisor is not known. Choose one from the list.",
    kind=Kind.INVALID,
)
ADVISOR_TWICE = Reason(
    "ADVISOR_TWICE",
    nl="Een adviseur staat er twee keer bij. Kies elke adviseur één keer.",
    en="An advisor is named twice. Choose each advisor once.",
    kind=Kind.INVALID,
)
ADVISOR_HAS_OWN_INTEREST = Reason(
    "ADVISOR_HAS_OWN_INTEREST",
    nl="Deze adviseur meldde een eigen belang bij deze aanvraag. Kies een andere adviseur.",
    en="This advisor declared an interest of their own in this request. Choose another advisor.",
)
DECLARATION_NEEDED = Reason(
    "DECLARATION_NEEDED",
    nl="Bevestig dat u hier zelf geen belang hebt. Hebt u dat wel, kies dan 'niet aannemen'.",
    en="Confirm that you have no interest of your own here. If you have one, decline the assignment.",
)


@dataclass(frozen=True, kw_only=True)
class Assign(Command):
    """Couple a lead advisor and, perhaps, supporting advisors."""

    type: Literal["assign"] = "assign"
    lead_advisor: PersonId
    supporting_advisors: tuple[PersonId, ...] = ()

    def touches(self) -> tuple[str, ...]:
        return (ADVISORS,)

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        yield from advisor_mistakes(self.lead_advisor, self.supporting_advisors, context)


@dataclass(frozen=True, kw_only=True)
class AdvisorAssigned(Fact):
    """An advisor was asked to take this request: the programme's alone until they accept."""

    audience: ClassVar[Audience] = Audience.PROGRAMME
    advisor: PersonId
    role: AssignmentRole

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (ADVISORS,)


def advisor_mistakes(lead: PersonId | None, supporting: tuple[PersonId, ...], context: Context) -> Iterator[Refusal]:
    """Each named advisor is one, and is named once."""
    if lead is not None and lead not in context.facts.advisors:
        yield UNKNOWN_ADVISOR("leadAdvisor")
    for place, one in enumerate(supporting):
        if one not in context.facts.advisors:
            yield UNKNOWN_ADVISOR(f"supportingAdvisors.{place}")
    if len({lead, *supporting}) < len(supporting) + 1:
        yield ADVISOR_TWICE("supportingAdvisors")


def assign(request: SupportRequest, command: Assign, context: Context) -> Iterator[Fact]:
    """Ask these advisors; those who were asked before and are not named stay as they are."""
    yield from assigned(request, command.lead_advisor, command.supporting_advisors)


def assigned(
    request: SupportRequest, lead: PersonId | None, supporting: tuple[PersonId, ...]
) -> Iterator[AdvisorAssigned]:
    """Give the facts of asking these advisors. Nobody with an own interest here is asked again."""
    named = [(one, AssignmentRole.SUPPORTING) for one in supporting]
    if lead is not None:
        named.insert(0, (lead, AssignmentRole.LEAD))
    for advisor, role in named:
        if advisor in request.own_interest:
            raise ADVISOR_HAS_OWN_INTEREST()
        yield AdvisorAssigned(advisor=advisor, role=role)


def on_advisor_assigned(request: SupportRequest, event: Event, fact: AdvisorAssigned) -> SupportRequest:
    """The advisor is asked; a lead advisor takes the place of the one before."""
    others = tuple(
        one
        for one in request.advisors
        if one.advisor != fact.advisor and not (fact.role is AssignmentRole.LEAD and one.role is AssignmentRole.LEAD)
    )
    asked = Assignment(advisor=fact.advisor, role=fact.role, assigned_on=event.on)
    return replace(request, advisors=(*others, asked))


@dataclass(frozen=True, kw_only=True)
class AcceptAssignment(Command):
    """Take the request, declaring to have no interest of one's own in it."""

    type: Literal["accept_assignment"] = "accept_assignment"
    no_own_interest: bool

    def touches(self) -> tuple[str, ...]:
        return (ADVISORS,)


@dataclass(frozen=True, kw_only=True)
class AssignmentAccepted(Fact):
    """The advisor took the request and declared to have no interest of their own in it."""

    advisor: PersonId

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (ADVISORS,)


def accept_assignment(request: SupportRequest, command: AcceptAssignment, context: Context) -> Iterator[Fact]:
    """Accept only with the declaration; the lead's acceptance starts the visit."""
    if not command.no_own_interest:
        raise DECLARATION_NEEDED("noOwnInterest")
    asked = _asked(request, command, context)
    yield AssignmentAccepted(advisor=asked.advisor)


def _asked(request: SupportRequest, command: Command, context: Context) -> Assignment:
    """The assignment that this actor, or the one it is recorded for, may answer."""
    behalf = command.on_behalf
    whose = behalf.person if behalf and behalf.of is Capacity.CANDIDATE else context.actor.person
    open_ones = [one for one in request.advisors if one.accepted_on is None]
    mine = [one for one in open_ones if one.advisor == whose or (behalf and whose is None)]
    if not mine:
        raise refusal.NO_SUCH_PART()
    return mine[0]


def on_assignment_accepted(request: SupportRequest, event: Event, fact: AssignmentAccepted) -> SupportRequest:
    """From now on the advisor acts; with a lead who accepted, the visit is next."""
    accepted = tuple(
        replace(one, accepted_on=event.on) if one.advisor == fact.advisor else one for one in request.advisors
    )
    now = replace(request, advisors=accepted)
    ready = now.stage is Stage.ASSIGNMENT and now.lead is not None and now.lead.accepted_on is not None
    return entered(now, Stage.VISIT) if ready else now


class NotAcceptedReason(StrEnum):
    """Why an advisor does not take a request."""

    NO_TIME = "NO_TIME"
    OWN_INTEREST = "OWN_INTEREST"
    REGION = "REGION"
    OTHER = "OTHER"


@dataclass(frozen=True, kw_only=True)
class DeclineAssignment(Command):
    """Do not take the request."""

    type: Literal["decline_assignment"] = "decline_assignment"
    reason: NotAcceptedReason
    text: Text | None = None

    def touches(self) -> tuple[str, ...]:
        return (ADVISORS,)


@dataclass(frozen=True, kw_only=True)
class AssignmentDeclined(Fact):
    """The advisor did not take the request: known to the programme alone."""

    audience: ClassVar[Audience] = Audience.PROGRAMME
    advisor: PersonId
    reason: NotAcceptedReason
    text: Text | None = None

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (ADVISORS,)


def decline_assignment(request: SupportRequest, command: DeclineAssignment, context: Context) -> Iterator[Fact]:
    """Give the request back to staff; an own interest is remembered."""
    asked = _asked(request, command, context)
    yield AssignmentDeclined(advisor=asked.advisor, reason=command.reason, text=command.text)


def on_assignment_declined(request: SupportRequest, event: Event, fact: AssignmentDeclined) -> SupportRequest:
    """Another advisor is looked for; who has an own interest is never asked again."""
    left = tuple(one for one in request.advisors if one.advisor != fact.advisor)
    interest = {fact.advisor} if fact.reason is NotAcceptedReason.OWN_INTEREST else set()
    return replace(request, advisors=left, own_interest=request.own_interest | interest)


DECIDES: Mapping[type[Command], Decide] = {
    Assign: assign,
    AcceptAssignment: accept_assignment,
    DeclineAssignment: decline_assignment,
}
APPLIES: Mapping[type[Fact], Apply] = {
    AdvisorAssigned: on_advisor_assigned,
    AssignmentAccepted: on_assignment_accepted,
    AssignmentDeclined: on_assignment_declined,
}
