"""Joining: two requests become one or are seen together, and a municipality that merged is followed by its successor.

One command writes one request's log. What the other request must learn reaches it as a command of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from domain.changing import MunicipalityJoined
from domain.command import Apply, ApplyToCoalition, Command, Context, Decide
from domain.event import STAGE, Event, Fact
from domain.parts import Action, Owner, Search, Seat
from domain.progress import RequestClosed
from domain.refusal import Reason
from domain.request import Coalition, SupportRequest
from domain.submitting import AskedQuestion, QuestionAsked
from domain.text import MunicipalityCode, PersonId, RequestId, Text
from domain.words import Eligibility, Outcome

OTHER_REQUEST_NOT_OPEN = Reason(
    "OTHER_REQUEST_NOT_OPEN",
    nl="Deze andere aanvraag is er niet, of is al gesloten. Kies een aanvraag die loopt.",
    en="This other request is not there, or is closed already. Choose one that is open.",
)
SAME_REQUEST = Reason(
    "SAME_REQUEST",
    nl="Dit is de aanvraag zelf. Kies een andere aanvraag.",
    en="This is the request itself. Choose another one.",
)
ALREADY_LINKED = Reason(
    "ALREADY_LINKED",
    nl="Deze aanvragen horen al bij elkaar. U hoeft niets te doen.",
    en="These requests are linked already. There is nothing to do.",
)


@dataclass(frozen=True, kw_only=True)
class Merge(Command):
    """Let this request go on in another open one."""

    type: Literal["merge"] = "merge"
    into: RequestId
    text: Text | None = None

    def touches(self) -> tuple[str, ...]:
        return (STAGE,)


@dataclass(frozen=True, kw_only=True)
class RequestMerged(Fact):
    """The request goes on in another one, to which its questions and people move along."""

    into: RequestId


def merge(request: SupportRequest, command: Merge, context: Context) -> Iterator[Fact]:
    """Close this request; the other one hears of it by `receive_merged`.

    Raises: Refusal SAME_REQUEST or OTHER_REQUEST_NOT_OPEN.
    """
    _refuse_unknown(request, "into", command.into, context)
    yield RequestMerged(into=command.into)
    yield RequestClosed(outcome=Outcome.MERGED, text=command.text)


def _refuse_unknown(request: SupportRequest, field: str, other: RequestId, context: Context) -> None:
    if other == request.id:
        raise SAME_REQUEST(field)
    if other not in {one.id for one in context.facts.open_requests}:
        raise OTHER_REQUEST_NOT_OPEN(field)


def on_request_merged(request: SupportRequest, event: Event, fact: RequestMerged) -> SupportRequest:
    """It is known where it goes on."""
    return _linked(replace(request, merged_into=fact.into), fact.into)


def _linked(request: SupportRequest, other: RequestId) -> SupportRequest:
    return replace(request, linked=tuple(dict.fromkeys((*request.linked, other))))


@dataclass(frozen=True, kw_only=True)
class ReceiveMerged(Command):
    """Take in another request: its open questions, its contact, and its municipalities with what they may."""

    type: Literal["receive_merged"] = "receive_merged"
    merged: RequestId
    questions: tuple[AskedQuestion, ...]
    contact: PersonId | None
    municipalities: Mapping[MunicipalityCode, Eligibility]


@dataclass(frozen=True, kw_only=True)
class MergedReceived(Fact):
    """Another request goes on in this one; each municipality keeps what was decided of it."""

    merged: RequestId
    contact: PersonId | None
    eligibility: Mapping[MunicipalityCode, Eligibility]


def moving_along(request: SupportRequest) -> ReceiveMerged:
    """Write the command that the other request receives after this one merged into it."""
    undetermined = dict.fromkeys(request.municipalities, Eligibility.UNDETERMINED)
    return ReceiveMerged(
        merged=request.id,
        questions=tuple(AskedQuestion(kind=one.kind, text=one.text) for one in request.unsettled),
        contact=request.contact,
        municipalities={code: request.eligibility.get(code, other) for code, other in undetermined.items()},
    )


def receive_merged(request: SupportRequest, command: ReceiveMerged, context: Context) -> Iterator[Fact]:
    """Take in each request once."""
    if command.merged in request.merged_from:
        return
    new = [code for code in command.municipalities if code not in request.municipalities]
    yield MergedReceived(
        merged=command.merged,
        contact=command.contact,
        eligibility={code: command.municipalities[code] for code in new},
    )
    yield from (MunicipalityJoined(municipality=code) for code in new)
    yield from (QuestionAsked(kind=one.kind, text=one.text) for one in command.questions)


def on_merged_received(request: SupportRequest, event: Event, fact: MergedReceived) -> SupportRequest:
    """The people of the other request are told from now on."""
    known = {request.contact, *request.also_told}
    new = (fact.contact,) if fact.contact and fact.contact not in known else ()
    return replace(
        _linked(request, fact.merged),
        merged_from=(*request.merged_from, fact.merged),
        also_told=(*request.also_told, *new),
        eligibility={**fact.eligibility, **request.eligibility},
    )


@dataclass(frozen=True, kw_only=True)
class LinkRequest(Command):
    """Say that another open request belongs together with this one."""

    type: Literal["link_request"] = "link_request"
    other: RequestId


@dataclass(frozen=True, kw_only=True)
class RequestLinked(Fact):
    """Another request belongs together with this one."""

    other: RequestId


def link_request(request: SupportRequest, command: LinkRequest, context: Context) -> Iterator[Fact]:
    """Link each request once.

    Raises: Refusal SAME_REQUEST, OTHER_REQUEST_NOT_OPEN or ALREADY_LINKED.
    """
    if command.other in request.linked:
        raise ALREADY_LINKED("other")
    _refuse_unknown(request, "other", command.other, context)
    yield RequestLinked(other=command.other)


def on_request_linked(request: SupportRequest, event: Event, fact: RequestLinked) -> SupportRequest:
    """The other one is known."""
    return _linked(request, fact.other)


@dataclass(frozen=True, kw_only=True)
class FollowMerger(Command):
    """Let the successors, named in the facts, take over from municipalities that stopped to exist."""

    type: Literal["follow_merger"] = "follow_merger"


@dataclass(frozen=True, kw_only=True)
class MunicipalityMerged(Fact):
    """A municipality stopped to exist; its successor takes over."""

    municipality: MunicipalityCode
    successor: MunicipalityCode


def follow_merger(request: SupportRequest, command: FollowMerger, context: Context) -> Iterator[Fact]:
    """Follow each merger that concerns this request or its coalition; nothing when all have been followed."""
    successors = context.facts.successors
    for code in sorted(_named(request) & set(successors)):
        yield MunicipalityMerged(municipality=code, successor=_last(code, successors))


def _named(request: SupportRequest) -> set[MunicipalityCode]:
    coalition = request.coalition
    actions = (*request.actions.values(), *(coalition.handed_over.values() if coalition else ()))
    owners = [action.owner for action in actions]
    owners += [seat.search.by for seat in request.seats.values() if seat.search]
    members = coalition.municipalities if coalition else ()
    return {*request.municipalities, *members, *(one.municipality for one in owners if one.municipality)}


def _last(code: MunicipalityCode, successors: Mapping[MunicipalityCode, MunicipalityCode]) -> MunicipalityCode:
    """A successor may have merged in its turn."""
    while code in successors:
        code = successors[code]
    return code


def on_municipality_merged(request: SupportRequest, event: Event, fact: MunicipalityMerged) -> SupportRequest:
    """The successor stands wherever the old code stood; what was decided of the old one holds for it."""
    lead, *others = _followed(request.municipalities, fact)
    decided = request.eligibility.get(fact.municipality)
    inherited = {fact.successor: decided} if decided else {}
    return replace(
        request,
        lead_municipality=lead,
        participating=tuple(others),
        eligibility={**inherited, **request.eligibility},
        actions={key: _of_successor(action, fact) for key, action in request.actions.items()},
    )


def _followed(codes: tuple[MunicipalityCode, ...], fact: MunicipalityMerged) -> tuple[MunicipalityCode, ...]:
    return tuple(dict.fromkeys(fact.successor if code == fact.municipality else code for code in codes))


def _owner(owner: Owner, fact: MunicipalityMerged) -> Owner:
    return replace(owner, municipality=fact.successor) if owner.municipality == fact.municipality else owner


def _of_successor(action: Action, fact: MunicipalityMerged) -> Action:
    return replace(action, owner=_owner(action.owner, fact))


def with_successor(coalition: Coalition, event: Event, fact: MunicipalityMerged) -> Coalition:
    """The successor stands wherever the old code stood."""
    return replace(
        coalition,
        municipalities=_followed(coalition.municipalities, fact),
        seats={key: _sought_by_successor(seat, fact) for key, seat in coalition.seats.items()},
        handed_over={key: _of_successor(action, fact) for key, action in coalition.handed_over.items()},
    )


def _sought_by_successor(seat: Seat, fact: MunicipalityMerged) -> Seat:
    if seat.search is None:
        return seat
    return replace(seat, search=Search(by=_owner(seat.search.by, fact), due=seat.search.due))


DECIDES: Mapping[type[Command], Decide] = {
    Merge: merge,
    ReceiveMerged: receive_merged,
    LinkRequest: link_request,
    FollowMerger: follow_merger,
}
ON_COALITION: Mapping[type[Fact], ApplyToCoalition] = {MunicipalityMerged: with_successor}
APPLIES: Mapping[type[Fact], Apply] = {
    RequestMerged: on_request_merged,
    MergedReceived: on_merged_received,
    RequestLinked: on_request_linked,
    MunicipalityMerged: on_municipality_merged,
}
