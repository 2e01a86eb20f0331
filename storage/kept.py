"""Kept commands: what was asked at the door, before it was judged for good.

A command's id follows from the account and the key it was sent with, so the same click is one command. Its body is
emptied once it is recorded; its fingerprint stays, to tell a repeat from another command under the same key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Column, DateTime, Index, Text, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel

from storage import requests
from storage.hats import Hat
from storage.requests import Stored
from storage.statement import Row, Statement


class CommandRow(SQLModel, table=True):
    """One kept command, and in which role it was given, if one was chosen; `version` is null until it is recorded."""

    __tablename__: ClassVar[str] = "command"
    __table_args__ = (
        Index("ix_command_request_id", "request_id"),
        Index("ix_command_account_id", "account_id"),
        Index("ix_command_forgotten", "not_after", postgresql_where=text("version is null and body is not null")),
    )

    id: UUID = Field(primary_key=True)
    request_id: UUID
    account_id: UUID | None = None
    acting_as: str | None = None
    type: str
    body: str | None = Field(default=None, sa_column=Column(Text))
    fingerprint: str
    based_on: int | None = None
    kept_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    not_after: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    version: int | None = None


COMMAND = CommandRow.__table__  # type: ignore[attr-defined]  # SQLModel makes it


LOAD_WITH_REQUEST = Statement(
    f"select {requests.COLUMNS_OF_STATE}, command.id as command_id, command.request_id, command.fingerprint,"  # noqa: S608
    " command.version from (select cast(:command_id as uuid) as id) as sent"
    " left join command on command.id = sent.id"
    " left join support_request on support_request.id = cast(:request_id as uuid)"
    " left join coalition on coalition.id = support_request.coalition_id"
)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A command that was kept before: for which request, whether it was recorded, and what it looked like."""

    request_id: str
    fingerprint: str
    version: int | None


def read_row(row: Row) -> Kept:
    """Read a kept command from a row."""
    return Kept(request_id=str(row.request_id), fingerprint=row.fingerprint, version=row.version)


async def find(connection: AsyncConnection, command_id: UUID) -> Kept | None:
    """Find a command by its id."""
    columns = (COMMAND.c.request_id, COMMAND.c.fingerprint, COMMAND.c.version)
    row = (await connection.execute(select(*columns).where(COMMAND.c.id == command_id))).one_or_none()
    return read_row(row) if row else None


async def load_with_request(
    connection: AsyncConnection, request_id: str, command_id: UUID
) -> tuple[Stored | None, Kept | None]:
    """Read a request and, if it was sent before, a command, in one query.

    Raises: requests.Unreadable when a newer release wrote the request.
    """
    ids = {"request_id": UUID(request_id), "command_id": command_id}
    row = await LOAD_WITH_REQUEST.row(connection, ids)
    stored = await requests.read_row(connection, request_id, row) if row.state is not None else None
    return stored, read_row(row) if row.command_id is not None else None


@dataclass(frozen=True, kw_only=True)
class NewCommand:
    """A command as the door keeps it; without an account it is the service's own, without a role it is given in all."""

    id: UUID
    request_id: UUID
    account_id: UUID | None = None
    acting_as: Hat | None = None
    type: str
    body: str
    fingerprint: str
    based_on: int | None = None
    kept_at: datetime
    not_after: datetime


FIELDS = "id, request_id, account_id, acting_as, type, body, fingerprint, based_on, kept_at, not_after"
KEEP = Statement(
    f"insert into command ({FIELDS})"  # noqa: S608 - ours, above
    " select :id, :request_id, :account_id, :acting_as, :type, :body, :fingerprint, :based_on, :kept_at, :not_after"
    " from (select set_config('synchronous_commit', 'off', true)) as hasty"
    " on conflict (id) do update set not_after = excluded.not_after, body = excluded.body,"
    " based_on = excluded.based_on, acting_as = excluded.acting_as where command.version is null"
)


async def keep(connection: AsyncConnection, command: NewCommand) -> None:
    """Keep a command, or give one that was not recorded yet another minute.

    The commit need not reach the disk: nobody is told anything before the recording is, and that is written after it.
    """
    await KEEP.execute(connection, vars(command))


async def recorded(connection: AsyncConnection, command_id: UUID, version: int) -> None:
    """Note the version a command led to, and empty its body."""
    await connection.execute(update(COMMAND).where(COMMAND.c.id == command_id).values(version=version, body=None))


FORGET = text("update command set body = null where version is null and body is not null and not_after < :before")


async def forget_texts(connection: AsyncConnection, before: datetime) -> int:
    """Empty the bodies of commands that were not carried out and no longer may be; give their number.

    Sent again with the same key, such a command is kept anew with what was sent.
    """
    return (await connection.execute(FORGET, {"before": before})).rowcount
