"""Desks on real servers: one where waiting takes no time, one that nobody attends yet."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from temporalio.common import RetryPolicy
from temporalio.testing import WorkflowEnvironment

from tests.workflows.desk import Desk
from tests.workflows.log_in_memory import LogInMemory
from workflows import policies


@pytest.fixture
def log() -> LogInMemory:
    """An empty log."""
    return LogInMemory()


@pytest.fixture
async def desk(time_skipping: WorkflowEnvironment, log: LogInMemory) -> AsyncIterator[Desk]:
    """A desk at work, for a new request, where waiting takes no time."""
    desk = Desk(client=time_skipping.client, log=log)
    async with desk.at_work():
        yield desk
        await desk.clear()


@pytest.fixture
async def unmanned_desk(dev_server: WorkflowEnvironment, log: LogInMemory) -> AsyncIterator[Desk]:
    """A desk for a new request where nobody works yet, and where time is everybody's."""
    desk = Desk(client=dev_server.client, log=log)
    yield desk
    await desk.clear()


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a record be tried as often as always, but faster: the retries of a local activity cannot be skipped."""
    patient = policies.RECORD["retry_policy"]
    assert patient is not None
    hasty = RetryPolicy(initial_interval=timedelta(milliseconds=1), maximum_attempts=patient.maximum_attempts)
    monkeypatch.setitem(policies.RECORD, "retry_policy", hasty)
    monkeypatch.setitem(policies.RECORD, "start_to_close_timeout", timedelta(milliseconds=200))
