"""A statement that goes past SQLAlchemy fails as if it had not."""

from collections.abc import Callable

import pytest

from storage.database import AsyncConnection, AsyncEngine, DBAPIError, may_heal, open_engine, open_reading
from storage.statement import Statement

WHO = Statement("select :word::text as word, '100 %' as share, pg_backend_pid() as backend")
END = Statement("select pg_terminate_backend(:backend)")
ADD_TWICE = Statement("insert into municipality select * from municipality where code = :code")


async def test_a_row_has_its_columns_by_name(async_connection: AsyncConnection) -> None:
    row = await WHO.row(async_connection, {"word": "ja"})
    assert (row.word, row.share) == ("ja", "100 %")


async def test_no_row_is_none(async_connection: AsyncConnection) -> None:
    assert await Statement("select 1 where :never").row(async_connection, {"never": False}) is None


async def test_it_is_part_of_the_transaction(async_engine: AsyncEngine) -> None:
    async with async_engine.connect() as connection:
        await Statement("create table passing (id int)").execute(connection, {})
    async with async_engine.connect() as connection:
        found = await Statement("select to_regclass(:name) as name").row(connection, {"name": "passing"})
    assert found.name is None


async def test_what_was_there_already_may_heal(async_connection: AsyncConnection) -> None:
    with pytest.raises(DBAPIError) as caught:
        await ADD_TWICE.execute(async_connection, {"code": "GM0983"})
    assert may_heal(caught.value)
    assert not caught.value.connection_invalidated


async def test_a_lost_connection_is_told_and_replaced(async_engine: AsyncEngine) -> None:
    async with async_engine.connect() as connection, async_engine.connect() as other:
        lost = await WHO.row(connection, {"word": "weg"})
        await END.execute(other, {"backend": lost.backend})
        with pytest.raises(DBAPIError) as caught:
            await WHO.row(connection, {"word": "er nog?"})
    assert caught.value.connection_invalidated
    assert may_heal(caught.value)
    async with async_engine.connect() as connection:
        assert (await WHO.row(connection, {"word": "nieuw"})).word == "nieuw"


async def lose(engine: AsyncEngine) -> None:
    """Lose the connection in the middle of a transaction."""
    async with engine.begin() as connection, engine.connect() as other:
        lost = await WHO.row(connection, {"word": "weg"})
        await END.execute(other, {"backend": lost.backend})
        await WHO.row(connection, {"word": "er nog?"})


async def test_a_lost_connection_ends_its_transaction(async_engine: AsyncEngine) -> None:
    with pytest.raises(DBAPIError) as caught:
        await lose(async_engine)
    assert caught.value.connection_invalidated


@pytest.mark.parametrize("open_pool", [open_engine, open_reading])
async def test_with_one_lost_connection_all_that_were_made_before_are_replaced(
    open_pool: Callable[..., AsyncEngine], database_url: str, async_connection: AsyncConnection
) -> None:
    pool = open_pool(database_url, pool_size=3)
    async with pool.connect() as one, pool.connect() as two, pool.connect() as three:
        before = [(await WHO.row(each, {"word": "weg"})).backend for each in (one, two, three)]
    for each in before:
        await END.execute(async_connection, {"backend": each})
    async with pool.connect() as one:
        with pytest.raises(DBAPIError):
            await WHO.row(one, {"word": "er nog?"})
        after = [(await WHO.row(one, {"word": "nieuw"})).backend]
        async with pool.connect() as two, pool.connect() as three:
            after += [(await WHO.row(each, {"word": "nieuw"})).backend for each in (two, three)]
    await pool.dispose()
    assert set(after).isdisjoint(before)
