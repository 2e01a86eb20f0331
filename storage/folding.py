"""Making anew from the log: a request from its own events, a coalition from those of all its requests.

A coalition's events are folded in the order of their positions, which is the order in which they were committed.
"""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.coalitions import evolve_coalition, opened_by
from domain.deciding import fold
from domain.request import Coalition, SupportRequest
from storage import log

OF_COALITION = text(
    "select event.* from event where request_id in (select request_id from event"
    " where type = 'RequestSubmitted' and data ->> 'coalition' = :coalition) order by position"
)


async def fold_request(connection: AsyncConnection, request_id: str) -> SupportRequest:
    """Make a request anew from its log; its coalition is what its own events tell of it."""
    return fold(request_id, await log.read_events(connection, request_id))


async def fold_coalition(connection: AsyncConnection, coalition_id: str) -> Coalition | None:
    """Make a coalition anew from the log of all its requests; None when none names it."""
    rows = await connection.execute(OF_COALITION, {"coalition": coalition_id})
    coalition: Coalition | None = None
    for event in (log.to_event(row) for row in rows.mappings()):
        coalition = evolve_coalition(coalition, event) if coalition else opened_by(event)
    return coalition
