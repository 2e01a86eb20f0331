"""Who comes to a page: the session, its account, and the request that the address names, in one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.accounts import Account
from storage.references import REFERENCE, read_stored
from storage.requests import COLUMNS_OF_STATE, WITH_COALITION, Stored
from storage.sessions import FROM_SESSION, STILL_THERE, WHO, Session, read_who, times
from storage.statement import Question, Row, Statement

WHO_COMES = Statement(f"select {WHO}, null as request_id {FROM_SESSION} where {STILL_THERE}")
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


def who_comes(held: str, now: datetime, reference: str | None = None) -> Question[Row | None]:
    """Ask for the session that goes on, its open account, and the request of this reference: a row for `read_coming`.

    None when there is no such session, or its account is closed.
    """
    values = times(held, now)
    if reference is None or not REFERENCE.fullmatch(reference):
        return Question(statement=WHO_COMES, values=values, read=_first)
    return Question(statement=WHO_COMES_TO, values={**values, "reference": reference}, read=_first)


def _first(rows: list[Row]) -> Row | None:
    return rows[0] if rows else None


async def read_coming(connection: AsyncConnection, row: Row) -> Coming:
    """Read what `who_comes` asked for.

    Raises: Unreadable when a newer release wrote the request.
    """
    session, account = read_who(row)
    stored = await read_stored(connection, row) if row.request_id else None
    return Coming(session=session, account=account, stored=stored)
