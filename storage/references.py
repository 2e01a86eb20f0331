"""From the reference that people read to the id that everything else goes by."""

from __future__ import annotations

import re

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

REFERENCE = re.compile(r"KS-[0-9]{4}-[0-9]{5,9}")
FIND = text("select id from support_request where reference = :reference")


async def id_of_reference(connection: AsyncConnection, reference: str) -> str | None:
    """Find the id of a request by its reference (KS-2026-00042); None when there is none."""
    if not REFERENCE.fullmatch(reference):
        return None
    found = (await connection.execute(FIND, {"reference": reference})).scalar_one_or_none()
    return str(found) if found else None
