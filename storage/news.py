"""What changes, told by PostgreSQL to whoever listens: a request's id, its place in the log, and for whose eyes.

It is said in the statement that writes the log, and heard once that is committed, in the order of the log. It is no
record: who was not listening reads the tables.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import psycopg
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.words import Audience
from storage.database import CONNECT_SECONDS

CHANNEL: Final = "request_changed"
TELL: Final = (
    f"select pg_notify('{CHANNEL}', concat_ws(' ', cast(:id as uuid), max(position), min(audience)))"  # noqa: S608 - ours
    " from appended"
)
"""Everyone comes before the programme: what has something for everyone is for everyone."""
TELL_OF_ROW: Final = (
    f"select pg_notify('{CHANNEL}', concat_ws(' ', cast(:id as uuid), max(position), 'EVERYONE')) from event"  # noqa: S608 - ours
)
"""Of a row that follows what another request changed in their coalition; nothing was added to its own history."""
NEWEST: Final = "select coalesce(max(position), 0) from event"


class Interrupted(Exception):
    """PostgreSQL does not tell any more: what changes meanwhile goes by unheard."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """A request that changed, the place of its last event in the log, and the widest audience of what happened."""

    request_id: str
    position: int
    audience: Audience


@dataclass(frozen=True, kw_only=True)
class Listening:
    """A connection that listens. What was committed up to `newest` will not be told."""

    newest: int
    connection: psycopg.AsyncConnection[Any]

    async def changes(self) -> AsyncIterator[Change]:
        """Give every change as it is told, for as long as the connection lives.

        Raises: Interrupted.
        """
        try:
            async for told in self.connection.notifies():
                request_id, position, audience = told.payload.split(" ")
                yield Change(request_id=request_id, position=int(position), audience=Audience(audience))
        except psycopg.Error as error:
            raise Interrupted(type(error).__name__) from error


@asynccontextmanager
async def listening(engine: AsyncEngine) -> AsyncIterator[Listening]:
    """Listen on a connection of its own, beside the pool of this engine.

    Raises: Interrupted.
    """
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        connection: psycopg.AsyncConnection[Any] = await psycopg.AsyncConnection.connect(
            url,
            autocommit=True,
            connect_timeout=CONNECT_SECONDS,
            application_name="startloket news",
            keepalives_idle=30,  # A server that went away without a word is noticed within a minute.
            keepalives_interval=10,
            keepalives_count=3,
        )
    except psycopg.Error as error:
        raise Interrupted(type(error).__name__) from error
    async with connection:
        yield Listening(newest=await _listen(connection), connection=connection)


async def _listen(connection: psycopg.AsyncConnection[Any]) -> int:
    """Listen first and look at the log second: what is committed in between is told."""
    try:
        await connection.execute(f"listen {CHANNEL}")
        row = await (await connection.execute(NEWEST)).fetchone()
    except psycopg.Error as error:
        raise Interrupted(type(error).__name__) from error
    return int(row[0]) if row else 0
