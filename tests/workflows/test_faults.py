"""Faults: whatever goes wrong, the request lives on, and what was recorded is there once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.testing import WorkflowEnvironment

from tests.workflows.desk import Desk
from tests.workflows.log_in_memory import TERM, Fault, Hold, LogInMemory, Once, away, mistaken, only_for
from workflows.messages import Standing

A_WHILE = timedelta(hours=1)
PAUSES_IN_AN_HOUR = [15, 30, 60, 120, 240, 480, 600, 600, 600, 600, 600]


async def code_of_refusal(desk: Desk, kind: str) -> str | None:
    """Give a command that is refused, and say with which code."""
    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await desk.send(kind)
    assert isinstance(refused.value.cause, ApplicationError)
    return refused.value.cause.type


async def pauses(desk: Desk) -> list[int]:
    """List how many seconds the workflow rested each time, from its short timers."""
    timers = [event.timer_started_event_attributes for event in await desk.events("TIMER_STARTED")]
    seconds = [timer.start_to_fire_timeout.seconds for timer in timers]
    return [length for length in seconds if length < A_WHILE.total_seconds()]


async def test_a_command_is_tried_seven_times_and_then_not_known(desk: Desk, log: LogInMemory, hurried: None) -> None:
    await desk.send("submit")
    log.before_commit = away

    assert await code_of_refusal(desk, "note") == "UNAVAILABLE"

    assert log.count_asked("note") == 7
    log.before_commit = None
    assert await desk.send("note") == 2


async def test_a_log_that_hangs_is_not_waited_for(desk: Desk, log: LogInMemory, hurried: None) -> None:
    await desk.send("submit")
    log.before_commit = hold = Hold()
    assert await code_of_refusal(desk, "note") == "UNAVAILABLE"
    hold.let_go()
    assert await desk.send("note") > 1


async def test_an_answer_that_was_lost_after_the_commit_is_given_again(
    desk: Desk, log: LogInMemory, hurried: None
) -> None:
    await desk.send("submit")
    log.after_commit = Once(away)
    assert await desk.send("note") == 2
    assert log.count_asked("note") == 2
    assert log.kinds_recorded() == ["submit", "note"]


async def test_a_mistake_in_a_rule_is_not_tried_again_and_the_request_lives_on(desk: Desk, log: LogInMemory) -> None:
    await desk.send("submit")
    log.before_commit = mistaken
    assert await code_of_refusal(desk, "note") == "INTERNAL"
    assert log.count_asked("note") == 1
    log.before_commit = None
    assert await desk.send("note") == 2


@pytest.mark.parametrize("fault", [away, mistaken])
async def test_time_tries_again_with_longer_pauses_up_to_ten_minutes(
    desk: Desk, log: LogInMemory, time_skipping: WorkflowEnvironment, hurried: None, fault: Fault
) -> None:
    await desk.send("submit")
    log.before_commit = fault
    await time_skipping.sleep(TERM + A_WHILE)
    assert await pauses(desk) == PAUSES_IN_AN_HOUR

    log.before_commit = None
    await time_skipping.sleep(timedelta(minutes=10))
    assert log.kinds_recorded() == ["submit", "pass_time"]


async def test_pauses_are_short_again_after_a_good_moment(
    desk: Desk, log: LogInMemory, time_skipping: WorkflowEnvironment
) -> None:
    await desk.send("submit")
    for _ in range(2):
        log.before_commit = Once(mistaken)
        await time_skipping.sleep(TERM + timedelta(days=1))
    assert await pauses(desk) == [15, 15]
    assert log.kinds_recorded() == ["submit", "pass_time", "pass_time"]


async def test_a_command_gets_through_while_time_waits_for_the_log_and_ends_its_rest(
    desk: Desk, log: LogInMemory, time_skipping: WorkflowEnvironment
) -> None:
    await desk.send("submit")
    log.before_commit = only_for("pass_time", mistaken)
    await time_skipping.sleep(TERM + A_WHILE)

    assert await desk.send("note") == 2
    log.before_commit = None
    assert await desk.send("note") == 3
    await log.until(lambda: "pass_time" in log.kinds_recorded())

    assert log.kinds_recorded() == ["submit", "note", "note", "pass_time"]


async def test_a_waking_moment_that_time_does_not_move_makes_nobody_spin(
    desk: Desk, log: LogInMemory, time_skipping: WorkflowEnvironment
) -> None:
    await desk.send("submit")
    log.term = timedelta()
    await time_skipping.sleep(TERM + A_WHILE)
    assert await pauses(desk) == PAUSES_IN_AN_HOUR
    assert log.count_asked("pass_time") == len(PAUSES_IN_AN_HOUR)


async def test_a_withdrawal_during_the_rest_ends_the_request(
    desk: Desk, log: LogInMemory, time_skipping: WorkflowEnvironment
) -> None:
    await desk.send("submit")
    log.before_commit = only_for("pass_time", mistaken)
    await time_skipping.sleep(TERM + A_WHILE)
    asked = log.count_asked("pass_time")

    await desk.send("withdraw")

    assert await desk.result() == "WITHDRAWN"
    assert log.count_asked("pass_time") == asked


async def test_the_next_command_brings_a_workflow_level_with_the_log(desk: Desk, log: LogInMemory) -> None:
    await desk.send("submit")
    log.move_on(desk.request_id, "postpone", log.recorded[0].at)
    assert await desk.send("note") == 3
    assert (await desk.standing()).wake_at == log.recorded[0].at + 2 * TERM


async def test_a_call_to_look_again_brings_a_workflow_level_with_the_log(desk: Desk, log: LogInMemory) -> None:
    await desk.send("submit")
    ahead = log.move_on(desk.request_id, "postpone", log.recorded[0].at)
    await desk.look_again()
    await log.until(lambda: log.count_asked("catch_up") == 1 and not log.at_work)
    assert await desk.standing() == ahead


async def test_a_call_to_look_again_ends_the_workflow_of_a_request_that_was_closed(
    desk: Desk, log: LogInMemory
) -> None:
    await desk.send("submit")
    log.move_on(desk.request_id, "withdraw", log.recorded[0].at)
    await desk.look_again()
    assert await desk.result() == "WITHDRAWN"


async def test_a_call_to_look_again_starts_the_workflow_of_a_request_that_has_none(
    desk: Desk, log: LogInMemory, time_skipping: WorkflowEnvironment
) -> None:
    imported = log.move_on(desk.request_id, "submit", await time_skipping.get_current_time())
    await desk.look_again()
    await log.until(lambda: log.count_asked("catch_up") == 1 and not log.at_work)
    assert await desk.standing() == imported
    assert log.count_asked("catch_up") == 1


async def test_a_call_to_look_again_at_nothing_leaves_nothing_running(desk: Desk, log: LogInMemory) -> None:
    await desk.look_again()
    assert await desk.result() is None
    assert log.recorded == []


async def test_a_call_that_comes_while_looking_makes_it_look_once_more(unmanned_desk: Desk, log: LogInMemory) -> None:
    """Looking takes so long that the call reaches the workflow before the answer, which it makes outdated."""
    desk = replace(unmanned_desk, task_timeout=timedelta(seconds=1))
    log.after_commit = hold = Hold()
    now = datetime.now(UTC)
    log.move_on(desk.request_id, "submit", now)
    async with desk.at_work():
        await desk.look_again()
        await log.until(lambda: log.count_asked("catch_up") == 1)
        log.move_on(desk.request_id, "withdraw", now)
        await desk.look_again()
        await desk.until("WORKFLOW_EXECUTION_SIGNALED", times=2)
        await desk.until("WORKFLOW_TASK_COMPLETED", times=2)
        hold.let_go()
        assert await desk.result() == "WITHDRAWN"


async def test_calls_to_look_again_do_not_pile_up_while_the_log_is_away(
    desk: Desk, log: LogInMemory, time_skipping: WorkflowEnvironment
) -> None:
    await desk.send("submit")
    log.before_commit = mistaken
    for _ in range(20):
        await desk.look_again()
    await time_skipping.sleep(A_WHILE)
    assert log.count_asked("catch_up") <= len(PAUSES_IN_AN_HOUR)


async def test_a_refused_command_does_not_keep_a_new_workflow_from_catching_up(
    desk: Desk, log: LogInMemory, time_skipping: WorkflowEnvironment
) -> None:
    log.move_on(desk.request_id, "submit", await time_skipping.get_current_time())
    assert await code_of_refusal(desk, "submit") == "NOT_NOW"
    assert (await desk.standing()).version == 1


async def test_a_terminated_workflow_comes_back_with_the_next_command(
    desk: Desk, log: LogInMemory, time_skipping: WorkflowEnvironment
) -> None:
    await desk.send("submit")
    await desk.handle.terminate()

    assert await desk.send("note") == 2

    await time_skipping.sleep(TERM + timedelta(days=1))
    assert log.kinds_recorded() == ["submit", "note", "pass_time"]


async def test_an_unavailable_log_keeps_a_new_workflow_until_it_knows(
    desk: Desk, log: LogInMemory, time_skipping: WorkflowEnvironment, hurried: None
) -> None:
    log.before_commit = away
    assert await code_of_refusal(desk, "submit") == "UNAVAILABLE"
    assert await desk.standing() == Standing()
    log.before_commit = None
    await time_skipping.sleep(A_WHILE)
    assert await desk.result() is None
