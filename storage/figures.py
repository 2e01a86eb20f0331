"""Key figures of one municipality beside its neighbours together and the country. Source: CBS, CC BY 4.0.

CBS gives a figure per municipality. What holds for several together is computed: each municipality counts for as many
as the figure is about (inhabitants, households, children). What is not there is left out of it, and is never 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.text import MunicipalityCode


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One indicator in its newest year: of the municipality, of its neighbours together, of the country; or absent."""

    indicator: str
    year: int
    own: float | None
    neighbours: float | None
    country: float | None


COMPARE = text(
    "with newest as (select indicator, max(year) as year from key_figure"
    "  where indicator = any(cast(:indicators as text[])) group by indicator),"
    " weight as (select municipality, year, max(value) filter (where indicator = 'population') as inhabitants,"
    "   max(value) filter (where indicator = 'households') as households,"
    "   max(value) filter (where indicator = 'population')"
    "    * max(value) filter (where indicator = 'age_0_15') as children"
    "  from key_figure where indicator in ('population', 'households', 'age_0_15') group by municipality, year),"
    " counted as (select key_figure.*, case when indicator in ('births', 'age_0_15') then inhabitants"
    "   when indicator = 'youth_with_youth_care' then children else households end as counts"
    "  from key_figure join newest using (indicator, year) join weight using (municipality, year)),"
    " beside as (select unnest(neighbours) as municipality from municipality where code = :code)"
    " select indicator, year, max(value) filter (where municipality = :code) as own,"
    "  sum(value * counts) filter (where municipality in (select municipality from beside))"
    "   / sum(counts) filter (where municipality in (select municipality from beside)) as neighbours,"
    "  sum(value * counts) / sum(counts) as country"
    " from counted group by indicator, year"
)


async def compare_figures(
    connection: AsyncConnection, code: MunicipalityCode, indicators: Sequence[str]
) -> tuple[Comparison, ...]:
    """Compare a municipality on these indicators, in this order; an indicator that nobody has is left out."""
    rows = await connection.execute(COMPARE, {"code": code, "indicators": list(indicators)})
    found = {row.indicator: Comparison(**row) for row in rows.mappings()}
    return tuple(found[one] for one in indicators if one in found)
