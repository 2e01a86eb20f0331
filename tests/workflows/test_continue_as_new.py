"""A long life: the shell goes on in a new history whenever the server suggests it, and nothing is lost on the way.

The server is told to suggest it after some thirty events instead of four thousand.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import chain

import pytest
import pytest_asyncio
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import WorkflowEnvironment

from tests.temporal import start_dev_server
from tests.workflows.desk import Desk
from tests.workflows.log_in_memory import LogInMemory, mistaken, only_for
from workflows import policies

SUGGESTED_AFTER = 30
NOT_KNOWN = (RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.ABORTED, RPCStatusCode.RESOURCE_EXHAUSTED)


@pytest_asyncio.fixture(scope="module")
async def hasty_server() -> AsyncIterator[WorkflowEnvironment]:
    """A server that suggests to continue as new after a few events."""
    settings = {"limit.historyCount.suggestContinueAsNew": SUGGESTED_AFTER}
    async with await start_dev_server(settings) as environment:
        yield environment


@pytest.fixture
async def desk(hasty_server: WorkflowEnvironment, log: LogInMemory) -> AsyncIterator[Desk]:
    """A desk at work on that server."""
    desk = Desk(client=hasty_server.client, log=log)
    async with desk.at_work():
        yield desk
        await desk.clear()


async def insist(desk: Desk, kind: str) -> int:
    """Give a command as the door does: not known means asking again with the same key."""
    command_id = str(uuid.uuid4())
    while True:
        try:
            return await desk.send(kind, command_id)
        except RPCError as error:
            if error.status not in NOT_KNOWN:
                raise


async def current_run(desk: Desk) -> str | None:
    """Ask for the run that is the last now."""
    return (await desk.handle.describe()).run_id


async def test_many_commands_at_a_time_are_each_recorded_once_over_many_histories(desk: Desk, log: LogInMemory) -> None:
    async def give_ten() -> list[int]:
        return [await insist(desk, "note") for _ in range(10)]

    await desk.send("submit")
    first = await current_run(desk)
    versions = await asyncio.gather(*(give_ten() for _ in range(8)))

    assert sorted(chain.from_iterable(versions)) == list(range(2, 82))
    assert log.kinds_recorded() == ["submit", *["note"] * 80]
    assert log.most_at_work == 1
    assert await current_run(desk) != first
    await insist(desk, "withdraw")
    assert await desk.result() == "WITHDRAWN"


async def test_a_new_history_begins_by_catching_up_and_keeps_the_waking_moment(desk: Desk, log: LogInMemory) -> None:
    await desk.send("submit")
    first = await current_run(desk)
    while await current_run(desk) == first:
        await insist(desk, "note")

    await log.until(lambda: log.count_asked("catch_up") == 1 and not log.at_work)

    assert await desk.standing() == log.standings[desk.request_id]
    await desk.until("TIMER_STARTED")


async def test_a_mistake_that_lasts_does_not_make_a_history_grow_without_end(
    desk: Desk, log: LogInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policies, "FIRST_PAUSE", timedelta(milliseconds=5))
    monkeypatch.setattr(policies, "LONGEST_PAUSE", timedelta(milliseconds=5))
    log.before_commit = only_for("pass_time", mistaken)
    log.term = timedelta()

    await desk.send("submit")
    await log.until(lambda: log.count_asked("catch_up") == 1)

    assert log.count_asked("pass_time") < SUGGESTED_AFTER
    assert len(await desk.events()) < SUGGESTED_AFTER
