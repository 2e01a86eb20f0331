"""Faults: PostgreSQL is away, parts are killed at the worst moment. What was committed is there once, and all go on."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import pytest
from temporalio.client import WorkflowExecutionStatus

from tests.journeys.callers import Caller
from tests.journeys.held_commits import held_commits, until_recorded_unheard
from tests.journeys.stack import REQUESTS, Json, Stack
from tests.journeys.to_embedding import has_got_there, submission, to_embedding

pytestmark = pytest.mark.timeout(240)
AWAY = 80.0
"""Seconds."""
KEPT = "select count(*) from command"
BETWEEN = {
    "accept_assignment": "postgres",
    "plan_meeting": "worker",
    "agree_ambition": "temporal",
    "hand_over_action": "api",
}
DURING = {"submit": "worker", "propose_moments": "api", "choose_moment": "postgres", "agree_goal": "temporal"}
Callers = dict[str, Caller]


@asynccontextmanager
async def postgres_away(stack: Stack) -> AsyncIterator[None]:
    """Kill PostgreSQL, and let it not come back until its data are where they were."""
    data, elsewhere = stack.data / "postgres", stack.data / "elsewhere"
    data.rename(elsewhere)
    stack.kill("postgres")
    try:
        yield
    finally:
        elsewhere.rename(data)


async def test_commands_outlast_an_outage(callers: Callers) -> None:
    venlo, staff, stack = callers["venlo"], callers["staff"], callers["venlo"].stack
    request = await venlo.submit(**submission())

    began = time.monotonic()
    async with asyncio.TaskGroup() as patient, postgres_away(stack):
        patient.create_task(venlo.give(request, "note", text="Van de gemeente."))
        patient.create_task(staff.give(request, "accept", verified=True))
        await is_said_to_everybody(venlo)
        await asyncio.sleep(began + AWAY - time.monotonic())
    assert time.monotonic() - began > AWAY

    told = await staff.timeline(request)
    assert sorted(one["type"] for one in told[-2:]) == ["NoteWritten", "RequestAccepted"]
    assert [one["seq"] for one in told] == list(range(1, request["version"] + 3))
    now = await staff.give(request, "assign", leadAdvisor=callers["advisor"].person)
    assert now["stage"] == "ASSIGNMENT"
    await stack.until_settled()


async def is_said_to_everybody(venlo: Caller) -> None:
    """Looking, asking and being ready: each says 503, and how to go on."""
    looking = await venlo.stack.door.get(REQUESTS, headers={"Authorization": f"Bearer {venlo.stack.tokens['venlo']}"})
    asking = await venlo.post(REQUESTS, submission())
    ready = await venlo.stack.door.get("/health/ready")
    assert {looking.status_code, asking.status_code, ready.status_code} == {503}
    assert (looking.json()["code"], asking.json()["code"]) == ("NOT_READY", "NOT_KNOWN")
    assert int(asking.headers["Retry-After"]) > 0


async def recorded_while_parts_die(caller: Caller, path: str, body: Json, key: str, parts: tuple[str, ...]) -> None:
    """Ask, and kill these parts once that is committed and nobody has heard of it; who asked is gone by then."""
    stack = caller.stack
    async with held_commits(stack):
        asking = asyncio.create_task(caller.post(path, body, key=key))
        await until_recorded_unheard(stack)
        asking.cancel()
        with suppress(asyncio.CancelledError):
            await asking
        for part in parts:
            stack.kill(part)


@pytest.mark.parametrize("parts", [("worker",), ("worker", "temporal")], ids="+".join)
async def test_a_submission_of_which_nobody_heard_is_there_once(callers: Callers, parts: tuple[str, ...]) -> None:
    venlo, staff, key = callers["venlo"], callers["staff"], uuid.uuid4().hex
    await recorded_while_parts_die(venlo, REQUESTS, submission(), key, parts)

    [newest, *_] = (await venlo.get("/support-requests", sort="-submittedAt"))["items"]
    answer = await venlo.insist(REQUESTS, submission(), key)
    assert (answer.status_code, answer.json()["id"]) == (201, newest["id"])
    assert [one["type"] for one in await staff.timeline(newest)].count("RequestSubmitted") == 1

    now = await staff.give(newest, "accept", verified=True)
    assert now["stage"] == "ASSIGNMENT"
    assert await staff.stack.workflow_status(newest["id"]) is WorkflowExecutionStatus.RUNNING
    assert (await staff.stack.examined()).is_healthy


@pytest.mark.parametrize("parts", [("worker",), ("worker", "temporal")], ids="+".join)
async def test_a_later_command_of_which_nobody_heard_is_there_once(callers: Callers, parts: tuple[str, ...]) -> None:
    venlo, staff, key = callers["venlo"], callers["staff"], uuid.uuid4().hex
    request = await venlo.submit(**submission())
    path, body = f"{REQUESTS}/{request['id']}/commands", {"type": "accept", "verified": True}
    await recorded_while_parts_die(staff, path, body, key, parts)

    assert (await venlo.look(request))["stage"] == "ASSIGNMENT"
    answer = await staff.insist(path, body, key)
    assert answer.status_code == 200
    assert [one["type"] for one in await staff.timeline(request)].count("RequestAccepted") == 1

    await venlo.give(request, "note", text="Dank u wel.")
    assert (await staff.stack.examined()).is_healthy


async def test_a_temporal_that_lost_everything_gets_its_workflows_from_the_log(callers: Callers) -> None:
    venlo, stack = callers["venlo"], callers["venlo"].stack
    requests = [await venlo.submit(**submission()) for _ in range(3)]
    stack.kill("temporal")
    for left in stack.data.glob("temporal.db*"):
        left.unlink()
    stack.kill("worker")

    now = await venlo.give(requests[0], "note", text="Wij zijn er nog.")
    assert len(now["notes"]) == 1
    await stack.until_settled()
    for request in requests:
        assert await stack.workflow_status(request["id"]) is WorkflowExecutionStatus.RUNNING


@dataclass(kw_only=True)
class Killer:
    """Kills parts of a stack at the commands named."""

    stack: Stack
    kept_before: int = 0

    async def between(self, command: str) -> None:
        """Kill what is to be killed before this command."""
        if command in DURING:
            [self.kept_before] = await self.stack.sql(KEPT)
        if part := BETWEEN.get(command):
            self.stack.kill(part)

    async def during(self, command: str) -> None:
        """Kill what is to be killed once this command was kept at the door, whatever has become of it by then."""
        if part := DURING.get(command):
            while await self.stack.sql(KEPT) == [self.kept_before]:  # noqa: ASYNC110 - PostgreSQL sets no event
                await asyncio.sleep(0)
            self.stack.kill(part)


async def test_a_journey_ends_the_same_whatever_is_killed(callers: Callers) -> None:
    killer = Killer(stack=callers["venlo"].stack)
    disturbed = {
        who: Caller(stack=killer.stack, who=who, before=killer.between, during=killer.during) for who in callers
    }

    await has_got_there(disturbed, await to_embedding(disturbed))

    await killer.stack.until_settled()
    assert "no drift" in killer.stack.run("doctor").stdout
