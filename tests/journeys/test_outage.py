"""PostgreSQL is away for 80 seconds while commands are given: it is said, nothing is lost, and each is there once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.journeys.callers import Caller
from tests.journeys.conftest import let_in
from tests.journeys.stack import REQUESTS, Stack, running
from tests.journeys.to_embedding import submission

pytestmark = pytest.mark.timeout(240)
AWAY = 80.0
"""Seconds."""


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


async def test_commands_outlast_an_outage() -> None:
    async with running("outage") as stack:
        callers = await let_in(stack)
        venlo, staff = callers["venlo"], callers["staff"]
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
