"""What is there already when a municipality asks for support: its coalitions, and the open request of a colleague."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.text import CoalitionId, MunicipalityCode


@dataclass(frozen=True, kw_only=True)
class KnownCoalition:
    """A coalition to choose from."""

    id: CoalitionId
    name: str


@dataclass(frozen=True, kw_only=True)
class Twin:
    """An open request of the same municipality for the same coalition (rule 2)."""

    reference: str
    submitted_at: datetime


COALITIONS = text(
    "select id, name from coalition where municipalities @> array[:municipality]"
    " and exists (select from support_request where coalition_id = coalition.id"
    "  and (is_open or outcome is distinct from 'DECLINED')) order by name, id"
)
TWIN = text(
    "select reference, submitted_at from support_request where coalition_id = :coalition and is_open"
    " and lead_municipality = :municipality and stage <> 'EMBEDDING' order by submitted_at desc limit 1"
)


async def known_coalitions(connection: AsyncConnection, municipality: MunicipalityCode) -> tuple[KnownCoalition, ...]:
    """Give the coalitions this municipality is in, by name; not those of requests that were never taken in."""
    rows = await connection.execute(COALITIONS, {"municipality": municipality})
    return tuple(KnownCoalition(id=row.id, name=row.name) for row in rows)


async def find_twin(connection: AsyncConnection, municipality: MunicipalityCode, coalition: CoalitionId) -> Twin | None:
    """Find the newest open request that this municipality leads for this coalition, not yet looking back."""
    values = {"municipality": municipality, "coalition": coalition}
    row = (await connection.execute(TWIN, values)).one_or_none()
    return Twin(reference=row.reference, submitted_at=row.submitted_at) if row else None
