"""News on a page: an open page hears that it is no longer up to date, and nobody is kept signed in by it."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from sqlalchemy import text

from domain.talking import TakeNote
from service.dev.data_folder import choose_ports
from service.news import News
from service.pages import news as pages_of_news
from storage.sessions import end_sessions_of
from tests.clients import client_of
from tests.pages import PagesHouse, serve_pages
from tests.service.pages.support import submitted, under_way

NOTE = TakeNote(text="Belt morgen terug.")
AGED = text("update session set seen_at = seen_at - interval '90 minutes' where account_id = :id")
SEEN = text("select max(seen_at) from session where account_id = :id")
EVENTS = {"Accept": "text/event-stream"}


@asynccontextmanager
async def stream(client: httpx2.AsyncClient, address: str, **headers: str) -> AsyncIterator[AsyncIterator[str]]:
    """The lines of a stream, from after its beginning."""
    async with client.stream("GET", address, headers=EVENTS | headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.aiter_lines()
        assert (await anext(lines)).startswith("retry: ")
        assert (await anext(lines)).startswith("id: ")
        assert await anext(lines) == ""
        yield lines


async def told(lines: AsyncIterator[str]) -> list[str]:
    """The next that is told."""
    found = []
    while line := await anext(lines):
        found.append(line)
    return found


async def heard(pages: PagesHouse) -> int:
    """Wait until everything in the log was heard; give its last place."""
    async with pages.parts.engine.connect() as connection:
        last = (await connection.execute(text("select max(position) from event"))).scalar_one()
    with pages.parts.news.waiting(pages.accounts["staff"].actor) as waiting:
        while pages.parts.news.heard < last:
            assert await waiting.hear(10)
    return pages.parts.news.heard


async def test_who_has_a_request_open_hears_that_it_changed_and_not_what(pages: PagesHouse) -> None:
    support, visitor = await under_way(pages), await pages.visitor("venlo")
    await visitor.get(support.address)
    assert f'data-news="{support.address}/nieuws?sinds=' in visitor.shown
    async with stream(visitor.client, f"{support.address}/nieuws?sinds={await heard(pages)}") as lines:
        await support.give("advisor1", NOTE)
        assert await told(lines) == [f"id: {pages.parts.news.heard}", "data: changed"]


async def test_what_happened_between_the_page_and_the_stream_is_told(pages: PagesHouse) -> None:
    support, visitor = await under_way(pages), await pages.visitor("venlo")
    since = await heard(pages)
    async with stream(visitor.client, f"{support.address}/nieuws?sinds={since}") as lines:
        await support.give("advisor1", NOTE)
        await told(lines)
    known = {"Last-Event-ID": str(since)}
    ways: list[tuple[str, dict[str, str]]] = [(f"?sinds={since}", {}), ("?sinds=999999999", known), ("?sinds=x", {})]
    for asked, headers in ways:
        async with stream(visitor.client, f"{support.address}/nieuws{asked}", **headers) as lines:
            assert "data: changed" in await told(lines)


async def test_home_and_inbox_hear_too(pages: PagesHouse) -> None:
    support = await under_way(pages)
    for who, page in (("venlo", "/"), ("advisor1", "/"), ("staff", "/nieuwe-aanvragen")):
        visitor = await pages.visitor(who)
        await visitor.get(page)
        assert 'data-news="/nieuws?sinds=' in visitor.shown
    async with stream(visitor.client, f"/nieuws?sinds={await heard(pages)}") as lines:
        await support.give("advisor1", NOTE)
        assert "data: changed" in await told(lines)


async def test_others_get_no_news(pages: PagesHouse) -> None:
    support = await submitted(pages)
    visitor, stranger = await pages.visitor("advisor2"), await pages.visitor()
    assert (await visitor.client.get(f"{support.address}/nieuws")).status_code == 404
    assert (await stranger.client.get(f"{support.address}/nieuws")).status_code == 303
    assert (await stranger.client.get("/nieuws")).status_code == 303


async def test_a_stream_ends_with_the_session(pages: PagesHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_of_news, "HEARTBEAT", timedelta(milliseconds=20))
    visitor = await pages.visitor("almere")
    async with stream(visitor.client, "/nieuws") as lines:
        while ": still here" not in await told(lines):
            pass
        async with pages.parts.engine.begin() as connection:
            await end_sessions_of(connection, pages.accounts["almere"].id, datetime.now(UTC))
        assert "data: changed" not in [line async for line in lines]


async def test_a_stream_ends_after_a_while(pages: PagesHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_of_news, "LONGEST", timedelta(0))
    async with stream((await pages.visitor("almere")).client, "/nieuws") as lines:
        assert [line async for line in lines] == []


async def test_a_page_that_refreshes_itself_keeps_nobody_signed_in(pages: PagesHouse) -> None:
    visitor, account = await pages.visitor("roermond"), {"id": pages.accounts["roermond"].id}
    async with pages.parts.engine.begin() as connection:
        await connection.execute(AGED, account)
        aged = (await connection.execute(SEEN, account)).scalar_one()
    assert (await visitor.client.get("/", headers={"Startloket-By-Itself": "yes"})).status_code == 200
    async with stream(visitor.client, "/nieuws"), pages.parts.engine.connect() as connection:
        assert (await connection.execute(SEEN, account)).scalar_one() == aged

    await visitor.get("/")
    async with pages.parts.engine.connect() as connection:
        assert (await connection.execute(SEEN, account)).scalar_one() > aged


async def test_what_was_just_done_waits_for_a_page_that_somebody_asked_for(pages: PagesHouse) -> None:
    visitor = await pages.visitor("almere")
    visitor.client.cookies.set("startloket-said", base64.urlsafe_b64encode(b"Het is gelukt.").decode())
    assert "Het is gelukt." not in (await visitor.client.get("/", headers={"Startloket-By-Itself": "yes"})).text
    assert "Het is gelukt." in (await visitor.client.get("/")).text


async def test_the_process_stops_while_pages_stand_open(pages: PagesHouse) -> None:
    parts, port = replace(pages.parts, news=News()), choose_ports({}, ("stopping",))["stopping"]
    async with asyncio.timeout(10):
        async with serve_pages(parts, port):
            cookies = await pages.session_of("almere")
            client = client_of(f"http://127.0.0.1:{port}", cookies=cookies)
            opened = stream(client, "/nieuws")
            lines = await opened.__aenter__()
        assert ": still here" not in [line async for line in lines]
        await opened.__aexit__(None, None, None)
        await client.aclose()
