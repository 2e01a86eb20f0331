"""Who acts in the bench: one of each role, with a token for the API and a session for the pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from service.pages.cookies import Cookies
from service.pages.guarding import SESSION
from storage.accounts import Account, Role, add_account, issue_token
from storage.database import AsyncConnection
from storage.sessions import begin_session

MUNICIPALITY = "GM0983"
ELSEWHERE = "GM0935"
"""A municipality of which no other part of the bench makes requests."""
COOKIES = Cookies(secure=True)


@dataclass(frozen=True, kw_only=True)
class People:
    """The accounts, and their tokens and sessions by person."""

    municipality: str
    staff: Account
    advisor: Account
    member: Account
    tokens: dict[str, str]
    sessions: dict[str, str]

    def headers(self, account: Account) -> dict[str, str]:
        """What an account sends with every call."""
        return {"Authorization": f"Bearer {self.tokens[account.person]}"}

    def cookie(self, account: Account) -> dict[str, str]:
        """What the browser of an account sends with every visit."""
        return {"Cookie": f"{COOKIES.named(SESSION)}={self.sessions[account.person]}"}


async def invite_people(connection: AsyncConnection, municipality: str = MUNICIPALITY) -> People:
    """Open the accounts."""
    now = datetime.now(UTC)
    staff, advisor, member = accounts = [
        await add_account(connection, name=name, email=f"{name}@{municipality}.test", grants=[grant], now=now)
        for name, grant in (
            ("staff", (Role.STAFF, "")),
            ("advisor", (Role.ADVISOR, "")),
            ("member", (Role.MEMBER, municipality)),
        )
    ]
    return People(
        municipality=municipality,
        staff=staff,
        advisor=advisor,
        member=member,
        tokens={one.person: await issue_token(connection, one.id, now=now, label="bench") for one in accounts},
        sessions={one.person: await begin_session(connection, one.id, now=now) for one in accounts},
    )
