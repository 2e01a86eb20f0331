"""Drafts of reports: what an advisor wrote of a meeting so far, for every advisor of the request to go on with.

A draft is a form as it was left. It goes when the meeting is reported or does not take place, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Column, DateTime, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel

from domain.event import Event
from domain.planning import MeetingCancelled
from domain.reporting import MeetingReported

Fields = tuple[tuple[str, str], ...]
"""The fields of a form in order, with what stands in them."""


class ReportDraftRow(SQLModel, table=True):
    """The draft of the report of one meeting."""

    __tablename__: ClassVar[str] = "report_draft"
    __table_args__ = (Index("ix_report_draft_saved_by", "saved_by"),)

    request_id: UUID = Field(sa_column=Column(ForeignKey("support_request.id", ondelete="CASCADE"), primary_key=True))
    meeting: str = Field(primary_key=True)
    fields: list[Any] = Field(sa_column=Column(JSONB(none_as_null=True), nullable=False))
    saved_by: str = Field(foreign_key="person.id")
    saved_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


DRAFT = ReportDraftRow.__table__  # type: ignore[attr-defined]  # SQLModel makes it


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A draft: what stands in it, and who last wrote in it when (UTC)."""

    fields: Fields
    saved_by: str
    saved_at: datetime


FIND = text("select fields, saved_by, saved_at from report_draft where request_id = :request_id and meeting = :meeting")
OF_REQUESTS = text("select meeting, saved_at from report_draft where request_id = any(:ids)")
COUNT_OF = text("select count(*) from report_draft where saved_by = :person")
FORGET = text("delete from report_draft where request_id = :request_id and meeting = any(:meetings)")


async def save_draft(connection: AsyncConnection, request_id: str, meeting: str, draft: Draft) -> None:
    """Keep a draft in the place of the one before."""
    row = ReportDraftRow(
        request_id=UUID(request_id),
        meeting=meeting,
        fields=[list(one) for one in draft.fields],
        saved_by=draft.saved_by,
        saved_at=draft.saved_at,
    ).model_dump()
    changed = {name: row[name] for name in ("fields", "saved_by", "saved_at")}
    kept = insert(DRAFT).values(row).on_conflict_do_update(index_elements=["request_id", "meeting"], set_=changed)
    await connection.execute(kept)


async def find_draft(connection: AsyncConnection, request_id: str, meeting: str) -> Draft | None:
    """Find the draft of a meeting's report."""
    row = (await connection.execute(FIND, {"request_id": UUID(request_id), "meeting": meeting})).one_or_none()
    if row is None:
        return None
    fields = tuple((name, value) for name, value in row.fields)
    return Draft(fields=fields, saved_by=row.saved_by, saved_at=row.saved_at)


async def drafts_of(connection: AsyncConnection, request_ids: Iterable[str]) -> Mapping[str, datetime]:
    """Say of which meetings of these requests there is a draft, and when (UTC) it was last written in."""
    rows = await connection.execute(OF_REQUESTS, {"ids": [UUID(one) for one in request_ids]})
    return {row.meeting: row.saved_at for row in rows}


async def count_drafts_by(connection: AsyncConnection, person: str) -> int:
    """Count the drafts in which this person was the last to write."""
    return int((await connection.execute(COUNT_OF, {"person": person})).scalar_one())


async def forget_settled(connection: AsyncConnection, request_id: str, events: Iterable[Event]) -> None:
    """Let go of the drafts of meetings that were reported, or called off."""
    facts = (event.fact for event in events)
    settled = [fact.meeting for fact in facts if isinstance(fact, (MeetingReported, MeetingCancelled))]
    if settled:
        await connection.execute(FORGET, {"request_id": UUID(request_id), "meetings": settled})
