"""Tasks as rows, for inboxes and lists: a copy of what follows from each open request, renewed with every command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    String,
    and_,
    cast,
    false,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel

from domain.command import Actor
from domain.tasks import Task
from domain.text import known_as
from domain.words import Desk
from storage import codec
from storage.municipalities import MUNICIPALITY
from storage.requests import REQUEST


class TaskRow(SQLModel, table=True):
    """One open task."""

    __tablename__: ClassVar[str] = "task"
    __table_args__ = (
        Index("ix_task_person", "person", "due", "request_id", "key"),
        Index("ix_task_municipality", "municipality", "due", "request_id", "key"),
        Index("ix_task_organisation", "organisation", "due", "request_id", "key"),
        Index("ix_task_desk", "desk", "due", "request_id", "key"),
        Index("ix_task_due", "due", "request_id", "key"),
    )

    request_id: UUID = Field(sa_column=Column(ForeignKey("support_request.id", ondelete="CASCADE"), primary_key=True))
    key: str = Field(primary_key=True)
    kind: str
    about: str
    desk: str
    person: str | None = None
    municipality: str | None = None
    partner: str | None = None
    organisation: str | None = None
    since: date
    due: date
    escalated: bool
    fulfilled_by: list[str] = Field(sa_column=Column(ARRAY(String), nullable=False))


TASK = TaskRow.__table__  # type: ignore[attr-defined]  # SQLModel makes it


@dataclass(frozen=True, kw_only=True)
class TaskQuery:
    """Which tasks: `after` is the position (due, request, key) of the last one seen; `everyone` is for staff."""

    after: tuple[date, str, str] | None = None
    limit: int = 50
    person: str | None = None
    kind: str | None = None
    everyone: bool = False
    due_before: date | None = None


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """One line of an inbox."""

    request_id: str
    reference: str
    municipality_name: str
    key: str
    kind: str
    about: str
    desk: str
    person: str | None
    municipality: str | None
    since: date
    due: date
    escalated: bool
    fulfilled_by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TaskPage:
    """Lines in order, and where the next page begins, if there is one."""

    rows: tuple[TaskLine, ...]
    next: tuple[date, str, str] | None


GONE = "delete from task where request_id = :id and key = any(cast(:gone as text[]))"
FIELDS = "kind, about, desk, person, municipality, partner, organisation, since, due, escalated, fulfilled_by"
CHANGED = (
    f"insert into task (request_id, key, {FIELDS}) select :id, one.* from"  # noqa: S608 - ours, above
    " jsonb_to_recordset(cast(:changed as jsonb)) as one (key text, kind text, about text, desk text, person text,"
    " municipality text, partner text, organisation text, since date, due date, escalated boolean, fulfilled_by text[])"
    f" on conflict (request_id, key) do update set ({FIELDS}) = row("
    + ", ".join(f"excluded.{field}" for field in FIELDS.split(", "))
    + ")"
)


def difference(before: Sequence[Task], now: Sequence[Task]) -> tuple[list[str], str]:
    """The keys of the tasks that are gone, and as JSON those that are new or different; the rest is left alone."""
    old, new = {task.key: task for task in before}, {task.key: task for task in now}
    changed = [_values(task) for key, task in new.items() if old.get(key) != task]
    return [key for key in old if key not in new], codec.write_rows(changed)


def _values(task: Task) -> dict[str, Any]:
    who = task.assignee
    return {
        "key": task.key,
        "kind": task.kind.value,
        "about": task.about,
        "desk": who.desk.value,
        "person": who.person,
        "municipality": who.municipality,
        "partner": who.partner,
        "organisation": known_as(who.organisation) if who.organisation else None,
        "since": task.since,
        "due": task.due,
        "escalated": task.escalated,
        "fulfilled_by": list(task.fulfilled_by),
    }


async def list_tasks(connection: AsyncConnection, actor: Actor, query: TaskQuery, today: date) -> TaskPage:
    """List the open tasks that are for this actor, soonest due first; what is yet to begin is left out."""
    position = (TASK.c.due, TASK.c.request_id, TASK.c.key)
    wanted = _columns().where(TASK.c.since <= today, _meant_for(actor, query)).order_by(*position)
    if query.person:
        wanted = wanted.where(TASK.c.person == query.person)
    if query.kind:
        wanted = wanted.where(TASK.c.kind == query.kind)
    if query.due_before:
        wanted = wanted.where(TASK.c.due < query.due_before)
    if query.after:
        due, request_id, key = query.after
        wanted = wanted.where(tuple_(*position) > tuple_(due, UUID(request_id), key))
    rows = (await connection.execute(wanted.limit(query.limit + 1))).mappings().all()
    lines = tuple(_line(row) for row in rows[: query.limit])
    last = lines[-1] if len(rows) > query.limit else None
    return TaskPage(rows=lines, next=(last.due, last.request_id, last.key) if last else None)


def _columns() -> Select[Any]:
    return (
        select(TASK, REQUEST.c.reference, MUNICIPALITY.c.name.label("municipality_name"))
        .join(REQUEST, REQUEST.c.id == TASK.c.request_id)
        .join(MUNICIPALITY, MUNICIPALITY.c.code == REQUEST.c.lead_municipality)
    )


def _meant_for(actor: Actor, query: TaskQuery) -> ColumnElement[bool]:
    if actor.is_staff and query.everyone:
        return true()
    mine = [TASK.c.person == actor.person]
    if actor.is_staff:
        mine.append(TASK.c.desk == Desk.STAFF.value)
    if actor.municipalities:
        at_desk = TASK.c.desk == Desk.MUNICIPALITY.value
        mine.append(and_(at_desk, TASK.c.municipality.in_(sorted(actor.municipalities))))
    if actor.organisations:
        mine.append(and_(TASK.c.desk == Desk.SUPPORTING_PARTY.value, _for_supporter(actor)))
    meant: ColumnElement[bool] = or_(false(), *mine)
    return meant


def _for_supporter(actor: Actor) -> ColumnElement[bool]:
    """For an organisation they speak for; or, where none is named, for every one that supports the request."""
    names = sorted(known_as(name) for name in actor.organisations)
    supports = REQUEST.c.supporters.overlap(cast(names, REQUEST.c.supporters.type))
    return or_(TASK.c.organisation.in_(names), and_(TASK.c.organisation.is_(None), supports))


def _line(row: Mapping[Any, Any]) -> TaskLine:
    names = [name for name in TaskLine.__dataclass_fields__ if name not in ("request_id", "fulfilled_by")]
    return TaskLine(
        request_id=str(row["request_id"]),
        fulfilled_by=tuple(row["fulfilled_by"]),
        **{name: row[name] for name in names},
    )
