"""The accounts as staff look after them: who there are, what they may be, what still holds them, and their tokens.

An account is closed only when nobody waits for it any more: its open tasks and requests were given to somebody else
first. Closing ends its sessions and its tokens, and keeps what it did.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.text import MunicipalityCode
from storage.accounts import ADD_GRANT, Role
from storage.sessions import end_sessions_of


@dataclass(frozen=True, kw_only=True)
class AccountLine:
    """An account with all that it may be: roles, each with a municipality, an organisation or nothing."""

    id: UUID
    person: str
    name: str
    email: str
    grants: tuple[tuple[Role, str], ...]
    created_at: datetime
    closed_at: datetime | None
    signs_in: bool


@dataclass(frozen=True, kw_only=True)
class Held:
    """What still waits for the person of an account: requests they advise on with their own drafts of reports, open
    tasks, and planned meetings that they arranged or are the contact for."""

    requests: int
    tasks: int
    meetings: int
    drafts: int

    @property
    def is_free(self) -> bool:
        """Whether nothing waits, so that the account can be closed."""
        return not (self.requests or self.tasks or self.meetings or self.drafts)


@dataclass(frozen=True, kw_only=True)
class TokenLine:
    """A token without itself: `id` is what is kept of it."""

    id: str
    label: str
    created_at: datetime
    expires_at: datetime


ACCOUNTS = (
    "select account.id, account.person_id, coalesce(person.name, '') as name, account.email, account.created_at,"
    " account.closed_at, exists (select from identity where account_id = account.id) as signs_in,"
    " coalesce((select array_agg(array[role, subject] order by role, subject) from account_grant"
    "  where account_id = account.id), '{}') as grants"
    " from account join person on person.id = account.person_id"
)
LIST = text(
    f"{ACCOUNTS} where (:words = '' or strpos(lower(person.name || ' ' || account.email), lower(:words)) > 0)"
    " and (:role = '' or exists (select from account_grant where account_id = account.id and role = :role))"
    " and lower(account.email) > :after order by lower(account.email) limit :limit"
)
COLLEAGUES = text(
    f"{ACCOUNTS} where account.closed_at is null and exists (select from account_grant"
    "  where account_id = account.id and role = 'MEMBER' and subject = any(:municipalities))"
    " order by lower(person.name), account.id"
)
ONE = text(f"{ACCOUNTS} where account.id = :id")
HELD = text(
    "select (select count(*) from support_request where is_open and advisors @> array[:person]) as requests,"
    " (select count(*) from task where person = :person) as tasks,"
    " (select count(*) from support_request, jsonb_each(state -> 'meetings') as meeting"
    "   where is_open and meeting.value ->> 'status' = 'PLANNED' and (lead_advisor = :person"
    "    or state ->> 'contact' = :person and lead_municipality in (select subject from account_grant"
    "     join account on account.id = account_id where person_id = :person))) as meetings,"
    " (select count(*) from report_draft join support_request on support_request.id = request_id"
    "   where saved_by = :person and is_open and advisors @> array[:person]) as drafts"
)
CLOSE = text("update account set closed_at = :now where id = :id and closed_at is null")
REOPEN = text("update account set closed_at = null where id = :id")
DROP_GRANT = text("delete from account_grant where account_id = :id and role = :role and subject = :subject")
TOKENS = text(
    "select sha256, label, created_at, expires_at from api_token"
    " where account_id = :id and revoked_at is null and expires_at > :now order by created_at desc"
)
REVOKE = text("update api_token set revoked_at = :now where sha256 = :sha256 and account_id = :id")
REVOKE_ALL = text("update api_token set revoked_at = :now where account_id = :id and revoked_at is null")


async def list_accounts(
    connection: AsyncConnection, *, words: str = "", role: str = "", after: str = "", limit: int = 50
) -> tuple[AccountLine, ...]:
    """List accounts by mail address, from after one in small letters; those whose name or address has these words."""
    values = {"words": words, "role": role, "after": after, "limit": limit}
    return tuple(_line(row) for row in await connection.execute(LIST, values))


async def people_of(connection: AsyncConnection, municipalities: Iterable[MunicipalityCode]) -> tuple[AccountLine, ...]:
    """List the people of these municipalities who can come in, by name; not those who act for them."""
    rows = await connection.execute(COLLEAGUES, {"municipalities": sorted(municipalities)})
    return tuple(_line(row) for row in rows)


async def find_account(connection: AsyncConnection, account_id: UUID) -> AccountLine | None:
    """Find an account, open or closed."""
    row = (await connection.execute(ONE, {"id": account_id})).one_or_none()
    return _line(row) if row else None


async def held_by(connection: AsyncConnection, person: str) -> Held:
    """Count what still waits for this person."""
    row = (await connection.execute(HELD, {"person": person})).mappings().one()
    return Held(**row)


async def close_account(connection: AsyncConnection, account: AccountLine, now: datetime) -> bool:
    """Close an account with its sessions and tokens; False when something still waits for it."""
    if not (await held_by(connection, account.person)).is_free:
        return False
    await connection.execute(CLOSE, {"id": account.id, "now": now})
    await connection.execute(REVOKE_ALL, {"id": account.id, "now": now})
    await end_sessions_of(connection, account.id, now)
    return True


async def reopen_account(connection: AsyncConnection, account_id: UUID) -> None:
    """Let somebody in again, as what they were; their tokens stay revoked."""
    await connection.execute(REOPEN, {"id": account_id})


async def add_grants(connection: AsyncConnection, account_id: UUID, grants: Iterable[tuple[Role, str]]) -> None:
    """Let an account be this besides; what it is already, it stays."""
    for role, subject in grants:
        await connection.execute(ADD_GRANT, {"account_id": account_id, "role": role.value, "subject": subject})


async def drop_grant(connection: AsyncConnection, account_id: UUID, role: str, subject: str) -> None:
    """Let an account be this no more, from its next command on."""
    await connection.execute(DROP_GRANT, {"id": account_id, "role": role, "subject": subject})


async def list_tokens(connection: AsyncConnection, account_id: UUID, now: datetime) -> tuple[TokenLine, ...]:
    """List the tokens of an account that still work, the newest first."""
    rows = await connection.execute(TOKENS, {"id": account_id, "now": now})
    return tuple(
        TokenLine(id=row.sha256, label=row.label, created_at=row.created_at, expires_at=row.expires_at) for row in rows
    )


async def revoke_token_of(connection: AsyncConnection, account_id: UUID, token_id: str, now: datetime) -> None:
    """Make a token of an account useless from now on, by what is kept of it."""
    await connection.execute(REVOKE, {"id": account_id, "sha256": token_id, "now": now})


def _line(row: Row[Any]) -> AccountLine:
    return AccountLine(
        id=row.id,
        person=row.person_id,
        name=row.name,
        email=row.email,
        grants=tuple((Role(role), subject) for role, subject in row.grants),
        created_at=row.created_at,
        closed_at=row.closed_at,
        signs_in=row.signs_in,
    )
