"""Support requests: submit one, look at it, give it a command, read what happened. Lists stand in `lists`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, cast

import structlog
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.inbox import tasks_for
from domain.moves import allowed, allowed_on_behalf
from domain.people import people_in
from domain.submitting import Submit
from domain.timeline import TimelineItem, timeline
from domain.view_parts import RequestView
from domain.views import view
from service import errors
from service.api.answers import SupportRequestAnswer, Timeline, TimelineEvent, answer, in_camel_case
from service.api.bodies import commands, submission, to_command
from service.api.describing import (
    ANYWHERE,
    BASE,
    COMMAND,
    ON_ACTING,
    SUBMISSION,
    VERSION_HEADER,
    answers,
    takes,
)
from service.api.door import Caller, Seen, parts_of, sent_with
from service.api.problems import Obstacle
from service.composition import Parts
from storage.accounts import Account
from storage.database import AsyncConnection
from storage.log import read_events
from storage.people import names_of
from storage.requests import Stored, load

router = APIRouter(prefix="/support-requests", tags=["support-requests"])
NO_LONGER_YOURS: dict[int | str, dict[str, Any]] = {
    204: {"description": "Done; from now on this request is not yours to see.", "headers": VERSION_HEADER}
}


@router.post(
    "",
    status_code=201,
    operation_id="submitSupportRequest",
    summary="Submit a request for support",
    responses=answers(SupportRequestAnswer, *ON_ACTING, status=201, headers=("ETag", "Location")),
    openapi_extra=takes(SUBMISSION),
)
async def submit(request: Request, account: Caller) -> Response:
    """Ask for support with a coalition. Sent again with the same key, it is the same request."""
    parts, sent = parts_of(request), await sent_with(request, account, submission())
    given = to_command(sent.body, account, sent.key)
    done = await parts.giving.submit(account, cast(Submit, given.command), key=sent.key, people=given.people)
    where = {"Location": f"{BASE}/support-requests/{done.request_id}"}
    return await _answer_now(parts, account, done.request_id, status=201, headers=where)


@router.get(
    "/{id}",
    operation_id="getSupportRequest",
    summary="Look at a request",
    responses=answers(SupportRequestAnswer, errors.INVALID_INPUT, errors.NOT_FOUND, *ANYWHERE, headers=("ETag",)),
)
async def get_request(request: Request, account: Caller, seen: Seen) -> Response:
    """What the caller may see of it, what is waited for, and what the caller may do now."""
    async with parts_of(request).reading.connect() as connection:
        shown = await _shown(connection, account, seen)
    if shown is None:
        raise Obstacle(errors.NOT_FOUND)
    return answer(shown, headers=_tag(shown))


@router.post(
    "/{id}/commands",
    operation_id="giveCommand",
    summary="Give a request a command",
    responses={
        **answers(SupportRequestAnswer, errors.NOT_FOUND, *ON_ACTING, headers=("ETag",)),
        **NO_LONGER_YOURS,
    },
    openapi_extra=takes(COMMAND),
)
async def give_command(request: Request, account: Caller, seen: Seen) -> Response:
    """Do one thing. `allowedCommands` of the request says what is possible now; `type` says what is wanted."""
    parts, sent = parts_of(request), await sent_with(request, account, commands())
    given = to_command(sent.body, account, sent.key)
    done = await parts.giving.give(
        account, seen.request.id, given.command, key=sent.key, based_on=sent.based_on, people=given.people
    )
    return await _answer_now(parts, account, done.request_id)


@router.get(
    "/{id}/events",
    operation_id="listEvents",
    summary="Read what happened on a request",
    responses=answers(Timeline, errors.INVALID_INPUT, errors.NOT_FOUND, *ANYWHERE),
)
async def list_events(request: Request, account: Caller, seen: Seen) -> Response:
    """Every event that the caller may read, oldest first: what, by whom, for whom and when."""
    async with parts_of(request).reading.connect() as connection:
        events = await read_events(connection, seen.request.id)
        items = timeline(events, seen.request, account.actor)
        people = await names_of(connection, {person for item in items for person in item.people})
    return answer(Timeline(items=tuple(_told(item) for item in items), people=people))


def _told(item: TimelineItem) -> TimelineEvent:
    told = {one.name: getattr(item, one.name) for one in fields(TimelineEvent)}
    return TimelineEvent(**{**told, "data": in_camel_case(item.data)})


async def _answer_now(
    parts: Parts, account: Account, request_id: str, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Answer with the request as it is after a command: it was committed before, so this sees it."""
    structlog.contextvars.bind_contextvars(request_id=request_id)
    async with parts.reading.connect() as connection:
        stored = await load(connection, request_id)
        if stored is None:
            raise LookupError(f"request {request_id} was committed and is not there")
        shown = await _shown(connection, account, stored)
    if shown is None:
        return Response(status_code=204)
    return answer(shown, status, {**_tag(shown), **(headers or {})})


def _tag(shown: SupportRequestAnswer) -> dict[str, str]:
    return {"ETag": f'"{shown.version}"'}


async def _shown(connection: AsyncConnection, account: Account, stored: Stored) -> SupportRequestAnswer | None:
    """What this account gets to see of a request; None when it is not theirs any more."""
    request, actor = stored.request, account.actor
    seen = view(request, actor)
    if seen is None:
        return None
    tasks = tasks_for(request, actor)
    return SupportRequestAnswer(
        **{one.name: getattr(seen, one.name) for one in fields(RequestView)},
        reference=stored.reference,
        changed_at=stored.changed_at,
        tasks=tasks,
        allowed_commands=tuple(sorted(allowed(request, actor))),
        allowed_on_behalf={of: tuple(sorted(names)) for of, names in allowed_on_behalf(request, actor).items()},
        people=await names_of(connection, people_in(seen, tasks)),
    )
