"""Where it has been quiet for long, and who will phone: open requests by the day on which somebody last did something.

What time did by itself does not count. Days are days in Amsterdam.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

SILENT_AFTER = 20
"""Working days without a word from anybody."""

SilentPosition = tuple[str, str]
"""Where a page ended: the last quiet day, in ISO 8601, and the id."""


@dataclass(frozen=True, kw_only=True)
class SilentLine:
    """Where it is quiet since a day; `call_due` is when somebody is to phone, `caller` who, if it is known."""

    id: str
    reference: str
    municipality_name: str
    stage: str
    lead_advisor: str | None
    quiet_since: date
    call_due: date | None
    caller: str | None


@dataclass(frozen=True, kw_only=True)
class SilentPage:
    """Lines, the longest quiet first, and where the next page begins, if there is one."""

    rows: tuple[SilentLine, ...]
    next: SilentPosition | None


LIST = text(
    "select support_request.id, reference, municipality.name as municipality_name, stage, lead_advisor,"
    " state ->> 'quiet_since' as quiet_since, call.due as call_due, call.person as caller from support_request"
    " join municipality on municipality.code = lead_municipality"
    " left join lateral (select due, person from task where task.request_id = support_request.id and kind = 'CALL'"
    "  order by due limit 1) as call on true"
    " where is_open and not is_paused and state ->> 'quiet_since' < :before"
    " and (state ->> 'quiet_since', support_request.id) > (:last, :id)"
    " order by state ->> 'quiet_since', support_request.id limit :limit"
)
FIRST: SilentPosition = ("", str(UUID(int=0)))


async def list_silent(
    connection: AsyncConnection, before: date, *, after: SilentPosition | None = None, limit: int = 50
) -> SilentPage:
    """List the open requests, not at rest, where it has been quiet since before this day."""
    last, request_id = after or FIRST
    values = {"before": before.isoformat(), "last": last, "id": UUID(request_id), "limit": limit + 1}
    rows = (await connection.execute(LIST, values)).all()
    lines = tuple(_line(row) for row in rows[:limit])
    more = len(rows) > limit
    return SilentPage(rows=lines, next=(lines[-1].quiet_since.isoformat(), lines[-1].id) if more else None)


def _line(row: Row[Any]) -> SilentLine:
    known = {**row._mapping, "id": str(row.id), "quiet_since": date.fromisoformat(row.quiet_since)}  # noqa: SLF001
    return SilentLine(**known)
