"""Sessions of people who signed in, sign-ins that are under way, and forms that outlived their session.

What a browser holds is opaque and kept here as a hash: who reads the tables cannot come in with it. A session ends when
it was idle too long, and in any case after its longest life.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Column, DateTime, ForeignKey, Index, insert, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel

from storage.accounts import Account, digest, read_account
from storage.statement import Row

IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)
SEEN_AGAIN_AFTER = timedelta(minutes=1)
SIGN_IN_TAKES = timedelta(minutes=15)
FORM_IS_KEPT = timedelta(hours=24)
FORGOTTEN_AFTER = timedelta(days=2)
COUPLES = "couples"


class SessionRow(SQLModel, table=True):
    """Somebody who signed in; kept for a while after its end, so that a form sent too late is known for whose it is."""

    __tablename__: ClassVar[str] = "session"

    sha256: str = Field(primary_key=True)
    account_id: UUID = Field(sa_column=Column(ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True))
    acting_as: str | None = None
    id_token: str | None = None
    created_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False, index=True))
    seen_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    ended_at: datetime | None = Field(default=None, sa_column=Column(DateTime(timezone=True)))


class SignInUnderWayRow(SQLModel, table=True):
    """What must be the same when somebody comes back from the provider."""

    __tablename__: ClassVar[str] = "sign_in_under_way"

    sha256: str = Field(primary_key=True)
    state: dict[str, Any] = Field(sa_column=Column(JSONB(none_as_null=True), nullable=False))
    return_to: str
    begun_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False, index=True))


class KeptFormRow(SQLModel, table=True):
    """A form that was sent after its session had ended: it waits for the same person to sign in again."""

    __tablename__: ClassVar[str] = "kept_form"
    __table_args__ = (Index("ix_kept_form_account_id", "account_id"),)

    sha256: str = Field(primary_key=True)
    account_id: UUID = Field(sa_column=Column(ForeignKey("account.id", ondelete="CASCADE"), nullable=False))
    path: str
    fields: list[Any] = Field(sa_column=Column(JSONB(none_as_null=True), nullable=False))
    kept_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False, index=True))


SESSION = SessionRow.__table__  # type: ignore[attr-defined]  # SQLModel makes it
UNDER_WAY = SignInUnderWayRow.__table__  # type: ignore[attr-defined]  # SQLModel makes it
KEPT_FORM = KeptFormRow.__table__  # type: ignore[attr-defined]  # SQLModel makes it


@dataclass(frozen=True, kw_only=True)
class Session:
    """A session that goes on: whose, and in which role they act, when they chose one."""

    sha256: str
    account_id: UUID
    acting_as: str | None
    id_token: str | None
    seen_at: datetime


@dataclass(frozen=True, kw_only=True)
class SignInUnderWay:
    """A sign-in that somebody came back from; `couples` is the account that it gives a second identity."""

    state: dict[str, Any]
    return_to: str
    couples: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class KeptForm:
    """A form as it was sent: to which address, with which fields in order."""

    path: str
    fields: tuple[tuple[str, str], ...]


GOES_ON = (
    "session.sha256 = :sha256 and session.ended_at is null and session.seen_at > :idle_since"
    " and session.created_at > :oldest"
)
FIND = text(
    f"select sha256, account_id, acting_as, id_token, seen_at from session where {GOES_ON}"  # noqa: S608 - ours, above
)
WHO = (
    "session.sha256, session.acting_as, session.id_token, session.seen_at, account.id, account.person_id,"
    " account.email, person.name, coalesce((select array_agg(array[held.role, held.subject])"
    "  from account_grant as held where held.account_id = account.id), '{}') as grants"
)
FROM_SESSION = (
    "from session join account on account.id = session.account_id join person on person.id = account.person_id"
)
STILL_THERE = f"{GOES_ON} and account.closed_at is null"
SEE = text("update session set seen_at = :now where sha256 = :sha256")
END = text("update session set ended_at = :now, id_token = null where sha256 = :sha256 and ended_at is null")
END_ALL = text(
    "update session set ended_at = :now, id_token = null where account_id = :account_id and ended_at is null"
)
WHOSE = text("select account_id from session where sha256 = :sha256")
ACT_AS = text("update session set acting_as = :acting_as where sha256 = :sha256")
TAKE_UNDER_WAY = text(
    "delete from sign_in_under_way where sha256 = :sha256 returning state, return_to, begun_at > :oldest as is_fresh"
)
FIND_FORM = text(
    "select path, fields from kept_form where sha256 = :sha256 and account_id = :account_id and kept_at > :oldest"
)
FORGET = (
    text("delete from session where created_at < :before"),
    text("delete from sign_in_under_way where begun_at < :before"),
    text("delete from kept_form where kept_at < :before"),
)


async def begin_session(
    connection: AsyncConnection, account_id: UUID, *, now: datetime, id_token: str | None = None
) -> str:
    """Begin a session and give what the browser is to hold, the only time it is known; forget what is long over."""
    for query in FORGET:
        await connection.execute(query, {"before": now - FORGOTTEN_AFTER})
    held = secrets.token_urlsafe(32)
    row = SessionRow(sha256=digest(held), account_id=account_id, id_token=id_token, created_at=now, seen_at=now)
    await connection.execute(insert(SESSION).values(row.model_dump()))
    return held


async def find_session(connection: AsyncConnection, held: str, now: datetime) -> Session | None:
    """Find the session that goes on; None when it ended, was idle too long, or never was."""
    if "\x00" in held:
        return None
    row = (await connection.execute(FIND, times(held, now))).mappings().one_or_none()
    return Session(**row) if row else None


def read_who(row: Row) -> tuple[Session, Account]:
    """Make a session and its account of a row that has `WHO`."""
    account = read_account(row)
    session = Session(
        sha256=row.sha256,
        account_id=account.id,
        acting_as=row.acting_as,
        id_token=row.id_token,
        seen_at=row.seen_at,
    )
    return session, account


def times(held: str, now: datetime) -> dict[str, Any]:
    """Give the values that `STILL_THERE` asks for."""
    return {"sha256": digest(held), "idle_since": now - IDLE, "oldest": now - LONGEST}


async def see_session(connection: AsyncConnection, session: Session, now: datetime) -> None:
    """Note that somebody is still there."""
    await connection.execute(SEE, {"sha256": session.sha256, "now": now})


async def end_session(connection: AsyncConnection, session: Session, now: datetime) -> None:
    """End a session."""
    await connection.execute(END, {"sha256": session.sha256, "now": now})


async def end_sessions_of(connection: AsyncConnection, account_id: UUID, now: datetime) -> None:
    """End every session of an account."""
    await connection.execute(END_ALL, {"account_id": account_id, "now": now})


async def act_as(connection: AsyncConnection, session: Session, role: str) -> None:
    """Act in this role from now on."""
    await connection.execute(ACT_AS, {"sha256": session.sha256, "acting_as": role})


async def whose_session(connection: AsyncConnection, held: str) -> UUID | None:
    """Say whose session this is or was; None when that is not known any more."""
    if "\x00" in held:
        return None
    found = await connection.execute(WHOSE, {"sha256": digest(held)})
    return found.scalar_one_or_none()


async def begin_sign_in(
    connection: AsyncConnection,
    *,
    state: dict[str, Any],
    return_to: str,
    now: datetime,
    couples: UUID | None = None,
) -> str:
    """Keep what must be the same on return, and give what the browser is to hold."""
    held = secrets.token_urlsafe(32)
    kept = {**state, COUPLES: str(couples)} if couples else state
    row = SignInUnderWayRow(sha256=digest(held), state=kept, return_to=return_to, begun_at=now)
    await connection.execute(insert(UNDER_WAY).values(row.model_dump()))
    return held


async def take_sign_in(connection: AsyncConnection, held: str, now: datetime) -> SignInUnderWay | None:
    """Take out a sign-in under way, once; None when there is none, or it took too long."""
    values = {"sha256": digest(held), "oldest": now - SIGN_IN_TAKES}
    row = (await connection.execute(TAKE_UNDER_WAY, values)).one_or_none()
    if row is None or not row.is_fresh:
        return None
    couples = row.state.pop(COUPLES, None)
    return SignInUnderWay(state=row.state, return_to=row.return_to, couples=UUID(couples) if couples else None)


async def keep_form(connection: AsyncConnection, form: KeptForm, account_id: UUID, now: datetime) -> str:
    """Keep a form for when this person signed in again, and give what the browser is to hold."""
    held = secrets.token_urlsafe(32)
    row = KeptFormRow(
        sha256=digest(held),
        account_id=account_id,
        path=form.path,
        fields=[list(one) for one in form.fields],
        kept_at=now,
    )
    await connection.execute(insert(KEPT_FORM).values(row.model_dump()))
    return held


async def find_form(connection: AsyncConnection, held: str, account_id: UUID, now: datetime) -> KeptForm | None:
    """Find a kept form; None when there is none for this account."""
    values = {"sha256": digest(held), "account_id": account_id, "oldest": now - FORM_IS_KEPT}
    row = (await connection.execute(FIND_FORM, values)).one_or_none()
    return KeptForm(path=row.path, fields=tuple((name, value) for name, value in row.fields)) if row else None
