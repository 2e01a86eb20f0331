"""Outside development: nothing is promised that does not happen, and people read whom to ask."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest_asyncio
from sqlalchemy import text

from service.dev.data_folder import choose_ports
from service.news import News
from tests.clients import client_of
from tests.pages import PagesHouse, Visitor, serve_pages

ADDRESS = "hulp@programma.test"
DRAFTS = text("select count(*) from request_draft")


@pytest_asyncio.fixture
async def stranger(pages: PagesHouse) -> AsyncIterator[Visitor]:
    """Somebody who is not signed in, at the same house outside development."""
    settings = pages.parts.settings.model_copy(update={"development": False, "contact_mail": ADDRESS})
    port = choose_ports({}, ("elsewhere",))["elsewhere"]
    parts = replace(pages.parts, settings=settings, news=News())
    async with (
        serve_pages(parts, port),
        client_of(f"http://127.0.0.1:{port}") as client,
    ):
        yield Visitor(client)


async def test_nobody_waits_for_a_mail_that_does_not_come(pages: PagesHouse, stranger: Visitor) -> None:
    async with pages.parts.engine.connect() as connection:
        before = (await connection.execute(DRAFTS)).scalar_one()
    await stranger.get("/vraag-ondersteuning")
    assert "er gaat nog geen mail uit" in stranger.shown
    assert stranger.shown.count(f'href="mailto:{ADDRESS}"') == 2
    assert 'name="email"' not in stranger.shown

    await stranger.post("/vraag-ondersteuning", {"email": "an@beesel.test"})
    assert "er gaat nog geen mail uit" in stranger.shown
    answer = await stranger.get("/vraag-ondersteuning/verstuurd")
    assert answer.url.path == "/vraag-ondersteuning"
    async with pages.parts.engine.connect() as connection:
        assert (await connection.execute(DRAFTS)).scalar_one() == before


async def test_the_address_of_this_installation_stands_on_pages_and_in_the_document(stranger: Visitor) -> None:
    await stranger.get("/privacy")
    assert f'href="mailto:{ADDRESS}"' in stranger.shown
    document = (await stranger.get("/api/v1/openapi.json")).json()
    assert document["info"]["contact"]["email"] == ADDRESS
    await stranger.get("/api/v1/docs")
    assert stranger.shown
