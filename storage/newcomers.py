"""Newcomers: who confirmed a mail address and asks for support for a municipality, before being one of its people.

A newcomer is an account that may submit for that municipality, and can see and do nothing else. When staff take the
request in, or merge it into another, the newcomer becomes one of the municipality's people in the same transaction,
with an invitation to sign in with the confirmed address.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from domain.event import Event
from domain.intake import RequestAccepted
from domain.joining import RequestMerged
from domain.text import MunicipalityCode
from storage.accounts import ADD_GRANT, Account, Role, account_of_email, account_of_id
from storage.asking import Draft
from storage.people import PersonCard

OPEN = text(
    "with unknown as (select where not exists (select from account where lower(email) = lower(:email))),"
    " known as (insert into person (id, name, email, phone, function)"
    "  select :person, :name, :email, :phone, :function from unknown returning id)"
    " insert into account (id, person_id, email, created_at) select :id, known.id, :email, :now from known"
)
RENEW = text("update person set name = :name, phone = :phone, function = :function where id = :person")
WELCOME = text(
    "with welcomed as ("
    "  delete from account_grant using account, command, event"
    "   where command.request_id = :request_id and command.type = 'submit' and account.id = command.account_id"
    "     and event.request_id = :request_id and event.type = 'RequestSubmitted'"
    "     and account_grant.account_id = account.id and role = 'NEWCOMER'"
    "     and subject = event.data->>'lead_municipality'"
    "  returning account.id, account.email, account.person_id, subject),"
    " member as (insert into account_grant (account_id, role, subject)"
    "  select id, 'MEMBER', subject from welcomed on conflict do nothing)"
    " insert into invitation (id, email, name, grants, invited_by, invited_at)"
    " select :invitation, welcomed.email, coalesce(person.name, ''),"
    "  jsonb_build_array(jsonb_build_array('MEMBER', subject)),"
    "  (select id from account where person_id = :by), :at"
    " from welcomed join person on person.id = welcomed.person_id"
)


def is_newcomer(account: Account) -> bool:
    """Whether an account may submit and nothing else, so that nobody signs in to it."""
    actor = account.actor
    others = (actor.is_staff, actor.is_advisor, actor.municipalities, actor.organisations)
    return bool(actor.newcomer_of) and not any(others)


async def can_ask_as_newcomer(connection: AsyncConnection, email: str) -> bool:
    """Whether no account comes in by this address; who has one signs in and asks from there."""
    known = await account_of_email(connection, email)
    return known is None or is_newcomer(known)


async def open_newcomer(
    connection: AsyncConnection, draft: Draft, *, municipality: MunicipalityCode, card: PersonCard, opened_at: datetime
) -> Account | None:
    """Give the account by which the draft's address submits for this municipality, opened now when there is none.

    None when the address belongs to an account that is more than a newcomer, or to one that was closed.
    """
    said = {"name": card.name, "phone": card.phone, "function": card.function}
    known = await account_of_email(connection, draft.email)
    if known is None:
        new = {"id": draft.id, "person": f"person:{draft.id}", "email": draft.email, "now": opened_at}
        await connection.execute(OPEN, {**new, **said})
        known = await account_of_id(connection, draft.id)
    elif is_newcomer(known):
        await connection.execute(RENEW, {"person": known.person, **said})
    else:
        return None
    if known is None:
        return None
    grant = {"account_id": known.id, "role": Role.NEWCOMER.value, "subject": municipality}
    await connection.execute(ADD_GRANT, grant)
    return await account_of_id(connection, known.id)


async def welcome_newcomer(connection: AsyncConnection, request_id: str, events: Iterable[Event]) -> None:
    """Make the newcomer who submitted a request one of the municipality's people, once staff took the request in."""
    for event in events:
        if isinstance(event.fact, (RequestAccepted, RequestMerged)):
            said = {"request_id": UUID(request_id), "invitation": uuid7(), "by": event.by, "at": event.at}
            await connection.execute(WELCOME, said)
