"""The way of one command, from the door to its answer.

The door judges on the committed row, so a refusal is given at once, also while no worker runs. What may go on is
kept, and Temporal is told its id. The answer comes after the commit; without one it is not known, and the same key asks
again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

import structlog
from temporalio.client import (
    Client,
    WithStartWorkflowOperation,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError

from activities.recording import INTERNAL
from domain.command import Command, Context
from domain.deciding import command_name, decide
from domain.moves import capacities
from domain.refusal import Reason, Refusal
from domain.request import SupportRequest
from domain.submitting import Submit
from domain.working_time import Calendar
from storage import codec, kept, people
from storage.accounts import Account
from storage.database import AsyncConnection, AsyncEngine, one_by_one, surely
from storage.facts import gather
from storage.kept import Kept, NewCommand
from storage.people import PersonCard
from storage.recording import with_known_coalition
from storage.requests import Stored
from workflows.messages import TASK_QUEUE, UNAVAILABLE, Envelope, Opening, workflow_id
from workflows.policies import WORKFLOW_TASK_TIMEOUT
from workflows.support_request import SupportRequestWorkflow

COMMANDS = UUID("0b7f5b0e-6a6c-5d0f-8c6b-2f1f2d6c7a11")
REQUESTS = UUID("5d9c3a34-52c5-5f0a-9b1e-0d1f7f3d0c22")
LONGEST_WAIT = timedelta(seconds=15)
GOOD_FOR = timedelta(seconds=60)

log = structlog.get_logger(__name__)


class NotKnown(Exception):
    """Whether it is done is not known: ask again with the same key."""


class OurMistake(Exception):
    """A bug kept it from being carried out: it was not. With the same key it is tried again."""


class KeyReused(Exception):
    """This key was used before, for something else."""


class NotFound(Exception):
    """There is no such request, or it is not for this account to see."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """A command that was carried out: on which request, leading to which version; `created` by a submission.

    An attempt that finds the command recorded by another one may be told a later version, if time went on meanwhile.
    """

    request_id: str
    version: int
    created: bool = False


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A command at the door: by whom, on which request, under which key, with the people it names."""

    account: Account
    request_id: str
    command: Command
    key: str
    based_on: int | None = None
    people: Mapping[str, PersonCard] = field(default_factory=dict)

    @property
    def command_id(self) -> UUID:
        """The same account and key are the same command."""
        return command_id_of(self.account, self.key)

    @property
    def fingerprint(self) -> str:
        """What tells a repeat from another command under the same key."""
        cards = "".join(f"{key}{card}" for key, card in sorted(self.people.items()))
        said = f"{self.request_id}\0{command_name(self.command)}\0{codec.write_command(self.command)}\0{cards}"
        return hashlib.sha256(said.encode()).hexdigest()


def command_id_of(account: Account, key: str) -> UUID:
    """The id of the command that this account gives under this key."""
    return uuid5(COMMANDS, f"{account.id}\0{key}")


def request_id_of(account: Account, key: str) -> str:
    """The id of the request that this account submits under this key: a double click is one request."""
    return str(uuid5(REQUESTS, f"{account.id}\0{key}"))


def person_id_of(account: Account, key: str, field_name: str) -> str:
    """The id of a person named in a command: the same however often it is sent."""
    return f"person:{uuid5(COMMANDS, f'{account.id}{chr(0)}{key}{chr(0)}{field_name}')}"


class Giving:
    """Gives commands to requests, on one database and one Temporal."""

    def __init__(
        self, engine: AsyncEngine, client: Client, calendar: Calendar, *, task_queue: str = TASK_QUEUE
    ) -> None:
        self.engine, self.client, self.calendar, self.task_queue = engine, client, calendar, task_queue
        self.one_by_one = one_by_one(engine)

    async def submit(
        self, account: Account, command: Submit, *, key: str, people: Mapping[str, PersonCard] | None = None
    ) -> Given:
        """Submit a request.

        Raises: as `give`, but never NotFound.
        """
        ask = Ask(
            account=account, request_id=request_id_of(account, key), command=command, key=key, people=people or {}
        )
        return await self._carry_out(ask)

    async def give(
        self,
        account: Account,
        request_id: str,
        command: Command,
        *,
        key: str,
        based_on: int | None = None,
        people: Mapping[str, PersonCard] | None = None,
    ) -> Given:
        """Give a command to a request.

        Raises: NotFound, KeyReused, Refusal, OurMistake or NotKnown, in that order.
        """
        ask = Ask(
            account=account, request_id=request_id, command=command, key=key, based_on=based_on, people=people or {}
        )
        return await self._carry_out(ask)

    async def _carry_out(self, ask: Ask) -> Given:
        done = await self._at_the_door(ask)
        version = done if done is not None else await self.execute(ask.request_id, ask.command_id, ask.command)
        return Given(request_id=ask.request_id, version=version, created=isinstance(ask.command, Submit))

    async def _at_the_door(self, ask: Ask) -> int | None:
        """Judge and keep; once more when the connection turned out to be from before the database restarted."""

        async def judge_and_keep() -> int | None:
            async with self._opened_for(ask) as connection:
                return await self._judge_and_keep(connection, ask)

        return await surely(judge_and_keep)

    def _opened_for(self, ask: Ask) -> AbstractAsyncContextManager[AsyncConnection]:
        """A transaction where people are written down with the command; else one statement writes, and is its own."""
        return self.engine.begin() if ask.people else self.one_by_one.connect()

    async def _judge_and_keep(self, connection: AsyncConnection, ask: Ask) -> int | None:
        """Give the version a repeat led to; else judge on the committed row and keep the command."""
        stored, known = await kept.load_with_request(connection, ask.request_id, ask.command_id)
        request = _seen(stored, ask)
        if known is not None:
            _refuse_other(known, ask)
            if known.version is not None:
                return known.version
        now = datetime.now(UTC)
        facts = await gather(connection, request, ask.command, self.calendar.today(now))
        actor = ask.account.actor
        context = Context(actor=actor, now=now, calendar=self.calendar, facts=facts, based_on=ask.based_on)
        decide(with_known_coalition(request, facts), ask.command, context)
        await people.add_people(connection, ask.people)
        await kept.keep(connection, _row(ask, now))
        return None

    async def execute(self, request_id: str, command_id: UUID, command: Command) -> int:
        """Have a kept command recorded by the request's workflow, started when it does not run.

        Raises: Refusal as the log gave it; OurMistake; NotKnown when no answer came.
        """
        envelope = Envelope(request_id=request_id, type=command_name(command), command_id=str(command_id))
        start = WithStartWorkflowOperation(
            SupportRequestWorkflow.run,
            Opening(request_id=request_id),
            id=workflow_id(request_id),
            task_queue=self.task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            task_timeout=WORKFLOW_TASK_TIMEOUT,
        )
        try:
            return await self.client.execute_update_with_start_workflow(
                SupportRequestWorkflow.execute,
                envelope,
                start_workflow_operation=start,
                rpc_timeout=LONGEST_WAIT,
            )
        except WorkflowUpdateFailedError as error:
            raise _answer(error) from error
        except (RPCError, WorkflowUpdateRPCTimeoutOrCancelledError, TimeoutError, RuntimeError) as error:
            # A lazy client that cannot connect raises RuntimeError.
            log.warning("command_not_known", error=type(error).__name__, command_id=str(command_id))
            raise NotKnown(str(command_id)) from error


def _seen(stored: Stored | None, ask: Ask) -> SupportRequest:
    """The request as this account may see it; a new one for a submission."""
    if isinstance(ask.command, Submit):
        return stored.request if stored else SupportRequest(id=ask.request_id)
    if stored is None or not capacities(stored.request, ask.account.actor):
        raise NotFound(ask.request_id)
    return stored.request


def _refuse_other(known: Kept, ask: Ask) -> None:
    if known.fingerprint != ask.fingerprint:
        raise KeyReused(ask.key)


def _row(ask: Ask, now: datetime) -> NewCommand:
    return NewCommand(
        id=ask.command_id,
        request_id=UUID(ask.request_id),
        account_id=ask.account.id,
        acting_as=ask.account.hat,
        type=command_name(ask.command),
        body=codec.write_command(ask.command),
        fingerprint=ask.fingerprint,
        based_on=ask.based_on,
        kept_at=now,
        not_after=now + GOOD_FOR,
    )


def _answer(error: WorkflowUpdateFailedError) -> Exception:
    """Turn a failed update into what the log said: a refusal by its code, a mistake of ours, or not known."""
    cause = error.cause
    if isinstance(cause, ApplicationError) and cause.type in Reason.known and cause.type != UNAVAILABLE:
        said = cause.details[0] if cause.details else {}
        return Refusal(Reason.known[cause.type], field=said.get("field"), parameters=said.get("parameters"))
    if isinstance(cause, ApplicationError) and cause.type == INTERNAL:
        return OurMistake(str(cause))
    return NotKnown(str(cause))
