"""Who speaks with the API in a journey: over HTTP, each with a token, and with the patience of a person.

A caller that hears nothing, or "not known", asks again with the same key, as the answer says. So a journey that is told
once can be walked while parts of Startloket are killed.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx2

from tests.journeys.stack import BASE, REQUESTS, Json, Stack

NOT_KNOWN = 503
A_BREATH = 0.5
"""Seconds before somebody asks again."""
Disturbance = Callable[[str], Awaitable[None]]


async def undisturbed(command: str) -> None:
    """Let everything be."""


@dataclass(kw_only=True)
class Caller:
    """Somebody with a token. `before` and `during` are called with the name of each command, and disturb it."""

    stack: Stack
    who: str
    before: Disturbance = undisturbed
    during: Disturbance = undisturbed
    acknowledged: int = 0

    @property
    def person(self) -> str:
        """The person behind the token."""
        return self.stack.people[self.who]

    async def submit(self, **body: Any) -> Json:
        """Submit a request; the view of it."""
        return await self._act(REQUESTS, "submit", body)

    async def give(self, request: Json | str, command: str, **body: Any) -> Json:
        """Give a request a command; the view of it afterwards."""
        request_id = request if isinstance(request, str) else request["id"]
        return await self._act(f"{REQUESTS}/{request_id}/commands", command, {"type": command, **body})

    async def ask(self, request: Json, command: str, **body: Any) -> httpx2.Response:
        """Try a command once; whatever the answer is."""
        return await self.post(f"{REQUESTS}/{request['id']}/commands", {"type": command, **body})

    async def _act(self, path: str, command: str, body: Json) -> Json:
        await self.before(command)
        answer, _ = await asyncio.gather(self.insist(path, body, uuid.uuid4().hex), self.during(command))
        assert answer.status_code in (200, 201), f"{self.who} {command}: {answer.status_code} {answer.text}"
        self.acknowledged += 1
        seen: Json = answer.json()
        return seen

    async def insist(self, path: str, body: Json, key: str) -> httpx2.Response:
        """Ask until it is known what became of it."""
        while True:
            try:
                answer = await self.post(path, body, key=key)
            except httpx2.TransportError:
                await asyncio.sleep(A_BREATH)
                continue
            if answer.status_code != NOT_KNOWN:
                return answer
            await asyncio.sleep(A_BREATH)

    async def post(self, path: str, body: Json, *, key: str | None = None) -> httpx2.Response:
        """Ask once."""
        headers = {"Authorization": f"Bearer {self.stack.tokens[self.who]}", "Idempotency-Key": key or uuid.uuid4().hex}
        return await self.stack.door.post(path, json=body, headers=headers)

    async def get(self, path: str, **query: str) -> Json:
        """Look at something, until it can be seen."""
        headers = {"Authorization": f"Bearer {self.stack.tokens[self.who]}"}
        while True:
            try:
                answer = await self.stack.door.get(f"{BASE}{path}", params=query, headers=headers)
            except httpx2.TransportError:
                await asyncio.sleep(A_BREATH)
                continue
            if answer.status_code != NOT_KNOWN:
                assert answer.status_code == 200, f"{self.who} {path}: {answer.status_code} {answer.text}"
                seen: Json = answer.json()
                return seen
            await asyncio.sleep(A_BREATH)

    async def look(self, request: Json) -> Json:
        """The request as this caller sees it."""
        return await self.get(f"/support-requests/{request['id']}")

    async def inbox(self, request: Json) -> set[str]:
        """The kinds of tasks that this caller has on a request."""
        items = (await self.get("/tasks", limit="100"))["items"]
        return {one["kind"] for one in items if one["requestId"] == request["id"]}

    async def timeline(self, request: Json) -> list[Json]:
        """What happened on a request, as far as this caller may read it."""
        items: list[Json] = (await self.get(f"/support-requests/{request['id']}/events"))["items"]
        return items
