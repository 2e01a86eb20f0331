"""Signing in and out, choosing a role, and the kind page for who is not known here."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import structlog
from starlette.responses import RedirectResponse, Response

from service.pages import own_account
from service.pages.asking.understanding import places_on
from service.pages.guarding import SESSION, Who, get, post
from service.pages.places import here
from service.pages.staff.roles import described
from service.pages.visit import Visit
from service.sign_in.demo import Somebody, demo_people, introduce, invited_people
from service.sign_in.hats import Hat, hats_of
from service.sign_in.provider import Arrival, NotSignedIn, Provider
from storage import sessions
from storage.accounts import Account
from storage.identities import accept, account_of_identity, couple

UNDER_WAY: Final = "sign-in"
CALLBACK: Final = "/aanmelden/terug"

log = structlog.get_logger(__name__)


async def show_sign_in(visit: Visit) -> Response:
    """Say where one signs in; in development also as whom."""
    wanted = here(visit.request.query_params.get("naar", "/"))
    if visit.guest is not None:
        return RedirectResponse(wanted, status_code=303)
    return await _show(visit, wanted)


async def _show(visit: Visit, wanted: str, *, failed: bool = False) -> Response:
    people: tuple[Somebody, ...] = ()
    if visit.parts.settings.development:
        async with visit.reading.connect() as connection:
            people = (*await demo_people(connection), *await invited_people(connection))
    names = places_on(visit.today).names
    return visit.page(
        "sign_in.html",
        title=visit.say("Sign in"),
        status=503 if failed else 200,
        failed=failed,
        wanted=wanted,
        can_sign_in=visit.pages.provider is not None,
        people=[(one.name or one.email, described(one.grants, names, visit.tongue), one.email) for one in people],
        is_form_kept=wanted == "/verder",
    )


async def depart(visit: Visit) -> Response:
    """Send somebody to the provider."""
    return await _depart(visit, here(visit.request.query_params.get("naar", "/")))


async def depart_to_couple(visit: Visit) -> Response:
    """Send somebody to the provider for a second identity."""
    return await _depart(visit, own_account.ADDRESS, couples=visit.account.id)


async def _depart(visit: Visit, wanted: str, *, couples: UUID | None = None) -> Response:
    provider = visit.pages.provider
    if provider is None:
        return await _show(visit, wanted)
    if visit.parts.settings.development:
        await _introduce_invited(visit, provider)
    try:
        departure = await provider.depart(visit.parts.settings.public_url + CALLBACK, anew=couples is not None)
    except NotSignedIn as error:
        log.warning("provider_away", error=str(error))
        return await _show(visit, wanted, failed=True)
    async with visit.parts.engine.begin() as connection:
        held = await sessions.begin_sign_in(
            connection, state=departure.state, return_to=wanted, couples=couples, now=visit.now
        )
    answer = RedirectResponse(departure.url, status_code=303)
    visit.pages.cookies.give(answer, UNDER_WAY, held, sessions.SIGN_IN_TAKES)
    return answer


async def _introduce_invited(visit: Visit, provider: Provider) -> None:
    async with visit.reading.connect() as connection:
        people = await invited_people(connection)
    await introduce(people, provider.issuer)


async def come_back(visit: Visit) -> Response:
    """Take in somebody who comes back from the provider, and begin a session under a new id."""
    under_way, provider = await _under_way(visit), visit.pages.provider
    if under_way is None or provider is None:
        return RedirectResponse("/aanmelden", status_code=303)
    try:
        arrival = await provider.arrive(visit.request, under_way.state)
    except NotSignedIn as error:
        log.warning("not_signed_in", error=str(error))
        return await _show(visit, under_way.return_to, failed=True)
    if under_way.couples:
        return await own_account.couple_here(visit, under_way.couples, arrival)
    account = await _account_of(visit, arrival)
    if account is None:
        log.info("identity_not_known")
        return visit.page("not_known.html", title=visit.say("We do not know you yet"), status=403, email=arrival.email)
    answer = RedirectResponse(under_way.return_to, status_code=303)
    async with visit.parts.engine.begin() as connection:
        held = await sessions.begin_session(connection, account.id, now=visit.now, id_token=arrival.id_token)
    visit.pages.cookies.give(answer, SESSION, held)
    visit.pages.cookies.drop(answer, UNDER_WAY)
    return answer


async def _under_way(visit: Visit) -> sessions.SignInUnderWay | None:
    held = visit.pages.cookies.of(visit.request, UNDER_WAY)
    if held is None:
        return None
    async with visit.parts.engine.begin() as connection:
        return await sessions.take_sign_in(connection, held, visit.now)


async def _account_of(visit: Visit, arrival: Arrival) -> Account | None:
    """The account this identity is coupled to, or is coupled to now by an invitation. What was offered is accepted."""
    async with visit.parts.engine.begin() as connection:
        known = await account_of_identity(connection, arrival.identity)
        if arrival.email is None:
            return known
        if known:
            return await accept(connection, known, verified_email=arrival.email, now=visit.now)
        return await couple(connection, arrival.identity, verified_email=arrival.email, now=visit.now)


async def sign_out(visit: Visit) -> Response:
    """End the session here, and at the provider where it can be ended from here."""
    guest, address = visit.guest, None
    if guest is not None:
        async with visit.parts.engine.begin() as connection:
            await sessions.end_session(connection, guest.session, visit.now)
        if provider := visit.pages.provider:
            back = visit.parts.settings.public_url + "/afgemeld"
            address = await provider.departure_for_good(guest.session.id_token, back)
    answer = RedirectResponse(address or "/afgemeld", status_code=303)
    visit.pages.cookies.drop(answer, SESSION)
    return answer


async def show_signed_out(visit: Visit) -> Response:
    """Say that they are signed out."""
    return visit.page("signed_out.html", title=visit.say("You are signed out"))


async def choose_role(visit: Visit) -> Response:
    """Act in another of one's roles from now on."""
    guest, wanted = visit.guest, visit.field("role")
    if guest is not None and wanted in hats_of(guest.whole):
        async with visit.parts.engine.begin() as connection:
            await sessions.act_as(connection, guest.session, Hat(wanted))
    return visit.see_other("/")


routes = (
    get("/aanmelden", show_sign_in, who=Who.EVERYBODY),
    get("/aanmelden/begin", depart, who=Who.EVERYBODY),
    get(CALLBACK, come_back, who=Who.EVERYBODY),
    post(f"{own_account.ADDRESS}/koppelen", depart_to_couple, who=Who.SIGNED_IN),
    post("/afmelden", sign_out, who=Who.EVERYBODY),
    get("/afgemeld", show_signed_out, who=Who.EVERYBODY),
    post("/rol", choose_role, who=Who.SIGNED_IN),
)
