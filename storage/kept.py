"""Kept commands: what was asked at the door, before it was judged for good.

A command's id follows from the account and the key it was sent with, so the same click is one command. Its body is
emptied once it is recorded; its fingerprint stays, to tell a repeat from another command under the same key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Column, DateTime, Index, RowMapping, Text, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel


class CommandRow(SQLModel, table=True):
    """One kept command; `version` is the request's version it led to, null until it is recorded."""

    __tablename__: ClassVar[str] = "command"
    __table_args__ = (Index("ix_command_request_id", "request_id"), Index("ix_command_account_id", "account_id"))

    id: UUID = Field(primary_key=True)
    request_id: UUID
    account_id: UUID | None = None
    type: str
    body: str | None = Field(default=None, sa_column=Column(Text))
    fingerprint: str
    based_on: int | None = None
    kept_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    not_after: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    version: int | None = None


COMMAND = CommandRow.__table__  # type: ignore[attr-defined]  # SQLModel makes it


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A command that was kept before: for which request, whether it was recorded, and what it looked like."""

    request_id: str
    type: str
    fingerprint: str
    version: int | None


async def find(connection: AsyncConnection, command_id: UUID) -> Kept | None:
    """Find a command by its id."""
    columns = (COMMAND.c.request_id, COMMAND.c.type, COMMAND.c.fingerprint, COMMAND.c.version)
    row = (await connection.execute(select(*columns).where(COMMAND.c.id == command_id))).one_or_none()
    if row is None:
        return None
    return Kept(request_id=str(row.request_id), type=row.type, fingerprint=row.fingerprint, version=row.version)


async def keep(connection: AsyncConnection, row: CommandRow) -> None:
    """Keep a command, or give one that was not recorded yet another minute.

    The commit need not reach the disk: nobody is told anything before the recording is, and that is written after it.
    """
    await connection.execute(text("set local synchronous_commit = off"))
    values = row.model_dump()
    again = {"not_after": row.not_after, "body": row.body, "based_on": row.based_on}
    kept = insert(COMMAND).values(values)
    await connection.execute(
        kept.on_conflict_do_update(index_elements=["id"], set_=again, where=COMMAND.c.version.is_(None))
    )


async def recorded(connection: AsyncConnection, command_id: UUID, version: int) -> None:
    """Note the version a command led to, and empty its body."""
    await connection.execute(update(COMMAND).where(COMMAND.c.id == command_id).values(version=version, body=None))


def is_recorded(row: RowMapping) -> bool:
    """Tell whether a command was carried out."""
    return row["version"] is not None
