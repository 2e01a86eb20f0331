"""Time: the shell sleeps until the waking moment, lets time pass once, and sleeps on."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from temporalio.testing import WorkflowEnvironment

from tests.workflows.desk import Desk
from tests.workflows.log_in_memory import TERM, LogInMemory


async def test_time_passes_once_at_its_moment(desk: Desk, log: LogInMemory, time_skipping: WorkflowEnvironment) -> None:
    await desk.send("submit")
    waking = log.recorded[0].at + TERM

    await time_skipping.sleep(TERM + timedelta(days=1))

    assert log.kinds_recorded() == ["submit", "pass_time"]
    assert log.count_asked("pass_time") == 1
    assert waking <= log.recorded[-1].at < waking + timedelta(minutes=1)


async def test_nothing_wakes_before_its_moment(
    desk: Desk, log: LogInMemory, time_skipping: WorkflowEnvironment
) -> None:
    await desk.send("submit")
    await time_skipping.sleep(TERM - timedelta(hours=1))
    assert log.count_asked("pass_time") == 0


async def test_the_timer_is_armed_anew_only_when_the_waking_moment_moves(desk: Desk) -> None:
    await desk.send("submit")
    for _ in range(5):
        await desk.send("note")
    assert len(await desk.events("TIMER_STARTED")) == 1
    await desk.send("postpone")
    assert len(await desk.events("TIMER_STARTED")) == 2


async def test_who_has_nothing_to_wait_for_has_no_timer(
    desk: Desk, log: LogInMemory, time_skipping: WorkflowEnvironment
) -> None:
    await desk.send("submit")
    await desk.send("pause")
    await time_skipping.sleep(20 * TERM)
    assert await desk.send("note") == 3
    assert log.kinds_recorded() == ["submit", "pause", "note"]


async def test_moments_that_have_passed_are_made_up_for_without_a_timer(
    desk: Desk, log: LogInMemory, time_skipping: WorkflowEnvironment
) -> None:
    now = await time_skipping.get_current_time()
    log.move_on(desk.request_id, "submit", now - timedelta(days=100))

    await desk.look_again()
    await log.until(lambda: log.count_asked("pass_time") == 3)

    assert (await desk.standing()).version == 4
    assert len(await desk.events("TIMER_STARTED")) == 1


async def test_a_whole_life_passes_by_itself(desk: Desk, log: LogInMemory, time_skipping: WorkflowEnvironment) -> None:
    """Eighteen months of reminders, which take a tenth of a second here."""
    log.last_version = 19
    await desk.send("submit")

    await time_skipping.sleep(19 * TERM)

    assert await desk.result() == "COMPLETED"
    assert log.kinds_recorded() == ["submit", *["pass_time"] * 18]
    lived = log.recorded[-1].at - log.recorded[0].at
    assert 18 * TERM <= lived < 18 * TERM + timedelta(hours=1)


async def test_a_worker_that_remembers_nothing_goes_on_alike(
    log: LogInMemory, time_skipping: WorkflowEnvironment
) -> None:
    """Without a cache every task begins by replaying the whole history."""
    desk = Desk(client=time_skipping.client, log=log)
    log.last_version = 6
    async with desk.at_work(cached_workflows=0):
        await desk.send("submit")
        await desk.send("note")
        await time_skipping.sleep(TERM + timedelta(days=1))
        await desk.send("postpone")
        await time_skipping.sleep(4 * TERM)
        assert await desk.result() == "COMPLETED"
    assert log.kinds_recorded() == ["submit", "note", "pass_time", "postpone", "pass_time", "pass_time"]
    assert len(log.asked) == 6


@pytest.mark.parametrize("kind", ["withdraw", "postpone"])
async def test_time_gives_way_to_a_command_that_comes_in_the_same_task(
    unmanned_desk: Desk, log: LogInMemory, kind: str
) -> None:
    """The timer fires and somebody acts while no worker is there: both wait for it together."""
    desk = unmanned_desk
    log.term = timedelta(seconds=1)
    async with desk.at_work():
        await desk.send("submit")
    await desk.until("TIMER_FIRED")
    log.term = TERM

    command = asyncio.create_task(desk.send(kind))
    await desk.handle.describe()
    async with desk.at_work():
        assert await command == 2
        assert (await desk.standing()).version == 2

    assert log.kinds_recorded() == ["submit", kind]
    assert all(record.at < log.recorded[0].at + TERM for record in log.asked)
