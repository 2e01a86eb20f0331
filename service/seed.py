"""Demo data: accounts to sign in with, and requests of real municipalities in all stages.

They come in as any list does, each line as found on the day of its last contact; then what happened since is told by
the same commands. So clocks are really overdue, and the past is really there. Safe to run again: what is there stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from importlib import resources

from rich.console import Console

from domain.command import Actor
from domain.text import PersonId
from domain.words import Stage
from domain.working_time import ZONE, Calendar
from service.database_verbs import with_database
from service.demo.accounts import STAFF, open_accounts
from service.demo.stories import STORIES, Story
from service.demo.tale import NotYet, Tale
from service.importing.cells import day
from service.importing.columns import Column
from service.importing.listed import Sources, understand
from service.importing.mistakes import ListRefused
from service.importing.table import Row, read_table
from service.importing.taking_over import Imported, begin, command_id_of, importer, sources_of
from service.settings import Settings
from storage.accounts import Account
from storage.calendar import build_calendar
from storage.database import AsyncConnection, AsyncEngine
from storage.importing import known_commands

NOON = time(12)
FROM_TODAY = re.compile(r"vandaag([+-]\d+)")


def seed(settings: Settings) -> None:
    """Load the demo data that are not there yet.

    Raises: Failure when there is no database.
    """

    async def work(engine: AsyncEngine) -> Imported:
        async with engine.begin() as connection:
            return await load_demo(connection, datetime.now(UTC))

    loaded = with_database(settings, work)
    Console(highlight=False).print(f"{loaded.added} requests were loaded, {loaded.known} were there already.")


async def load_demo(connection: AsyncConnection, now: datetime) -> Imported:
    """Load accounts and requests as of now (UTC)."""
    accounts = await open_accounts(connection, now)
    sources = await sources_of(connection, build_calendar().today(now))
    demo = Demo(connection=connection, accounts=accounts, sources=sources, now=now)
    table = read_table(resources.files("service.demo").joinpath("requests.csv").read_bytes())
    if table.mistakes:
        raise ListRefused(table.mistakes)
    known = await known_commands(connection, [command_id_of(row.fingerprint) for row in table.rows])
    new = [row for row in table.rows if command_id_of(row.fingerprint) not in known]
    for row in new:
        await demo.load(row)
    return Imported(added=len(new), known=len(known))


@dataclass(frozen=True, kw_only=True)
class Demo:
    """The demo as it comes to be, around one moment (UTC) that is now."""

    connection: AsyncConnection
    accounts: Mapping[str, Account]
    sources: Sources
    now: datetime

    async def load(self, row: Row) -> None:
        """Import one line as found on the day of its last contact, and tell what happened since."""
        calendar = build_calendar()
        told = replace(row, cells={column: dated(said, self.now, calendar) for column, said in row.cells.items()})
        found_at = self._found_at(told)
        listed, mistakes = understand(told, replace(self.sources, today=calendar.today(found_at)))
        if listed is None:
            raise ListRefused(mistakes)
        staff = self.accounts[STAFF].actor
        history = await begin(self.connection, listed, now=found_at, actor=importer(staff.person))
        tale = Tale(history, self._actors(), staff, self.now)
        story = STORIES.get(row.cells[Column.MUNICIPALITY])
        if story and listed.stage is not Stage.CLOSED:
            await _tell(tale, story)
        await tale.until_now()
        await history.keep(command_id_of(row.fingerprint), row.fingerprint, self.now)

    def _found_at(self, row: Row) -> datetime:
        """Noon of the day of the last contact, or of the submission; what is closed is found now."""
        if Column.OUTCOME in row.cells:
            return self.now
        known = day(row.cells.get(Column.LAST_CONTACT) or row.cells[Column.SUBMITTED_ON])
        return min(datetime.combine(known, NOON, ZONE).astimezone(UTC), self.now)

    def _actors(self) -> Mapping[PersonId, Actor]:
        return {account.person: account.actor for account in self.accounts.values()}


async def _tell(tale: Tale, story: Story) -> None:
    with suppress(NotYet):
        await story(tale)


def dated(said: str, now: datetime, calendar: Calendar) -> str:
    """Write a day that is told from today on (`vandaag-12`) as a date: a working day, on the same side of today."""

    def written(told: re.Match[str]) -> str:
        days = int(told[1])
        near = calendar.today(now) + timedelta(days=days)
        on = calendar.on_or_after(near) if days > 0 else calendar.working_days_before(near, 0)
        return f"{on:%d-%m-%Y}"

    return FROM_TODAY.sub(written, said)
