"""Following the coalition: a request's row and tasks, made level with what another request changed in their coalition.

A command writes the rows of its own request. Those of the others that work for the same coalition are told by way of
the outbox, and follow in a transaction of their own: seconds later, and never in each other's way.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.tasks import open_tasks
from storage import news, requests, tasks

FOLLOW_COALITION = "follow_coalition"

TELL_OTHERS = text(
    "insert into outbox (id, request_id, route, kind, payload, due_at, status)"
    " select gen_random_uuid(), id, 'COMMAND', :kind, '{}', :at, 'WAITING' from support_request"
    " where coalition_id = :coalition and id <> :id"
)
WRITTEN = text("select key from task where request_id = :id")


async def tell_others(connection: AsyncConnection, coalition_id: str, request_id: str, at: datetime) -> None:
    """Have the other requests of a coalition that this one changed follow it, from `at` (UTC) on."""
    values = {"coalition": coalition_id, "id": UUID(request_id), "at": at, "kind": FOLLOW_COALITION}
    await connection.execute(TELL_OTHERS, values)


async def follow_coalition(connection: AsyncConnection, request_id: str) -> bool:
    """Write a request's row and tasks as they are with its coalition as it is now; tell that, and say if it is open.

    Raises: requests.Unreadable when a newer release wrote it.
    """
    stored = await requests.load(connection, request_id, lock=True)
    if stored is None:
        return False
    key = {"id": UUID(request_id)}
    gone = list((await connection.execute(WRITTEN, key)).scalars())
    changed = tasks.difference((), open_tasks(stored.request))[1]
    values = requests.row_values(stored.request, stored.changed_at, kept=True, new=False)
    await connection.execute(text(requests.UPDATE), values)
    await connection.execute(text(tasks.GONE), key | {"gone": gone})
    await connection.execute(text(tasks.CHANGED), key | {"changed": changed})
    await connection.execute(text(news.TELL_OF_ROW), key)
    return stored.request.is_open
