"""Drafts of requests for support, and the links by which somebody goes on with one without signing in.

Whoever holds a link got it at the draft's mail address: that is how the address is confirmed. A link is kept as a hash
and leads there for fourteen days. A draft is forgotten when none of its links leads to it any more; what was typed in
it is emptied as soon as the request is there.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Column, DateTime, ForeignKey, Index, insert, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

from storage.accounts import digest

LINK_LEADS = timedelta(days=14)

Answers = Mapping[str, tuple[str, ...]]
"""What was typed and ticked, by the name of its field."""


class RequestDraftRow(SQLModel, table=True):
    """A request that is being written; `account_id` when somebody who was signed in began it."""

    __tablename__: ClassVar[str] = "request_draft"
    __table_args__ = (Index("ix_request_draft_email", text("lower(email)")),)

    id: UUID = Field(primary_key=True)
    email: str
    account_id: UUID | None = Field(
        default=None, sa_column=Column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    )
    answers: dict[str, Any] = Field(sa_column=Column(JSONB(none_as_null=True), nullable=False))
    request_id: UUID | None = None
    begun_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    changed_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


class RequestDraftLinkRow(SQLModel, table=True):
    """A way to a draft, by the SHA-256 of what stands in the mail."""

    __tablename__: ClassVar[str] = "request_draft_link"
    __table_args__ = (Index("ix_request_draft_link_draft_id", "draft_id", "made_at"),)

    sha256: str = Field(primary_key=True)
    draft_id: UUID = Field(sa_column=Column(ForeignKey("request_draft.id", ondelete="CASCADE"), nullable=False))
    made_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


DRAFT = RequestDraftRow.__table__  # type: ignore[attr-defined]  # SQLModel makes it
LINK = RequestDraftLinkRow.__table__  # type: ignore[attr-defined]  # SQLModel makes it


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A request that is being written. `leads_until` is when this link ends (UTC).

    `request_id` is the request it was sent as, or was tried to be; `reference` is there once that request is.
    """

    id: UUID
    email: str
    account_id: UUID | None
    answers: Answers
    request_id: str | None
    reference: str | None
    leads_until: datetime


FIND = text(
    "select draft.id, draft.email, draft.account_id, draft.answers, draft.request_id, support_request.reference,"
    " link.made_at from request_draft_link as link join request_draft as draft on draft.id = link.draft_id"
    " left join support_request on support_request.id = draft.request_id"
    " where link.sha256 = :sha256 and link.made_at > :oldest"
)
UNDER_WAY = text(
    "select id from request_draft where lower(email) = lower(:email)"
    " and account_id is not distinct from cast(:account_id as uuid)"
    " and not exists (select from support_request where support_request.id = request_draft.request_id)"
    " order by changed_at desc limit 1 for update"
)
WRITE = text("update request_draft set answers = answers || cast(:answers as jsonb), changed_at = :now where id = :id")
SENT_AS = text("update request_draft set request_id = :request_id, changed_at = :now where id = :id")
EMPTY = text("update request_draft set answers = '{}' where id = :id")
FORGET = text(
    "delete from request_draft where not exists (select from request_draft_link as link"
    " where link.draft_id = request_draft.id and link.made_at > :oldest)"
)


async def begin_draft(connection: AsyncConnection, *, email: str, now: datetime, account_id: UUID | None = None) -> str:
    """Give a new link to this address's draft, begun now when it has none under way; forget drafts that are over.

    The link is given once, to be sent to the address; only its hash is kept.
    """
    await connection.execute(FORGET, {"oldest": now - LINK_LEADS})
    known = {"email": email, "account_id": account_id}
    draft_id = (await connection.execute(UNDER_WAY, known)).scalar_one_or_none()
    if draft_id is None:
        row = RequestDraftRow(id=uuid7(), email=email, account_id=account_id, answers={}, begun_at=now, changed_at=now)
        await connection.execute(insert(DRAFT).values(row.model_dump()))
        draft_id = row.id
    held = secrets.token_urlsafe(32)
    link = RequestDraftLinkRow(sha256=digest(held), draft_id=draft_id, made_at=now)
    await connection.execute(insert(LINK).values(link.model_dump()))
    return held


async def find_draft(connection: AsyncConnection, held: str, now: datetime) -> Draft | None:
    """Find the draft that a link leads to; None when it ended, or never was one."""
    if "\x00" in held:
        return None
    row = (await connection.execute(FIND, {"sha256": digest(held), "oldest": now - LINK_LEADS})).one_or_none()
    if row is None:
        return None
    return Draft(
        id=row.id,
        email=row.email,
        account_id=row.account_id,
        answers={name: tuple(values) for name, values in row.answers.items()},
        request_id=str(row.request_id) if row.request_id else None,
        reference=row.reference,
        leads_until=row.made_at + LINK_LEADS,
    )


async def write_answers(connection: AsyncConnection, draft: Draft, answers: Answers, now: datetime) -> None:
    """Write down these answers; those to other questions stay."""
    written = json.dumps({name: list(values) for name, values in answers.items()})
    await connection.execute(WRITE, {"id": draft.id, "answers": written, "now": now})


async def note_sent(connection: AsyncConnection, draft: Draft, request_id: str, now: datetime) -> None:
    """Note as which request the draft is being sent, before it is known whether that succeeds."""
    await connection.execute(SENT_AS, {"id": draft.id, "request_id": UUID(request_id), "now": now})


async def empty_draft(connection: AsyncConnection, draft: Draft) -> None:
    """Empty what was typed: from now on it stands in the request."""
    await connection.execute(EMPTY, {"id": draft.id})
