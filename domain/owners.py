"""Who can take something upon them: an action, or the search for parents for a seat.

An owner is exactly one of a partner, a named municipality, the advisor and a supporting party, and takes part in the
request. What an owner does stands in `actions` and `seats`; which task it gives stands in `tasks`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from domain import refusal
from domain.command import Command, Context
from domain.moves import acting_as
from domain.parts import Owner
from domain.refusal import Kind, Reason, Refusal
from domain.request import SupportRequest
from domain.text import known_as
from domain.words import Capacity, Desk

ONE_OWNER = Reason(
    "ONE_OWNER",
    nl="Eén iemand neemt dit op zich. Kies een partner, een gemeente, de adviseur of een ondersteunende partij.",
    en="One takes this upon them. Choose a partner, a municipality, the advisor or a supporting party.",
    kind=Kind.INVALID,
)
OWNER_NOT_HERE = Reason(
    "OWNER_NOT_HERE",
    nl="Deze organisatie of gemeente doet hier niet (meer) mee. Kies iemand die wel meedoet.",
    en="This organisation or municipality does not take part here (any more). Choose one that does.",
)
NAMED_BY: dict[Desk, str | None] = {
    Desk.PARTNER: "partner",
    Desk.MUNICIPALITY: "municipality",
    Desk.SUPPORTING_PARTY: "organisation",
    Desk.ADVISOR: None,
}


def owner_mistakes(field: str, owner: Owner | None) -> Iterator[Refusal]:
    """An owner is named by exactly what belongs to its desk; staff own nothing."""
    if owner is None:
        return
    if owner.desk not in NAMED_BY:
        yield ONE_OWNER(f"{field}.desk")
        return
    needed = NAMED_BY[owner.desk]
    for name in ("partner", "municipality", "organisation"):
        given = getattr(owner, name) is not None
        if name == needed and not given:
            yield refusal.REQUIRED_HERE(f"{field}.{name}")
        elif name != needed and given:
            yield ONE_OWNER(f"{field}.{name}")


def refuse_absent(field: str, owner: Owner, request: SupportRequest) -> None:
    """An owner takes part in this request.

    Raises: Refusal OWNER_NOT_HERE.
    """
    if not takes_part(owner, request):
        raise OWNER_NOT_HERE(field)


def takes_part(owner: Owner, request: SupportRequest) -> bool:
    """Say whether this owner takes part now: a partner not removed, a municipality that has not left."""
    match owner.desk:
        case Desk.PARTNER:
            return owner.partner in request.partners
        case Desk.MUNICIPALITY:
            return owner.municipality in request.municipalities
        case Desk.SUPPORTING_PARTY:
            return known_as(owner.organisation or "") in request.supporters
        case Desk.ADVISOR | Desk.STAFF:
            return True
        case _:
            assert_never(owner.desk)


def is_own(owner: Owner, request: SupportRequest, command: Command, context: Context) -> bool:
    """Say whether a command about this owner's task is given by the owner, or recorded for it."""
    match owner.desk:
        case Desk.PARTNER:
            own, capacity = owner.partner in context.actor.partners, Capacity.PARTNER
        case Desk.MUNICIPALITY:
            own, capacity = owner.municipality in context.actor.municipalities, Capacity.PARTICIPANT
        case Desk.SUPPORTING_PARTY:
            names = {known_as(name) for name in context.actor.organisations}
            own, capacity = known_as(owner.organisation or "") in names, Capacity.SUPPORTING_PARTY
        case Desk.ADVISOR | Desk.STAFF:
            return False
        case _:
            assert_never(owner.desk)
    return command.on_behalf.of is capacity if command.on_behalf else own


def decides_for_all(request: SupportRequest, command: Command, context: Context) -> bool:
    """Say whether it is given by, or recorded for, an advisor or the lead municipality, who may see to everything."""
    mine = acting_as(request, context.actor, command.on_behalf)
    return Capacity.ADVISOR in mine or Capacity.MUNICIPALITY in mine
