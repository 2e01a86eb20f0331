"""Commands that nobody typed: what one request's event, or the reference data, means for another request.

They are kept and recorded like any other command, under an id that follows from the event they come from, so that they
are carried out once however often they are passed on. The clock gives them: they have no account.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

import structlog

from activities.sweeping import Sweep
from domain.command import Command
from domain.deciding import command_name
from domain.joining import FollowMerger, moving_along
from domain.refusal import Refusal
from service.giving import Giving, NotKnown, OurMistake
from storage import codec, kept, refreshing, requests
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

    def __init__(self, engine: AsyncEngine, giving: Giving, sweep: Sweep) -> None:
        self.engine, self.giving, self.sweep = engine, giving, sweep

    async def go_on(self) -> None:
        """Look for mergers that took effect, every hour while the worker lives."""
        while True:
            if number := await self.follow_mergers(build_calendar().today(datetime.now(UTC))):
                log.info("mergers_followed", number=number)
            await asyncio.sleep(LOOK_FOR_MERGERS_EVERY.total_seconds())

    async def pass_on(self, message: Message) -> None:
        """Have a request do what an outbox row says.

        Raises: Refusal; giving.NotKnown or giving.OurMistake when it is to be tried again.
        """
        match message.kind:
            case "receive_merged":
                command = await self._moving_along(message.payload["merged"])
                await self.give(message.request_id, command, source=str(message.id))
            case refreshing.FOLLOW_COALITION:
                await self._follow_coalition(message.request_id)
            case other:
                raise codec.UnknownTag(other)

    async def _follow_coalition(self, request_id: str) -> None:
        """Bring a request's rows level with its coalition; its workflow hears when it is to wake at another moment."""
        async with self.engine.begin() as connection:
            is_open = await refreshing.follow_coalition(connection, request_id)
        if is_open:
            await self.sweep.look_again(request_id)

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
            try:
                await self.give(request_id, FollowMerger(), source=f"merger/{old_code}")
            except (Refusal, NotKnown, OurMistake) as error:  # The next hour tries again; the others go on now.
                log.warning("merger_not_followed", request_id=request_id, error=type(error).__name__)
        return len(found)

    async def give(self, request_id: str, command: Command, *, source: str) -> None:
        """Give a system command; `source` says where it comes from, and makes it one command.

        Raises: Refusal; giving.NotKnown or giving.OurMistake when it is to be tried again.
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
        await self.giving.execute(request_id, command_id, command)
