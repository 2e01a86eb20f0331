"""One command: from a sealed envelope to the version it led to, or the reason why not."""

from __future__ import annotations

import asyncio

import pytest
from temporalio.api.sdk.v1 import WorkflowMetadata
from temporalio.client import WorkflowExecutionStatus, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from tests.workflows.desk import Desk
from tests.workflows.log_in_memory import TERM, LogInMemory, busy
from workflows.messages import Standing


async def status(desk: Desk) -> WorkflowExecutionStatus | None:
    """Ask the server how the last run is."""
    return (await desk.handle.describe()).status


async def test_a_submission_starts_the_workflow_that_keeps_the_request(desk: Desk, log: LogInMemory) -> None:
    assert await desk.send("submit") == 1

    submitted = log.recorded[0].at
    assert await desk.standing() == Standing(version=1, stage="INTAKE", is_open=True, wake_at=submitted + TERM)
    assert await status(desk) == WorkflowExecutionStatus.RUNNING


async def test_a_command_that_comes_first_makes_catching_up_needless(desk: Desk, log: LogInMemory) -> None:
    await desk.send("submit")
    assert await status(desk) == WorkflowExecutionStatus.RUNNING
    assert [record.envelope.type for record in log.asked] == ["submit"]


async def test_a_refusal_travels_with_its_code_and_leaves_the_workflow_alive(desk: Desk) -> None:
    await desk.send("submit")

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await desk.send("submit")

    reason = refused.value.cause
    assert isinstance(reason, ApplicationError)
    assert (reason.type, reason.details, reason.non_retryable) == ("NOT_NOW", ({"stage": "INTAKE"},), True)
    assert await desk.send("note") == 2


async def test_a_repeated_command_is_recorded_once_and_answered_alike(desk: Desk, log: LogInMemory) -> None:
    await desk.send("submit")
    first = await desk.send("note", command_id="a-click")
    await desk.send("note")
    assert await desk.send("note", command_id="a-click") == first
    assert log.kinds_recorded() == ["submit", "note", "note"]


async def test_commands_that_come_together_are_recorded_one_at_a_time(unmanned_desk: Desk, log: LogInMemory) -> None:
    desk = unmanned_desk
    async with desk.at_work():
        await desk.send("submit")
    log.before_commit = busy
    together = [asyncio.create_task(desk.send("note")) for _ in range(8)]
    await desk.handle.describe()
    async with desk.at_work():
        assert sorted(await asyncio.gather(*together)) == list(range(2, 10))
    assert log.most_at_work == 1


async def test_closing_ends_the_workflow_with_the_outcome(desk: Desk) -> None:
    await desk.send("submit")
    await desk.send("withdraw")
    assert await desk.result() == "WITHDRAWN"


async def test_closing_ends_the_workflow_of_a_request_that_waits_for_nothing(desk: Desk) -> None:
    await desk.send("submit")
    await desk.send("pause")
    await desk.send("withdraw")
    assert await desk.result() == "WITHDRAWN"


async def test_a_command_on_a_closed_request_starts_a_short_run(desk: Desk) -> None:
    await desk.send("submit")
    await desk.send("withdraw")
    life = (await desk.handle.describe()).run_id

    assert await desk.send("note") == 3

    assert await desk.result() == "WITHDRAWN"
    assert (await desk.handle.describe()).run_id != life


async def test_a_reopened_request_is_kept_alive_again(desk: Desk, log: LogInMemory) -> None:
    await desk.send("submit")
    await desk.send("withdraw")
    await desk.result()

    await desk.send("reopen")

    assert (await desk.standing()).wake_at == log.recorded[-1].at + TERM
    assert await status(desk) == WorkflowExecutionStatus.RUNNING


async def test_commands_that_come_while_it_closes_are_recorded_and_answered(desk: Desk, log: LogInMemory) -> None:
    await desk.send("submit")
    versions = await asyncio.gather(desk.send("note"), desk.send("withdraw"), desk.send("note"), desk.send("note"))
    assert sorted(versions) == [2, 3, 4, 5]
    assert await desk.result() == "WITHDRAWN"


async def test_a_request_that_was_never_recorded_leaves_nothing_running(desk: Desk, log: LogInMemory) -> None:
    with pytest.raises(WorkflowUpdateFailedError):
        await desk.send("note")
    assert await desk.result() is None
    assert log.recorded == []


@pytest.mark.parametrize(("kind", "events"), [("note", 6), ("postpone", 8)])
async def test_a_command_costs_few_events(desk: Desk, kind: str, events: int) -> None:
    """Eight when the waking moment moves (its timer is armed anew), six when it does not."""
    await desk.send("submit")
    before = len(await desk.events())
    for _ in range(5):
        await desk.send(kind)
    assert len(await desk.events()) - before == 5 * events


async def test_operators_read_where_a_request_stands(desk: Desk, log: LogInMemory) -> None:
    async def details() -> str:
        query = "__temporal_workflow_metadata"
        metadata: WorkflowMetadata = await desk.handle.query(query, result_type=WorkflowMetadata)
        return metadata.current_details

    await desk.send("submit")
    waking = log.recorded[0].at + TERM
    assert await details() == f"**INTAKE** · version 1 · wakes {waking:%Y-%m-%d %H:%M} UTC"
    await desk.send("withdraw")
    assert await details() == "**CLOSED** · version 2 · WITHDRAWN"
