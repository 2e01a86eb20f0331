"""One's own account: what one may be here, by which identities one comes in, and coupling another one.

A new employer or a merger brings a new identity; what somebody did and may see stays with the account.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from starlette.responses import RedirectResponse, Response

from service.pages.guarding import Who, get
from service.pages.staff.roles import described_one
from service.pages.visit import Visit
from service.sign_in.provider import Arrival
from storage.coupling import CoupledIdentity, Coupling, couple_another, identities_of
from storage.directory import find_account
from storage.identities import accept
from storage.municipalities import list_municipalities

ADDRESS: Final = "/account"

log = structlog.get_logger(__name__)


async def show_own(visit: Visit) -> Response:
    """Show one's own account."""
    async with visit.reading.connect() as connection:
        account = await find_account(connection, visit.account.id)
        if account is None:
            raise visit.not_found()
        names = {one.code: one.name for one in await list_municipalities(connection)}
        identities = await identities_of(connection, account.id)
    return visit.page(
        "own_account.html",
        title=visit.say("Your account"),
        account=account,
        roles=[described_one(role, subject, names, visit.tongue) for role, subject in account.grants],
        identities=[said_of(visit, one) for one in identities],
        can_couple=visit.pages.provider is not None,
    )


def said_of(visit: Visit, one: CoupledIdentity) -> str:
    """An identity in words: at which provider, and since when; who it is there says nothing to people."""
    provider = urlsplit(one.identity.issuer).netloc or one.identity.issuer
    return visit.say(
        "by way of %(provider)s, since %(day)s", provider=provider, day=visit.tongue.moment(one.coupled_at)
    )


async def couple_here(visit: Visit, account_id: UUID, arrival: Arrival) -> Response:
    """Couple the identity somebody came back with to the account they left from, when they still are who left."""
    guest = visit.guest
    if guest is None or guest.whole.id != account_id:
        return RedirectResponse("/aanmelden", status_code=303)
    async with visit.parts.engine.begin() as connection:
        came_of_it = await couple_another(
            connection, account_id, arrival.identity, visit.now, verified_email=arrival.email
        )
        if came_of_it is not Coupling.ANOTHER_ACCOUNT and arrival.email:
            await accept(connection, guest.whole, verified_email=arrival.email, now=visit.now)
    log.info("identity_coupled", outcome=came_of_it.value.lower())
    match came_of_it:
        case Coupling.ADDED:
            return visit.see_other(ADDRESS, said=visit.say("From now on you can sign in this way too."))
        case Coupling.KNOWN:
            return visit.see_other(ADDRESS, said=visit.say("You could sign in this way already."))
        case Coupling.ANOTHER_ACCOUNT:
            title = visit.say("This belongs to another account")
            return visit.page("not_coupled.html", title=title, status=409, email=arrival.email)


routes = (get(ADDRESS, show_own, who=Who.SIGNED_IN),)
