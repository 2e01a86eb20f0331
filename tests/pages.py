"""The pages as they are in production: over HTTP, with a worker that records and a provider to sign in at.

The people are those of the demo, called by the part of their address before the @: `staff`, `advisor1`, `venlo`.
"""

from __future__ import annotations

import asyncio
import html
import re
import uuid
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from socket import socket

import httpx2
import pytest_asyncio
import structlog
import uvicorn
from pydantic import SecretStr
from temporalio.testing import WorkflowEnvironment

from activities.recording import Recorder
from service.composition import Parts, hearing, parts_on
from service.demo.accounts import open_accounts
from service.dev.data_folder import DataFolder, choose_ports
from service.dev.part import launch, readiness_of, stop
from service.dev.stack import PROVIDER_PORT, provider_part
from service.pages.cookies import Cookies
from service.pages.guarding import SESSION
from service.serving import Server
from service.settings import Settings
from service.sign_in.demo import invite_demo_people
from service.worker import WorkerParts, build_worker
from storage.accounts import Account
from storage.sessions import begin_session
from tests.clients import client_of
from tests.postgres import fresh_database

HIDDEN = re.compile(r'<input type="hidden"\s+name="(?P<name>\w+)"\s+value="(?P<value>[^"]*)"')
COOKIES = Cookies(secure=False)


@dataclass
class Visitor:
    """A browser without a window."""

    client: httpx2.AsyncClient
    shown: str = ""

    async def get(self, path: str) -> httpx2.Response:
        """Go to a page, and to wherever it sends on to."""
        answer = await self.client.get(path, follow_redirects=True)
        self.shown = answer.text
        return answer

    async def post(self, path: str, fields: Mapping[str, object] | None = None) -> httpx2.Response:
        """Send the form that is shown, with its hidden fields, as a browser does; follow to where it leads."""
        hidden = {found["name"]: html.unescape(found["value"]) for found in HIDDEN.finditer(self.shown)}
        answer = await self.client.post(
            path, data={**hidden, **(fields or {})}, headers={"Sec-Fetch-Site": "same-origin"}, follow_redirects=True
        )
        self.shown = answer.text
        return answer


@dataclass(frozen=True, kw_only=True)
class PagesHouse:
    """Where the pages stand, what they are made of, and who may come in."""

    url: str
    issuer: str
    parts: Parts
    accounts: Mapping[str, Account]
    visitors: list[httpx2.AsyncClient] = field(default_factory=list)

    async def session_of(self, who: str) -> dict[str, str]:
        """Begin a session without going by the provider: the cookie that the browser holds, as name and value."""
        return await self._session(self.accounts[who])

    async def _session(self, account: Account) -> dict[str, str]:
        async with self.parts.engine.begin() as connection:
            held = await begin_session(connection, account.id, now=datetime.now(UTC))
        return {f"startloket-{SESSION}": held}

    async def visitor(self, who: str | None = None) -> Visitor:
        """Somebody who is signed in, or a stranger."""
        return self._visitor(await self.session_of(who) if who else None)

    async def visitor_of(self, account: Account) -> Visitor:
        """Somebody who is signed in and is not of the demo."""
        return self._visitor(await self._session(account))

    def _visitor(self, cookies: dict[str, str] | None) -> Visitor:
        client = client_of(self.url, cookies=cookies)
        self.visitors.append(client)
        return Visitor(client)


class ServerOfTests(Server):
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
async def pages(postgres_server: Path, dev_server: WorkflowEnvironment) -> AsyncIterator[PagesHouse]:
    """The whole house with its pages, on a database of its own; what tests leave in it stays in it."""
    async with open_house(postgres_server, dev_server) as house, _provider(house.issuer):
        yield house


@asynccontextmanager
async def open_house(postgres_server: Path, dev_server: WorkflowEnvironment) -> AsyncIterator[PagesHouse]:
    """Open a house with its pages, whose provider of identities has still to come."""
    ports = choose_ports({}, ("pages", PROVIDER_PORT))
    queue = f"pages-{uuid.uuid4()}"
    structlog.configure(processors=[structlog.processors.format_exc_info, structlog.processors.JSONRenderer()])
    with fresh_database(postgres_server) as database_url:
        url, issuer = f"http://127.0.0.1:{ports['pages']}", f"http://127.0.0.1:{ports[PROVIDER_PORT]}"
        settings = Settings(
            database_url=database_url,
            public_url=url,
            oidc_issuer=issuer,
            oidc_client_secret=SecretStr("any will do here"),
            development=True,
        )
        async with parts_on(settings, dev_server.client, task_queue=queue) as parts:
            async with parts.engine.begin() as connection:
                opened = await open_accounts(connection, datetime.now(UTC))
                await invite_demo_people(connection, datetime.now(UTC))
            accounts = {email.partition("@")[0]: account for email, account in opened.items()}
            house = PagesHouse(url=url, issuer=issuer, parts=parts, accounts=accounts)
            doers = WorkerParts(activities=[Recorder(parts.engine).record])
            async with (
                build_worker(dev_server.client, settings, doers, task_queue=queue),
                hearing(parts),
                serve_pages(parts, ports["pages"]),
            ):
                yield house
            for client in house.visitors:
                await client.aclose()
    structlog.reset_defaults()


@asynccontextmanager
async def _provider(issuer: str) -> AsyncIterator[None]:
    ports = {PROVIDER_PORT: int(issuer.rpartition(":")[2])}
    part = replace(provider_part(DataFolder(Path()), ports), log=None)
    process = await launch(part)
    await readiness_of(part)
    yield
    await stop(part, process, asyncio.Event())


@asynccontextmanager
async def serve_pages(parts: Parts, port: int) -> AsyncIterator[None]:
    """Serve the doors on these parts; stop as `startloket api` does."""
    from service.doors import create_app  # noqa: PLC0415 - a page that does not load fails the tests of pages alone

    @asynccontextmanager
    async def lend() -> AsyncIterator[Parts]:
        yield parts

    config = uvicorn.Config(create_app(lend), port=port, log_config=None, access_log=False, server_header=False)
    server = ServerOfTests(config)
    serving = asyncio.create_task(server.serve())
    await server.ready.wait()
    yield
    server.should_exit = True
    await serving
