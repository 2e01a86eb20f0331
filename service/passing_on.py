"""Commands that nobody typed: what one request's event, or the reference data, means for another request.

They are kept and recorded like any other command, under an id that follows from the event they come from, so that they
are carried out once however often they are passed on. The clock gives them: they have no account.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

import structlog

from domain.command import Command
from domain.deciding import command_name
from domain.joining import FollowMerger, moving_along
from domain.refusal import Refusal
from service.giving import Giving
from storage import codec, kept, requests
from storage.calendar import build_calendar
from storage.database import AsyncEngine
from storage.kept import NewCommand
from storage.municipalities import to_follow
from storage.outbox import Message

SYSTEM_COMMANDS = UUID("2c1f7f0e-7a53-5a0c-9c1c-63f3c8bb2b44")
GOOD_FOR = timedelta(days=7)
LOOK_FOR_MERGERS_EVERY = timedelta(hours=1)

log = structlog.get_logger(__name__)


class PassingOn:
    """Passes system commands on to the requests they are for."""

    def __init__(self, engine: AsyncEngine, giving: Giving) -> None:
        self.engine, self.giving = engine, giving

    async def go_on(self) -> None:
        """Look for mergers that took effect, every hour while the worker lives."""
        while True:
            if number := await self.follow_mergers(build_calendar().today(datetime.now(UTC))):
                log.info("mergers_followed", number=number)
            await asyncio.sleep(LOOK_FOR_MERGERS_EVERY.total_seconds())

    async def pass_on(self, message: Message) -> None:
        """Give the command of an outbox row to its request; one that is refused is not tried again.

        Raises: giving.NotKnown when it is not known whether it was carried out.
        """
        match message.kind:
            case "receive_merged":
                command = await self._moving_along(message.payload["merged"])
            case other:
                raise codec.UnknownTag(other)
        await self.give(message.request_id, command, source=str(message.id))

    async def _moving_along(self, merged: str) -> Command:
        """The command that another request receives when this one merged into it."""
        async with self.engine.begin() as connection:
            stored = await requests.load(connection, merged)
        if stored is None:
            raise LookupError(merged)
        return moving_along(stored.request)

    async def follow_mergers(self, day: date) -> int:
        """Have every open request of a municipality that stopped to exist follow its successor; give their number."""
        async with self.engine.begin() as connection:
            found = await to_follow(connection, day)
        for request_id, old_code in found:
            await self.give(request_id, FollowMerger(), source=f"merger/{old_code}")
        return len(found)

    async def give(self, request_id: str, command: Command, *, source: str) -> None:
        """Give a system command; `source` says where it comes from, and makes it one command.

        Raises: giving.NotKnown when it is not known whether it was carried out.
        """
        command_id = uuid5(SYSTEM_COMMANDS, f"{request_id}{chr(0)}{source}")
        now = datetime.now(UTC)
        async with self.engine.begin() as connection:
            known = await kept.find(connection, command_id)
            if known is not None and known.version is not None:
                return
            row = NewCommand(
                id=command_id,
                request_id=UUID(request_id),
                type=command_name(command),
                body=codec.write_command(command),
                fingerprint=source,
                kept_at=now,
                not_after=now + GOOD_FOR,
            )
            await kept.keep(connection, row)
        try:
            await self.giving.execute(request_id, command_id, command)
        except Refusal as refusal:
            log.warning("system_command_refused", code=refusal.code, command=row.type, request_id=request_id)
