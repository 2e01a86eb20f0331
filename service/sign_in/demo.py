"""In development: the people of the demo are invited, so that signing in is choosing who you are.

Who is invited on the way is introduced to the provider, as a real one would know them. A provider elsewhere is told
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote, urlsplit

import httpx2

from service.demo.accounts import PEOPLE
from service.sign_in.provider import trusted_authorities
from storage.accounts import account_of_email
from storage.database import AsyncConnection
from storage.identities import Grants, invite, standing_invitations

HERE: Final = frozenset({"127.0.0.1", "localhost", "::1"})
SECONDS: Final = 5


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """Somebody whom one can sign in as."""

    name: str
    email: str
    grants: Grants


async def invite_demo_people(connection: AsyncConnection, now: datetime) -> None:
    """Invite everybody of the demo who has an account and no standing invitation; the provider may be a new one."""
    invited = {one.email for one in await standing_invitations(connection)}
    for person in PEOPLE:
        if person.email not in invited and await account_of_email(connection, person.email):
            await invite(connection, email=person.email, name=person.name, grants=person.grants, now=now)


async def demo_people(connection: AsyncConnection) -> tuple[Somebody, ...]:
    """The people of the demo who are here."""
    here = [person for person in PEOPLE if await account_of_email(connection, person.email)]
    return tuple(Somebody(name=one.name, email=one.email, grants=one.grants) for one in here)


async def invited_people(connection: AsyncConnection) -> tuple[Somebody, ...]:
    """Who was invited on the way and has not signed in yet, the newest first."""
    known = {person.email for person in PEOPLE}
    standing = {one.email: one for one in reversed(await standing_invitations(connection)) if one.email not in known}
    return tuple(Somebody(name=one.name, email=one.email, grants=one.grants) for one in reversed(standing.values()))


async def introduce(people: Iterable[Somebody], issuer: str) -> None:
    """Have the provider of development vouch for their addresses; when it is away, signing in says so."""
    if urlsplit(issuer).hostname not in HERE:
        return
    with suppress(httpx2.HTTPError):
        async with httpx2.AsyncClient(base_url=issuer, timeout=SECONDS, verify=trusted_authorities()) as provider:
            for one in people:
                claims = {"email": one.email, "email_verified": True, "name": one.name}
                await provider.put(f"/users/{quote(one.email)}", json=claims)
