"""Who acts in the bench: one of each role, of one municipality, with a token for the API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from storage.accounts import Account, Role, add_account, issue_token
from storage.database import AsyncConnection

MUNICIPALITY = "GM0983"


@dataclass(frozen=True, kw_only=True)
class People:
    """The accounts, and their tokens by person."""

    staff: Account
    advisor: Account
    member: Account
    tokens: dict[str, str]

    def headers(self, account: Account) -> dict[str, str]:
        """What an account sends with every call."""
        return {"Authorization": f"Bearer {self.tokens[account.person]}"}


async def invite_people(connection: AsyncConnection) -> People:
    """Open the accounts."""
    now = datetime.now(UTC)
    staff, advisor, member = [
        await add_account(connection, name=name, email=f"{name}@bench.test", grants=[grant], now=now)
        for name, grant in (
            ("staff", (Role.STAFF, "")),
            ("advisor", (Role.ADVISOR, "")),
            ("member", (Role.MEMBER, MUNICIPALITY)),
        )
    ]
    tokens = {
        one.person: await issue_token(connection, one.id, now=now, label="bench") for one in (staff, advisor, member)
    }
    return People(staff=staff, advisor=advisor, member=member, tokens=tokens)
