"""Statements on the way of every command and every page, handed to the driver as they are.

SQLAlchemy takes longer to prepare and to read a statement than PostgreSQL to carry it out; there
that is felt. It still lends the connection, begins and commits, and hears when a connection is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, TypeVar, cast

import psycopg
from psycopg.rows import namedtuple_row
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

Row = Any
"""A row, its columns by name."""
Driver = psycopg.AsyncConnection[Any]
Cursor = psycopg.AsyncCursor[Any]
Answer = TypeVar("Answer")

PARAMETER = re.compile(r"(?<![:\w]):(\w+)")


class Statement:
    """A statement with its parameters as `:name`."""

    def __init__(self, sql: str) -> None:
        self.sql = PARAMETER.sub(r"%(\1)s", sql.replace("%", "%%")).encode()

    async def execute(self, connection: AsyncConnection, values: Mapping[str, Any]) -> None:
        """Carry it out.

        Raises: DBAPIError, as SQLAlchemy does.
        """
        await self._run(connection, values)

    async def row(self, connection: AsyncConnection, values: Mapping[str, Any]) -> Row:
        """Give its first row, with the columns by name; None when there is none.

        Raises: DBAPIError, as SQLAlchemy does.
        """
        return await (await self._run(connection, values)).fetchone()

    async def rows(self, connection: AsyncConnection, values: Mapping[str, Any]) -> list[Row]:
        """Give all its rows, with the columns by name.

        Raises: DBAPIError, as SQLAlchemy does.
        """
        return await (await self._run(connection, values)).fetchall()

    async def _run(self, connection: AsyncConnection, values: Mapping[str, Any]) -> Cursor:
        driver = await _driver(connection)
        try:
            return await self.send(driver, values)
        except psycopg.Error as error:
            raise await _heard(connection, driver, error) from error

    async def send(self, driver: Driver, values: Mapping[str, Any]) -> Cursor:
        """Send it; within a pipeline its rows are still to come."""
        return await driver.cursor(row_factory=namedtuple_row).execute(self.sql, values)


@dataclass(frozen=True, kw_only=True)
class Question(Generic[Answer]):
    """A statement with its values, and what is read from its rows. Equal to another that asks the same."""

    statement: Statement
    values: Mapping[str, Any]
    read: Callable[[list[Row]], Answer] = field(compare=False)

    async def ask(self, connection: AsyncConnection) -> Answer:
        """Ask it.

        Raises: DBAPIError, as SQLAlchemy does.
        """
        return self.read(await self.statement.rows(connection, self.values))


async def rows_of(connection: AsyncConnection, asked: Sequence[Question[Any]]) -> list[list[Row]]:
    """Ask things on one way to PostgreSQL and back, and give the rows of each.

    On a page that way takes longer than what is asked.

    Raises: DBAPIError, as SQLAlchemy does.
    """
    if len(asked) == 1:
        return [await asked[0].statement.rows(connection, asked[0].values)]
    driver = await _driver(connection)
    try:
        async with driver.pipeline():
            sent = [await one.statement.send(driver, one.values) for one in asked]
        return [await cursor.fetchall() for cursor in sent]
    except psycopg.Error as error:
        raise await _heard(connection, driver, error) from error


async def _heard(connection: AsyncConnection, driver: Driver, error: psycopg.Error) -> DBAPIError:
    """The error as SQLAlchemy tells it, which hears here of a connection that was lost."""
    if driver.closed:
        await _hear_of_loss(connection)
    told = DBAPIError.instance(
        None, None, error, psycopg.Error, connection_invalidated=driver.closed, dialect=connection.dialect
    )
    return cast(DBAPIError, told)


async def _hear_of_loss(connection: AsyncConnection) -> None:
    """Let SQLAlchemy meet it: then it takes every connection of the pool that was made before for lost."""
    is_ours = not connection.in_transaction()
    with suppress(DBAPIError):
        await connection.exec_driver_sql("select 1")
    if is_ours:
        await connection.rollback()


async def _driver(connection: AsyncConnection) -> Driver:
    """The driver's own connection. To ask for it as SQLAlchemy prefers takes as long as a small statement."""
    at_hand = connection.sync_connection
    if at_hand is None or at_hand.invalidated:
        lent = await connection.get_raw_connection()
    else:
        lent = at_hand.connection
    return cast(Driver, lent.driver_connection)


@lru_cache(maxsize=512)
def put_together(sql: str) -> Statement:
    """A statement that was put together from parts of ours, read once: what people ask is in its values alone."""
    return Statement(sql)
