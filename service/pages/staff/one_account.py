"""One account: what it may be, what still waits for it, its tokens, and closing it."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from starlette.responses import Response

from service.pages.guarding import Who, get, post
from service.pages.own_account import said_of
from service.pages.staff.roles import described_one
from service.pages.visit import Visit
from storage.accounts import Role
from storage.coupling import identities_of
from storage.database import AsyncConnection
from storage.directory import (
    AccountLine,
    close_account,
    drop_grant,
    find_account,
    held_by,
    list_tokens,
    reopen_account,
)
from storage.municipalities import list_municipalities

ADDRESS: Final = "/accounts/{id}"


async def show_account(visit: Visit) -> Response:
    """Show an account."""
    async with visit.reading.connect() as connection:
        account = await account_at(connection, visit)
        names = {one.code: one.name for one in await list_municipalities(connection)}
        held = await held_by(connection, account.person)
        tokens = await list_tokens(connection, account.id, visit.now)
        identities = await identities_of(connection, account.id)
    tongue = visit.tongue
    return visit.page(
        "staff/account.html",
        title=account.name or account.email,
        account=account,
        address=address_of_account(account),
        since=tongue.day(account.created_at),
        closed=tongue.day(account.closed_at) if account.closed_at else None,
        grants=[(role.value, subject, described_one(role, subject, names, tongue)) for role, subject in account.grants],
        is_advisor=(Role.ADVISOR, "") in account.grants,
        held=held,
        identities=[(one.identity.issuer, one.identity.subject, said_of(visit, one)) for one in identities],
        tokens=[(one.id, one.label, tongue.day(one.created_at), tongue.day(one.expires_at)) for one in tokens],
    )


async def account_at(connection: AsyncConnection, visit: Visit) -> AccountLine:
    """The account that this address names.

    Raises: HTTPException 404 when there is none.
    """
    try:
        found = await find_account(connection, UUID(visit.at("id")))
    except ValueError:
        raise visit.not_found() from None
    if found is None:
        raise visit.not_found()
    return found


def address_of_account(account: AccountLine) -> str:
    """Its page."""
    return f"/accounts/{account.id}"


async def drop_role(visit: Visit) -> Response:
    """Let somebody be something no more; nobody takes the programme from themselves."""
    role, subject = visit.field("role"), visit.field("subject")
    async with visit.parts.engine.begin() as connection:
        account = await account_at(connection, visit)
        if role == Role.STAFF and visit.guest and account.id == visit.guest.whole.id:
            return visit.see_other(
                address_of_account(account), said=visit.say("Ask a colleague to take this role from you.")
            )
        if role == Role.ADVISOR and (await held_by(connection, account.person)).requests:
            said = visit.say("Give the requests of this advisor to somebody else first.")
            return visit.see_other(address_of_account(account), said=said)
        await drop_grant(connection, account.id, role[:40], subject[:200])
    return visit.see_other(address_of_account(account), said=visit.say("The role was taken away."))


async def close(visit: Visit) -> Response:
    """Close the account; when something still waits for it, it stays, and its page says what."""
    async with visit.parts.engine.begin() as connection:
        account = await account_at(connection, visit)
        if visit.guest and account.id == visit.guest.whole.id:
            return visit.see_other(
                address_of_account(account), said=visit.say("Ask a colleague to close your account.")
            )
        is_closed = await close_account(connection, account, visit.now)
    said = visit.say("The account was closed.") if is_closed else visit.say("Something still waits for this account.")
    return visit.see_other(address_of_account(account), said=said)


async def reopen(visit: Visit) -> Response:
    """Let somebody in again."""
    async with visit.parts.engine.begin() as connection:
        account = await account_at(connection, visit)
        await reopen_account(connection, account.id)
    return visit.see_other(address_of_account(account), said=visit.say("The account was reopened."))


routes = (
    get(ADDRESS, show_account, who=Who.STAFF),
    post(f"{ADDRESS}/rol-weg", drop_role, who=Who.STAFF),
    post(f"{ADDRESS}/sluiten", close, who=Who.STAFF),
    post(f"{ADDRESS}/heropenen", reopen, who=Who.STAFF),
)
