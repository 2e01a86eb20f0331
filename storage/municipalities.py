"""Reference data in the database: municipalities, mergers, rules and lists of eligibility, figures, advisors.

Loaded by `load_reference` from `storage.reference`; lists of eligibility are loaded by staff.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Column, Connection, DateTime, Float, String, Table, text
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel

from storage import reference


class MunicipalityRow(SQLModel, table=True):
    """A municipality, by its CBS code."""

    __tablename__: ClassVar[str] = "municipality"

    code: str = Field(primary_key=True)
    name: str
    also_known_as: str | None = None
    province: str
    ggd_region: str
    safety_region: str
    neighbours: list[str] = Field(sa_column=Column(ARRAY(String), nullable=False))


class MergerRow(SQLModel, table=True):
    """A code that stops to exist on a day, and its successor; `done` once it is law."""

    __tablename__: ClassVar[str] = "municipal_merger"

    old_code: str = Field(primary_key=True)
    old_name: str
    new_code: str
    on_day: date
    done: bool


class EligibilityRuleRow(SQLModel, table=True):
    """A rule in force from a day up to, but not including, another."""

    __tablename__: ClassVar[str] = "eligibility_rule"

    code: str = Field(primary_key=True)
    ground: str
    valid_from: date
    valid_until: date | None = None


class EligibilityListRow(SQLModel, table=True):
    """A list that staff loaded; a ground without one leaves eligibility undetermined."""

    __tablename__: ClassVar[str] = "eligibility_list"

    ground: str = Field(primary_key=True)
    municipalities: list[str] = Field(sa_column=Column(ARRAY(String), nullable=False))
    loaded_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


class KeyFigureRow(SQLModel, table=True):
    """A figure of CBS; an absent one is absent, never 0."""

    __tablename__: ClassVar[str] = "key_figure"

    municipality: str = Field(primary_key=True)
    indicator: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    value: float = Field(sa_column=Column(Float, nullable=False))
    unit: str


class AdvisorRow(SQLModel, table=True):
    """An advisor: in which GGD regions, on which themes, for how many requests at a time."""

    __tablename__: ClassVar[str] = "advisor"

    person_id: str = Field(primary_key=True, foreign_key="person.id")
    regions: list[str] = Field(sa_column=Column(ARRAY(String), nullable=False))
    themes: list[str] = Field(sa_column=Column(ARRAY(String), nullable=False))
    capacity: int


MUNICIPALITY = MunicipalityRow.__table__  # type: ignore[attr-defined]  # SQLModel makes it
MERGER = MergerRow.__table__  # type: ignore[attr-defined]  # SQLModel makes it
RULE = EligibilityRuleRow.__table__  # type: ignore[attr-defined]  # SQLModel makes it
LIST = EligibilityListRow.__table__  # type: ignore[attr-defined]  # SQLModel makes it
FIGURE = KeyFigureRow.__table__  # type: ignore[attr-defined]  # SQLModel makes it
ADVISOR = AdvisorRow.__table__  # type: ignore[attr-defined]  # SQLModel makes it


@dataclass(frozen=True, kw_only=True)
class MunicipalityLine:
    """A municipality for a form."""

    code: str
    name: str
    province: str
    ggd_region: str


@dataclass(frozen=True, kw_only=True)
class AdvisorLine:
    """An advisor for a form; `load` is the number of open requests they lead."""

    person: str
    name: str
    regions: tuple[str, ...]
    themes: tuple[str, ...]
    capacity: int
    load: int


async def list_municipalities(connection: AsyncConnection) -> tuple[MunicipalityLine, ...]:
    """List the municipalities that exist, by name."""
    rows = await connection.execute(text("select code, name, province, ggd_region from municipality order by name"))
    return tuple(
        MunicipalityLine(code=code, name=name, province=province, ggd_region=region)
        for code, name, province, region in rows
    )


async def municipality_names(connection: AsyncConnection) -> Mapping[str, str]:
    """What every municipality that exists is called, by its code."""
    rows = await connection.execute(text("select code, name from municipality"))
    return {row.code: row.name for row in rows}


async def list_advisors(connection: AsyncConnection) -> tuple[AdvisorLine, ...]:
    """List the advisors with an open account, with how much they have to do."""
    rows = await connection.execute(LIST_ADVISORS)
    return tuple(
        AdvisorLine(
            person=row.person_id,
            name=row.name or "",
            regions=tuple(row.regions),
            themes=tuple(row.themes),
            capacity=row.capacity,
            load=row.load,
        )
        for row in rows
    )


async def save_advisor(
    connection: AsyncConnection, person: str, *, regions: Sequence[str], themes: Sequence[str], capacity: int
) -> None:
    """Write down where, on what and how much an advisor works, as it is from now on."""
    said = {"regions": list(regions), "themes": list(themes), "capacity": capacity}
    written = insert(ADVISOR).values(person_id=person, **said)
    await connection.execute(written.on_conflict_do_update(index_elements=["person_id"], set_=said))


LIST_ADVISORS = text(
    "select advisor.*, person.name,"
    " (select count(*) from support_request where is_open and lead_advisor = advisor.person_id) as load"
    " from advisor join person on person.id = advisor.person_id"
    " join account on account.person_id = person.id and account.closed_at is null order by person.name"
)


TO_FOLLOW = text(
    "select support_request.id, municipal_merger.old_code from municipal_merger"
    " join support_request on support_request.is_open"
    "  and support_request.municipalities @> array[municipal_merger.old_code]"
    " where municipal_merger.done and municipal_merger.on_day <= :day order by support_request.id"
)


async def to_follow(connection: AsyncConnection, day: date) -> tuple[tuple[str, str], ...]:
    """Give the open requests that name a municipality which stopped to exist by this day, with its old code."""
    return tuple((str(row.id), row.old_code) for row in await connection.execute(TO_FOLLOW, {"day": day}))


def load_reference(connection: Connection) -> None:
    """Load what is shipped: changed facts are brought up to date, what staff added stays.

    Rules of eligibility are only loaded where there are none: they are staff's from then on.
    """
    _upsert(connection, MUNICIPALITY, [_plain(one) for one in reference.municipalities()])
    _upsert(connection, MERGER, [_merger(one) for one in reference.mergers()])
    _upsert(connection, FIGURE, [{**asdict(one), "value": float(one.value)} for one in reference.key_figures()])
    if connection.execute(text("select 1 from eligibility_rule limit 1")).one_or_none() is None:
        names = ("code", "valid_from", "valid_until")
        rules = [{name: getattr(one, name) for name in names} | {"ground": one.ground.value} for one in RULES()]
        _upsert(connection, RULE, rules)


RULES = reference.eligibility_rules


def _plain(one: reference.Municipality) -> dict[str, Any]:
    return {**asdict(one), "neighbours": list(one.neighbours), "also_known_as": one.also_known_as or None}


def _merger(one: reference.MunicipalMerger) -> dict[str, Any]:
    done = one.status is reference.MergerStatus.DONE
    return {
        "old_code": one.old_code,
        "old_name": one.old_name,
        "new_code": one.new_code,
        "on_day": one.on,
        "done": done,
    }


def _upsert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    keys = [column.name for column in table.primary_key]
    written = insert(table)
    again = {name: written.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(written.on_conflict_do_update(index_elements=keys, set_=again), list(rows))
