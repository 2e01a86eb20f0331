"""Colleagues: people of a municipality invite each other; staff see it, and others see nothing of it."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime

from storage.accounts import Account, Role, account_of_id, add_account
from storage.directory import close_account, find_account
from storage.identities import Identity, account_of_identity, couple, invite
from tests.pages import PagesHouse
from tests.service.pages.test_sign_in import signed_in_at_the_provider

WITHDRAW = re.compile(r'action="(/collegas/uitnodigingen/[^"]+)"')


def an_address() -> str:
    """A mail address that nobody has."""
    return f"{uuid.uuid4().hex[:8]}@beesel.test"


async def comes_in(pages: PagesHouse, email: str) -> Account | None:
    """Have somebody sign in who was never here, by an address that their provider verified."""
    async with pages.parts.engine.begin() as connection:
        identity = Identity(issuer=pages.issuer, subject=email)
        return await couple(connection, identity, verified_email=email, now=datetime.now(UTC))


async def test_a_colleague_is_invited_comes_in_and_staff_see_by_whom(pages: PagesHouse) -> None:
    visitor, staff, email = await pages.visitor("venlo"), await pages.visitor("staff"), an_address()
    await visitor.get("/collegas")
    assert "Anna Verbeek" in visitor.shown
    await visitor.get("/collegas/uitnodigen")
    await visitor.post("/collegas/uitnodigen", {"name": "Bo de Wit"})
    assert 'href="#email"' in visitor.shown
    await visitor.post("/collegas/uitnodigen", {"name": "Bo de Wit", "email": email})
    assert email in visitor.shown
    await staff.get("/accounts")
    assert email in staff.shown
    assert "door Anna Verbeek" in staff.shown

    account = await comes_in(pages, email.upper())
    assert account
    assert account.actor.municipalities == {"GM0983"}
    await visitor.get("/collegas/uitnodigen")
    await visitor.post("/collegas/uitnodigen", {"name": "Bo", "email": email})
    assert "is al uw collega" in visitor.shown


async def test_who_works_for_two_municipalities_says_for_which(pages: PagesHouse) -> None:
    email = an_address()
    async with pages.parts.engine.begin() as connection:
        grants = ((Role.MEMBER, "GM0889"), (Role.MEMBER, "GM0957"), (Role.ACTING, "GM0983"))
        account = await add_account(connection, name="Ab Bos", email=an_address(), grants=grants, now=datetime.now(UTC))
    visitor = await pages.visitor_of(account)
    await visitor.get("/collegas")
    assert "Anna Verbeek" not in visitor.shown
    await visitor.get("/collegas/uitnodigen")
    for code in ("", "GM0983"):
        await visitor.post("/collegas/uitnodigen", {"name": "Bo", "email": email, "municipality": code})
        assert 'href="#municipality"' in visitor.shown
    await visitor.post("/collegas/uitnodigen", {"name": "Bo", "email": email, "municipality": "GM0889"})
    invited = await comes_in(pages, email)
    assert invited
    assert invited.actor.municipalities == {"GM0889"}


async def test_who_only_acts_for_a_municipality_invites_nobody(pages: PagesHouse) -> None:
    async with pages.parts.engine.begin() as connection:
        grants = ((Role.ACTING, "GM0983"),)
        account = await add_account(connection, name="Ab Bos", email=an_address(), grants=grants, now=datetime.now(UTC))
    visitor = await pages.visitor_of(account)
    await visitor.get("/collegas")
    assert "Anna Verbeek" not in visitor.shown
    assert "/collegas/uitnodigen" not in visitor.shown
    assert (await visitor.get("/collegas/uitnodigen")).status_code == 404


async def test_an_invitation_is_taken_back_where_it_says_nothing_else(pages: PagesHouse) -> None:
    plain, more = an_address(), an_address()
    async with pages.parts.engine.begin() as connection:
        member = (Role.MEMBER, "GM0034")
        for email, grants in ((plain, [member]), (more, [member, (Role.ADVISOR, "")])):
            await invite(connection, email=email, name="Bo", grants=grants, now=datetime.now(UTC))
    visitor, other = await pages.visitor("almere"), await pages.visitor("venlo")
    await visitor.get("/collegas")
    assert more in visitor.shown
    found = WITHDRAW.findall(visitor.shown)
    assert len(found) == 1
    await other.get("/collegas")
    assert plain not in other.shown
    assert (await other.post(found[0])).status_code == 404
    await visitor.post(found[0])
    assert plain not in visitor.shown
    assert await comes_in(pages, plain) is None


async def test_who_is_here_already_accepts_at_the_next_sign_in(pages: PagesHouse) -> None:
    async with pages.parts.engine.begin() as connection:
        grants = ((Role.MEMBER, "GM0889"),)
        address = "roermond@startloket.test"
        await invite(connection, email=address, name="Ivo Smeets", grants=grants, now=datetime.now(UTC))
        identity = Identity(issuer=pages.issuer, subject=address)
        await couple(connection, identity, verified_email=address, now=datetime.now(UTC))
        await invite(connection, email=address, name="Ivo", grants=[(Role.MEMBER, "GM0893")], now=datetime.now(UTC))
    await signed_in_at_the_provider(pages, address)
    async with pages.parts.engine.connect() as connection:
        account = await account_of_identity(connection, identity)
    assert account
    assert account.actor.municipalities == {"GM0957", "GM0889", "GM0893"}


async def test_an_invitation_does_not_open_what_was_closed(pages: PagesHouse) -> None:
    email, now = an_address(), datetime.now(UTC)
    async with pages.parts.engine.begin() as connection:
        account = await add_account(connection, name="Ab", email=email, grants=[(Role.MEMBER, "GM0889")], now=now)
        line = await find_account(connection, account.id)
        assert line
        assert await close_account(connection, line, now)
        await invite(connection, email=email, name="Ab", grants=[(Role.MEMBER, "GM0889")], now=now)
    assert await comes_in(pages, email) is None
    async with pages.parts.engine.connect() as connection:
        assert await account_of_id(connection, account.id) is None
