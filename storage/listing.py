"""Lists of requests: filtered, sorted, page by page, and only those that are the reader's to see.

Every sort order has an index that ends in the id, so that a page begins where the one before ended, however deep.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Select,
    String,
    Text,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    text,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.types import TypeEngine

from domain.command import Actor
from domain.text import known_as
from storage.municipalities import MUNICIPALITY
from storage.requests import NEXT_DUE, REQUEST
from storage.tasks import TASK

Position = tuple[str, str]
"""Where a page ended: the value that was sorted on, as PostgreSQL writes it, and the id."""


@dataclass(frozen=True, kw_only=True)
class RequestQuery:
    """Which requests, in which order, from where. `waiting` for a kind of task; with `late` for one past its day."""

    stage: str | None = None
    municipality: str | None = None
    province: str | None = None
    advisor: str | None = None
    overdue: bool | None = None
    paused: bool | None = None
    text: str | None = None
    is_open: bool | None = None
    waiting: str | None = None
    late: bool = False
    sort: str = "-changedAt"
    after: Position | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class RequestLine:
    """One line of a list."""

    id: str
    reference: str
    stage: str
    outcome: str | None
    version: int
    lead_municipality: str
    municipality_name: str
    province: str
    lead_advisor: str | None
    is_paused: bool
    submitted_at: datetime
    changed_at: datetime
    next_due: date | None


@dataclass(frozen=True, kw_only=True)
class Page:
    """Lines in order, and where the next page begins, if there is one."""

    rows: tuple[RequestLine, ...]
    next: Position | None


Sort = tuple[ColumnElement[Any], TypeEngine[Any]]
SORTS: Mapping[str, Sort] = MappingProxyType(
    {
        "changedAt": (REQUEST.c.changed_at, DateTime(timezone=True)),
        "submittedAt": (REQUEST.c.submitted_at, DateTime(timezone=True)),
        "reference": (REQUEST.c.reference, String()),
        "nextDue": (NEXT_DUE, Date()),
    }
)
COLUMNS = tuple(REQUEST.c[name] for name in RequestLine.__dataclass_fields__ if name != "municipality_name")


async def list_requests(connection: AsyncConnection, actor: Actor, query: RequestQuery, today: date) -> Page:
    """List the requests this actor may see, in the order asked for; equal ones by id."""
    down = query.sort.startswith("-")
    column, kind = SORTS[query.sort.removeprefix("-")]
    position = tuple_(column, REQUEST.c.id)
    wanted = _selection(column).where(seen_by(actor), *_filters(query, today))
    if query.after:
        value, request_id = query.after
        last = tuple_(cast(literal(value), kind), literal(UUID(request_id)))
        wanted = wanted.where(position < last if down else position > last)
    order = [column.desc(), REQUEST.c.id.desc()] if down else [column, REQUEST.c.id]
    rows = (await connection.execute(wanted.order_by(*order).limit(query.limit + 1))).mappings().all()
    more = len(rows) > query.limit
    lines = tuple(_line(row) for row in rows[: query.limit])
    return Page(rows=lines, next=(rows[query.limit - 1]["position"], lines[-1].id) if more else None)


async def every_page(engine: AsyncEngine, actor: Actor, query: RequestQuery, today: date) -> AsyncIterator[Page]:
    """Give every page of a list as it is at one moment, so that what changes meanwhile is neither missed nor twice."""
    async with engine.connect() as plain:
        connection = await plain.execution_options(isolation_level="REPEATABLE READ")
        after = query.after
        while True:
            page = await list_requests(connection, actor, replace(query, after=after), today)
            yield page
            if page.next is None:
                return
            after = page.next


def _selection(column: ColumnElement[Any]) -> Select[Any]:
    name = MUNICIPALITY.c.name.label("municipality_name")
    where_it_is = cast(column, String).label("position")
    joined = REQUEST.join(MUNICIPALITY, MUNICIPALITY.c.code == REQUEST.c.lead_municipality)
    return select(*COLUMNS, name, where_it_is).select_from(joined)


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """The requests that are this actor's to see: staff all, others what they take part in."""
    if actor.is_staff:
        return true()
    mine: list[ColumnElement[bool]] = []
    if actor.is_advisor:
        mine.append(REQUEST.c.advisors.contains([actor.person]))
    if actor.municipalities:
        mine.append(REQUEST.c.municipalities.overlap(cast(sorted(actor.municipalities), ARRAY(Text))))
    if actor.organisations:
        mine.append(REQUEST.c.supporters.overlap(cast(sorted(map(known_as, actor.organisations)), ARRAY(Text))))
    return or_(text("false"), *mine)


def _filters(query: RequestQuery, today: date) -> Iterator[ColumnElement[bool]]:
    if query.stage:
        yield REQUEST.c.stage == query.stage
    if query.municipality:
        yield REQUEST.c.municipalities.contains([query.municipality])
    if query.province:
        yield REQUEST.c.province == query.province
    if query.advisor:
        yield REQUEST.c.lead_advisor == query.advisor
    if query.paused is not None:
        yield REQUEST.c.is_paused if query.paused else ~REQUEST.c.is_paused  # As its index says it; `is true` is not.
    if query.overdue is not None:
        late = today > NEXT_DUE
        yield late if query.overdue else ~late
    if query.is_open is not None:
        yield REQUEST.c.is_open if query.is_open else ~REQUEST.c.is_open
    if query.waiting:
        yield _waits(query.waiting, today, late=query.late)
    if query.text:
        words = func.websearch_to_tsquery(text("'dutch'"), query.text)
        yield or_(REQUEST.c.search.op("@@")(words), REQUEST.c.reference == query.text.strip().upper())


def _waits(kind: str, today: date, *, late: bool) -> ColumnElement[bool]:
    """Those that wait for this kind of task, by now or already past its day."""
    day = TASK.c.due < today if late else TASK.c.since <= today
    return exists().where(TASK.c.request_id == REQUEST.c.id, TASK.c.kind == kind, day)


def _line(row: Mapping[Any, Any]) -> RequestLine:
    values = {name: row[name] for name in RequestLine.__dataclass_fields__ if name != "id"}
    return RequestLine(id=str(row["id"]), **values)
