"""From the reference that people read to the request it names."""

from __future__ import annotations

import re

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.codec import remembered_state
from storage.requests import COLUMNS_OF_STATE, FROM_STATE, Stored, read_row
from storage.statement import Row, Statement

REFERENCE = re.compile(r"KS-[0-9]{4}-[0-9]{5,9}")
LOAD = Statement(
    f"select support_request.id as request_id, {COLUMNS_OF_STATE} {FROM_STATE} where reference = :reference"
)


async def load_of_reference(connection: AsyncConnection, reference: str) -> Stored | None:
    """Read a request by its reference; None when there is none.

    Raises: Unreadable when a newer release wrote it.
    """
    if not REFERENCE.fullmatch(reference):
        return None
    row = await LOAD.row(connection, {"reference": reference})
    return await read_stored(connection, row) if row else None


async def read_stored(connection: AsyncConnection, row: Row) -> Stored:
    """Read a request from a row that has `COLUMNS_OF_STATE`, and its id as `request_id`.

    Raises: Unreadable when a newer release wrote it.
    """
    return await read_row(connection, str(row.request_id), row, read_state=remembered_state)
