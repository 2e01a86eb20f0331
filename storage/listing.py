"""Lists of requests: filtered, sorted, page by page, and only those that are the reader's to see.

Every sort order has an index that ends in the id, so that a page begins where the one before ended, however deep.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.command import Actor
from domain.text import known_as
from storage.requests import COLUMNS_OF_STATE, FROM_STATE, MUNICIPALITY_NAME
from storage.statement import Question, Row, put_together

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


NEXT_DUE = "coalesce(support_request.next_due, 'infinity')"
SORTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "changedAt": ("support_request.changed_at", "timestamptz"),
        "submittedAt": ("support_request.submitted_at", "timestamptz"),
        "reference": ("support_request.reference", "text"),
        "nextDue": (NEXT_DUE, "date"),
    }
)
"""What can be sorted on, and of which type that is."""
COLUMNS = ", ".join(
    f"support_request.{name}"
    for name in RequestLine.__dataclass_fields__
    if name not in ("id", "municipality_name")
)  # fmt: skip
SELECT = (
    f"select support_request.id::text as id, {COLUMNS}, {MUNICIPALITY_NAME},"  # noqa: S608 - ours
    " cast({sorted_on} as text) as position from support_request where {conditions}"
    " order by {sorted_on} {way}, support_request.id {way} limit :limit"
)


OF_COALITIONS = (
    "select * from (select distinct on (support_request.coalition_id)"  # noqa: S608 - ours
    f" support_request.id, {COLUMNS_OF_STATE} {FROM_STATE}"
    " where ({seen_by}) and support_request.coalition_id is not null"
    " order by support_request.coalition_id, support_request.changed_at desc) as latest"
    " order by changed_at desc limit :most"
)


async def list_requests(connection: AsyncConnection, actor: Actor, query: RequestQuery, today: date) -> Page:
    """List the requests this actor may see, in the order asked for; equal ones by id."""
    return await requests_listed(actor, query, today).ask(connection)


def requests_listed(actor: Actor, query: RequestQuery, today: date) -> Question[Page]:
    """Ask which requests `list_requests` lists."""
    column, kind = SORTS[query.sort.removeprefix("-")]
    way, beyond = ("desc", "<") if query.sort.startswith("-") else ("asc", ">")
    conditions = [f"({_seen_by(actor)})", *_filters(query)]
    if query.after:
        conditions.append(f"({column}, support_request.id) {beyond} (cast(:after as {kind}), cast(:after_id as uuid))")
    sql = SELECT.format(sorted_on=column, way=way, conditions=" and ".join(conditions))

    def read(rows: list[Row]) -> Page:
        more = len(rows) > query.limit
        lines = tuple(_line(row) for row in rows[: query.limit])
        return Page(rows=lines, next=(rows[query.limit - 1].position, lines[-1].id) if more else None)

    return Question(statement=put_together(sql), values=_values(actor, query, today), read=read)


def coalitions_listed(actor: Actor, most: int) -> Question[list[Row]]:
    """Ask which coalitions this actor's requests are about: the rows of the request of each that changed last.

    The latest so many; `storage.requests.read_rows` reads them.
    """
    values = {**_mine(actor), "most": most}
    return Question(statement=put_together(OF_COALITIONS.format(seen_by=_seen_by(actor))), values=values, read=list)


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


def _values(actor: Actor, query: RequestQuery, today: date) -> Mapping[str, Any]:
    after, after_id = query.after or (None, None)
    return {
        **_mine(actor),
        "today": today,
        "stage": query.stage,
        "municipality": [query.municipality],
        "province": query.province,
        "advisor": query.advisor,
        "waiting": query.waiting,
        "words": query.text,
        "reference": query.text.strip().upper() if query.text else None,
        "after": after,
        "after_id": after_id,
        "limit": query.limit + 1,
    }


def _mine(actor: Actor) -> Mapping[str, Any]:
    return {
        "me": [actor.person],
        "own_municipalities": sorted(actor.municipalities),
        "organisations": sorted(map(known_as, actor.organisations)),
    }


def _seen_by(actor: Actor) -> str:
    """The requests that are this actor's to see: staff all, others what they take part in.

    Others have few. These are found first, and whose they are stands in a select of its own: PostgreSQL then does not
    estimate how many they are, and plans the list once.
    """
    if actor.is_staff:
        return "true"
    mine = ["false"]
    if actor.is_advisor:
        mine.append("mine.advisors @> (select cast(:me as text[]))")
    if actor.municipalities:
        mine.append("mine.municipalities && (select cast(:own_municipalities as text[]))")
    if actor.organisations:
        mine.append("mine.supporters && (select cast(:organisations as text[]))")
    theirs = f"select ctid from support_request as mine where {' or '.join(mine)}"  # noqa: S608 - ours, above
    return f"support_request.ctid = any(array({theirs}))"


def _filters(query: RequestQuery) -> Iterator[str]:
    if query.stage:
        yield "support_request.stage = :stage"
    if query.municipality:
        yield "support_request.municipalities @> cast(:municipality as text[])"
    if query.province:
        yield "support_request.province = :province"
    if query.advisor:
        yield "support_request.lead_advisor = :advisor"
    if query.paused is not None:
        yield _whether("support_request.is_paused", query.paused)
    if query.overdue is not None:
        yield _whether(f"{NEXT_DUE} < :today", query.overdue)
    if query.is_open is not None:
        yield _whether("support_request.is_open", query.is_open)
    if query.waiting:
        yield _waits(late=query.late)
    if query.text:
        found = "support_request.search @@ websearch_to_tsquery('dutch', :words)"
        yield f"({found} or support_request.reference = :reference)"


def _whether(condition: str, wanted: bool) -> str:
    """A condition, or that it does not hold, as its index says it; `is true` is not in any."""
    return condition if wanted else f"not ({condition})"


def _waits(*, late: bool) -> str:
    """Those that wait for this kind of task, by now or already past its day."""
    day = "task.due < :today" if late else "task.since <= :today"
    return f"exists (select from task where request_id = support_request.id and kind = :waiting and {day})"


def _line(row: Row) -> RequestLine:
    values = row._asdict()
    del values["position"]
    return RequestLine(**values)
