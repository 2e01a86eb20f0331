"""What an advisor looks at in the morning: their requests, and which of them have a meeting or a choice of moments."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.terms import Waiting
from domain.text import PersonId
from storage.requests import COLUMNS_OF_STATE, FROM_STATE
from storage.statement import Question, Row, Statement

THEIRS = text("select id from support_request where is_open and advisors @> array[cast(:advisor as text)]")
WITH_TASKS = Statement(
    f"select support_request.id, {COLUMNS_OF_STATE} {FROM_STATE}"  # noqa: S608 - both are ours
    " where support_request.advisors @> (select cast(:advisors as text[]))"
    " and exists (select from task where request_id = support_request.id"
    "  and kind = any(:kinds) and since >= :since and since < :until offset 0)"
    " order by support_request.id limit :most"
)
"""`offset 0`: PostgreSQL looks at the tasks of these few, where else it would go through all tasks of a kind."""
MOST = 200


def requests_with_tasks(
    advisor: PersonId, kinds: Collection[Waiting], *, since: date, until: date
) -> Question[list[Row]]:
    """Ask for the requests of an advisor that have an open task of these kinds that began on a day in [since, until).

    `storage.requests.read_rows` reads the rows.
    """
    wanted = {
        "advisors": [advisor],
        "kinds": [one.value for one in kinds],
        "since": since,
        "until": until,
        "most": MOST,
    }
    return Question(statement=WITH_TASKS, values=wanted, read=list)


async def requests_of(connection: AsyncConnection, advisor: PersonId) -> frozenset[str]:
    """Give the ids of the open requests that an advisor leads, helps with or was asked for."""
    return frozenset(str(row.id) for row in await connection.execute(THEIRS, {"advisor": advisor}))
