"""The worker process: workflows and activities at Temporal, and the loops that look after what is overdue.

What it runs is put together in `service/composition.py`; how it runs is decided here. It stops gently on SIGTERM and
SIGINT: it takes no new work, ends what it has, and leaves the rest to another worker or to the next start.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Any

import structlog
from temporalio.client import Client
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.runtime import PrometheusConfig, Runtime, TelemetryConfig
from temporalio.worker import Worker, WorkerDeploymentConfig

from service.settings import Settings
from service.temporal import DEPLOYMENT, connect
from workflows import WORKFLOWS
from workflows.messages import TASK_QUEUE
from workflows.policies import STICKY_SCHEDULE_TO_START

DRAIN = timedelta(seconds=10)
"""What is under way may take this long to end; a recording takes 8 seconds at most."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(minutes=1)

log = structlog.get_logger(__name__)

Loop = Callable[[], Awaitable[None]]
"""Something that goes on for as long as the worker does; it is cancelled when the worker stops."""


async def _at_once() -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class WorkerParts:
    """What a worker runs besides the workflows; `service.composition.worker_parts` opens and closes it."""

    activities: Sequence[Callable[..., Any]]
    loops: Sequence[Loop] = ()
    is_migrated: Callable[[], Awaitable[bool]] = _at_once


OpenWorkerParts = Callable[[Settings, Client], AbstractAsyncContextManager[WorkerParts]]


async def run_worker(settings: Settings, open_parts: OpenWorkerParts) -> None:
    """Work with these parts until SIGTERM or SIGINT, then drain and return.

    Raises RuntimeError when Temporal is not there at the start, or when the worker cannot go on: whoever started the
    process starts it again.
    """
    stopping = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stopping.set)
    client = await connect(runtime=_runtime(settings))
    async with open_parts(settings, client) as parts:
        await until_migrated(parts.is_migrated, stopping)
        await work(build_worker(client, settings, parts), parts.loops, until=stopping)


async def until_migrated(is_migrated: Callable[[], Awaitable[bool]], stopping: asyncio.Event) -> None:
    """Wait for the tables of this release, or until told to stop: `startloket migrate` may still be at work."""
    while not stopping.is_set() and not await is_migrated():
        log.info("worker_waits_for_tables")
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), FIRST_PAUSE.total_seconds())


def build_worker(
    client: Client,
    settings: Settings,
    parts: WorkerParts,
    *,
    task_queue: str = TASK_QUEUE,
    workflows: Sequence[type] = WORKFLOWS,
) -> Worker:
    """A worker by house rules 2, 5 and 10: default sandbox, short stickiness, as many slots as connections."""
    return Worker(
        client,
        task_queue=task_queue,
        workflows=workflows,
        activities=parts.activities,
        max_concurrent_local_activities=settings.database_pool_size,
        sticky_queue_schedule_to_start_timeout=STICKY_SCHEDULE_TO_START,
        graceful_shutdown_timeout=DRAIN,
        deployment_config=_deployment(settings.build_id),
    )


async def work(worker: Worker, loops: Sequence[Loop], *, until: asyncio.Event) -> None:
    """Run worker and loops until the event is set; the loops end first, for they make work."""
    async with worker:
        log.info("worker_started", task_queue=worker.task_queue)
        looping = [asyncio.create_task(keep_going(loop)) for loop in loops]
        try:
            await until.wait()
            log.info("worker_draining")
        finally:
            for task in looping:
                task.cancel()
            await asyncio.gather(*looping, return_exceptions=True)
    log.info("worker_stopped")


async def keep_going(loop: Loop) -> None:
    """Start a loop again when it fails, after a pause that grows: a bug in the sweep must not end the worker.

    A loop that ran well for longer than the longest pause begins with a short one again.
    """
    pause = FIRST_PAUSE
    while True:
        began = monotonic()
        try:
            await loop()
        except Exception:  # whatever it is, it is logged and the loop goes on
            log.exception("loop_failed", loop=getattr(loop, "__qualname__", repr(loop)))
        if monotonic() - began > LONGEST_PAUSE.total_seconds():
            pause = FIRST_PAUSE
        await asyncio.sleep(pause.total_seconds())
        pause = min(pause * 2, LONGEST_PAUSE)


def _deployment(build_id: str | None) -> WorkerDeploymentConfig | None:
    """Versioning when there is a build id; a request moves on to the newest build, for its life outlasts many."""
    if build_id is None:
        return None
    return WorkerDeploymentConfig(
        version=WorkerDeploymentVersion(deployment_name=DEPLOYMENT, build_id=build_id),
        use_worker_versioning=True,
        default_versioning_behavior=VersioningBehavior.AUTO_UPGRADE,
    )


def _runtime(settings: Settings) -> Runtime | None:
    if settings.worker_metrics_port is None:
        return None
    address = f"{settings.host}:{settings.worker_metrics_port}"
    return Runtime(telemetry=TelemetryConfig(metrics=PrometheusConfig(bind_address=address)))
