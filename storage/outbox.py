"""The outbox: what must go out, written in the same transaction as the reason for it.

Rows belong to no workflow. The relay takes those that are due; each is delivered by a workflow of its own, and its
outcome is kept here. A row holds ids only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Column, DateTime, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel

from storage import codec


class Status(StrEnum):
    """Where a message is."""

    WAITING = "WAITING"
    STARTED = "STARTED"
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"


class Route(StrEnum):
    """To a person, or to another request."""

    NOTICE = "NOTICE"
    COMMAND = "COMMAND"


class OutboxRow(SQLModel, table=True):
    """One thing that must go out, from `due_at` (UTC) on."""

    __tablename__: ClassVar[str] = "outbox"
    __table_args__ = (
        Index("ix_outbox_due_at", "due_at", "id", postgresql_where=text("status = 'WAITING'")),
        Index("ix_outbox_request_id", "request_id"),
        Index("ix_outbox_failed", "due_at", "id", postgresql_where=text("status = 'FAILED'")),
    )

    id: UUID = Field(primary_key=True)
    request_id: UUID
    route: str
    kind: str
    desk: str | None = None
    person: str | None = None
    payload: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    due_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    status: str = Status.WAITING.value
    delivery_id: UUID | None = Field(default=None, index=True)
    started_at: datetime | None = Field(default=None, sa_column=Column(DateTime(timezone=True)))
    settled_at: datetime | None = Field(default=None, sa_column=Column(DateTime(timezone=True)))


OUTBOX = OutboxRow.__table__  # type: ignore[attr-defined]  # SQLModel makes it


ADD = (
    "insert into outbox (id, request_id, route, kind, desk, person, payload, due_at, status) select one.*, 'WAITING'"
    " from jsonb_to_recordset(cast(:outbox as jsonb)) as one"
    " (id uuid, request_id uuid, route text, kind text, desk text, person text, payload jsonb, due_at timestamptz)"
    " on conflict do nothing"
)


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """What is to go out, before it has a row."""

    id: UUID
    request_id: UUID
    route: Route
    kind: str
    desk: str | None = None
    person: str | None = None
    payload: dict[str, str | None]
    due_at: datetime


def write_rows(outgoing: Sequence[Outgoing]) -> str:
    """What is to go out as the JSON that `ADD` takes."""
    return codec.write_rows([vars(one) for one in outgoing])


TAKE = text(
    "with due as ("
    "  select id, due_at, case when route = 'NOTICE' and person is not null then person else id::text end as bundle"
    "    from outbox where status = 'WAITING' and due_at <= :now order by due_at, id limit :most"
    "     for update skip locked),"
    " bundled as (select id, first_value(id) over (partition by bundle order by due_at, id) as delivery_id from due)"
    " update outbox set status = 'STARTED', started_at = :now, delivery_id = bundled.delivery_id"
    "   from bundled where bundled.id = outbox.id returning outbox.delivery_id"
)
TAKE_AGAIN = text(
    "with forgotten as ("
    "  select id from outbox where status = 'STARTED' and started_at < :before order by started_at limit :most"
    "     for update skip locked)"
    " update outbox set started_at = :now from forgotten where forgotten.id = outbox.id returning outbox.delivery_id"
)
OF_DELIVERY = text(
    "select id, request_id, route, kind, desk, person, payload, status from outbox where delivery_id = :id order by id"
)
SETTLE = text("update outbox set status = :status, settled_at = :now where delivery_id = :id and status <> 'DELIVERED'")


@dataclass(frozen=True, kw_only=True)
class Message:
    """One row of a delivery."""

    id: UUID
    request_id: str
    route: Route
    kind: str
    desk: str | None
    person: str | None
    payload: dict[str, Any]


async def take_due(connection: AsyncConnection, now: datetime, *, most: int = 200) -> tuple[UUID, ...]:
    """Take what is due, bundled: what goes to one person at one time is one delivery. No two relays get the same."""
    rows = await connection.execute(TAKE, {"now": now, "most": most})
    return tuple(sorted({row.delivery_id for row in rows}))


async def take_again(
    connection: AsyncConnection, now: datetime, before: datetime, *, most: int = 200
) -> tuple[UUID, ...]:
    """Take once more what was taken before this moment and has no outcome: its workflow may never have started."""
    rows = await connection.execute(TAKE_AGAIN, {"now": now, "before": before, "most": most})
    return tuple(sorted({row.delivery_id for row in rows}))


async def of_delivery(connection: AsyncConnection, delivery_id: UUID) -> tuple[Message, ...]:
    """Give what is still to be delivered under this id."""
    rows = await connection.execute(OF_DELIVERY, {"id": delivery_id})
    return tuple(
        Message(
            id=row.id,
            request_id=str(row.request_id),
            route=Route(row.route),
            kind=row.kind,
            desk=row.desk,
            person=row.person,
            payload=row.payload,
        )
        for row in rows
        if row.status != Status.DELIVERED
    )


async def settle(connection: AsyncConnection, delivery_id: UUID, status: Status, now: datetime) -> None:
    """Note the outcome; what was delivered stays so."""
    await connection.execute(SETTLE, {"id": delivery_id, "status": status.value, "now": now})
