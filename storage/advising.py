"""What an advisor looks at in the morning: requests with a meeting or a choice of moments.

Only open requests of the advisor, in one query, however many others there are.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

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
MOST = 200


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
