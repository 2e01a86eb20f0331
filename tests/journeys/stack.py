"""The whole of Startloket as `startloket dev` runs it, in a folder and on ports of its own, met over HTTP by token."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx2
import psycopg
from psycopg.rows import scalar_row
from temporalio.client import Client, WorkflowExecutionStatus

from service.dev.data_folder import choose_ports
from service.dev.runtime import Runtime, read_runtime
from service.doctor import Examination, examine
from storage.accounts import Role, add_account, issue_token
from storage.database import open_engine
from tests.clients import client_of
from workflows.conversion import DATA_CONVERTER
from workflows.messages import workflow_id
from workflows.support_request import SupportRequestWorkflow

REPOSITORY = Path(__file__).parents[2]
BASE = "/api/v1"
REQUESTS = f"{BASE}/support-requests"
GLANCE = 0.1
"""Seconds between two looks at something that cannot call."""
AFRESH = httpx2.Limits(max_keepalive_connections=0)
"""Each call by a connection of its own: one that was kept may lead to an API that was killed."""
Json = dict[str, Any]
Grant = tuple[Role, str]


@dataclass(kw_only=True)
class Stack:
    """A running `startloket dev`, and the tokens of who may come in."""

    data: Path
    port: int
    process: subprocess.Popen[bytes]
    door: httpx2.AsyncClient
    tokens: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)

    @property
    def runtime(self) -> Runtime:
        """What runs now."""
        found = read_runtime(self.data)
        assert found is not None, self.said()
        return found

    @property
    def database_url(self) -> str:
        """Where the database is."""
        return self.runtime.environment["STARTLOKET_DATABASE_URL"]

    @property
    def environment(self) -> dict[str, str]:
        """What leads a program of ours to this stack."""
        return {**os.environ, "DATA": str(self.data)}

    def said(self) -> str:
        """All that was written on the terminal."""
        return (self.data.parent / f"{self.data.name}.log").read_text(errors="replace")

    async def open_account(self, who: str, *grants: Grant) -> None:
        """Let somebody in, with a token."""
        engine = open_engine(self.database_url, pool_size=1)
        now = datetime.now(UTC)
        async with engine.begin() as connection:
            account = await add_account(
                connection, name=who.title(), email=f"{who}@startloket.test", grants=grants, now=now
            )
            self.tokens[who] = await issue_token(connection, account.id, now=now, label="journey")
        self.people[who] = account.person
        await engine.dispose()

    async def temporal(self) -> Client:
        """A client of Temporal."""
        return await Client.connect(self.runtime.environment["TEMPORAL_ADDRESS"], data_converter=DATA_CONVERTER)

    async def workflow_status(self, request_id: str) -> WorkflowExecutionStatus | None:
        """How the workflow of a request stands."""
        client = await self.temporal()
        return (await client.get_workflow_handle(workflow_id(request_id)).describe()).status

    async def sql(self, statement: str, **values: Any) -> list[Any]:
        """Look at the database, or do something to it that Startloket never would."""
        address = self.database_url.replace("+psycopg", "")
        async with await psycopg.AsyncConnection.connect(
            address, autocommit=True, row_factory=scalar_row
        ) as connection:
            cursor = await connection.execute(statement.encode(), values)
            return await cursor.fetchall() if cursor.description else []

    async def examined(self) -> Examination:
        """What the doctor finds now."""
        engine = open_engine(self.database_url, pool_size=1)
        try:
            return await examine(engine, await self.temporal(), datetime.now(UTC))
        finally:
            await engine.dispose()

    async def until_settled(self) -> None:
        """Wait until nothing is catching up any more; at no time is there drift."""
        while (found := await self.examined()).catching_up or found.drift:
            assert found.is_healthy, found
            await asyncio.sleep(GLANCE)

    async def outcome_of_workflow(self, request_id: str) -> str | None:
        """Wait until the workflow of a request has ended, and say with what outcome."""
        client = await self.temporal()
        return await client.get_workflow_handle_for(SupportRequestWorkflow.run, workflow_id(request_id)).result()

    def kill(self, part: str) -> int:
        """End a part of it with SIGKILL; give its process id."""
        pid = self.runtime.parts[part].pid
        os.kill(pid, signal.SIGKILL)
        return pid

    def run(self, *verb: str) -> subprocess.CompletedProcess[str]:
        """Run a verb of the command line on this stack."""
        return subprocess.run(
            [sys.executable, "-m", "service.cli", *verb],
            cwd=REPOSITORY, env=self.environment, text=True, capture_output=True, check=False,
        )  # fmt: skip


@asynccontextmanager
async def running(name: str) -> AsyncIterator[Stack]:
    """Start everything in a folder of its own, wait until it is ready, and stop it in the end.

    The folder is none of pytest's: every run of pytest shuts those to PostgreSQL's own account.
    """
    with TemporaryDirectory(prefix=f"startloket-{name}-") as place:
        stack = start(Path(place) / "data", choose_ports({}, ("api",))["api"])
        try:
            await until_ready(stack)
            yield stack
        finally:
            await stopped(stack)


def start(data: Path, port: int) -> Stack:
    """Start everything, without waiting."""
    environment = {**os.environ, "DATA": str(data), "PORT": str(port), "DEMO": "0", "COLUMNS": "200"}
    with (data.parent / f"{data.name}.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "service.cli", "dev"], cwd=REPOSITORY, env=environment, stdout=log, stderr=log
        )
    door = client_of(f"http://127.0.0.1:{port}", limits=AFRESH)
    return Stack(data=data, port=port, process=process, door=door)


async def until_ready(stack: Stack) -> None:
    """Wait until the API says that all it needs is there."""
    while not await _is_ready(stack):
        assert stack.process.poll() is None, stack.said()
        await asyncio.sleep(GLANCE)


async def _is_ready(stack: Stack) -> bool:
    try:
        return (await stack.door.get("/health/ready")).status_code == 200
    except httpx2.TransportError:
        return False


async def stopped(stack: Stack) -> None:
    """Stop everything, and wait until nothing is left."""
    stack.process.send_signal(signal.SIGTERM)
    await asyncio.to_thread(stack.process.wait)
    await stack.door.aclose()
