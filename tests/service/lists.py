"""Lists under test: a line with valid cells for everything it is not about, and what is taken over of it."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.event import Event
from domain.request import SupportRequest
from service.importing.columns import Column
from service.importing.table import read_table
from service.importing.taking_over import Imported, importer, take_over
from storage.accounts import Account, Role, add_account
from storage.log import read_events
from storage.requests import load

TODAY = datetime(2026, 11, 2, 12, tzinfo=UTC)
STAFF = "person:staff"


def line(**cells: str) -> dict[Column, str]:
    """Venlo's request of March 2025, in its intake; columns are named as in `Column`, in small letters."""
    given = {"municipality": "Venlo", "submitted_on": "03-03-2025", "stage": "Aanvraag", **cells}
    return {Column[name.upper()]: said for name, said in given.items()}


def csv_of(*lines: dict[Column, str], separator: str = ";", heads: tuple[Column, ...] = tuple(Column)) -> str:
    """A file with these lines, every cell quoted."""
    rows = [{head: head.value for head in heads}, *lines]
    return "\r\n".join(separator.join(_quoted(row.get(head, "")) for head in heads) for row in rows)


def _quoted(said: str) -> str:
    return '"' + said.replace('"', '""') + '"'


async def taken_over(connection: AsyncConnection, *lines: dict[Column, str], now: datetime = TODAY) -> Imported:
    """Import these lines."""
    table = read_table(csv_of(*lines).encode())
    return await take_over(connection, table, now=now, actor=importer(STAFF), on_progress=lambda done, total: None)


async def request_ids(connection: AsyncConnection) -> list[str]:
    """The requests that are there, in the order in which they came."""
    rows = await connection.execute(text("select id from support_request order by submitted_at, reference"))
    return [str(row.id) for row in rows]


async def only_request(connection: AsyncConnection) -> SupportRequest:
    """The one request there is."""
    (request_id,) = await request_ids(connection)
    stored = await load(connection, request_id)
    assert stored is not None
    return stored.request


async def history(connection: AsyncConnection, request: SupportRequest) -> tuple[Event, ...]:
    """Everything that happened to it."""
    return await read_events(connection, request.id)


async def count(connection: AsyncConnection, table: str) -> int:
    """How many rows a table has."""
    return int((await connection.execute(text(f"select count(*) from {table}"))).scalar_one())  # noqa: S608 - our own


async def advisor(connection: AsyncConnection, email: str = "advisor@startloket.test") -> Account:
    """An account of an advisor."""
    return await add_account(connection, name="Adviseur", email=email, grants=[(Role.ADVISOR, "")], now=TODAY)


async def member(connection: AsyncConnection, email: str, municipality: str) -> Account:
    """An account of a municipality."""
    grants = [(Role.MEMBER, municipality)]
    return await add_account(connection, name="Gemeente", email=email, grants=grants, now=TODAY)
