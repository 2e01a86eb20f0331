"""What changes is told to who listens: once it is committed, and in the order of the log."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import URL

from domain.talking import TakeNote
from domain.words import Audience
from storage.database import open_engine
from storage.news import Interrupted, listening
from storage.recording import record
from storage.refreshing import follow_coalition
from tests.domain.agreements import seat
from tests.domain.journey import MONDAY
from tests.office import BURGERKRACHT, Office

END_LISTENERS = (
    "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity"
    " where application_name = 'startloket news' and datname = current_database()"
)


async def test_a_change_is_told_with_its_place_in_the_log(office: Office) -> None:
    request_id = await office.under_way()
    before = await office.value("select max(position) from event")
    async with listening(office.engine) as listener:
        assert listener.newest == before
        await office.give("advisor", request_id, TakeNote(text="Onder ons.", internal=True))
        told = await anext(listener.changes())
    assert (told.request_id, told.audience) == (request_id, Audience.PROGRAMME)
    assert told.position == await office.value("select max(position) from event")


async def test_what_is_not_committed_is_not_told(office: Office) -> None:
    first, second = await office.under_way(), await office.under_way()
    async with listening(office.engine) as listener:
        noted = await office.keep("advisor", first, TakeNote(text="Niet bewaard."), at=MONDAY)
        async with office.engine.connect() as connection:
            await record(connection, first, noted, MONDAY)
            await connection.rollback()
        await office.give("advisor", second, TakeNote(text="Wel bewaard."))
        assert (await anext(listener.changes())).request_id == second


async def test_who_is_cut_off_hears_that(office: Office) -> None:
    async with listening(office.engine) as listener:
        waiting = asyncio.ensure_future(anext(listener.changes()))
        assert await office.value(END_LISTENERS)
        with pytest.raises(Interrupted):
            await waiting


async def test_where_nobody_answers_there_is_nothing_to_hear(office: Office) -> None:
    nowhere: URL = office.engine.url.set(database="nowhere")
    engine = open_engine(nowhere.render_as_string(hide_password=False), pool_size=1)
    with pytest.raises(Interrupted):
        async with listening(engine):
            pytest.fail("somebody answered")


async def test_a_request_that_follows_its_coalition_is_told_of_too(office: Office) -> None:
    first, second = await office.two_for_one_coalition()
    await office.give("advisor", first, seat(supported_by=BURGERKRACHT))
    async with listening(office.engine) as listener:
        async with office.engine.begin() as connection:
            await follow_coalition(connection, second)
        told = await anext(listener.changes())
    assert (told.request_id, told.audience) == (second, Audience.EVERYONE)
