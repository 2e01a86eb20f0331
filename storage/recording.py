"""Recording: one command, one transaction. The only place where a request changes.

Under the lock of the request's row it looks once more whether the command may still be carried out, lets the domain
decide, and writes events, row, tasks and outbox together. Nothing is said done before all of it is committed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.command import CLOCK, Actor, Command, Context
from domain.deciding import decide, evolve, fold
from domain.event import Event
from domain.passing import PassTime
from domain.redaction import TextRedacted
from domain.refusal import Reason
from domain.request import SupportRequest
from domain.tasks import open_tasks
from storage import codec, kept, log, outbox, requests, tasks
from storage.accounts import actor_of
from storage.calendar import build_calendar
from storage.coalitions import load_coalition, save_coalition
from storage.facts import gather
from storage.going_out import messages
from storage.requests import Bare, Stored

EXPIRED = Reason(
    "EXPIRED",
    nl="Dit bleef te lang liggen en is niet uitgevoerd. Bekijk de aanvraag en doe het zo nodig opnieuw.",
    en="This waited too long and was not carried out. Look at the request and do it again if needed.",
)
ROLE_LOST = Reason(
    "ROLE_LOST",
    nl="Uw account mag dit niet meer. Vraag het programma om hulp.",
    en="Your account may no longer do this. Ask the programme for help.",
)


class CommandLost(Exception):
    """The command was never kept here, or was lost before it could be: nobody was told that it was done."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A kept command with the actor that its account makes now; `version` when it was recorded before."""

    command: Command
    actor: Actor
    command_id: UUID | None
    based_on: int | None = None
    not_after: datetime | None = None
    version: int | None = None


LOAD_COMMAND = text(
    "select command.type, command.body, command.based_on, command.not_after, command.version, command.account_id,"
    " account.person_id, coalesce((select array_agg(array[role, subject]) from account_grant"
    " where account_grant.account_id = account.id), '{}') as grants"
    " from command left join account on account.id = command.account_id and account.closed_at is null"
    " where command.id = :id and command.request_id = :request_id"
)


async def record(connection: AsyncConnection, request_id: str, command_id: UUID | None, at: datetime) -> Bare:
    """Have a kept command, or without a command id the passing of time, recorded as of `at` (UTC). Commit it.

    A command that was recorded before is not recorded again. Says where the request stands afterwards.

    Raises: Refusal when it may not; CommandLost; requests.Unreadable or codec.UnknownTag when a newer release wrote it.
    """
    stored = await requests.load(connection, request_id, lock=True)
    asked = await _asked(connection, request_id, command_id)
    if asked.version is not None and stored:
        return requests.bare(stored.request)
    if asked.not_after and at > asked.not_after:
        raise EXPIRED()
    before = await _current(connection, request_id, stored)
    events = await judged(connection, before, asked, at)
    now = await write(connection, before, events, asked.command_id, at)
    if asked.command_id:
        await kept.recorded(connection, asked.command_id, now.version)
    await log.append(connection, events, asked.command_id)
    return requests.bare(now)


async def _asked(connection: AsyncConnection, request_id: str, command_id: UUID | None) -> Asked:
    if command_id is None:
        return Asked(command=PassTime(), actor=CLOCK, command_id=None)
    found = await connection.execute(LOAD_COMMAND, {"id": command_id, "request_id": UUID(request_id)})
    row = found.one_or_none()
    if row is None:
        raise CommandLost(str(command_id))
    if row.version is not None:
        return Asked(command=PassTime(), actor=CLOCK, command_id=command_id, version=row.version)
    if row.account_id is not None and row.person_id is None:
        raise ROLE_LOST()
    actor = actor_of(row.person_id, [tuple(one) for one in row.grants]) if row.account_id else CLOCK
    return Asked(
        command=codec.read_command(row.type, row.body),
        actor=actor,
        command_id=command_id,
        based_on=row.based_on,
        not_after=row.not_after,
    )


async def _current(connection: AsyncConnection, request_id: str, stored: Stored | None) -> SupportRequest:
    """The request as it stands; a state of an older schema is folded anew from the log."""
    if stored is None:
        return SupportRequest(id=request_id)
    if stored.is_current:
        return stored.request
    folded = fold(request_id, await log.read_events(connection, request_id))
    return replace(folded, coalition=stored.request.coalition)


async def judged(connection: AsyncConnection, request: SupportRequest, asked: Asked, at: datetime) -> tuple[Event, ...]:
    """Decide on the locked row, and again on the locked coalition when the command changes that."""
    facts = await gather(connection, request, asked.command, build_calendar().today(at))
    context = Context(actor=asked.actor, now=at, calendar=build_calendar(), facts=facts, based_on=asked.based_on)
    events = decide(request, asked.command, context)
    changed = reduce(evolve, events, request).coalition
    if changed == request.coalition or request.coalition is None:
        return events
    locked = await load_coalition(connection, request.coalition.id, lock=True)
    if locked == request.coalition:
        return events
    return decide(replace(request, coalition=locked), asked.command, context)


async def write(
    connection: AsyncConnection,
    before: SupportRequest,
    events: tuple[Event, ...],
    command_id: UUID | None,
    at: datetime,
    *,
    kept_by_workflow: bool = True,
) -> SupportRequest:
    """Write what these events make of the request: coalition, row, tasks and what goes out. The log comes after it."""
    after = await _after(connection, before, events)
    if after.coalition is not None and after.coalition != before.coalition:
        await save_coalition(connection, after.coalition)
    if events:
        await requests.save(connection, after, at, new=before.version == 0, kept=kept_by_workflow)
        await tasks.save_tasks(connection, after.id, open_tasks(before), open_tasks(after))
        await outbox.add(connection, messages(after, events))
    return after


async def _after(connection: AsyncConnection, before: SupportRequest, events: tuple[Event, ...]) -> SupportRequest:
    redacted = [event.fact.redacted_seq for event in events if isinstance(event.fact, TextRedacted)]
    if not redacted:
        return reduce(evolve, events, before)
    for seq in redacted:
        await log.blacken(connection, before.id, seq)
    history = await log.read_events(connection, before.id)
    return replace(fold(before.id, (*history, *events)), coalition=before.coalition)
