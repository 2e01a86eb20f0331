"""Journey (a) again, while every part is killed, one after the other, between and during commands: it ends the same."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from tests.journeys.callers import Caller
from tests.journeys.stack import Stack
from tests.journeys.to_embedding import has_got_there, to_embedding

pytestmark = pytest.mark.timeout(240)
KEPT = "select count(*) from command"
BETWEEN = {"accept_assignment": ("postgres",), "set_seat": ("worker",), "agree_ambition": ("temporal",)}
DURING = {
    "submit": ("worker",),
    "accept": ("temporal",),
    "propose_moments": ("api",),
    "choose_moment": ("postgres",),
    "plan_meeting": ("worker", "temporal"),
    "agree_goal": ("postgres", "api"),
    "finish_support": ("worker", "api", "temporal", "postgres"),
}


@dataclass(kw_only=True)
class Killer:
    """Kills parts of a stack at the commands named."""

    stack: Stack

    async def between(self, command: str) -> None:
        """Kill what is to be killed before this command."""
        for part in BETWEEN.get(command, ()):
            self.stack.kill(part)

    async def during(self, command: str) -> None:
        """Kill what is to be killed once this command was kept at the door, whatever has become of it by then."""
        parts = DURING.get(command, ())
        before = await self.stack.sql(KEPT) if parts else []
        while parts and await self.stack.sql(KEPT) == before:  # noqa: ASYNC110 - PostgreSQL sets no event
            await asyncio.sleep(0)
        for part in parts:
            self.stack.kill(part)


async def test_a_journey_ends_the_same_whatever_is_killed(troubled: dict[str, Caller]) -> None:
    killer = Killer(stack=troubled["venlo"].stack)
    callers = {
        who: Caller(stack=killer.stack, who=who, before=killer.between, during=killer.during) for who in troubled
    }

    await has_got_there(callers, await to_embedding(callers))

    await killer.stack.until_settled()
    assert "no drift" in killer.stack.run("doctor").stdout
