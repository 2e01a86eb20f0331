"""The identities of an account: somebody may come in by several, and an identity leads to one account alone.

A second one is coupled by who holds both: they are signed in here and have just signed in there. It is never taken from
another account on the way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.identities import Identity
from storage.sessions import end_sessions_of


class Coupling(StrEnum):
    """What came of coupling an identity."""

    ADDED = "ADDED"
    KNOWN = "KNOWN"
    ANOTHER_ACCOUNT = "ANOTHER_ACCOUNT"


@dataclass(frozen=True, kw_only=True)
class CoupledIdentity:
    """An identity by which somebody comes in, and since when (UTC)."""

    identity: Identity
    coupled_at: datetime


ADD = text(
    "insert into identity (issuer, subject, account_id, coupled_at) values (:issuer, :subject, :account_id, :now)"
    " on conflict do nothing"
)
OTHER = text("select id from account where lower(email) = lower(:email) and id <> :id")
OWNER = text("select account_id from identity where issuer = :issuer and subject = :subject")
OF_ACCOUNT = text(
    "select issuer, subject, coupled_at from identity where account_id = :account_id order by coupled_at, subject"
)
DROP = text("delete from identity where issuer = :issuer and subject = :subject and account_id = :account_id")


async def couple_another(
    connection: AsyncConnection,
    account_id: UUID,
    identity: Identity,
    now: datetime,
    *,
    verified_email: str | None = None,
) -> Coupling:
    """Let this account come in by this identity too, unless it leads to another account, open or closed.

    So it does when another account has the address that the provider verified: it waits for whoever holds that.
    """
    if verified_email and (await connection.execute(OTHER, {"email": verified_email, "id": account_id})).first():
        return Coupling.ANOTHER_ACCOUNT
    values = {"issuer": identity.issuer, "subject": identity.subject}
    if (await connection.execute(ADD, {**values, "account_id": account_id, "now": now})).rowcount:
        return Coupling.ADDED
    owner = (await connection.execute(OWNER, values)).scalar_one_or_none()
    return Coupling.KNOWN if owner == account_id else Coupling.ANOTHER_ACCOUNT


async def identities_of(connection: AsyncConnection, account_id: UUID) -> tuple[CoupledIdentity, ...]:
    """Give the identities of an account, the first that was coupled first."""
    rows = await connection.execute(OF_ACCOUNT, {"account_id": account_id})
    return tuple(
        CoupledIdentity(identity=Identity(issuer=row.issuer, subject=row.subject), coupled_at=row.coupled_at)
        for row in rows
    )


async def uncouple(connection: AsyncConnection, account_id: UUID, identity: Identity, now: datetime) -> bool:
    """Let nobody come in by this identity any more, and end the account's sessions; False when it is not theirs."""
    values = {"issuer": identity.issuer, "subject": identity.subject, "account_id": account_id}
    if not (await connection.execute(DROP, values)).rowcount:
        return False
    await end_sessions_of(connection, account_id, now)
    return True
