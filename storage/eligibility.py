"""Rules and lists of eligibility, as staff keep them: dated rules, and for a ground the municipalities on its list.

A later change never changes what was decided before (rule 1): only requests received from then on are judged by it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.text import MunicipalityCode
from domain.words import Ground


@dataclass(frozen=True, kw_only=True)
class RuleLine:
    """A rule in force from a day up to, but not including, another."""

    code: str
    ground: Ground
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, kw_only=True)
class ListLine:
    """The list of a ground, and when it was loaded (UTC)."""

    ground: Ground
    municipalities: tuple[MunicipalityCode, ...]
    loaded_at: datetime


RULES = text("select code, ground, valid_from, valid_until from eligibility_rule order by valid_from desc, code")
LISTS = text("select ground, municipalities, loaded_at from eligibility_list order by ground")
LOAD = text(
    "insert into eligibility_list (ground, municipalities, loaded_at) values (:ground, :codes, :now)"
    " on conflict (ground) do update set municipalities = excluded.municipalities, loaded_at = excluded.loaded_at"
)
END_BEFORE = text("update eligibility_rule set valid_until = :day where valid_until is null or valid_until > :day")
ADD_RULE = text("insert into eligibility_rule (code, ground, valid_from) values (:code, :ground, :day)")


async def list_rules(connection: AsyncConnection) -> tuple[RuleLine, ...]:
    """List every rule there ever was, the newest first."""
    rows = await connection.execute(RULES)
    return tuple(
        RuleLine(code=row.code, ground=Ground(row.ground), valid_from=row.valid_from, valid_until=row.valid_until)
        for row in rows
    )


async def list_lists(connection: AsyncConnection) -> tuple[ListLine, ...]:
    """List what is loaded."""
    rows = await connection.execute(LISTS)
    return tuple(
        ListLine(ground=Ground(row.ground), municipalities=tuple(row.municipalities), loaded_at=row.loaded_at)
        for row in rows
    )


async def load_list(
    connection: AsyncConnection, ground: Ground, codes: Iterable[MunicipalityCode], now: datetime
) -> None:
    """Put a list in the place of the one before."""
    await connection.execute(LOAD, {"ground": ground.value, "codes": sorted(set(codes)), "now": now})


async def begin_rule(connection: AsyncConnection, ground: Ground, day: date) -> None:
    """From this day on eligibility rests on this ground; what was in force ends on it.

    The day lies after the first day of every rule there is.
    """
    await connection.execute(END_BEFORE, {"day": day})
    await connection.execute(ADD_RULE, {"code": f"vanaf-{day.isoformat()}", "ground": ground.value, "day": day})
