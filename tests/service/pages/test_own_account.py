"""One's own account, a second way of signing in, and what staff do about both."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime

import httpx2

from storage.accounts import Account, Role, add_account
from storage.coupling import Coupling, couple_another, identities_of
from storage.identities import Identity, account_of_identity, couple, invite
from tests.clients import client_of
from tests.pages import PagesHouse, Visitor
from tests.service.pages.test_sign_in import signed_in_at_the_provider


async def somebody(pages: PagesHouse) -> Account:
    """Somebody of Beesel, known at the provider by their mail address."""
    email, now = f"{uuid.uuid4().hex[:8]}@beesel.test", datetime.now(UTC)
    async with pages.parts.engine.begin() as connection:
        grants = [(Role.MEMBER, "GM0889")]
        account = await add_account(connection, name="Ab Bos", email=email, grants=grants, now=now)
        await couple_another(connection, account.id, Identity(issuer=pages.issuer, subject=email), now)
    return account


async def goes_to_couple(pages: PagesHouse, visitor: Visitor, address: str) -> httpx2.Response:
    """Leave from one's account, sign in at the provider as somebody else, and come back; without following on."""
    await visitor.get("/account")
    token = re.search(r'name="csrf"\s+value="([^"]+)"', visitor.shown)
    assert token
    own = {"Sec-Fetch-Site": "same-origin"}
    departure = await visitor.client.post("/account/koppelen", data={"csrf": token[1]}, headers=own)
    assert departure.headers["location"].startswith(pages.issuer)
    assert "prompt=login" in departure.headers["location"]
    asked = await visitor.client.post(departure.headers["location"], data={"sub": address})
    return await visitor.client.get(asked.headers["location"])


async def test_a_second_way_of_signing_in_leads_to_the_same_account(pages: PagesHouse) -> None:
    account = await somebody(pages)
    visitor = await pages.visitor_of(account)
    new_address = f"new-{uuid.uuid4().hex[:8]}@example.test"
    answer = await goes_to_couple(pages, visitor, new_address)
    assert answer.headers["location"] == "/account"
    await visitor.get("/account")
    assert "U kunt zich vanaf nu ook zo aanmelden." in visitor.shown
    assert account.email in visitor.shown

    elsewhere = await signed_in_at_the_provider(pages, new_address)
    assert "Ab Bos" in elsewhere.shown
    again = await goes_to_couple(pages, visitor, new_address)
    assert again.headers["location"] == "/account"
    async with pages.parts.engine.connect() as connection:
        assert len(await identities_of(connection, account.id)) == 2


async def test_what_leads_to_another_account_stays_there(pages: PagesHouse) -> None:
    account, other = await somebody(pages), await somebody(pages)
    answer = await goes_to_couple(pages, await pages.visitor_of(account), other.email)
    assert answer.status_code == 409
    assert "Dit hoort bij een ander account" in answer.text
    async with pages.parts.engine.connect() as connection:
        found = await account_of_identity(connection, Identity(issuer=pages.issuer, subject=other.email))
    assert found
    assert found.id == other.id


async def test_what_waits_for_who_holds_an_address_is_not_taken_by_another_account(pages: PagesHouse) -> None:
    account = await somebody(pages)
    answer = await goes_to_couple(pages, await pages.visitor_of(account), "peel-en-maas@startloket.test")
    assert answer.status_code == 409
    assert 'href="mailto:' in answer.text
    elsewhere = await signed_in_at_the_provider(pages, "peel-en-maas@startloket.test")
    assert "Otto Janssen" in elsewhere.shown


async def test_who_is_no_longer_who_left_couples_nothing(pages: PagesHouse) -> None:
    account = await somebody(pages)
    visitor = await pages.visitor_of(account)
    await visitor.get("/account")
    departure = await visitor.post("/account/koppelen")
    asked = await visitor.client.post(str(departure.url), data={"sub": "venlo@startloket.test"})
    del visitor.client.cookies["startloket-session"]
    answer = await visitor.client.get(asked.headers["location"])
    assert answer.headers["location"] == "/aanmelden"
    async with pages.parts.engine.connect() as connection:
        assert len(await identities_of(connection, account.id)) == 1


async def test_an_invitation_of_the_new_employer_is_accepted_on_the_way(pages: PagesHouse) -> None:
    account, now = await somebody(pages), datetime.now(UTC)
    async with pages.parts.engine.begin() as connection:
        grants = [(Role.ADVISOR, "")]
        await invite(connection, email="kiki@new.test", name="Kiki", grants=grants, now=now)
        identity = Identity(issuer=pages.issuer, subject="kiki")
    async with client_of(pages.issuer) as provider:
        claims = {"email": "kiki@new.test", "email_verified": True, "name": "Kiki"}
        await provider.put("/users/kiki", json=claims)
    await goes_to_couple(pages, await pages.visitor_of(account), "kiki")
    async with pages.parts.engine.connect() as connection:
        found = await account_of_identity(connection, identity)
    assert found
    assert (found.id, found.actor.is_advisor) == (account.id, True)


async def test_staff_uncouple_and_invite_anew(pages: PagesHouse) -> None:
    account, staff = await somebody(pages), await pages.visitor("staff")
    visitor, page = await pages.visitor_of(account), f"/accounts/{account.id}"
    await staff.get(page)
    await staff.post(f"{page}/loskoppelen", {"issuer": pages.issuer, "subject": "somebody else"})
    assert "Het is losgekoppeld." not in staff.shown
    await staff.post(f"{page}/loskoppelen", {"issuer": pages.issuer, "subject": account.email})
    assert "Het is losgekoppeld." in staff.shown
    assert (await visitor.client.get("/account")).status_code == 303

    for _ in range(2):
        await staff.post(f"{page}/uitnodigen")
    await staff.get("/accounts")
    invited = staff.shown[: staff.shown.index('id="accounts"')]
    assert invited.count(account.email) == 1
    async with pages.parts.engine.begin() as connection:
        identity = Identity(issuer=pages.issuer, subject="anew")
        found = await couple(connection, identity, verified_email=account.email, now=datetime.now(UTC))
    assert found
    assert found.id == account.id


async def test_nobody_uncouples_themselves(pages: PagesHouse) -> None:
    staff, page = await pages.visitor("staff"), f"/accounts/{pages.accounts['staff'].id}"
    await staff.get(page)
    await staff.post(f"{page}/loskoppelen", {"issuer": pages.issuer, "subject": "staff@startloket.test"})
    assert "Vraag een collega" in staff.shown


async def test_of_two_who_couple_the_same_one_is_first(pages: PagesHouse) -> None:
    one, other, now = await somebody(pages), await somebody(pages), datetime.now(UTC)
    identity = Identity(issuer=pages.issuer, subject=uuid.uuid4().hex)
    async with pages.parts.engine.begin() as connection:
        assert await couple_another(connection, one.id, identity, now) is Coupling.ADDED
        assert await couple_another(connection, one.id, identity, now) is Coupling.KNOWN
        assert await couple_another(connection, other.id, identity, now) is Coupling.ANOTHER_ACCOUNT
