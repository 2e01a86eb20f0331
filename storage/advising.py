"""What an advisor looks at in the morning: their requests, and which of them have a meeting or a choice of moments."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.terms import Waiting
from domain.text import PersonId
from storage.requests import COLUMNS_OF_STATE, FROM_STATE, Stored, read_rows
from storage.statement import Statement

WITH_TASKS = Statement(
    f"select support_request.id, {COLUMNS_OF_STATE} {FROM_STATE}"  # noqa: S608 - both are ours
    " where support_request.id = any(array(select request_id from task"
    "  where request_id = any(:ids) and kind = any(:kinds) and since >= :since and since < :until))"
    " order by support_request.id limit :most"
)
THEIRS = text("select id from support_request where is_open and advisors @> array[cast(:advisor as text)]")
MOST = 200


async def requests_with_tasks(
    connection: AsyncConnection, ids: Iterable[str], kinds: Collection[Waiting], *, since: date, until: date
) -> tuple[Stored, ...]:
    """Read those of these requests that have an open task of these kinds that began on a day in [since, until)."""
    among = [UUID(one) for one in ids]
    if not among:
        return ()
    wanted = {"ids": among, "kinds": [one.value for one in kinds], "since": since, "until": until, "most": MOST}
    rows = await WITH_TASKS.rows(connection, wanted)
    return await read_rows(connection, rows)


async def requests_of(connection: AsyncConnection, advisor: PersonId) -> frozenset[str]:
    """Give the ids of the open requests that an advisor leads, helps with or was asked for."""
    return frozenset(str(row.id) for row in await connection.execute(THEIRS, {"advisor": advisor}))
