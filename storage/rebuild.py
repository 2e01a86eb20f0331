"""Rebuild: all rows anew from the log, under the same locks as recording, with what was different.

Coalitions first, because requests are laid over them. A reference number is kept; a row that was gone gets a new one. A
row without a log is removed; one that a newer release wrote is left as it is.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.request import SupportRequest
from domain.tasks import open_tasks
from storage import coalitions, codec, requests, tasks
from storage.database import open_engine
from storage.folding import fold_coalition, fold_request

EVERY_REQUEST = text("select request_id, at from event where seq = 1 order by position")
EVERY_COALITION = text(
    "select distinct data ->> 'coalition' as id from event where type = 'RequestSubmitted' order by id"
)
ROW = text(
    "select version, stage, outcome, is_open, is_paused, lead_municipality, municipalities, lead_advisor, advisors,"
    " supporters, coalition_id, next_due, wake_at, state_schema, state, has_workflow, changed_at"
    " from support_request where id = :id for update"
)
WITHOUT_LOG = text(
    "delete from support_request where not exists (select 1 from event where request_id = support_request.id)"
    " returning id"
)
TASKS = text("select * from task where request_id = :id order by key")
LAST = text("select max(at) as at from event where request_id = :id")

Report = Callable[[str], None]


def rebuild(url: str, report: Report = lambda line: None) -> bool:
    """Make every coalition, request and task anew; report each difference. True when there was none."""
    return asyncio.run(_rebuild(url, report))


async def _rebuild(url: str, report: Report) -> bool:
    engine = open_engine(url, pool_size=2)
    try:
        different = [
            await _without_log(engine, report),
            await _coalitions(engine, report),
            await _requests(engine, report),
        ]
    finally:
        await engine.dispose()
    return not any(different)


async def _without_log(engine: AsyncEngine, report: Report) -> bool:
    async with engine.begin() as connection:
        removed = [row.id for row in await connection.execute(WITHOUT_LOG)]
    for request_id in removed:
        report(f"request {request_id}: there was a row without a log")
    return bool(removed)


async def _coalitions(engine: AsyncEngine, report: Report) -> bool:
    async with engine.begin() as connection:
        ids = [row.id for row in await connection.execute(EVERY_COALITION)]
    different = False
    for coalition_id in ids:
        async with engine.begin() as connection:
            known = await coalitions.load_coalition(connection, coalition_id, lock=True)
            anew = await fold_coalition(connection, coalition_id)
            if anew is not None and anew != known:
                report(f"coalition {coalition_id}: the row was not what the log says")
                await coalitions.save_coalition(connection, anew)
                different = True
    return different


async def _requests(engine: AsyncEngine, report: Report) -> bool:
    async with engine.begin() as connection:
        ids = [str(row.request_id) for row in await connection.execute(EVERY_REQUEST)]
    different = False
    for request_id in ids:
        async with engine.begin() as connection:
            for line in await _anew(connection, request_id):
                report(f"request {request_id}: {line}")
                different = True
    return different


async def _anew(connection: AsyncConnection, request_id: str) -> list[str]:
    """Write one request's row and tasks anew when they differ from the log; say in what."""
    key = {"id": UUID(request_id)}
    row = (await connection.execute(ROW, key)).mappings().one_or_none()
    if row and row["state_schema"] > codec.STATE_SCHEMA:
        return ["a newer release wrote the row; it is left as it is"]
    request = await _laid_over(connection, request_id)
    last = (await connection.execute(LAST, key)).scalar_one()
    written = {line["key"]: line for line in (await connection.execute(TASKS, key)).mappings()}
    expected = requests.row_values(request, row["changed_at"] if row else last, kept=False, new=row is None)
    lines = [*_differences(row, expected), *_task_differences(request, written)]
    if lines:
        kept = bool(row and row["has_workflow"])
        gone, changed = list(written), tasks.difference((), open_tasks(request))[1]
        statement = text(requests.INSERT if row is None else requests.UPDATE)
        await connection.execute(statement, expected | {"has_workflow": kept})
        await connection.execute(text(tasks.GONE), key | {"gone": gone})
        await connection.execute(text(tasks.CHANGED), key | {"changed": changed})
    return lines


async def _laid_over(connection: AsyncConnection, request_id: str) -> SupportRequest:
    request = await fold_request(connection, request_id)
    if request.coalition is None:
        return request
    return replace(request, coalition=await coalitions.load_coalition(connection, request.coalition.id))


def _differences(row: RowMapping | None, expected: dict[str, Any]) -> list[str]:
    if row is None:
        return ["there was no row"]
    names = [name for name in row if name not in ("state", "has_workflow", "changed_at")]
    columns = [f"{name} was {row[name]!r}, is {expected[name]!r}" for name in names if row[name] != expected[name]]
    return columns if _is_same(row["state"], expected["state"]) else [*columns, "the state was not what the log says"]


def _is_same(state: object, expected: str) -> bool:
    """Compare what two states say; sets have no order, so their JSON may differ."""
    try:
        return codec.REQUEST.validate_python(state) == codec.REQUEST.validate_json(expected)
    except ValidationError:
        return False


def _task_differences(request: SupportRequest, written: dict[str, Any]) -> list[str]:
    expected = {one["key"]: one for one in json.loads(tasks.difference((), open_tasks(request))[1])}
    gone = [f"task {key} was no longer open" for key in written if key not in expected]
    new = [f"task {key} was missing" for key in expected if key not in written]
    names = ("kind", "about", "desk", "person", "municipality", "partner", "organisation", "escalated", "fulfilled_by")
    other = [
        f"task {key} was not what the log says"
        for key in expected.keys() & written.keys()
        if any(written[key][name] != expected[key][name] for name in names)
        or [str(written[key]["since"]), str(written[key]["due"])] != [expected[key]["since"], expected[key]["due"]]
    ]
    return [*gone, *new, *other]
