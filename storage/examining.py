"""What the log and the rows say about each other: the questions the doctor asks of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

BEHIND_THE_LOG = text(
    "select last.request_id, last.seq, row.version from"
    " (select request_id, max(seq) as seq, count(*) as number from event group by request_id) as last"
    " left join support_request as row on row.id = last.request_id"
    " where row.version is distinct from last.seq or last.number <> last.seq order by last.request_id limit :most"
)
WITHOUT_LOG = text(
    "select id from support_request where not exists (select 1 from event where request_id = support_request.id)"
    " limit :most"
)
OVERDUE = text(
    "select id, wake_at from support_request where is_open and wake_at < :before order by wake_at limit :most"
)
UNKEPT = text("select id from support_request where is_open and not has_workflow order by id limit :most")
OPEN = text("select id from support_request where is_open")
OUTBOX = text(
    "select count(*) filter (where status = 'WAITING' and due_at < :before) as waiting,"
    " count(*) filter (where status = 'STARTED' and started_at < :before) as under_way,"
    " count(*) filter (where status = 'FAILED') as failed from outbox where status <> 'DELIVERED'"
)


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """A request that should have woken at `wake_at` (UTC)."""

    request_id: str
    wake_at: datetime


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """How many messages wait longer than they should, are under way for long, or failed."""

    waiting: int
    under_way: int
    failed: int


async def rows_unlike_the_log(connection: AsyncConnection, *, most: int = 100) -> tuple[str, ...]:
    """Give the requests whose row, or whose numbering, is not what the log says."""
    behind = [str(row.request_id) for row in await connection.execute(BEHIND_THE_LOG, {"most": most})]
    without = [str(row.id) for row in await connection.execute(WITHOUT_LOG, {"most": most})]
    return (*behind, *without)


async def overdue(connection: AsyncConnection, before: datetime, *, most: int = 100) -> tuple[Overdue, ...]:
    """Give the open requests that should have woken before this moment (UTC)."""
    rows = await connection.execute(OVERDUE, {"before": before, "most": most})
    return tuple(Overdue(request_id=str(row.id), wake_at=row.wake_at) for row in rows)


async def unkept(connection: AsyncConnection, *, most: int = 1000) -> tuple[str, ...]:
    """Give the open requests that have no workflow yet, for the sweep to start."""
    return tuple(str(row.id) for row in await connection.execute(UNKEPT, {"most": most}))


async def open_requests(connection: AsyncConnection) -> frozenset[str]:
    """Give all open requests."""
    return frozenset(str(row.id) for row in await connection.execute(OPEN))


async def outgoing(connection: AsyncConnection, before: datetime) -> Outgoing:
    """Count what should have gone out before this moment (UTC)."""
    row = (await connection.execute(OUTBOX, {"before": before})).one()
    return Outgoing(waiting=row.waiting, under_way=row.under_way, failed=row.failed)
