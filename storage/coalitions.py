"""Coalitions and the organisations in them: they outlive every request that works for them.

A coalition's row is locked after the request's, always in that order.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Index, String, Text, literal_column, select, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel

from domain.request import Coalition
from storage import codec


class CoalitionRow(SQLModel, table=True):
    """One coalition."""

    __tablename__: ClassVar[str] = "coalition"
    __table_args__ = (Index("ix_coalition_municipalities", "municipalities", postgresql_using="gin"),)

    id: str = Field(primary_key=True)
    name: str
    kind: str
    municipalities: list[str] = Field(sa_column=Column(ARRAY(String), nullable=False))
    state: dict[str, object] = Field(sa_column=Column(JSONB, nullable=False))


class OrganisationRow(SQLModel, table=True):
    """An organisation, known once."""

    __tablename__: ClassVar[str] = "organisation"

    id: UUID = Field(primary_key=True)
    name: str = Field(sa_column=Column(Text, nullable=False))


COALITION = CoalitionRow.__table__  # type: ignore[attr-defined]  # SQLModel makes it
STATE: ColumnElement[str] = literal_column("coalition.state::text").label("state")


async def load_coalition(connection: AsyncConnection, coalition_id: str, *, lock: bool = False) -> Coalition | None:
    """Read a coalition; when `lock`, keep others from changing it until commit. New requests may still name it."""
    query = select(STATE).select_from(COALITION).where(COALITION.c.id == coalition_id)
    row = (await connection.execute(query.with_for_update(key_share=True) if lock else query)).one_or_none()
    return codec.read_coalition(row.state) if row else None


SAVE = text(
    "insert into coalition (id, name, kind, municipalities, state)"
    " values (:id, :name, :kind, :municipalities, cast(:state as jsonb))"
    " on conflict (id) do update set name = excluded.name, kind = excluded.kind,"
    " municipalities = excluded.municipalities, state = excluded.state"
)


async def save_coalition(connection: AsyncConnection, coalition: Coalition) -> None:
    """Write a coalition as it is now."""
    await connection.execute(
        SAVE,
        {
            "id": coalition.id,
            "name": coalition.name,
            "kind": coalition.kind.value,
            "municipalities": list(coalition.municipalities),
            "state": codec.write_coalition(coalition),
        },
    )
