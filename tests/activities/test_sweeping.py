"""The sweep: workflows are made from the log, never the other way round."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from temporalio.client import WorkflowExecutionStatus

from domain.ending import Withdraw
from tests.domain.journey import MONDAY
from tests.office import Office
from tests.shell import Shell
from tests.temporal import start_dev_server

KEPT = "select count(*) from support_request where has_workflow"


@pytest_asyncio.fixture
async def alone(office: Office) -> AsyncIterator[Shell]:
    """An office with a Temporal that runs nobody else's workflows."""
    async with await start_dev_server() as server:
        shell = Shell(office=office, client=server.client)
        async with shell.at_work():
            yield shell


async def test_requests_without_a_workflow_get_one(alone: Shell) -> None:
    request_id = await alone.office.submit()
    await alone.office.execute("update support_request set has_workflow = false, wake_at = null")

    assert await alone.sweep.once() == 1

    assert (await alone.workflow(request_id).describe()).status is WorkflowExecutionStatus.RUNNING
    assert await alone.sweep.once() == 0


async def test_time_that_stood_still_goes_on(alone: Shell) -> None:
    request_id = await alone.office.submit(at=MONDAY.replace(year=2025))
    before = (await alone.office.request(request_id)).version

    assert await alone.sweep.once() == 1

    while (await alone.office.request(request_id)).version == before:
        await alone.workflow(request_id).describe()
    assert (await alone.office.events(request_id))[-1].type == "TaskReminded"


async def test_a_closed_request_needs_no_workflow(alone: Shell) -> None:
    request_id = await alone.office.submit()
    await alone.office.give("venlo", request_id, Withdraw(reason="Toch niet."))
    await alone.office.execute("update support_request set has_workflow = false")
    assert await alone.sweep.once() == 0


async def test_workflows_that_temporal_lost_are_found_and_made_anew(alone: Shell) -> None:
    made = [await alone.office.submit() for _ in range(3)]
    await alone.office.execute("update support_request set wake_at = now() + interval '1 day'")
    assert await alone.office.value(KEPT) == 3

    assert await alone.sweep.find_lost() == 3
    assert await alone.office.value(KEPT) == 0
    assert await alone.sweep.once() == 3

    for request_id in made:
        assert (await alone.workflow(request_id).describe()).status is WorkflowExecutionStatus.RUNNING
