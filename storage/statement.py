"""Statements on the way of every command and every page, handed to the driver as they are.

SQLAlchemy takes longer to prepare and to read a statement than PostgreSQL to carry it out; there
that is felt. It still lends the connection, begins and commits, and hears when a connection is lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast

import psycopg
from psycopg.rows import namedtuple_row
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

Row = Any
"""A row, its columns by name."""

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

    async def _run(self, connection: AsyncConnection, values: Mapping[str, Any]) -> psycopg.AsyncCursor[Any]:
        driver = await _driver(connection)
        try:
            return await driver.cursor(row_factory=namedtuple_row).execute(self.sql, values)
        except psycopg.Error as error:
            if driver.closed:
                await connection.invalidate(error)
            raise DBAPIError.instance(
                None, None, error, psycopg.Error, connection_invalidated=driver.closed, dialect=connection.dialect
            ) from error


async def _driver(connection: AsyncConnection) -> psycopg.AsyncConnection[Any]:
    """The driver's own connection. To ask for it as SQLAlchemy prefers takes as long as a small statement."""
    at_hand = connection.sync_connection
    if at_hand is None or at_hand.invalidated:
        lent = await connection.get_raw_connection()
    else:
        lent = at_hand.connection
    return cast(psycopg.AsyncConnection[Any], lent.driver_connection)


@lru_cache(maxsize=512)
def put_together(sql: str) -> Statement:
    """A statement that was put together from parts of ours, read once: what people ask is in its values alone."""
    return Statement(sql)
