"""Signing in: by way of the provider, coupled by an invitation, and what somebody holds afterwards."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from service.sign_in.demo import Somebody, introduce
from storage.accounts import Role, add_account
from storage.identities import Identity, account_of_identity, couple, invite
from storage.sessions import IDLE, LONGEST, begin_session, find_session, see_session
from tests.pages import PagesHouse, Visitor


async def signed_in_at_the_provider(pages: PagesHouse, address: str) -> Visitor:
    """Somebody who went by the provider and came back."""
    visitor = await pages.visitor()
    departure = await visitor.client.get("/aanmelden/begin", params={"naar": "/privacy"})
    assert departure.headers["location"].startswith(pages.issuer)
    asked = await visitor.client.post(departure.headers["location"], data={"sub": address})
    await visitor.get(asked.headers["location"])
    return visitor


async def test_signing_in_is_choosing_who_you_are_and_leads_to_where_one_wanted_to_be(pages: PagesHouse) -> None:
    visitor = await signed_in_at_the_provider(pages, "maastricht@startloket.test")

    assert "<h1" in visitor.shown
    assert "Privacy</h1>" in visitor.shown
    assert "Bram Coenen" in visitor.shown


async def test_the_provider_is_asked_with_pkce_state_and_nonce(pages: PagesHouse) -> None:
    departure = await (await pages.visitor()).client.get("/aanmelden/begin")

    for part in ("code_challenge_method=S256", "code_challenge=", "state=", "nonce=", "scope=openid"):
        assert part in departure.headers["location"]


async def test_somebody_without_an_account_hears_whom_to_ask(pages: PagesHouse) -> None:
    visitor = await signed_in_at_the_provider(pages, "stranger@example.test")

    assert "We kennen u nog niet" in visitor.shown
    assert "Aan wie kunt u het vragen?" in visitor.shown


async def test_in_development_who_was_invited_on_the_way_can_sign_in_too(pages: PagesHouse) -> None:
    async with pages.parts.engine.begin() as connection:
        grants = ((Role.MEMBER, "GM0983"),)
        await invite(connection, email="Nieuw@Venlo.test", name="Nieuwe Collega", grants=grants, now=datetime.now(UTC))
    stranger = await pages.visitor()
    await stranger.get("/aanmelden")

    visitor = await signed_in_at_the_provider(pages, "Nieuw@Venlo.test")

    assert "Nieuwe Collega" in stranger.shown
    assert "Nieuwe Collega" in visitor.shown
    assert "Privacy</h1>" in visitor.shown


async def test_a_provider_elsewhere_is_told_of_nobody() -> None:
    somebody = Somebody(name="Nieuwe Collega", email="nieuw@venlo.test", grants=())
    await introduce([somebody], "http://127.0.0.2:9")  # Tests may not connect there: it would raise.


async def test_coming_back_with_another_state_signs_nobody_in(pages: PagesHouse) -> None:
    visitor = await pages.visitor()
    departure = await visitor.client.get("/aanmelden/begin")
    asked = await visitor.client.post(departure.headers["location"], data={"sub": "venlo@startloket.test"})
    forged = re.sub(r"state=[^&]+", "state=another", asked.headers["location"])

    await visitor.get(forged)

    assert "Het aanmelden is niet gelukt" in visitor.shown
    assert "startloket-session" not in visitor.client.cookies


async def test_coming_back_twice_signs_in_once(pages: PagesHouse) -> None:
    visitor = await pages.visitor()
    departure = await visitor.client.get("/aanmelden/begin")
    asked = await visitor.client.post(departure.headers["location"], data={"sub": "venlo@startloket.test"})
    first = await visitor.client.get(asked.headers["location"])
    second = await visitor.client.get(asked.headers["location"])

    assert first.headers["location"] == "/"
    assert second.headers["location"] == "/aanmelden"


async def test_the_cookie_is_out_of_reach_and_new_at_every_sign_in(pages: PagesHouse) -> None:
    held = []
    for _ in range(2):
        visitor = await signed_in_at_the_provider(pages, "almere@startloket.test")
        held.append(visitor.client.cookies["startloket-session"])
    departure = await visitor.client.get("/aanmelden/begin")
    assert held[0] != held[1]
    assert "HttpOnly" in departure.headers["set-cookie"]
    assert "SameSite=lax" in departure.headers["set-cookie"]


async def test_what_is_kept_of_a_session_does_not_open_it(pages: PagesHouse) -> None:
    cookie = next(iter((await pages.session_of("venlo")).values()))
    async with pages.parts.engine.connect() as connection:
        kept = (await connection.execute(text("select sha256 from session"))).scalars().all()
        assert cookie not in kept
        assert await find_session(connection, kept[0], datetime.now(UTC)) is None


async def test_a_session_ends_when_idle_and_after_its_longest_life(pages: PagesHouse) -> None:
    now = datetime.now(UTC)
    async with pages.parts.engine.begin() as connection:
        held = await begin_session(connection, pages.accounts["venlo"].id, now=now)
        session = await find_session(connection, held, now + IDLE - timedelta(seconds=1))
        assert session is not None
        assert await find_session(connection, held, now + IDLE) is None

        await see_session(connection, session, now + LONGEST - timedelta(minutes=1))
        assert await find_session(connection, held, now + LONGEST - timedelta(seconds=1)) is not None
        assert await find_session(connection, held, now + LONGEST) is None


async def test_signing_out_ends_the_session_here_and_goes_on_to_the_provider(pages: PagesHouse) -> None:
    visitor = await pages.visitor("venlo")
    held = visitor.client.cookies["startloket-session"]
    await visitor.get("/over")
    fields = dict(re.findall(r'name="(csrf)"\s+value="(\w+)"', visitor.shown))

    answer = await visitor.client.post("/afmelden", data=fields)

    assert answer.headers["location"].startswith(f"{pages.issuer}/oauth2/end_session?")
    async with pages.parts.engine.connect() as connection:
        assert await find_session(connection, held, datetime.now(UTC)) is None


async def test_an_identity_is_coupled_once_by_an_invitation_to_a_verified_address(pages: PagesHouse) -> None:
    now, grants = datetime.now(UTC), [(Role.MEMBER, "GM0946")]
    identity = Identity(issuer="https://provider.test", subject="one")
    async with pages.parts.engine.begin() as connection:
        assert await couple(connection, identity, verified_email="new@nederweert.test", now=now) is None
        await invite(connection, email="New@nederweert.test", name="Nina", grants=grants, now=now)
        account = await couple(connection, identity, verified_email="new@nederweert.test", now=now)
        assert account is not None
        assert account.actor.municipalities == {"GM0946"}

        known = await account_of_identity(connection, identity)
        other = Identity(issuer="https://provider.test", subject="two")
        assert known == account
        assert await couple(connection, other, verified_email="new@nederweert.test", now=now) is None


async def test_a_closed_account_is_let_in_no_more(pages: PagesHouse) -> None:
    async with pages.parts.engine.begin() as connection:
        grants, now = [(Role.MEMBER, "GM0889")], datetime.now(UTC)
        account = await add_account(connection, name="Jo", email="jo@beesel.test", grants=grants, now=now)
    visitor = await pages.visitor_of(account)
    assert (await visitor.client.get("/")).status_code == 200
    async with pages.parts.engine.begin() as connection:
        close = text("update account set closed_at = now() where id = :id")
        await connection.execute(close, {"id": account.id})

    answer = await visitor.client.get("/")
    assert answer.headers["location"] == "/aanmelden?naar=/"


@pytest.mark.parametrize("where", ["https://elsewhere.test/", "//elsewhere.test", "/\\elsewhere.test", "javascript:1"])
async def test_signing_in_leads_to_no_other_site(pages: PagesHouse, where: str) -> None:
    visitor = await pages.visitor("venlo")
    answer = await visitor.client.get("/aanmelden", params={"naar": where})
    assert answer.headers["location"] == "/"
