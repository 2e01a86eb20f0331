"""The database restarted: who comes to a page does not notice, whichever connections were lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest_asyncio
from sqlalchemy import text

from service.dev.data_folder import choose_ports
from service.news import News
from storage.database import AsyncEngine, open_reading
from tests.clients import client_of
from tests.pages import PagesHouse, Visitor, serve_pages

NAME = "to_be_lost"
LOSE = text("select pg_terminate_backend(pid) from pg_stat_activity where application_name = :name")


@pytest_asyncio.fixture
async def reading(pages: PagesHouse) -> AsyncIterator[AsyncEngine]:
    pool = open_reading(f"{pages.parts.settings.database_url}&application_name={NAME}", pool_size=4)
    yield pool
    await pool.dispose()


@pytest_asyncio.fixture
async def visitor(pages: PagesHouse, reading: AsyncEngine) -> AsyncIterator[Visitor]:
    port = choose_ports({}, ("restarted",))["restarted"]
    async with (
        serve_pages(replace(pages.parts, reading=reading, news=News()), port),
        client_of(f"http://127.0.0.1:{port}", cookies=await pages.session_of("staff")) as client,
    ):
        yield Visitor(client)


async def test_who_comes_after_the_database_restarted_does_not_notice(
    pages: PagesHouse, reading: AsyncEngine, visitor: Visitor
) -> None:
    await asyncio.gather(*(visitor.client.get("/stil") for _ in range(12)))
    async with pages.parts.engine.connect() as connection:
        lost = (await connection.execute(LOSE, {"name": NAME})).all()

    answers = await asyncio.gather(*(visitor.client.get("/stil") for _ in range(12)))

    assert len(lost) > 1
    assert {one.status_code for one in answers} == {200}
