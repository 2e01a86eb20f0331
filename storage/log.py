"""The event log: what happened, in the order it was committed. It only grows.

`position` is taken under one advisory lock as the last step before commit, so the order of positions is the order of
commits. A trigger refuses every change but the blackening of texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Index,
    text,
)
from sqlalchemy import (
    Sequence as DatabaseSequence,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel

from domain.event import Event
from domain.text import BLACKENED
from domain.words import Capacity
from storage import codec
from storage.statement import Statement

POSITION = DatabaseSequence("event_position", metadata=SQLModel.metadata)
POSITION_LOCK = 0x5354_4152


class EventRow(SQLModel, table=True):
    """One event."""

    __tablename__: ClassVar[str] = "event"
    __table_args__ = (
        Index("ix_event_position", "position", unique=True),
        Index("ix_event_coalition", text("(data ->> 'coalition')"), postgresql_where=text("type = 'RequestSubmitted'")),
    )

    request_id: UUID = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    position: int = Field(sa_column=Column(BigInteger, POSITION, nullable=False, server_default=POSITION.next_value()))
    type: str
    at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    day: date
    by: str
    capacity: str
    audience: str
    on_behalf: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB(none_as_null=True)))
    data: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    texts: dict[str, str] = Field(sa_column=Column(JSONB, nullable=False))
    terms: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    command_id: UUID | None = None


EVENT = EventRow.__table__  # type: ignore[attr-defined]  # SQLModel makes it
COLUMNS = ", ".join(EVENT.c.keys())
HISTORY = Statement(f"select {COLUMNS} from event where request_id = :id order by seq")  # noqa: S608 - our columns


APPEND = (
    "insert into event"
    " (request_id, seq, position, type, at, day, by, capacity, audience, on_behalf, data, texts, terms, command_id)"
    " select :id, one.seq, nextval('event_position'), one.type, one.at, one.day, one.by, one.capacity,"
    " one.audience, one.on_behalf, one.data, one.texts, one.terms, cast(:command_id as uuid)"
    " from (select pg_advisory_xact_lock(:lock)) as locked, jsonb_to_recordset(cast(:events as jsonb)) as one"
    " (seq int, type text, at timestamptz, day date, by text, capacity text, audience text, on_behalf jsonb,"
    " data jsonb, texts jsonb, terms jsonb) order by one.seq"
)


def write_events(events: Sequence[Event]) -> str:
    """Events as the JSON that `APPEND` takes."""
    return codec.write_rows([_values(event) for event in events])


def _values(event: Event) -> dict[str, Any]:
    written = codec.write_fact(event.fact)
    return {
        "seq": event.seq,
        "type": event.type,
        "at": event.at,
        "day": event.on,
        "by": event.by,
        "capacity": event.capacity.value,
        "audience": event.fact.heard_by().value,
        "on_behalf": codec.ON_BEHALF.dump_python(event.on_behalf, mode="json") if event.on_behalf else None,
        "data": written.data,
        "texts": written.texts,
        "terms": codec.write_terms(event),
    }


async def read_events(connection: AsyncConnection, request_id: str) -> tuple[Event, ...]:
    """Read a request's whole history, oldest first."""
    rows = await HISTORY.rows(connection, {"id": UUID(request_id)})
    return tuple(to_event(row._asdict()) for row in rows)


def to_event(row: Mapping[Any, Any]) -> Event:
    """Read an event from its row.

    Raises: codec.UnknownTag when it was written by a newer release.
    """
    behalf = row["on_behalf"]
    return Event(
        request_id=str(row["request_id"]),
        seq=row["seq"],
        at=row["at"],
        on=row["day"],
        by=row["by"],
        capacity=Capacity(row["capacity"]),
        on_behalf=codec.ON_BEHALF.validate_python(behalf) if behalf else None,
        fact=codec.read_fact(row["type"], row["data"], row["texts"]),
        terms=codec.TERMS.validate_python(row["terms"]),
    )


async def blacken(connection: AsyncConnection, request_id: str, seq: int) -> None:
    """Blacken every text of one event; the event keeps that they were there."""
    await connection.execute(BLACKEN, {"request_id": UUID(request_id), "seq": seq, "black": BLACKENED})


BLACKEN = text(
    "update event set texts ="
    " (select coalesce(jsonb_object_agg(key, cast(:black as text)), '{}') from jsonb_each(texts))"
    " where request_id = :request_id and seq = :seq"
)
