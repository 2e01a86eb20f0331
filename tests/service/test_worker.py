"""The worker: set up by the house rules, ends what it has begun, and survives a loop that fails."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from temporalio import activity
from temporalio.client import Client, WithStartWorkflowOperation
from temporalio.common import VersioningBehavior, WorkflowIDConflictPolicy
from temporalio.worker import Worker

from service import worker
from service.settings import Settings
from service.worker import WorkerParts, build_worker, keep_going, until_migrated, work
from tests.temporal import start_dev_server
from workflows import SupportRequestWorkflow
from workflows.messages import Activity, Envelope, Opening, Record, Standing, workflow_id

SETTINGS = Settings(database_url="postgresql+psycopg://nowhere/none", database_pool_size=7)


class Recorder:
    """A log that answers only once the worker has been told to stop."""

    def __init__(self, stopping: asyncio.Event) -> None:
        self.stopping = stopping
        self.begun = asyncio.Event()

    @activity.defn(name=Activity.RECORD)
    async def record(self, record: Record) -> Standing:
        """Take the command, wait for the end, and record it nevertheless."""
        if record.envelope.command_id is None:
            return Standing()
        self.begun.set()
        await self.stopping.wait()
        return Standing(version=4)


@pytest.fixture(scope="module")
async def client() -> AsyncIterator[Client]:
    """A client of a Temporal of our own."""
    async with await start_dev_server() as server:
        yield server.client


def idle_worker(client: Client, settings: Settings = SETTINGS) -> Worker:
    """A worker on a queue of its own: one client may hold one worker per queue."""
    parts = WorkerParts(activities=[Recorder(asyncio.Event()).record])
    return build_worker(client, settings, parts, task_queue=uuid.uuid4().hex)


async def submit(client: Client, request_id: str, task_queue: str) -> int:
    """Have a command executed, as the door does."""
    start = WithStartWorkflowOperation(
        SupportRequestWorkflow.run,
        Opening(request_id=request_id),
        id=workflow_id(request_id),
        task_queue=task_queue,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
    )
    envelope = Envelope(request_id=request_id, command_id="c1", type="submit")
    return await client.execute_update_with_start_workflow(
        SupportRequestWorkflow.execute, envelope, start_workflow_operation=start
    )


async def test_a_command_under_way_is_answered_by_the_worker_that_is_told_to_stop(client: Client) -> None:
    stopping, queue = asyncio.Event(), uuid.uuid4().hex
    log = Recorder(stopping)
    parts = WorkerParts(activities=[log.record])
    working = asyncio.create_task(work(build_worker(client, SETTINGS, parts, task_queue=queue), (), until=stopping))
    answer = asyncio.create_task(submit(client, uuid.uuid4().hex, queue))
    await log.begun.wait()
    stopping.set()
    await working
    assert await answer == 4


async def test_loops_end_before_the_worker_does(client: Client) -> None:
    stopping, ended = asyncio.Event(), asyncio.Event()

    async def loop() -> None:
        try:
            stopping.set()
            await asyncio.Event().wait()
        finally:
            ended.set()

    built = idle_worker(client)
    await work(built, [loop], until=stopping)
    assert ended.is_set()
    assert built.is_shutdown


async def test_a_loop_that_fails_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "FIRST_PAUSE", timedelta())
    turns: list[int] = []
    third = asyncio.Event()

    async def loop() -> None:
        turns.append(len(turns))
        if len(turns) == 3:
            third.set()
        raise RuntimeError("a bug in the sweep")

    going = asyncio.create_task(keep_going(loop))
    await third.wait()
    going.cancel()
    assert turns == [0, 1, 2]


async def test_a_worker_waits_for_the_tables_of_its_release(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "FIRST_PAUSE", timedelta())
    looks = [False, False, True]

    async def is_migrated() -> bool:
        return looks.pop(0)

    await until_migrated(is_migrated, asyncio.Event())
    assert looks == []


async def test_a_worker_that_waits_for_tables_stops_when_it_is_told_to() -> None:
    stopping = asyncio.Event()

    async def is_migrated() -> bool:
        stopping.set()
        return False

    await until_migrated(is_migrated, stopping)


async def test_a_worker_has_as_many_slots_as_connections_and_a_short_stickiness(client: Client) -> None:
    config = idle_worker(client).config()
    assert config.get("max_concurrent_local_activities") == 7
    assert config.get("sticky_queue_schedule_to_start_timeout") == timedelta(seconds=2)


@pytest.mark.parametrize("build_id", [None, "2026.11.1"])
async def test_a_worker_is_versioned_only_when_its_build_has_a_name(client: Client, build_id: str | None) -> None:
    settings = SETTINGS.model_copy(update={"build_id": build_id})
    config = idle_worker(client, settings).config()
    deployment = config.get("deployment_config")
    if build_id is None:
        assert deployment is None
    else:
        assert deployment is not None
        assert deployment.use_worker_versioning
        assert deployment.version.build_id == build_id
        assert deployment.default_versioning_behavior is VersioningBehavior.AUTO_UPGRADE
