"""Where everything is put together: the one place that knows which parts there are.

Nothing is built at import, and nothing keeps a global: who opens parts closes them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import structlog
from temporalio.client import Client

from activities.recording import Recorder
from activities.relaying import Deliverer, NullChannel, Relay
from activities.sweeping import Sweep
from domain.working_time import Calendar
from service.giving import Giving
from service.news import News
from service.passing_on import PassingOn
from service.settings import Settings
from service.temporal import connect
from service.worker import WorkerParts, keep_going
from storage.calendar import build_calendar
from storage.database import AsyncEngine, open_engine, open_reading
from storage.lasting import Lasting
from storage.migrations.standing import is_migrated
from workflows.messages import TASK_QUEUE

LONGEST_LOOK = timedelta(seconds=3)
LOOP_CONNECTIONS = 4
RECORDING = timedelta(seconds=4)
"""Less than the five seconds that the shell gives one recording: a hanging one must not hold the turn."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a process at the door works with: `reading` to look things up, `engine` for all else."""

    settings: Settings
    engine: AsyncEngine
    reading: AsyncEngine
    client: Client
    giving: Giving
    calendar: Calendar
    news: News = field(default_factory=News)
    lasting: Lasting = field(default_factory=Lasting)


@asynccontextmanager
async def open_parts(settings: Settings) -> AsyncIterator[Parts]:
    """Open the parts of a door; Temporal is only met at the first command, so that reading works without it."""
    async with parts_on(settings, await connect(lazy=True)) as parts, hearing(parts):
        yield parts


@asynccontextmanager
async def parts_on(settings: Settings, client: Client, *, task_queue: str = TASK_QUEUE) -> AsyncIterator[Parts]:
    """Put the parts of a door together on this client. What changes is not heard yet (`hearing`)."""
    engine = open_engine(settings.database_url, pool_size=settings.database_pool_size)
    reading = open_reading(settings.database_url, pool_size=settings.database_pool_size)
    calendar = build_calendar()
    try:
        yield Parts(
            settings=settings,
            engine=engine,
            reading=reading,
            client=client,
            giving=Giving(engine, client, calendar, task_queue=task_queue),
            calendar=calendar,
        )
    finally:
        await reading.dispose()
        await engine.dispose()


@asynccontextmanager
async def hearing(parts: Parts) -> AsyncIterator[None]:
    """Listen to what changes for as long as these parts are open."""

    async def listen() -> None:
        await parts.news.listen(parts.engine)

    task = asyncio.create_task(keep_going(listen))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def tables_are_ready(engine: AsyncEngine) -> bool:
    """Tell whether the database is here, with the tables of this release."""
    try:
        async with asyncio.timeout(LONGEST_LOOK.total_seconds()), engine.connect() as connection:
            return await connection.run_sync(is_migrated)
    except Exception as error:  # noqa: BLE001 - whatever it is, the database is not ready
        log.warning("database_not_ready", error=type(error).__name__)
        return False


@asynccontextmanager
async def worker_parts(settings: Settings, client: Client) -> AsyncIterator[WorkerParts]:
    """Open the parts of a worker: one pool for recording, one for the loops and deliveries beside it."""
    recording = open_engine(settings.database_url, pool_size=settings.database_pool_size, patience=RECORDING)
    beside = open_engine(settings.database_url, pool_size=LOOP_CONNECTIONS)
    recorder = Recorder(recording)
    sweep = Sweep(beside, client)
    passing_on = PassingOn(beside, Giving(beside, client, build_calendar()), sweep)
    deliverer = Deliverer(beside, NullChannel(), passing_on)
    try:
        yield WorkerParts(
            activities=[recorder.record, deliverer.deliver, deliverer.settle_delivery],
            loops=[sweep.go_on, Relay(beside, client).go_on, passing_on.go_on],
            is_migrated=partial(tables_are_ready, beside),
        )
    finally:
        await recording.dispose()
        await beside.dispose()
