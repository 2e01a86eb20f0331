"""Coalitions: what outlives the requests that work for them.

A coalition begins with the submission that names it first. From then on it is what the facts of all its requests make
of it, in the order in which they were recorded; each fact's effect stands with its subject, in `ON_COALITION`.
"""

from __future__ import annotations

from collections.abc import Mapping

from domain import action_owners, actions, changing, joining, partners, seats
from domain.command import Apply, ApplyToCoalition, Command, Decide
from domain.event import Event, Fact
from domain.request import Coalition, SupportRequest
from domain.submitting import RequestSubmitted

SUBJECTS = (partners, seats, actions, action_owners, changing, joining)
ON_COALITION: Mapping[type[Fact], ApplyToCoalition] = {
    kind: effect for one in SUBJECTS for kind, effect in one.ON_COALITION.items()
}


def opened_by(event: Event) -> Coalition | None:
    """Give the coalition as its submission names it; None for any other event.

    Of a coalition that was there before, this is no more than its name: storage lays in the rest.
    """
    fact = event.fact
    if not isinstance(fact, RequestSubmitted):
        return None
    return Coalition(
        id=fact.coalition,
        name=fact.coalition_name,
        kind=fact.coalition_kind,
        phase=fact.phase,
        municipalities=(fact.lead_municipality, *fact.participating),
    )


def evolve_coalition(coalition: Coalition, event: Event) -> Coalition:
    """Say what the coalition is after this fact, of whichever of its requests. Never refuses.

    A fact about a part that this coalition does not know changes nothing, so a request can be made anew on its own.
    """
    effect = ON_COALITION.get(type(event.fact))
    return effect(coalition, event, event.fact) if effect else coalition


def on_coalition_alone(request: SupportRequest, event: Event, fact: Fact) -> SupportRequest:
    """Nothing of the request itself changes."""
    return request


DECIDES: Mapping[type[Command], Decide] = {}
APPLIES: Mapping[type[Fact], Apply] = dict.fromkeys((*partners.ON_COALITION, *seats.ON_COALITION), on_coalition_alone)
