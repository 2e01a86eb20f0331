"""Requests as rows: the state as JSON beside the columns that lists filter and sort on.

A row is a copy of what the log adds up to. Its state says with which schema it was written: instead of an older one the
log is folded anew, and the next command writes that back; a newer one is not for this code to read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Column, DateTime, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel

from domain.request import SupportRequest
from domain.tasks import open_tasks, wake_at
from storage import codec
from storage.folding import fold_request
from storage.statement import Row, Statement

AT_ONCE = {"fastupdate": "off"}
"""An index that is written at once: else every search reads through what waits to be put in, until a vacuum."""


class RequestRow(SQLModel, table=True):
    """One request."""

    __tablename__: ClassVar[str] = "support_request"
    __table_args__ = (
        Index("ix_support_request_changed_at", "changed_at", "id"),
        Index("ix_support_request_submitted_at", "submitted_at", "id"),
        Index("ix_support_request_next_due", text("coalesce(next_due, 'infinity')"), "id", "province"),
        Index("ix_support_request_stage", "stage", "changed_at", "id"),
        Index("ix_support_request_province", "province", "changed_at", "id"),
        Index("ix_support_request_lead_advisor", "lead_advisor", "changed_at", "id"),
        Index("ix_support_request_municipalities", "municipalities", postgresql_using="gin", postgresql_with=AT_ONCE),
        Index("ix_support_request_advisors", "advisors", postgresql_using="gin", postgresql_with=AT_ONCE),
        Index("ix_support_request_supporters", "supporters", postgresql_using="gin", postgresql_with=AT_ONCE),
        Index("ix_support_request_search", "search", postgresql_using="gin"),
        Index("ix_support_request_coalition_id", "coalition_id"),
        Index("ix_support_request_wake_at", "wake_at", postgresql_where=text("is_open")),
        Index("ix_support_request_unkept", "id", postgresql_where=text("is_open and not has_workflow")),
        Index(
            "ix_support_request_quiet",
            text("(state ->> 'quiet_since')"),
            "id",
            postgresql_where=text("is_open and not is_paused"),
        ),
        Index("ix_support_request_paused", "changed_at", "id", postgresql_where=text("is_paused")),
        Index(
            "ix_support_request_paused_due",
            text("coalesce(next_due, 'infinity')"),
            "id",
            postgresql_where=text("is_paused"),
        ),
    )

    id: UUID = Field(primary_key=True)
    reference: str = Field(unique=True)
    version: int
    stage: str
    outcome: str | None = None
    is_open: bool
    is_paused: bool
    has_workflow: bool = False
    lead_municipality: str = Field(foreign_key="municipality.code")
    municipalities: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    province: str
    lead_advisor: str | None = None
    advisors: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    supporters: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    coalition_id: str | None = Field(default=None, foreign_key="coalition.id")
    submitted_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    changed_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    next_due: date | None = None
    wake_at: datetime | None = Field(default=None, sa_column=Column(DateTime(timezone=True)))
    search: str = Field(sa_column=Column(TSVECTOR, nullable=False))
    state_schema: int
    state: dict[str, object] = Field(sa_column=Column(JSONB, nullable=False))


ReadState = Callable[[str, str | None], SupportRequest]


class Unreadable(Exception):
    """A row written by a newer release: answer that it is not available, and change nothing."""


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A request as it stands in its row, its coalition laid in."""

    request: SupportRequest
    reference: str
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Bare:
    """What a workflow may know of a request."""

    version: int
    stage: str
    is_open: bool
    wake_at: datetime | None
    outcome: str | None


COLUMNS_OF_STATE = (
    "support_request.state::text as state, support_request.state_schema, support_request.reference,"
    " support_request.changed_at, coalition.state::text as coalition"
)
WITH_COALITION = "left join coalition on coalition.id = support_request.coalition_id"
FROM_STATE = f"from support_request {WITH_COALITION}"
MUNICIPALITY_NAME = (
    "(select name from municipality where code = support_request.lead_municipality) as municipality_name"
)
"""The lead's name beside a row of a list. PostgreSQL plans this sooner than one table more to join."""
SEEN_BEFORE_WAITING = (
    "support_request.version as version_now,"
    " (select seen.version from support_request as seen where seen.id = support_request.id) as version_seen"
)
LOAD = Statement(f"select {COLUMNS_OF_STATE} {FROM_STATE} where support_request.id = :id")
LOAD_LOCKED = Statement(
    f"select {COLUMNS_OF_STATE}, {SEEN_BEFORE_WAITING} {FROM_STATE}"
    " where support_request.id = :id for update of support_request"
)
LOAD_BARE = text("select version, stage, is_open, wake_at, outcome from support_request where id = :id")


async def load(connection: AsyncConnection, request_id: str, *, lock: bool = False) -> Stored | None:
    """Read a request; when `lock`, keep others from recording on it until commit.

    Raises: Unreadable when a newer release wrote it.
    """
    key = {"id": UUID(request_id)}
    row = await (locked(connection, LOAD_LOCKED, key) if lock else LOAD.row(connection, key))
    return await read_row(connection, request_id, row) if row else None


async def read_rows(connection: AsyncConnection, rows: Iterable[Row]) -> tuple[Stored, ...]:
    """Read requests for a page from rows that have an `id` and `COLUMNS_OF_STATE`.

    Raises: Unreadable when a newer release wrote one of them.
    """
    return tuple([await read_row(connection, str(row.id), row, read_state=codec.remembered_state) for row in rows])


async def locked(connection: AsyncConnection, query: Statement, values: Mapping[str, Any]) -> Row | None:
    """Read a row of a query that locks a request and has `SEEN_BEFORE_WAITING`.

    A query that had to wait for the lock sees the locked request as it is now, but its coalition as it was before: then
    it is asked once more.
    """
    row = await query.row(connection, values)
    if row is not None and row.version_seen != row.version_now:
        row = await query.row(connection, values)
    return row


async def read_row(
    connection: AsyncConnection, request_id: str, row: Row, *, read_state: ReadState = codec.read_state
) -> Stored:
    """Read a request from a row that has `COLUMNS_OF_STATE`; one of an older schema is folded anew from the log.

    Raises: Unreadable when a newer release wrote it.
    """
    if row.state_schema > codec.STATE_SCHEMA:
        raise Unreadable(row.reference)
    if row.state_schema == codec.STATE_SCHEMA:
        request = read_state(row.state, row.coalition)
    else:
        known = codec.read_coalition(row.coalition) if row.coalition else None
        request = replace(await fold_request(connection, request_id), coalition=known)
    return Stored(request=request, reference=row.reference, changed_at=row.changed_at)


async def load_bare(connection: AsyncConnection, request_id: str) -> Bare | None:
    """Read where a request stands, without its state."""
    row = (await connection.execute(LOAD_BARE, {"id": UUID(request_id)})).mappings().one_or_none()
    return Bare(**row) if row else None


def bare(request: SupportRequest) -> Bare:
    """Say where a request stands."""
    return Bare(
        version=request.version,
        stage=request.stage.value,
        is_open=request.is_open,
        wake_at=wake_at(request),
        outcome=request.closing.outcome.value if request.closing else None,
    )


COLUMNS = (
    "version, stage, outcome, is_open, is_paused, has_workflow, lead_municipality, municipalities, province,"
    " lead_advisor, advisors, supporters, coalition_id, submitted_at, changed_at, next_due, wake_at, search,"
    " state_schema, state"
)
VALUES = (
    ":version, :stage, :outcome, :is_open, :is_paused, :has_workflow, :lead_municipality, :municipalities,"
    " (select province from municipality where code = :lead_municipality),"
    " :lead_advisor, :advisors, :supporters, :coalition_id, :submitted_at, :changed_at, :next_due, :wake_at,"
    " to_tsvector('dutch', :search || ' ' || (select string_agg(name, ' ') from municipality"
    " where code = any(cast(:municipalities as text[])))),"
    " :state_schema, cast(:state as jsonb)"
)
INSERT = (
    f"insert into support_request (id, reference, {COLUMNS}) values (:id,"  # noqa: S608 - both are ours, above
    f" 'KS-' || :year || '-' || lpad(cast(nextval('reference_number') as text), 5, '0'), {VALUES})"
)
UPDATE = f"update support_request set ({COLUMNS}) = row({VALUES}) where id = :id"  # noqa: S608 - ours, above


def row_values(request: SupportRequest, at: datetime, *, kept: bool, new: bool) -> dict[str, Any]:
    """The columns of a request's row."""
    now = bare(request)
    tasks = open_tasks(request)
    values = {
        "id": UUID(request.id),
        "version": now.version,
        "stage": now.stage,
        "outcome": now.outcome,
        "is_open": now.is_open,
        "is_paused": request.pause is not None,
        "has_workflow": kept,
        "lead_municipality": request.lead_municipality,
        "municipalities": list(request.municipalities),
        "lead_advisor": request.lead.advisor if request.lead else None,
        "advisors": [one.advisor for one in request.advisors],
        "supporters": sorted(request.supporters),
        "coalition_id": request.coalition.id if request.coalition else None,
        "submitted_at": request.submitted_at,
        "changed_at": at,
        "next_due": min((task.due for task in tasks), default=None),
        "wake_at": now.wake_at,
        "search": _words(request),
        "state_schema": codec.STATE_SCHEMA,
        "state": codec.write_state(request),
    }
    return {**values, "year": f"{(request.received_on or at.date()).year}"} if new else values


def _words(request: SupportRequest) -> str:
    questions = (question.text for question in request.questions.values())
    coalition = request.coalition.name if request.coalition else None
    return " ".join(one for one in (request.text, coalition, *questions) if one)
