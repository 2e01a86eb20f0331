"""Identities at a provider, and the invitations by which an account gets one.

An identity is an issuer with a subject. It is coupled to an account once, by an invitation to the mail address that the
provider has verified; from then on the address may change at either side.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Column, DateTime, ForeignKey, Index, Row, insert, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

from storage.accounts import ADD_GRANT, Account, Role, account_of_id, add_account

Grants = tuple[tuple[Role, str], ...]


class IdentityRow(SQLModel, table=True):
    """Somebody at a provider, who comes in as this account."""

    __tablename__: ClassVar[str] = "identity"

    issuer: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    account_id: UUID = Field(sa_column=Column(ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True))
    coupled_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


class InvitationRow(SQLModel, table=True):
    """A mail address that may come in, with what it may then be: grants as [role, subject]."""

    __tablename__: ClassVar[str] = "invitation"
    __table_args__ = (
        Index(
            "ix_invitation_open",
            text("lower(email)"),
            postgresql_where=text("accepted_at is null and withdrawn_at is null"),
        ),
    )

    id: UUID = Field(primary_key=True)
    email: str
    name: str
    grants: list[Any] = Field(sa_column=Column(JSONB(none_as_null=True), nullable=False))
    invited_by: UUID | None = Field(
        default=None, sa_column=Column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    )
    invited_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    account_id: UUID | None = Field(
        default=None, sa_column=Column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    )
    accepted_at: datetime | None = Field(default=None, sa_column=Column(DateTime(timezone=True)))
    withdrawn_at: datetime | None = Field(default=None, sa_column=Column(DateTime(timezone=True)))


IDENTITY = IdentityRow.__table__  # type: ignore[attr-defined]  # SQLModel makes it
INVITATION = InvitationRow.__table__  # type: ignore[attr-defined]  # SQLModel makes it


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who somebody is at a provider."""

    issuer: str
    subject: str


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """An invitation, by whom (their name, when they have one), and what came of it."""

    id: UUID
    email: str
    name: str
    grants: Grants
    invited_by: UUID | None
    inviter: str | None
    invited_at: datetime
    accepted_at: datetime | None


OF_IDENTITY = text(
    "select account.id from identity join account on account.id = identity.account_id"
    " where issuer = :issuer and subject = :subject and closed_at is null"
)
COLUMNS = (
    "id, email, name, grants, invited_by, invited_at, accepted_at, (select person.name from account"
    " join person on person.id = account.person_id where account.id = invited_by) as inviter"
)
IS_OPEN = "accepted_at is null and withdrawn_at is null"
OPEN_FOR = text(
    f"select {COLUMNS} from invitation where lower(email) = lower(:email) and {IS_OPEN}"  # noqa: S608 - ours
    " order by invited_at for update"
)
STANDING = text(f"select {COLUMNS} from invitation where {IS_OPEN} order by invited_at desc, id")  # noqa: S608 - ours
ACCEPT = text("update invitation set accepted_at = :now, account_id = :account_id where id = :id")
CLOSED_FOR = text("select from account where lower(email) = lower(:email) and closed_at is not null")
WITHDRAW = text(f"update invitation set withdrawn_at = :now where id = :id and {IS_OPEN}")  # noqa: S608 - ours
COUPLE = text(
    "insert into identity (issuer, subject, account_id, coupled_at) values (:issuer, :subject, :account_id, :now)"
    " on conflict (issuer, subject) do update set account_id = excluded.account_id, coupled_at = excluded.coupled_at"
)


async def account_of_identity(connection: AsyncConnection, identity: Identity) -> Account | None:
    """Find the open account this identity comes in as."""
    values = {"issuer": identity.issuer, "subject": identity.subject}
    account_id = (await connection.execute(OF_IDENTITY, values)).scalar_one_or_none()
    return await account_of_id(connection, account_id) if account_id else None


async def invite(
    connection: AsyncConnection,
    *,
    email: str,
    name: str,
    grants: Iterable[tuple[Role, str]],
    now: datetime,
    invited_by: UUID | None = None,
) -> UUID:
    """Invite somebody: who signs in with this mail address, verified by the provider, may be all of this."""
    row = InvitationRow(
        id=uuid7(),
        email=email,
        name=name,
        grants=[[role.value, subject] for role, subject in grants],
        invited_by=invited_by,
        invited_at=now,
    )
    await connection.execute(insert(INVITATION).values(row.model_dump()))
    return row.id


async def withdraw_invitation(connection: AsyncConnection, invitation_id: UUID, now: datetime) -> bool:
    """Take an invitation back; False when it was accepted or withdrawn before."""
    return (await connection.execute(WITHDRAW, {"id": invitation_id, "now": now})).rowcount == 1


async def standing_invitations(connection: AsyncConnection) -> tuple[Invitation, ...]:
    """Give the invitations that nobody has accepted yet, newest first."""
    return tuple(_invitation(row) for row in await connection.execute(STANDING))


async def couple(
    connection: AsyncConnection, identity: Identity, *, verified_email: str, now: datetime
) -> Account | None:
    """Couple an identity to the account that was invited by this address, opened now when there is none.

    None when nobody invited it, or the account was closed.
    """
    if (await connection.execute(CLOSED_FOR, {"email": verified_email})).first() is not None:
        return None
    account = None
    for one in await _open_for(connection, verified_email):
        account = await add_account(connection, name=one.name, email=one.email, grants=one.grants, now=now)
        await connection.execute(ACCEPT, {"id": one.id, "now": now, "account_id": account.id})
    if account is None:
        return None
    values = {"issuer": identity.issuer, "subject": identity.subject, "account_id": account.id, "now": now}
    await connection.execute(COUPLE, values)
    return account


async def accept(connection: AsyncConnection, account: Account, *, verified_email: str, now: datetime) -> Account:
    """Let somebody who has an account be what open invitations to this address say, besides what they are."""
    for one in await _open_for(connection, verified_email):
        for role, subject in one.grants:
            grant = {"account_id": account.id, "role": role.value, "subject": subject}
            await connection.execute(ADD_GRANT, grant)
        await connection.execute(ACCEPT, {"id": one.id, "now": now, "account_id": account.id})
    return await account_of_id(connection, account.id) or account


async def _open_for(connection: AsyncConnection, email: str) -> tuple[Invitation, ...]:
    return tuple(_invitation(row) for row in await connection.execute(OPEN_FOR, {"email": email}))


def _invitation(row: Row[Any]) -> Invitation:
    grants = tuple((Role(role), subject) for role, subject in row.grants)
    return Invitation(
        id=row.id,
        email=row.email,
        name=row.name,
        grants=grants,
        invited_by=row.invited_by,
        inviter=row.inviter or None,
        invited_at=row.invited_at,
        accepted_at=row.accepted_at,
    )
