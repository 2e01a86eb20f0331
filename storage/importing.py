"""Importing: a request with a whole past, told command by command and written down at once.

The commands are judged by the same core as any other, each as of its own day. Nothing is sent for them, and no workflow
is started: the sweep does that for what is open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from uuid import UUID

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.command import Actor, Command, Context
from domain.deciding import decide, evolve
from domain.event import Event
from domain.request import SupportRequest
from domain.text import CoalitionId, MunicipalityCode, PersonId, known_as
from storage.calendar import build_calendar
from storage.facts import gather
from storage.kept import COMMAND, CommandRow
from storage.recording import with_known_coalition, write


class History:
    """One request in the making: what it began with, and the events so far."""

    def __init__(self, connection: AsyncConnection, request_id: str) -> None:
        self._connection = connection
        self._before = self.request = SupportRequest(id=request_id)
        self.events: tuple[Event, ...] = ()

    async def give(self, actor: Actor, command: Command, at: datetime, *, clocks_from: date | None = None) -> None:
        """Decide on a command as of `at` (UTC); clocks that it starts run from `clocks_from`.

        Raises: Refusal when it may not.
        """
        calendar = build_calendar()
        facts = await gather(self._connection, self.request, command, calendar.today(at))
        context = Context(actor=actor, now=at, calendar=calendar, facts=facts, clocks_from=clocks_from)
        if not self.events:
            self._before = self.request = with_known_coalition(self.request, facts)
        events = decide(self.request, command, context)
        self.request = reduce(evolve, events, self.request)
        self.events = (*self.events, *events)

    async def keep(self, command_id: UUID, fingerprint: str, now: datetime) -> None:
        """Write it down as what one command led to, so that the same line is not taken over twice."""
        row = CommandRow(
            id=command_id,
            request_id=UUID(self.request.id),
            type="submit",
            fingerprint=fingerprint,
            kept_at=now,
            not_after=now,
        )
        await self._connection.execute(insert(COMMAND).values(row.model_dump()))
        changed_at = self.events[-1].at
        await write(self._connection, self._before, self.events, command_id, changed_at, imported=True)


async def known_commands(connection: AsyncConnection, command_ids: Collection[UUID]) -> frozenset[UUID]:
    """Say which of these commands were carried out before."""
    rows = await connection.execute(KNOWN, {"ids": list(command_ids)})
    return frozenset(row.id for row in rows)


KNOWN = text("select id from command where id = any(:ids) and version is not null")


async def coalition_called(connection: AsyncConnection, name: str, lead: MunicipalityCode) -> CoalitionId | None:
    """Find the coalition of this name that this municipality leads, however the name is written."""
    rows = await connection.execute(COALITIONS_OF, {"lead": lead})
    return next((row.id for row in rows if known_as(row.name) == known_as(name)), None)


COALITIONS_OF = text(
    "select id, name from coalition where municipalities @> array[cast(:lead as text)] and municipalities[1] = :lead"
    " order by id"
)


@dataclass(frozen=True, kw_only=True)
class ImportedRequest:
    """A request that was imported before, by what a list tells it apart by."""

    id: str
    municipality: MunicipalityCode
    received_on: date
    coalition: str


async def imported_before(
    connection: AsyncConnection, municipalities: Iterable[MunicipalityCode]
) -> tuple[ImportedRequest, ...]:
    """Give the requests of these municipalities that came from a list."""
    rows = await connection.execute(IMPORTED, {"codes": sorted(set(municipalities))})
    return tuple(
        ImportedRequest(
            id=str(row.id), municipality=row.lead_municipality, received_on=row.received_on, coalition=row.name
        )
        for row in rows
    )


IMPORTED = text(
    "select support_request.id, lead_municipality, coalition.name,"
    " cast(support_request.state ->> 'received_on' as date) as received_on"
    " from support_request join coalition on coalition.id = coalition_id"
    " where lead_municipality = any(:codes) and support_request.state @> '{\"imported\": true}'"
)


async def people_of_accounts(connection: AsyncConnection, mails: Iterable[str]) -> Mapping[str, PersonId]:
    """Give the people with an open account under these mail addresses, which are in small letters."""
    rows = await connection.execute(BY_MAIL, {"mails": sorted(set(mails))})
    return {row.mail: row.person_id for row in rows}


BY_MAIL = text(
    "select lower(email) as mail, person_id from account where closed_at is null and lower(email) = any(:mails)"
)


async def advisors_by_mail(connection: AsyncConnection) -> Mapping[str, PersonId]:
    """Give all advisors with an open account, by mail address in small letters."""
    return {row.mail: row.person_id for row in await connection.execute(ADVISORS)}


ADVISORS = text(
    "select lower(email) as mail, person_id from account join account_grant on account_id = id and role = 'ADVISOR'"
    " where closed_at is null"
)
