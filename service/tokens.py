"""API tokens for machines and scripts, handed out at the command line."""

from __future__ import annotations

from datetime import UTC, datetime

from service.cli_failure import Failure
from service.database_verbs import with_database
from service.settings import Settings
from storage import accounts
from storage.database import AsyncEngine

LABEL = "startloket token"


def issue_token(settings: Settings, email: str) -> str:
    """Make a token for the open account with this mail address. It is kept as a hash: this is the only time it is seen.

    Raises: Failure when there is no such account.
    """

    async def work(engine: AsyncEngine) -> str:
        async with engine.begin() as connection:
            account = await accounts.account_of_email(connection, email.strip())
            if account is None:
                raise Failure(
                    f"There is no open account for {email}.",
                    "Ask the staff to open one. `startloket seed` opens those of the demo, as staff@startloket.test.",
                )
            return await accounts.issue_token(connection, account.id, now=datetime.now(UTC), label=LABEL)

    return with_database(settings, work)
