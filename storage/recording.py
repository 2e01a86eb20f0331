"""Recording: one command, one transaction. The only place where a request changes.

Under the lock of the request's row it looks once more whether the command may still be carried out, lets the domain
decide, and writes events, row, tasks and outbox together. Nothing is said done before all of it is committed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.command import CLOCK, Actor, Command, Context, Facts
from domain.deciding import decide, evolve, fold
from domain.event import Event
from domain.passing import PassTime
from domain.redaction import TextRedacted
from domain.refusal import EXPIRED, ROLE_LOST
from domain.request import SupportRequest
from domain.tasks import open_tasks
from storage import codec, drafts, kept, log, news, outbox, requests, tasks
from storage.accounts import actor_of
from storage.calendar import build_calendar
from storage.coalitions import load_coalition, save_coalition
from storage.facts import gather
from storage.folding import fold_coalition
from storage.going_out import messages
from storage.hats import Hat, as_worn
from storage.newcomers import welcome_newcomer
from storage.refreshing import tell_others
from storage.requests import Bare, Stored
from storage.statement import Row, Statement


class CommandLost(Exception):
    """The command was never kept here, or was lost before it could be: nobody was told that it was done."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A kept command with the actor that its account makes now; `version` when it was recorded before."""

    command: Command
    actor: Actor
    command_id: UUID | None = None
    based_on: int | None = None
    not_after: datetime | None = None
    version: int | None = None


COLUMNS_OF_COMMAND = (
    "command.type, command.body, command.based_on, command.not_after, command.version as recorded, command.account_id,"
    " command.acting_as, account.person_id, coalesce((select array_agg(array[role, subject]) from account_grant"
    " where account_grant.account_id = account.id), '{}') as grants"
)
LOAD_COMMAND = Statement(
    f"select {COLUMNS_OF_COMMAND} from command"  # noqa: S608 - ours, above
    " left join account on account.id = command.account_id and account.closed_at is null"
    " where command.id = :id and command.request_id = :request_id for update of command"
)
LOAD_BOTH = Statement(
    f"select {requests.COLUMNS_OF_STATE}, {requests.SEEN_BEFORE_WAITING}, {COLUMNS_OF_COMMAND}"  # noqa: S608 - ours
    " from support_request"
    " join command on command.id = :id and command.request_id = support_request.id"
    " left join coalition on coalition.id = support_request.coalition_id"
    " left join account on account.id = command.account_id and account.closed_at is null"
    " where support_request.id = :request_id for update of support_request, command"
)


async def record(connection: AsyncConnection, request_id: str, command_id: UUID | None, at: datetime) -> Bare:
    """Have a kept command, or without a command id the passing of time, recorded as of `at` (UTC). Commit it.

    A command that was recorded before is not recorded again. Says where the request stands afterwards.

    Raises: Refusal when it may not; CommandLost; requests.Unreadable or codec.UnknownTag when a newer release wrote it.
    """
    stored, asked = await _locked(connection, request_id, command_id)
    if asked.version is not None and stored:
        return requests.bare(stored.request)
    if asked.not_after and at > asked.not_after:
        raise EXPIRED()
    known = stored.request if stored else SupportRequest(id=request_id)
    before, events = await judged(connection, known, asked, at)
    now = await write(connection, before, events, asked.command_id, at)
    return requests.bare(now)


async def _locked(connection: AsyncConnection, request_id: str, command_id: UUID | None) -> tuple[Stored | None, Asked]:
    """Lock request and command, in one query; a request that is yet to come has no row."""
    if command_id is None:
        return await requests.load(connection, request_id, lock=True), Asked(command=PassTime(), actor=CLOCK)
    ids = {"id": command_id, "request_id": UUID(request_id)}
    row = await requests.locked(connection, LOAD_BOTH, ids)
    if row is not None:
        return await requests.read_row(connection, request_id, row), _asked(row, command_id)
    row = await LOAD_COMMAND.row(connection, ids)
    if row is None:
        raise CommandLost(str(command_id))
    return None, _asked(row, command_id)


def _asked(row: Row, command_id: UUID) -> Asked:
    if row.recorded is not None:
        return Asked(command=PassTime(), actor=CLOCK, command_id=command_id, version=row.recorded)
    if row.body is None:
        raise CommandLost(str(command_id))
    if row.account_id is not None and row.person_id is None:
        raise ROLE_LOST()
    return Asked(
        command=codec.read_command(row.type, row.body),
        actor=_actor(row) if row.account_id else CLOCK,
        command_id=command_id,
        based_on=row.based_on,
        not_after=row.not_after,
    )


def _actor(row: Row) -> Actor:
    """What the account may be now, in the role it acted in when it gave the command."""
    actor = actor_of(row.person_id, [(role, subject) for role, subject in row.grants])
    return as_worn(actor, Hat(row.acting_as)) if row.acting_as else actor


async def judged(
    connection: AsyncConnection, request: SupportRequest, asked: Asked, at: datetime
) -> tuple[SupportRequest, tuple[Event, ...]]:
    """Decide on the locked row, and again on the locked coalition when the command changes that.

    Gives the request that was judged, with its coalition as it is now, and the events.
    """
    facts = await gather(connection, request, asked.command, build_calendar().today(at))
    context = Context(actor=asked.actor, now=at, calendar=build_calendar(), facts=facts, based_on=asked.based_on)
    before = with_known_coalition(request, facts)
    events = decide(before, asked.command, context)
    changed = reduce(evolve, events, before).coalition
    if before.coalition is None or changed == before.coalition:
        return before, events
    locked = await load_coalition(connection, before.coalition.id, lock=True)
    if locked == before.coalition:
        return before, events
    before = replace(before, coalition=locked)
    return before, decide(before, asked.command, context)


def with_known_coalition(request: SupportRequest, facts: Facts) -> SupportRequest:
    """A request that is yet to come begins with the coalition it names, as that is now (rule 19)."""
    return request if request.version or facts.coalition is None else replace(request, coalition=facts.coalition)


WRITE = (
    "with row as ({row}),"  # noqa: S608 - every part is ours
    f" gone as ({tasks.GONE}), changed as ({tasks.CHANGED}), told as ({outbox.ADD}),"
    " done as (update command set version = :version, body = null where id = cast(:command_id as uuid)),"
    f" appended as ({log.APPEND} returning position, audience)"
    f" {news.TELL}"
)
WRITE_FIRST = Statement(WRITE.format(row=requests.INSERT))
WRITE_NEXT = Statement(WRITE.format(row=requests.UPDATE))


async def write(
    connection: AsyncConnection,
    before: SupportRequest,
    events: tuple[Event, ...],
    command_id: UUID | None,
    at: datetime,
    *,
    imported: bool = False,
) -> SupportRequest:
    """Write these events and what they make of the request: coalition, row, tasks, what goes out, and the log last.

    One statement does all of it but the coalition, and tells who listens that the request changed. What is `imported`
    has no workflow yet, and nobody gets a message about it.
    """
    if not events:
        await _nothing_to_write(connection, before, command_id)
        return before
    after = await _after(connection, before, events)
    if after.coalition is not None and after.coalition != before.coalition:
        await save_coalition(connection, after.coalition)
        await tell_others(connection, after.coalition.id, after.id, at)
    gone, changed = tasks.difference(open_tasks(before), open_tasks(after))
    values = requests.row_values(after, at, kept=not imported, new=before.version == 0) | {
        "gone": gone,
        "changed": changed,
        "outbox": outbox.write_rows([] if imported else messages(after, events)),
        "command_id": command_id,
        "events": log.write_events(events),
        "lock": log.POSITION_LOCK,
    }
    await drafts.forget_settled(connection, before.id, events)
    await welcome_newcomer(connection, before.id, events)
    await (WRITE_NEXT if before.version else WRITE_FIRST).execute(connection, values)
    return after


async def _nothing_to_write(connection: AsyncConnection, request: SupportRequest, command_id: UUID | None) -> None:
    if command_id is not None:
        await kept.recorded(connection, command_id, request.version)


async def _after(connection: AsyncConnection, before: SupportRequest, events: tuple[Event, ...]) -> SupportRequest:
    """The request after these events; when a text is blackened, request and coalition are made anew from the log."""
    redacted = [event.fact.redacted_seq for event in events if isinstance(event.fact, TextRedacted)]
    if not redacted:
        return reduce(evolve, events, before)
    for seq in redacted:
        await log.blacken(connection, before.id, seq)
    history = await log.read_events(connection, before.id)
    anew = fold(before.id, (*history, *events))
    if before.coalition is None:
        return anew
    await load_coalition(connection, before.coalition.id, lock=True)
    return replace(anew, coalition=await fold_coalition(connection, before.coalition.id))
