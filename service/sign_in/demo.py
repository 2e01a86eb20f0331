"""In development: the people of the demo are invited, so that signing in is choosing who you are."""

from __future__ import annotations

from datetime import datetime

from service.demo.accounts import PEOPLE, Person
from storage.accounts import account_of_email
from storage.database import AsyncConnection
from storage.identities import invite, standing_invitations


async def invite_demo_people(connection: AsyncConnection, now: datetime) -> None:
    """Invite everybody of the demo who has an account and no standing invitation; the provider may be a new one."""
    invited = {one.email for one in await standing_invitations(connection)}
    for person in PEOPLE:
        if person.email not in invited and await account_of_email(connection, person.email):
            await invite(connection, email=person.email, name=person.name, grants=person.grants, now=now)


async def demo_people(connection: AsyncConnection) -> tuple[Person, ...]:
    """The people of the demo who are here."""
    return tuple([person for person in PEOPLE if await account_of_email(connection, person.email)])
