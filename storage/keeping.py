"""Which open requests need their workflow looked after: overdue, never kept, or kept by a Temporal that lost it.

Workflows are made from the log, never the other way round.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

OVERDUE = text(
    "(select id, wake_at from support_request where is_open and wake_at < :before order by wake_at limit :most)"
    " union all"
    " (select id, wake_at from support_request where is_open and not has_workflow order by id limit :most)"
)
MARK = text("update support_request set has_workflow = :kept where id = any(:ids) and has_workflow <> :kept")
OPEN = text("select id from support_request where is_open and has_workflow")
COUNT = text("select count(*) from support_request where is_open and has_workflow")


async def to_look_after(connection: AsyncConnection, before: datetime, *, most: int = 500) -> tuple[str, ...]:
    """Give the open requests that should have woken before this moment (UTC), and those without a workflow."""
    rows = await connection.execute(OVERDUE, {"before": before, "most": most})
    return tuple(dict.fromkeys(str(row.id) for row in rows))


async def count_kept(connection: AsyncConnection) -> int:
    """Count the open requests that a workflow should be keeping."""
    return int((await connection.execute(COUNT)).scalar_one())


async def mark_kept(connection: AsyncConnection, request_ids: Collection[str], *, kept: bool) -> None:
    """Note that workflows keep these requests, or that none does."""
    await connection.execute(MARK, {"ids": [UUID(one) for one in request_ids], "kept": kept})


async def kept_requests(connection: AsyncConnection) -> frozenset[str]:
    """Give the ids of all open requests that a workflow should be keeping."""
    return frozenset(str(row.id) for row in await connection.execute(OPEN))
