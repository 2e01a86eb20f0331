"""What an advisor looks at in the morning: requests with a meeting or a choice of moments, and what tasks are about.

Only open requests of the advisor, in one query, however many others there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.terms import Waiting
from domain.text import PersonId
from storage.requests import COLUMNS_OF_STATE, FROM_STATE, Stored, read_row
from storage.statement import Statement

WITH_TASKS = Statement(
    f"select support_request.id, {COLUMNS_OF_STATE} {FROM_STATE}"  # noqa: S608 - both are ours
    " where support_request.advisors @> array[cast(:advisor as text)] and exists (select from task"
    "  where request_id = support_request.id and kind = any(:kinds) and since >= :since and since < :until)"
    " order by support_request.id limit :most"
)
THEIRS = text("select id from support_request where is_open and advisors @> array[cast(:advisor as text)]")
ABOUT = Statement(
    "select asked.request_id, asked.about,"
    " coalesce(state #>> array['actions', about, 'title'], state #>> array['messages', about, 'text']) as words,"
    " state #>> array['meetings', about, 'kind'] as meeting,"
    " cast(state #>> array['meetings', about, 'starts_at'] as timestamptz) as starts_at"
    " from unnest(cast(:ids as uuid[]), cast(:abouts as text[])) as asked (request_id, about)"
    " join support_request on support_request.id = asked.request_id"
)
MOST = 200


@dataclass(frozen=True, kw_only=True)
class About:
    """What a task is about: an action or a message in words, or a meeting by its kind and moment (UTC)."""

    words: str | None
    meeting: str | None
    starts_at: datetime | None


async def requests_with_tasks(
    connection: AsyncConnection, advisor: PersonId, kinds: Collection[Waiting], *, since: date, until: date
) -> tuple[Stored, ...]:
    """Read the requests of an advisor with an open task of these kinds that began on a day in [since, until)."""
    wanted = {"advisor": advisor, "kinds": [one.value for one in kinds], "since": since, "until": until, "most": MOST}
    rows = await WITH_TASKS.rows(connection, wanted)
    return tuple([await read_row(connection, str(row.id), row) for row in rows])


async def requests_of(connection: AsyncConnection, advisor: PersonId) -> frozenset[str]:
    """Give the ids of the open requests that an advisor leads, helps with or was asked for."""
    return frozenset(str(row.id) for row in await connection.execute(THEIRS, {"advisor": advisor}))


async def what_about(connection: AsyncConnection, tasks: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], About]:
    """Say what these tasks (request, part) are about; parts that have no words of their own are left out."""
    pairs = [(request_id, about) for request_id, about in tasks if about]
    if not pairs:
        return {}
    wanted = {"ids": [UUID(one) for one, _ in pairs], "abouts": [about for _, about in pairs]}
    rows = await ABOUT.rows(connection, wanted)
    return {
        (str(row.request_id), row.about): About(words=row.words, meeting=row.meeting, starts_at=row.starts_at)
        for row in rows
    }
