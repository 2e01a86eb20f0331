"""Deliveries that failed after three days of trying: what, to whom, about which request. They can be tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.outbox import Route

FailurePosition = tuple[datetime, UUID]
"""Where a message stands in the list: when it was due (UTC), and its id."""
BEFORE_ALL: FailurePosition = (datetime.min.replace(tzinfo=UTC), UUID(int=0))


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A message that did not arrive. `event` is the type of what it was about; moments are UTC."""

    id: UUID
    reference: str
    municipality_name: str
    route: Route
    event: str | None
    desk: str | None
    person: str | None
    due_at: datetime
    failed_at: datetime


LIST = text(
    "select outbox.id, reference, municipality.name as municipality_name, route, event.type as event, desk, person,"
    " due_at, coalesce(settled_at, due_at) as failed_at from outbox"
    " join support_request on support_request.id = outbox.request_id"
    " join municipality on municipality.code = lead_municipality"
    " left join event on event.request_id = outbox.request_id"
    "  and event.seq = cast(split_part(outbox.payload ->> 'event', '/', 2) as int)"
    " where status = 'FAILED' and (due_at, outbox.id) > (:due_at, :id) order by due_at, outbox.id limit :limit"
)
TRY_AGAIN = text(
    "update outbox set status = 'WAITING', delivery_id = null, started_at = null, settled_at = null"
    " where id = :id and status = 'FAILED'"
)


async def list_failures(
    connection: AsyncConnection, *, after: FailurePosition = BEFORE_ALL, limit: int = 50
) -> tuple[Failure, ...]:
    """List what did not arrive, the longest due first, from after a place in the list."""
    due_at, after_id = after
    rows = await connection.execute(LIST, {"due_at": due_at, "id": after_id, "limit": limit})
    return tuple(Failure(**{**row, "route": Route(row["route"])}) for row in rows.mappings())


async def try_again(connection: AsyncConnection, failure_id: UUID) -> bool:
    """Have it delivered again, for as long as the first time; False when it did not fail, or not any more."""
    return (await connection.execute(TRY_AGAIN, {"id": failure_id})).rowcount == 1
