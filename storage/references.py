"""From the reference that people read to the request and the id that everything else goes by."""

from __future__ import annotations

import re

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.requests import COLUMNS_OF_STATE, FROM_STATE, Stored, read_row
from storage.statement import Statement

REFERENCE = re.compile(r"KS-[0-9]{4}-[0-9]{5,9}")
FIND = text("select id from support_request where reference = :reference")
LOAD = Statement(f"select support_request.id, {COLUMNS_OF_STATE} {FROM_STATE} where reference = :reference")


async def id_of_reference(connection: AsyncConnection, reference: str) -> str | None:
    """Find the id of a request by its reference (KS-2026-00042); None when there is none."""
    if not REFERENCE.fullmatch(reference):
        return None
    found = (await connection.execute(FIND, {"reference": reference})).scalar_one_or_none()
    return str(found) if found else None


async def load_of_reference(connection: AsyncConnection, reference: str) -> Stored | None:
    """Read a request by its reference; None when there is none.

    Raises: Unreadable when a newer release wrote it.
    """
    if not REFERENCE.fullmatch(reference):
        return None
    row = await LOAD.row(connection, {"reference": reference})
    return await read_row(connection, str(row.id), row) if row else None
