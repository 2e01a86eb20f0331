"""Who comes to a page: the session, its account, and the request that the address names, in one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.accounts import Account
from storage.references import REFERENCE, read_stored
from storage.requests import COLUMNS_OF_STATE, WITH_COALITION, Stored
from storage.sessions import FROM_SESSION, STILL_THERE, WHO, Session, read_who, times
from storage.statement import Statement

WHO_COMES = Statement(f"select {WHO} {FROM_SESSION} where {STILL_THERE}")
WHO_COMES_TO = Statement(
    f"select {WHO}, support_request.id as request_id, {COLUMNS_OF_STATE} {FROM_SESSION}"
    f" left join support_request on support_request.reference = :reference {WITH_COALITION} where {STILL_THERE}"
)


@dataclass(frozen=True, kw_only=True)
class Coming:
    """Somebody who is signed in comes, and the request they come to, if there is one."""

    session: Session
    account: Account
    stored: Stored | None = None


async def who_comes(connection: AsyncConnection, held: str, now: datetime) -> Coming | None:
    """Find the session that goes on and its open account, in one query; None when either is not there."""
    if "\x00" in held:
        return None
    known = read_who(await WHO_COMES.row(connection, times(held, now)))
    return Coming(session=known[0], account=known[1]) if known else None


async def who_comes_to(connection: AsyncConnection, held: str, now: datetime, reference: str) -> Coming | None:
    """Find who comes and the request they come to, in one query; None when nobody is signed in.

    Raises: Unreadable when a newer release wrote the request.
    """
    if "\x00" in held:
        return None
    named = reference if REFERENCE.fullmatch(reference) else None
    row = await WHO_COMES_TO.row(connection, times(held, now) | {"reference": named})
    known = read_who(row)
    if known is None:
        return None
    stored = await read_stored(connection, row) if row.request_id else None
    return Coming(session=known[0], account=known[1], stored=stored)
