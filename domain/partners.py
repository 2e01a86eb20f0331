"""Partners: the organisations in a coalition, what each does there, and what is left when one goes.

Partners belong to the coalition and outlive the request. Inviting them to a meeting stands with the meetings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID, uuid5

from domain import refusal
from domain.action_owners import ActionReassigned
from domain.command import Apply, ApplyToCoalition, Command, Context, Decide
from domain.event import Event, Fact
from domain.owners import owner_mistakes, refuse_absent
from domain.parts import Action, ActionStatus, Owner, Partner
from domain.refusal import Reason, Refusal
from domain.request import Coalition, SupportRequest
from domain.text import Line, PartId, PersonId, Text, known_as
from domain.words import Desk, Domain

ORGANISATIONS = UUID("6f0c1c1e-5d0b-5a53-9d3e-2b7f4c8e9a10")

PARTNER_TWICE = Reason(
    "PARTNER_TWICE",
    nl="Deze organisatie doet in dit domein al mee. Pas de gegevens aan van de partner die er al is.",
    en="This organisation takes part in this domain already. Change the partner that is there.",
)
ACTIONS_NEED_OWNER = Reason(
    "ACTIONS_NEED_OWNER",
    nl="Deze partner heeft nog open acties ({count}). Kies wie ze overneemt.",
    en="This partner still has open actions ({count}). Choose who takes them.",
)


def organisation_id(name: str) -> str:
    """Give the id of the organisation of this name: the same for every way of writing its capitals and spaces."""
    return str(uuid5(ORGANISATIONS, known_as(name)))


@dataclass(frozen=True, kw_only=True)
class AddPartner(Command):
    """Add an organisation to the coalition; `contact` refers to its working address, when one is known."""

    type: Literal["add_partner"] = "add_partner"
    organisation: Line
    domain: Domain
    role_agreement: Text | None = None
    champion_of: Line | None = None
    contact: PersonId | None = None


@dataclass(frozen=True, kw_only=True)
class PartnerAdded(Fact):
    """An organisation takes part in the coalition."""

    organisation: Line
    domain: Domain
    role_agreement: Text | None = None
    champion_of: Line | None = None
    contact: PersonId | None = None

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (own_id,)


def add_partner(request: SupportRequest, command: AddPartner, context: Context) -> Iterator[Fact]:
    """Add it, once per domain."""
    _refuse_twice(command.organisation, command.domain, request.partners.values())
    yield PartnerAdded(
        organisation=command.organisation,
        domain=command.domain,
        role_agreement=command.role_agreement,
        champion_of=command.champion_of,
        contact=command.contact,
    )


def _refuse_twice(organisation: Line, domain: Domain, others: Iterable[Partner]) -> None:
    if any(one.domain is domain and known_as(one.organisation) == known_as(organisation) for one in others):
        raise PARTNER_TWICE("organisation")


def with_partner_added(coalition: Coalition, event: Event, fact: PartnerAdded) -> Coalition:
    """The coalition has one partner more."""
    return _with_partner(coalition, event.id, fact)


@dataclass(frozen=True, kw_only=True)
class UpdatePartner(Command):
    """Say how a partner is from now on: what is left out is so no longer."""

    type: Literal["update_partner"] = "update_partner"
    partner: PartId
    organisation: Line
    domain: Domain
    role_agreement: Text | None = None
    champion_of: Line | None = None
    contact: PersonId | None = None

    def touches(self) -> tuple[str, ...]:
        return (self.partner,)


@dataclass(frozen=True, kw_only=True)
class PartnerUpdated(Fact):
    """A partner is from now on as is said here."""

    partner: PartId
    organisation: Line
    domain: Domain
    role_agreement: Text | None = None
    champion_of: Line | None = None
    contact: PersonId | None = None

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (self.partner,)


def update_partner(request: SupportRequest, command: UpdatePartner, context: Context) -> Iterator[Fact]:
    """Change what is known of it, as long as it does not become another that is there already."""
    known = _known(request, command.partner)
    others = (one for one in request.partners.values() if one.id != known.id)
    _refuse_twice(command.organisation, command.domain, others)
    yield PartnerUpdated(
        partner=known.id,
        organisation=command.organisation,
        domain=command.domain,
        role_agreement=command.role_agreement,
        champion_of=command.champion_of,
        contact=command.contact,
    )


def _known(request: SupportRequest, partner: PartId) -> Partner:
    if partner not in request.partners:
        raise refusal.NO_SUCH_PART("partner")
    return request.partners[partner]


def with_partner_updated(coalition: Coalition, event: Event, fact: PartnerUpdated) -> Coalition:
    """The partner keeps its identity, its actions and its invitations."""
    return _with_partner(coalition, fact.partner, fact)


def _with_partner(coalition: Coalition, partner: PartId, fact: PartnerAdded | PartnerUpdated) -> Coalition:
    described = Partner(
        id=partner,
        organisation=fact.organisation,
        domain=fact.domain,
        role_agreement=fact.role_agreement,
        champion_of=fact.champion_of,
        contact=fact.contact,
    )
    return replace(coalition, partners={**coalition.partners, partner: described})


@dataclass(frozen=True, kw_only=True)
class RemovePartner(Command):
    """A partner takes part no more. `actions_to` takes its open actions, when it has any."""

    type: Literal["remove_partner"] = "remove_partner"
    partner: PartId
    actions_to: Owner | None = None

    def touches(self) -> tuple[str, ...]:
        return (self.partner,)

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        yield from owner_mistakes("actionsTo", self.actions_to)


@dataclass(frozen=True, kw_only=True)
class PartnerRemoved(Fact):
    """A partner takes part no more."""

    partner: PartId

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (self.partner,)


def remove_partner(request: SupportRequest, command: RemovePartner, context: Context) -> Iterator[Fact]:
    """Take it out, its open actions first going to somebody who stays."""
    gone = _known(request, command.partner)
    theirs = _open_actions(request, gone)
    if theirs:
        taker = command.actions_to
        if taker is None or taker.partner == gone.id:
            raise ACTIONS_NEED_OWNER("actionsTo", count=len(theirs))
        refuse_absent("actionsTo", taker, request)
        yield from (ActionReassigned(action=one.id, owner=taker) for one in theirs)
    yield PartnerRemoved(partner=gone.id)


def _open_actions(request: SupportRequest, partner: Partner) -> tuple[Action, ...]:
    owner = Owner(desk=Desk.PARTNER, partner=partner.id)
    return tuple(one for one in request.actions.values() if one.status is ActionStatus.OPEN and one.owner == owner)


def with_partner_removed(coalition: Coalition, event: Event, fact: PartnerRemoved) -> Coalition:
    """It stays known, because meetings and actions of the past refer to it."""
    gone = coalition.partners.get(fact.partner)
    if gone is None:
        return coalition
    return replace(coalition, partners={**coalition.partners, gone.id: replace(gone, removed=True)})


DECIDES: Mapping[type[Command], Decide] = {
    AddPartner: add_partner,
    UpdatePartner: update_partner,
    RemovePartner: remove_partner,
}
ON_COALITION: Mapping[type[Fact], ApplyToCoalition] = {
    PartnerAdded: with_partner_added,
    PartnerUpdated: with_partner_updated,
    PartnerRemoved: with_partner_removed,
}
APPLIES: Mapping[type[Fact], Apply] = {}
