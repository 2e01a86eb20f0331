"""The API as it is in production: over HTTP, on a real PostgreSQL and a real Temporal, with a worker that records."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from socket import socket
from typing import Any

import httpx2
import pytest_asyncio
import structlog
import uvicorn
from sqlalchemy import text
from temporalio.testing import WorkflowEnvironment

from activities.recording import Recorder
from service.api.app import create_app
from service.composition import Parts, parts_on
from service.settings import Settings
from service.worker import WorkerParts, build_worker
from storage.accounts import Account, Role, add_account, issue_token
from tests.clients import client_of
from tests.postgres import fresh_database

VENLO, MAASTRICHT = "GM0983", "GM0935"
GRANTS: Mapping[str, tuple[Role, str]] = {
    "staff": (Role.STAFF, ""),
    "advisor": (Role.ADVISOR, ""),
    "other_advisor": (Role.ADVISOR, ""),
    "venlo": (Role.MEMBER, VENLO),
    "maastricht": (Role.MEMBER, MAASTRICHT),
    "supporter": (Role.SUPPORTING_PARTY, "Burgerkracht Limburg"),
}


@dataclass(frozen=True, kw_only=True)
class House:
    """Where the API stands, what it is made of, and who may come in with which token."""

    url: str
    client: httpx2.AsyncClient
    parts: Parts
    accounts: Mapping[str, Account]
    tokens: Mapping[str, str]

    def door(self, who: str | None) -> Door:
        """The API as one of them meets it; as a stranger when it is nobody."""
        return Door(self, self.tokens[who] if who else None)

    async def count(self, table: str) -> int:
        """Count the rows of a table."""
        async with self.parts.engine.connect() as connection:
            counted = await connection.execute(text(f"select count(*) from {table}"))  # noqa: S608 - ours
            return int(counted.scalar_one())


@dataclass(frozen=True)
class Door:
    """Speaks with the API as one caller does."""

    house: House
    token: str | None

    async def get(self, path: str, **headers: str) -> httpx2.Response:
        """Look at something."""
        return await self.send("GET", path, headers=headers)

    async def post(
        self, path: str, body: Any = None, *, key: str | None = None, version: int | str | None = None
    ) -> httpx2.Response:
        """Have something done, under a new key unless one is given; a version that is a word is sent as it is."""
        headers = {"Idempotency-Key": key or uuid.uuid4().hex}
        if version is not None:
            headers["If-Match"] = version if isinstance(version, str) else f'"{version}"'
        return await self.send("POST", path, headers=headers, json=body)

    async def send(self, method: str, path: str, **options: Any) -> httpx2.Response:
        """Send anything at all."""
        headers = {**({"Authorization": f"Bearer {self.token}"} if self.token else {}), **options.pop("headers", {})}
        return await self.house.client.request(method, path, headers=headers, **options)


class Server(uvicorn.Server):
    """Serves within a test: says when it is ready, and leaves Ctrl-C to pytest."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        self.ready.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take no signals."""
        yield


@pytest_asyncio.fixture(scope="session")
async def house(postgres_server: Path, dev_server: WorkflowEnvironment) -> AsyncIterator[House]:
    """The whole API with its worker, on a database of its own; what tests leave in it stays in it."""
    queue = f"api-{uuid.uuid4()}"
    structlog.configure(processors=[structlog.processors.format_exc_info, structlog.processors.JSONRenderer()])
    with fresh_database(postgres_server) as url:
        settings = Settings(database_url=url)
        async with parts_on(settings, dev_server.client, task_queue=queue) as parts:
            accounts, tokens = await _people(parts)
            doers = WorkerParts(activities=[Recorder(parts.engine).record])
            async with (
                build_worker(dev_server.client, settings, doers, task_queue=queue),
                serve(parts) as url_of_api,
                client_of(url_of_api) as client,
            ):
                yield House(url=url_of_api, client=client, parts=parts, accounts=accounts, tokens=tokens)
    structlog.reset_defaults()


@asynccontextmanager
async def serve(parts: Parts) -> AsyncIterator[str]:
    """Serve the API on these parts, on a free port."""

    @asynccontextmanager
    async def lend() -> AsyncIterator[Parts]:
        yield parts

    config = uvicorn.Config(create_app(lend), port=0, log_config=None, access_log=False, server_header=False)
    server = Server(config)
    serving = asyncio.create_task(server.serve())
    await server.ready.wait()
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await serving


async def _people(parts: Parts) -> tuple[dict[str, Account], dict[str, str]]:
    now = datetime.now(UTC)
    accounts, tokens = {}, {}
    async with parts.engine.begin() as connection:
        for who, grant in GRANTS.items():
            accounts[who] = await add_account(
                connection, name=who.title(), email=f"{who}@startloket.test", grants=[grant], now=now
            )
            tokens[who] = await issue_token(connection, accounts[who].id, now=now, label="test")
    return accounts, tokens
