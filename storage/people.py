"""People: the one table with names, addresses and phone numbers, from which they can be erased.

Everything else refers to a person by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import Column, DateTime
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel

from storage.statement import Statement


class PersonRow(SQLModel, table=True):
    """Somebody; every field may be unknown or erased."""

    __tablename__: ClassVar[str] = "person"

    id: str = Field(primary_key=True)
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    function: str | None = None
    erased_at: datetime | None = Field(default=None, sa_column=Column(DateTime(timezone=True)))


PERSON = PersonRow.__table__  # type: ignore[attr-defined]  # SQLModel makes it
CARDS = Statement("select id, name, email, phone, function from person where id = any(:people)")


@dataclass(frozen=True, kw_only=True)
class PersonCard:
    """What may be shown of a person to somebody who may see them."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    function: str | None = None


async def names_of(connection: AsyncConnection, people: Iterable[str]) -> Mapping[str, PersonCard]:
    """Look up the cards of these people, in one query."""
    wanted = list(people)
    if not wanted:
        return {}
    rows = await CARDS.rows(connection, {"people": wanted})
    return {row.id: PersonCard(name=row.name, email=row.email, phone=row.phone, function=row.function) for row in rows}


async def add_people(connection: AsyncConnection, people: Mapping[str, PersonCard]) -> None:
    """Write down people that a command names; those that are known stay as they are."""
    if people:
        rows = [
            {"id": key, "name": one.name, "email": one.email, "phone": one.phone, "function": one.function}
            for key, one in people.items()
        ]
        await connection.execute(insert(PERSON).on_conflict_do_nothing(), rows)
