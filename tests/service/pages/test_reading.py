"""What was asked at a place before is asked along with who comes, and never answered from before."""

from collections.abc import AsyncIterator

import pytest

from service.pages.reading import MOST, AskedBefore, Place, Reading
from storage.database import AsyncEngine, open_reading
from storage.statement import Question, Row, Statement

HERE = ("session", "/")
WHO = Statement("select 'Ilse' as name")
TIMES = Statement("select nextval('times_asked') as times, :word::text as word")


def first(rows: list[Row]) -> Row:
    return rows[0]


def who() -> Question[Row]:
    return Question(statement=WHO, values={}, read=first)


def times(word: str = "ja") -> Question[Row]:
    """Says how often it was asked."""
    return Question(statement=TIMES, values={"word": word}, read=first)


@pytest.fixture
async def pool(fresh_database_url: str) -> AsyncIterator[AsyncEngine]:
    pool = open_reading(fresh_database_url, pool_size=2)
    async with pool.connect() as connection:
        await Statement("create sequence times_asked").execute(connection, {})
    yield pool
    await pool.dispose()


async def come(
    pool: AsyncEngine, asked_before: AskedBefore | None, question: Question[Row], place: Place = HERE
) -> tuple[int, str]:
    """Come to a place where this is asked; how often it was, and about what."""
    async with Reading(pool, asked_before) as reading:
        async with reading.connect() as connection:
            assert (await reading.ask_who(connection, who(), place)).name == "Ilse"
        answer = await reading.ask(question)
    return answer.times, answer.word


async def test_who_comes_back_is_asked_anew_and_once(pool: AsyncEngine) -> None:
    asked_before = AskedBefore()
    assert await come(pool, asked_before, times()) == (1, "ja")
    assert await come(pool, asked_before, times()) == (2, "ja")
    assert await come(pool, asked_before, times()) == (3, "ja")


async def test_what_differs_is_asked_for_itself(pool: AsyncEngine) -> None:
    asked_before = AskedBefore()
    await come(pool, asked_before, times("venlo"))
    assert await come(pool, asked_before, times("weert")) == (3, "weert")
    assert await come(pool, asked_before, times("weert")) == (4, "weert")


async def test_another_session_and_another_address_are_other_places(pool: AsyncEngine) -> None:
    asked_before = AskedBefore()
    await come(pool, asked_before, times("venlo"))
    assert await come(pool, asked_before, times("weert"), ("other", "/")) == (2, "weert")
    assert await come(pool, asked_before, times("weert"), ("session", "/agenda")) == (3, "weert")


async def test_who_sends_a_form_is_asked_nothing_along(pool: AsyncEngine) -> None:
    asked_before = AskedBefore()
    await come(pool, asked_before, times())
    assert await come(pool, None, times("weert")) == (2, "weert")


async def test_the_same_twice_on_one_visit_is_asked_once(pool: AsyncEngine) -> None:
    async with Reading(pool, AskedBefore()) as reading:
        one = await reading.ask(times())
        assert await reading.ask(times()) == one


def test_places_where_nobody_came_for_long_are_forgotten() -> None:
    asked_before = AskedBefore()
    for number in range(MOST):
        asked_before.remember(("session", f"/{number}"), (times(),))
    asked_before.remember(("session", "/0"), (times(),))
    asked_before.remember(HERE, (times(),))
    assert asked_before.at(("session", "/0"))
    assert asked_before.at(HERE)
    assert not asked_before.at(("session", "/1"))
