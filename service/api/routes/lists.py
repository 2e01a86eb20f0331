"""Lists: the requests the caller may see, and the tasks that are theirs. Filtered, sorted, page by page."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from pydantic.alias_generators import to_camel
from starlette.requests import Request
from starlette.responses import Response

from domain.people import people_in
from domain.terms import Waiting
from domain.text import Line, MunicipalityCode, PersonId
from domain.words import Desk, Outcome, Stage
from service.api.answers import RequestList, RequestSummary, TaskList, TaskSummary, answer
from service.api.describing import ON_LOOKING, answers
from service.api.door import Caller, parts_of
from service.api.paging import CURSOR_PATTERN, Cursors, link_to_next
from storage.listing import Position, RequestLine, RequestQuery, list_requests
from storage.people import names_of
from storage.tasks import TaskLine, TaskQuery, list_tasks

router = APIRouter()
REQUEST_CURSORS: Cursors[Position] = Cursors(TypeAdapter(Position), "support-requests")
TASK_CURSORS: Cursors[tuple[date, str, str]] = Cursors(TypeAdapter(tuple[date, str, str]), "tasks")


class Page(BaseModel):
    """Which page of a list."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", frozen=True)

    cursor: str | None = Field(default=None, pattern=CURSOR_PATTERN, description="`nextCursor` of the page before.")
    limit: int = Field(default=50, ge=1, le=100, description="How many lines at most.")


class RequestFilters(Page):
    """Which requests, in which order."""

    stage: Stage | None = Field(default=None, description="Only in this stage.")
    municipality: MunicipalityCode | None = Field(default=None, description="Only those in which it takes part.")
    province: Line | None = Field(default=None, description="Only those led from this province.")
    advisor: PersonId | None = Field(default=None, description="Only those led by this advisor.")
    overdue: bool | None = Field(default=None, description="Only those with a task past its day, or without one.")
    paused: bool | None = Field(default=None, description="Only those at rest, or not.")
    text: Line | None = Field(default=None, description="Only those in which these words stand.")
    sort: Literal["-changedAt", "changedAt", "-submittedAt", "submittedAt", "reference", "nextDue"] = Field(
        default="-changedAt", description="By what to sort; with a minus the last comes first."
    )


class TaskFilters(Page):
    """Whose tasks, and which."""

    everyone: bool = Field(default=False, description="Everybody's instead of the caller's own; for staff.")
    person: PersonId | None = Field(default=None, description="Only those for this person.")
    kind: Waiting | None = Field(default=None, description="Only this kind of task.")
    due_before: date | None = Field(default=None, description="Only those due before this day.")


@router.get(
    "/support-requests",
    tags=["support-requests"],
    operation_id="listSupportRequests",
    summary="List requests",
    responses=answers(RequestList, *ON_LOOKING, headers=("Link",)),
)
async def list_support_requests(
    request: Request, account: Caller, asked: Annotated[RequestFilters, Query()]
) -> Response:
    """The requests that the caller may see."""
    parts = parts_of(request)
    filters = asked.model_dump(exclude={"cursor"})
    cursors = REQUEST_CURSORS.signed_by(parts.settings.database_url)
    query = RequestQuery(**filters, after=cursors.read(asked.cursor, asked.sort))
    async with parts.reading.connect() as connection:
        page = await list_requests(connection, account.actor, query, parts.calendar.today(datetime.now(UTC)))
        items = tuple(_request(row) for row in page.rows)
        people = await names_of(connection, people_in(items))
    cursor = cursors.write(page.next, asked.sort)
    return answer(RequestList(items=items, next_cursor=cursor, people=people), headers=link_to_next(request, cursor))


@router.get(
    "/tasks",
    tags=["tasks"],
    operation_id="listTasks",
    summary="List tasks",
    responses=answers(TaskList, *ON_LOOKING, headers=("Link",)),
)
async def list_open_tasks(request: Request, account: Caller, asked: Annotated[TaskFilters, Query()]) -> Response:
    """The caller's inbox, soonest due first; staff may ask for anyone's."""
    parts = parts_of(request)
    filters = asked.model_dump(exclude={"cursor"})
    cursors = TASK_CURSORS.signed_by(parts.settings.database_url)
    query = TaskQuery(**filters, after=cursors.read(asked.cursor))
    async with parts.reading.connect() as connection:
        page = await list_tasks(connection, account.actor, query, parts.calendar.today(datetime.now(UTC)))
        items = tuple(_task(row) for row in page.rows)
        people = await names_of(connection, people_in(items))
    cursor = cursors.write(page.next)
    return answer(TaskList(items=items, next_cursor=cursor, people=people), headers=link_to_next(request, cursor))


def _request(row: RequestLine) -> RequestSummary:
    outcome = Outcome(row.outcome) if row.outcome else None
    return RequestSummary(**{**vars(row), "stage": Stage(row.stage), "outcome": outcome})


def _task(row: TaskLine) -> TaskSummary:
    told = {one.name: getattr(row, one.name) for one in fields(TaskSummary)}
    return TaskSummary(**{**told, "kind": Waiting(row.kind), "desk": Desk(row.desk)})
