"""An office with real accounts on a real database, where commands are kept and recorded without a workflow."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.assignment import AcceptAssignment
from domain.command import Command
from domain.deciding import command_name
from domain.event import Event
from domain.intake import Accept
from domain.request import Coalition, SupportRequest
from domain.submitting import CoalitionChoice
from storage import codec, kept, log, requests
from storage.accounts import Account, Role, add_account
from storage.coalitions import load_coalition
from storage.database import open_engine
from storage.kept import NewCommand
from storage.recording import record
from storage.requests import Bare
from tests.domain.journey import MAASTRICHT, MONDAY, PEEL_EN_MAAS, VENLO, submission
from tests.postgres import fresh_database

GOOD_FOR = timedelta(minutes=1)
BURGERKRACHT = "Burgerkracht Limburg"
GRANTS: Mapping[str, tuple[Role, str]] = {
    "staff": (Role.STAFF, ""),
    "advisor": (Role.ADVISOR, ""),
    "other_advisor": (Role.ADVISOR, ""),
    "venlo": (Role.MEMBER, VENLO),
    "maastricht": (Role.MEMBER, MAASTRICHT),
    "peel_en_maas": (Role.MEMBER, PEEL_EN_MAAS),
    "supporter": (Role.SUPPORTING_PARTY, BURGERKRACHT),
}


@dataclass(frozen=True, kw_only=True)
class Office:
    """Who works here, and what they have recorded."""

    engine: AsyncEngine
    accounts: Mapping[str, Account]

    def person(self, who: str) -> str:
        """The person behind an account."""
        return self.accounts[who].person

    async def keep(
        self, who: str | None, request_id: str, command: Command, *, at: datetime = MONDAY, based_on: int | None = None
    ) -> uuid.UUID:
        """Keep a command as the door does; by the clock when it is nobody's."""
        row = NewCommand(
            id=uuid.uuid4(),
            request_id=uuid.UUID(request_id),
            account_id=self.accounts[who].id if who else None,
            type=command_name(command),
            body=codec.write_command(command),
            fingerprint="",
            based_on=based_on,
            kept_at=at,
            not_after=at + GOOD_FOR,
        )
        async with self.engine.begin() as connection:
            await kept.keep(connection, row)
        return row.id

    async def record(self, request_id: str, command_id: uuid.UUID | None, at: datetime = MONDAY) -> Bare:
        """Have a kept command recorded, in a transaction of its own."""
        async with self.engine.begin() as connection:
            return await record(connection, request_id, command_id, at)

    async def give(
        self, who: str | None, request_id: str, command: Command, *, at: datetime = MONDAY, based_on: int | None = None
    ) -> Bare:
        """Keep a command and have it recorded."""
        return await self.record(request_id, await self.keep(who, request_id, command, at=at, based_on=based_on), at)

    async def submit(self, *, who: str = "venlo", at: datetime = MONDAY, **changes: Any) -> str:
        """A request that was submitted."""
        request_id = str(uuid.uuid4())
        await self.give(who, request_id, submission(**changes), at=at)
        return request_id

    async def under_way(self, *, at: datetime = MONDAY, **changes: Any) -> str:
        """A request in stage VISIT, its lead advisor at work."""
        request_id = await self.submit(at=at, **changes)
        await self.give("staff", request_id, Accept(verified=True, lead_advisor=self.person("advisor")), at=at)
        await self.give("advisor", request_id, AcceptAssignment(no_own_interest=True), at=at)
        return request_id

    async def two_for_one_coalition(self) -> tuple[str, str]:
        """Two requests under way that work for the same coalition."""
        first = await self.under_way()
        coalition = (await self.request(first)).coalition
        assert coalition is not None
        return first, await self.under_way(coalition=CoalitionChoice(id=coalition.id))

    async def request(self, request_id: str) -> SupportRequest:
        """The request as it stands in its row."""
        async with self.engine.begin() as connection:
            stored = await requests.load(connection, request_id)
        assert stored is not None
        return stored.request

    async def coalition(self, request_id: str) -> Coalition:
        """The coalition of a request, as it stands in its own row."""
        laid_in = (await self.request(request_id)).coalition
        assert laid_in is not None
        async with self.engine.begin() as connection:
            coalition = await load_coalition(connection, laid_in.id)
        assert coalition is not None
        return coalition

    async def events(self, request_id: str) -> tuple[Event, ...]:
        """A request's whole history."""
        async with self.engine.begin() as connection:
            return await log.read_events(connection, request_id)

    async def execute(self, statement: str, **values: object) -> None:
        """Do something to the tables that no command does."""
        async with self.engine.begin() as connection:
            await connection.execute(text(statement), values)

    async def tamper(self, statement: str, **values: object) -> None:
        """Do something to the tables that they refuse to everybody else."""
        async with self.engine.begin() as connection:
            await connection.execute(text("set local session_replication_role = replica"))
            await connection.execute(text(statement), values)

    async def value(self, query: str, **values: object) -> object:
        """Look up one value in the tables."""
        async with self.engine.begin() as connection:
            return (await connection.execute(text(query), values)).scalar_one()


TABLES = "event, task, support_request, coalition, command, outbox, eligibility_list, account, person, organisation"
EMPTY = (
    "set local session_replication_role = replica",
    f"truncate {TABLES} cascade",
    "alter sequence reference_number restart",
    "alter sequence event_position restart",
)


@pytest_asyncio.fixture(scope="session")
async def offices(postgres_server: Path) -> AsyncIterator[AsyncEngine]:
    """A database in which one test after the other keeps office."""
    with fresh_database(postgres_server) as url:
        engine = open_engine(url, pool_size=10)
        yield engine
        await engine.dispose()


@pytest_asyncio.fixture
async def office(offices: AsyncEngine) -> Office:
    """An office where nothing has been recorded yet."""
    async with offices.begin() as connection:
        for statement in EMPTY:
            await connection.execute(text(statement))
    async with offices.begin() as connection:
        accounts = {
            who: await add_account(
                connection, name=who, email=f"{who}@startloket.test", grants=[grant], now=datetime.now(UTC)
            )
            for who, grant in GRANTS.items()
        }
    return Office(engine=offices, accounts=accounts)
