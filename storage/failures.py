"""Deliveries that failed after three days of trying: what, to whom, about which request. They can be tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.outbox import Route


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A message that did not arrive. `event` is the type of what it was about; `failed_at` is UTC."""

    id: UUID
    reference: str
    municipality_name: str
    route: Route
    event: str | None
    desk: str | None
    person: str | None
    failed_at: datetime


LIST = text(
    "select outbox.id, reference, municipality.name as municipality_name, route, event.type as event, desk, person,"
    " coalesce(settled_at, due_at) as failed_at from outbox"
    " join support_request on support_request.id = outbox.request_id"
    " join municipality on municipality.code = lead_municipality"
    " left join event on event.request_id = outbox.request_id"
    "  and event.seq = cast(split_part(outbox.payload ->> 'event', '/', 2) as int)"
    " where status = 'FAILED' order by due_at, outbox.id limit :limit"
)
TRY_AGAIN = text(
    "update outbox set status = 'WAITING', delivery_id = null, started_at = null, settled_at = null"
    " where id = :id and status = 'FAILED'"
)


async def list_failures(connection: AsyncConnection, *, limit: int = 50) -> tuple[Failure, ...]:
    """List what did not arrive, the oldest first."""
    rows = await connection.execute(LIST, {"limit": limit})
    return tuple(Failure(**{**row, "route": Route(row["route"])}) for row in rows.mappings())


async def try_again(connection: AsyncConnection, failure_id: UUID) -> bool:
    """Have it delivered again, for as long as the first time; False when it did not fail, or not any more."""
    return (await connection.execute(TRY_AGAIN, {"id": failure_id})).rowcount == 1
