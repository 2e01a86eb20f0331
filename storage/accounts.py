"""Accounts and their tokens: who may come in, and what they may be.

An account has any number of grants; together they make its actor. A token is kept as a hash: who reads the table cannot
come in with it.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Column, DateTime, ForeignKey, Index, TextClause, insert, select, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

from domain.command import Actor
from storage.hats import Hat
from storage.people import PERSON
from storage.statement import Row

PREFIX = "ksl_"
LONGEST_LIFE = timedelta(days=366)
SHOWN_TWICE_WITHIN = timedelta(minutes=2)


class Role(StrEnum):
    """What a grant lets an account be: the last four for one municipality or organisation.

    A newcomer is not yet one of the municipality's people and may only submit (`storage.newcomers`).
    """

    STAFF = "STAFF"
    ADVISOR = "ADVISOR"
    MEMBER = "MEMBER"
    ACTING = "ACTING"
    SUPPORTING_PARTY = "SUPPORTING_PARTY"
    NEWCOMER = "NEWCOMER"


class AccountRow(SQLModel, table=True):
    """Somebody who may come in."""

    __tablename__: ClassVar[str] = "account"
    __table_args__ = (Index("ix_account_email", text("lower(email)"), unique=True),)

    id: UUID = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id", unique=True)
    email: str
    created_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    closed_at: datetime | None = Field(default=None, sa_column=Column(DateTime(timezone=True)))


class GrantRow(SQLModel, table=True):
    """One thing an account may be."""

    __tablename__: ClassVar[str] = "account_grant"

    account_id: UUID = Field(sa_column=Column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True))
    role: str = Field(primary_key=True)
    subject: str = Field(default="", primary_key=True)


class ApiTokenRow(SQLModel, table=True):
    """A token for machines and scripts, by the SHA-256 of what was shown once."""

    __tablename__: ClassVar[str] = "api_token"

    sha256: str = Field(primary_key=True)
    account_id: UUID = Field(sa_column=Column(ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True))
    label: str
    created_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    expires_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    revoked_at: datetime | None = Field(default=None, sa_column=Column(DateTime(timezone=True)))


ACCOUNT = AccountRow.__table__  # type: ignore[attr-defined]  # SQLModel makes it
GRANT = GrantRow.__table__  # type: ignore[attr-defined]  # SQLModel makes it
TOKEN = ApiTokenRow.__table__  # type: ignore[attr-defined]  # SQLModel makes it


@dataclass(frozen=True, kw_only=True)
class Account:
    """An account that is open, and the actor it is at the door: in one role, when it acts in one."""

    id: UUID
    person: str
    actor: Actor
    name: str
    email: str
    hat: Hat | None = None


def actor_of(person: str, grants: Iterable[tuple[str, str]]) -> Actor:
    """The actor that these grants (role, subject) make of a person."""
    held = set(grants)

    def subjects(*roles: Role) -> frozenset[str]:
        return frozenset(subject for role, subject in held if role in roles)

    return Actor(
        person=person,
        is_staff=(Role.STAFF, "") in held,
        is_advisor=(Role.ADVISOR, "") in held,
        municipalities=subjects(Role.MEMBER, Role.ACTING),
        organisations=subjects(Role.SUPPORTING_PARTY),
        newcomer_of=subjects(Role.NEWCOMER),
    )


SELECT_ACCOUNT = """
    select account.id, account.person_id, account.email, person.name,
           coalesce(array_agg(array[held.role, held.subject]) filter (where held.role is not null), '{}') as grants
      from account
      join person on person.id = account.person_id
      left join account_grant as held on held.account_id = account.id
     where account.closed_at is null and %s
     group by account.id, person.id
"""
BY_TOKEN = text(
    SELECT_ACCOUNT % "account.id = (select account_id from api_token"
    "  where sha256 = :sha256 and revoked_at is null and expires_at > :now)"
)
BY_EMAIL = text(SELECT_ACCOUNT % "lower(account.email) = lower(:email)")
BY_ID = text(SELECT_ACCOUNT % "account.id = :id")


async def account_of_token(connection: AsyncConnection, token: str, now: datetime) -> Account | None:
    """Find the open account a token belongs to; None when the token is wrong, expired or revoked."""
    if not token.startswith(PREFIX) or "\x00" in token:
        return None
    return await _account(connection, BY_TOKEN, sha256=digest(token), now=now)


async def account_of_email(connection: AsyncConnection, email: str) -> Account | None:
    """Find the open account with this mail address, whatever its capitals."""
    return await _account(connection, BY_EMAIL, email=email)


async def account_of_id(connection: AsyncConnection, account_id: UUID) -> Account | None:
    """Find an open account."""
    return await _account(connection, BY_ID, id=account_id)


async def _account(connection: AsyncConnection, question: TextClause, **values: object) -> Account | None:
    row = (await connection.execute(question, values)).one_or_none()
    return read_account(row) if row else None


def read_account(row: Row) -> Account:
    """Make an account of a row that has what `SELECT_ACCOUNT` asks for."""
    grants = [(role, subject) for role, subject in row.grants]
    actor = actor_of(row.person_id, grants)
    return Account(id=row.id, person=row.person_id, actor=actor, name=row.name or "", email=row.email)


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


async def issue_token(
    connection: AsyncConnection, account_id: UUID, *, now: datetime, label: str, life: timedelta = timedelta(days=90)
) -> str:
    """Make a token and give it, the only time it is shown. It lives at most a year."""
    token = PREFIX + secrets.token_urlsafe(32)
    await connection.execute(insert(TOKEN).values(_token_row(token, account_id, now, label, life)))
    return token


async def issue_token_once(
    connection: AsyncConnection, account_id: UUID, *, now: datetime, label: str, life: timedelta, key: str
) -> str | None:
    """Make a token for a form with this key: a form that is sent twice makes one, and shows it twice.

    None when it was made a while ago: what was not copied then is not shown any more.
    """
    seed = hashlib.sha256(f"token\0{account_id}\0{key}".encode()).digest()
    token = PREFIX + base64.urlsafe_b64encode(seed).decode().rstrip("=")
    row = _token_row(token, account_id, now, label, life)
    await connection.execute(upsert(TOKEN).values(row).on_conflict_do_nothing())
    made_at = (await connection.execute(select(TOKEN.c.created_at).where(TOKEN.c.sha256 == row["sha256"]))).scalar_one()
    return token if now - made_at <= SHOWN_TWICE_WITHIN else None


def _token_row(token: str, account_id: UUID, now: datetime, label: str, life: timedelta) -> dict[str, Any]:
    row = ApiTokenRow(
        sha256=digest(token),
        account_id=account_id,
        label=label,
        created_at=now,
        expires_at=now + min(life, LONGEST_LIFE),
    )
    return row.model_dump()


async def revoke_token(connection: AsyncConnection, token: str, now: datetime) -> None:
    """Make a token useless from now on."""
    await connection.execute(TOKEN.update().where(TOKEN.c.sha256 == digest(token)).values(revoked_at=now))


async def add_account(
    connection: AsyncConnection, *, name: str, email: str, grants: Iterable[tuple[Role, str]], now: datetime
) -> Account:
    """Open an account for a new person; one that is known by this address gets the grants it lacks."""
    known = await account_of_email(connection, email)
    if known is None:
        account_id, person = uuid7(), f"person:{uuid7()}"
        await connection.execute(insert(PERSON).values(id=person, name=name, email=email))
        row = AccountRow(id=account_id, person_id=person, email=email, created_at=now)
        await connection.execute(insert(ACCOUNT).values(row.model_dump()))
    else:
        account_id = known.id
    for role, subject in grants:
        await connection.execute(ADD_GRANT, {"account_id": account_id, "role": role.value, "subject": subject})
    account = await account_of_id(connection, account_id)
    if account is None:
        raise LookupError(f"account {account_id} is closed")
    return account


ADD_GRANT = text(
    "insert into account_grant (account_id, role, subject) values (:account_id, :role, :subject) on conflict do nothing"
)
