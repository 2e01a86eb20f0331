"""The overview of the programme: how many requests stand where, what they wait for, who has how much, how long it took.

Counting 100,000 requests costs a hundred times what counting 1,000 does, so nobody counts while somebody waits: the
figures are kept, made anew every minute by the sweep, and a page reads one row of each part
(docs/decisions/0012-the-overview-is-kept.md). Days are days in Amsterdam.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from pydantic import TypeAdapter
from sqlalchemy import Column, DateTime, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel

from domain.terms import Waiting
from domain.words import Desk, Stage
from storage.overview_queries import LEAD_TIMES, STANDING

AS_OF_NOW: timedelta = timedelta(minutes=1)
OF_A_WHILE: timedelta = timedelta(hours=1)
"""How long the standing and the lead times stay good; a page that finds them five times as old makes them itself."""
LOOKS_BACK: timedelta = timedelta(days=365)


class OverviewRow(SQLModel, table=True):
    """One part of the overview, as it was counted at `made_at` (UTC)."""

    __tablename__: ClassVar[str] = "overview"

    part: str = Field(primary_key=True)
    made_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    figures: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))


@dataclass(frozen=True, kw_only=True)
class StageCount:
    """Open requests in a stage; `overdue` have a task past its day, `paused` rest."""

    stage: Stage
    number: int
    overdue: int
    paused: int


@dataclass(frozen=True, kw_only=True)
class WaitCount:
    """Open requests that wait for this, at these desks; `late` of them are past its day. The first since `longest`."""

    kind: Waiting
    desks: tuple[Desk, ...]
    number: int
    late: int
    longest: date


@dataclass(frozen=True, kw_only=True)
class AdvisorCount:
    """An advisor's open requests as lead, of which `overdue`, and how many fit, if that is known."""

    person: str
    name: str
    led: int
    overdue: int
    capacity: int | None


@dataclass(frozen=True, kw_only=True)
class ProvinceCount:
    """Requests led from a province: open now, and ever."""

    province: str
    open: int
    ever: int


@dataclass(frozen=True, kw_only=True)
class LongStage:
    """A request that took many days for a stage."""

    reference: str
    municipality: str
    days: int


@dataclass(frozen=True, kw_only=True)
class LeadTime:
    """Of the requests that left a stage in the last year: how many days half of them took at most, and nine in ten."""

    stage: Stage
    number: int
    median: float
    ninety: float
    longest: tuple[LongStage, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How the programme stands."""

    stages: tuple[StageCount, ...] = ()
    waits: tuple[WaitCount, ...] = ()
    advisors: tuple[AdvisorCount, ...] = ()
    provinces: tuple[ProvinceCount, ...] = ()
    silent: int = 0
    closed: int = 0
    failed_deliveries: int = 0


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The whole overview; `made_at` (UTC) is when the standing was counted."""

    made_at: datetime
    standing: Standing
    lead_times: tuple[LeadTime, ...]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of the overview: how it is counted, and how long that stays good."""

    name: str
    query: str
    good_for: timedelta


PARTS = (
    Part(name="standing", query=STANDING, good_for=AS_OF_NOW),
    Part(name="lead_times", query=LEAD_TIMES, good_for=OF_A_WHILE),
)
READ = text("select part, made_at, figures::text as figures from overview")
STANDING_OF: TypeAdapter[Standing] = TypeAdapter(Standing)
LEAD_TIMES_OF: TypeAdapter[tuple[LeadTime, ...]] = TypeAdapter(tuple[LeadTime, ...])


async def renew_overview(
    connection: AsyncConnection, *, now: datetime, today: date, silent_before: date, at_once: bool = False
) -> None:
    """Make the parts anew that are no longer good, or with `at_once` the standing whatever its age. Commit it.

    One who comes while another is at it leaves it to them. `silent_before` is the first day that is not silence yet.
    """
    known = {row.part: row.made_at for row in await connection.execute(READ)}
    for part in PARTS:
        made_at = known.get(part.name)
        if made_at is None or now - made_at >= part.good_for or (at_once and part is PARTS[0]):
            await _make(connection, part, now, {"today": today, "silent": silent_before, "since": today - LOOKS_BACK})


async def _make(connection: AsyncConnection, part: Part, now: datetime, days: dict[str, date]) -> None:
    alone = await connection.execute(ALONE, {"lock": f"overview {part.name}"})
    if not alone.scalar_one():
        return
    wanted = {name: day for name, day in days.items() if f":{name}" in part.query}
    await connection.execute(text(MAKE.format(query=part.query)), {"part": part.name, "now": now, **wanted})


ALONE = text("select pg_try_advisory_xact_lock(hashtext(:lock))")
MAKE = (
    "insert into overview (part, made_at, figures) select :part, :now, ({query})"
    " on conflict (part) do update set made_at = excluded.made_at, figures = excluded.figures"
)


async def read_overview(connection: AsyncConnection, now: datetime) -> Overview | None:
    """Read the overview; None when it was never made, or so long ago that nobody is making it anew."""
    rows = {row.part: row for row in await connection.execute(READ)}
    if any(part.name not in rows or now - rows[part.name].made_at > 5 * part.good_for for part in PARTS):
        return None
    return Overview(
        made_at=rows["standing"].made_at,
        standing=STANDING_OF.validate_json(rows["standing"].figures),
        lead_times=LEAD_TIMES_OF.validate_json(rows["lead_times"].figures),
    )
