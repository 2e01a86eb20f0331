"""An honest stand-in for the doer `record`: a log in memory with a handful of commands, and faults on demand.

It keeps the promises that the shell builds on: one transaction per record, a command recorded once however often it is
asked, time never refused, a refusal that is not tried again. The tests of the real doer hold it to the same.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

from temporalio import activity
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from workflows.messages import UNAVAILABLE, Activity, Envelope, Record, Standing

TERM = timedelta(days=30)

Fault = Callable[[Record], Awaitable[None]]


class LogInMemory:
    """What was recorded, what was asked, and what goes wrong next."""

    def __init__(self) -> None:
        self.asked: list[Record] = []
        self.recorded: list[Record] = []
        self.standings: dict[str, Standing] = {}
        self.answers: dict[str, Standing] = {}
        self.before_commit: Fault | None = None
        self.after_commit: Fault | None = None
        self.term = TERM
        self.last_version: int | None = None
        self.at_work = 0
        self.most_at_work = 0
        self._changed = asyncio.Condition()

    @activity.defn(name=Activity.RECORD)
    async def record(self, record: Record) -> Standing:
        """Record as the real doer does; faults strike before or after the commit."""
        self.at_work += 1
        self.most_at_work = max(self.most_at_work, self.at_work)
        try:
            self.asked.append(record)
            await self._tell()
            if self.before_commit:
                await self.before_commit(record)
            standing = self.commit(record)
            if self.after_commit:
                await self.after_commit(record)
            return standing
        finally:
            self.at_work -= 1
            await self._tell()

    def commit(self, record: Record) -> Standing:
        """Do the work of one transaction, whoever asks for it: also without any workflow hearing of it."""
        envelope = record.envelope
        if envelope.command_id in self.answers:
            return self.answers[envelope.command_id]
        before = self.standings.get(envelope.request_id, Standing())
        after = self.decide(before, envelope, record.at)
        if after != before:
            self.recorded.append(record)
            self.standings[envelope.request_id] = after
        if envelope.command_id:
            self.answers[envelope.command_id] = after
        return after

    def decide(self, standing: Standing, envelope: Envelope, at: datetime) -> Standing:
        """Judge one command by the few rules of this log."""
        following = replace(standing, version=standing.version + 1)
        match envelope.type:
            case "catch_up":
                return standing
            case "pass_time":
                return self.pass_time(standing, at)
            case "submit" if not standing.version:
                return replace(following, stage="INTAKE", is_open=True, wake_at=at + self.term)
            case "note" if standing.version:
                return following
            case "postpone" if standing.is_open:
                return replace(following, wake_at=at + 2 * self.term)
            case "pause" if standing.is_open:
                return replace(following, wake_at=None)
            case "withdraw" if standing.is_open:
                return replace(following, stage="CLOSED", is_open=False, wake_at=None, outcome="WITHDRAWN")
            case "reopen" if standing.version and not standing.is_open:
                return replace(following, stage="INTAKE", is_open=True, wake_at=at + self.term, outcome=None)
            case _:
                raise refusal("NOT_NOW", stage=standing.stage or "NONE")

    def pass_time(self, standing: Standing, at: datetime) -> Standing:
        """Remind once a term, and complete the request at its last version; nothing when nothing is due."""
        if standing.wake_at is None or at < standing.wake_at:
            return standing
        following = replace(standing, version=standing.version + 1, wake_at=standing.wake_at + self.term)
        if following.version == self.last_version:
            return replace(following, stage="CLOSED", is_open=False, wake_at=None, outcome="COMPLETED")
        return following

    def move_on(self, request_id: str, kind: str, at: datetime) -> Standing:
        """Let the log go on without its workflow, as after a crash or a restored backup."""
        envelope = Envelope(request_id=request_id, type=kind, command_id=str(uuid.uuid4()))
        return self.commit(Record(envelope=envelope, at=at))

    def count_asked(self, kind: str) -> int:
        """Count how often this kind was asked, retries included."""
        return [record.envelope.type for record in self.asked].count(kind)

    def kinds_recorded(self) -> list[str]:
        """List the kinds of what was recorded, in order."""
        return [record.envelope.type for record in self.recorded]

    async def until(self, happened: Callable[[], bool]) -> None:
        """Wait until something is true of this log."""
        async with self._changed:
            await self._changed.wait_for(happened)

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()


def refusal(code: str, **parameters: str) -> ApplicationError:
    """Refuse as the real doer does: with a code and parameters, not to be tried again, no failure of ours."""
    return ApplicationError(code, parameters, type=code, non_retryable=True, category=ApplicationErrorCategory.BENIGN)


async def away(_: Record) -> None:
    """A fault that may heal: no connection."""
    raise ApplicationError(UNAVAILABLE, type=UNAVAILABLE)


async def mistaken(_: Record) -> None:
    """A fault that does not heal: a mistake in a rule."""
    raise ApplicationError("INTERNAL", type="INTERNAL", non_retryable=True)


async def busy(_: Record) -> None:
    """No fault: a transaction takes its time, and others come by meanwhile."""
    await asyncio.sleep(0.01)


def only_for(kind: str, fault: Fault) -> Fault:
    """Let a fault strike one kind of command only."""

    async def strike(record: Record) -> None:
        if record.envelope.type == kind:
            await fault(record)

    return strike


class Once:
    """Let a fault strike one time."""

    def __init__(self, fault: Fault) -> None:
        self.fault: Fault | None = fault

    async def __call__(self, record: Record) -> None:
        fault, self.fault = self.fault, None
        if fault:
            await fault(record)


class Hold:
    """A fault that keeps a record waiting until it is let go."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()

    async def __call__(self, _: Record) -> None:
        await self.gate.wait()

    def let_go(self) -> None:
        """Let everything through, now and later."""
        self.gate.set()
