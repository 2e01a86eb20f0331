"""Commands that nobody typed: what one request's event, or the reference data, means for another request.

They are kept and recorded like any other command, under an id that follows from the event they come from, so that they
are carried out once however often they are passed on. The clock gives them: they have no account.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.refusal import Refusal
from service.giving import Giving
from storage import codec, kept
from storage.kept import CommandRow
from storage.outbox import Message

SYSTEM_COMMANDS = UUID("2c1f7f0e-7a53-5a0c-9c1c-63f3c8bb2b44")
GOOD_FOR = timedelta(days=7)

log = structlog.get_logger(__name__)


class PassingOn:
    """Passes system commands on to the requests they are for."""

    def __init__(self, engine: AsyncEngine, giving: Giving) -> None:
        self.engine, self.giving = engine, giving

    async def pass_on(self, message: Message) -> None:
        """Give the command of an outbox row to its request; one that is refused is not tried again.

        Raises: giving.NotKnown when it is not known whether it was carried out.
        """
        await self.give(message.request_id, message.kind, message.payload, source=str(message.id))

    async def give(self, request_id: str, kind: str, body: object, *, source: str) -> None:
        """Give a system command; `source` says where it comes from, and makes it one command.

        Raises: giving.NotKnown when it is not known whether it was carried out.
        """
        command = codec.command_from(kind, body)
        command_id = uuid5(SYSTEM_COMMANDS, f"{request_id}{chr(0)}{source}")
        now = datetime.now(UTC)
        async with self.engine.begin() as connection:
            known = await kept.find(connection, command_id)
            if known is not None and known.version is not None:
                return
            row = CommandRow(
                id=command_id,
                request_id=UUID(request_id),
                type=kind,
                body=codec.write_command(command),
                fingerprint=source,
                kept_at=now,
                not_after=now + GOOD_FOR,
            )
            await kept.keep(connection, row)
        try:
            await self.giving.execute(request_id, command_id, command)
        except Refusal as refusal:
            log.warning("system_command_refused", code=refusal.code, kind=kind, request_id=request_id)
