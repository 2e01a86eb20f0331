"""Tasks as rows, for inboxes and lists: a copy of what follows from each open request, renewed with every command."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel

from domain.command import Actor
from domain.tasks import Task
from domain.text import known_as
from domain.words import Desk
from storage import codec
from storage.requests import MUNICIPALITY_NAME
from storage.statement import Question, Row, put_together


class TaskRow(SQLModel, table=True):
    """One open task."""

    __tablename__: ClassVar[str] = "task"
    __table_args__ = (
        Index("ix_task_person", "person", "due", "request_id", "key"),
        Index("ix_task_municipality", "municipality", "due", "request_id", "key"),
        Index("ix_task_organisation", "organisation", "due", "request_id", "key"),
        Index("ix_task_desk", "desk", "due", "request_id", "key"),
        Index("ix_task_due", "due", "request_id", "key"),
        Index("ix_task_kind", "kind", "due", "request_id", "key"),
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


@dataclass(frozen=True, kw_only=True)
class TaskQuery:
    """Which tasks: `after` is the position (due, request, key) of the last one seen; `everyone` is for staff.

    With `in_words` each line says what it is about.
    """

    after: tuple[date, str, str] | None = None
    limit: int = 50
    person: str | None = None
    kind: str | None = None
    everyone: bool = False
    due_before: date | None = None
    in_words: bool = False


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """One line of an inbox.

    When asked for: the `words` of the action or message it is about, or the kind of its `meeting` and when that
    `starts_at` (UTC).
    """

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
    words: str | None = None
    meeting: str | None = None
    starts_at: datetime | None = None


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


NOT_ASKED = (None, None, None)
OF_ITS_REQUEST = "from support_request where support_request.id = task.request_id"
SELECT = (
    f"select task.request_id::text as request_id, (select reference {OF_ITS_REQUEST}) as reference,"  # noqa: S608 - ours
    f" (select {MUNICIPALITY_NAME} {OF_ITS_REQUEST}),"
    " task.key, task.kind, task.about, task.desk, task.person, task.municipality, task.since, task.due, task.escalated,"
    " task.fulfilled_by{words} from task where {conditions} order by task.due, task.request_id, task.key limit :limit"
)
"""What is said of its request is looked up for the tasks of this page alone; a join PostgreSQL would plan anew."""
IN_WORDS = (
    ", (select array[coalesce(state #>> array['actions', task.about, 'title'],"
    " state #>> array['messages', task.about, 'text']), state #>> array['meetings', task.about, 'kind'],"
    f" state #>> array['meetings', task.about, 'starts_at']] {OF_ITS_REQUEST}) as in_words"
)


async def list_tasks(connection: AsyncConnection, actor: Actor, query: TaskQuery, today: date) -> TaskPage:
    """List the open tasks that are for this actor, soonest due first; what is yet to begin is left out."""
    return await tasks_listed(actor, query, today).ask(connection)


def tasks_listed(actor: Actor, query: TaskQuery, today: date) -> Question[TaskPage]:
    """Ask which tasks `list_tasks` lists."""
    conditions = " and ".join(["task.since <= :today", f"({_meant_for(actor, query)})", *_filters(query)])
    after = query.after or (None, None, None)
    values = {
        "today": today,
        "me": actor.person,
        "municipalities": sorted(actor.municipalities),
        "organisations": sorted(known_as(name) for name in actor.organisations),
        "person": query.person,
        "kind": query.kind,
        "due_before": query.due_before,
        "after_due": after[0],
        "after_request": after[1],
        "after_key": after[2],
        "limit": query.limit + 1,
    }
    select = SELECT.format(words=IN_WORDS if query.in_words else "", conditions=conditions)

    def read(rows: list[Row]) -> TaskPage:
        lines = tuple(_line(row) for row in rows[: query.limit])
        last = lines[-1] if len(rows) > query.limit else None
        return TaskPage(rows=lines, next=(last.due, last.request_id, last.key) if last else None)

    return Question(statement=put_together(select), values=values, read=read)


def _meant_for(actor: Actor, query: TaskQuery) -> str:
    """Staff have a desk full, which is read in its order. Others have few: these are found first, by whose they are."""
    if actor.is_staff and query.everyone:
        return "true"
    if actor.is_staff:
        return " or ".join(f"({one})" for one in (f"task.desk = '{Desk.STAFF}'", *_theirs(actor)))
    found = " union ".join(f"select ctid from task where {one}" for one in _theirs(actor))  # noqa: S608 - ours
    return f"task.ctid = any(array({found}))"


def _theirs(actor: Actor) -> Iterator[str]:
    """For a supporting party: what is for them, or, where nobody is named, for all who support the request."""
    yield "task.person = :me"
    if actor.municipalities:
        yield f"task.desk = '{Desk.MUNICIPALITY}' and task.municipality = any(:municipalities)"
    if actor.organisations:
        yield (
            f"task.desk = '{Desk.SUPPORTING_PARTY}' and (task.organisation = any(:organisations)"
            " or (task.organisation is null and exists ("
            f"select {OF_ITS_REQUEST} and supporters && cast(:organisations as text[]))))"
        )


def _filters(query: TaskQuery) -> Iterator[str]:
    if query.person:
        yield "task.person = :person"
    if query.kind:
        yield "task.kind = :kind"
    if query.due_before:
        yield "task.due < :due_before"
    if query.after:
        yield "(task.due, task.request_id, task.key) > (:after_due, cast(:after_request as uuid), :after_key)"


def _line(row: Row) -> TaskLine:
    values = row._asdict()
    words, meeting, starts_at = values.pop("in_words", NOT_ASKED)
    about = {"words": words, "meeting": meeting, "starts_at": datetime.fromisoformat(starts_at) if starts_at else None}
    return TaskLine(**values | about | {"fulfilled_by": tuple(values["fulfilled_by"])})
