"""One whole stack for all journeys, also for those on which parts of it are killed, and who walks them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

import pytest
import pytest_asyncio

from storage.accounts import Role
from tests.journeys.callers import Caller
from tests.journeys.stack import Grant, Stack, running
from tests.journeys.to_embedding import BURGERKRACHT, VENLO

GRANTS: Mapping[str, tuple[Grant, ...]] = {
    "staff": ((Role.STAFF, ""),),
    "advisor": ((Role.ADVISOR, ""),),
    "other_advisor": ((Role.ADVISOR, ""),),
    "venlo": ((Role.MEMBER, VENLO),),
    "maastricht": ((Role.MEMBER, "GM0935"),),
    "supporter": ((Role.SUPPORTING_PARTY, BURGERKRACHT),),
}


@pytest_asyncio.fixture(scope="session")
async def stack() -> AsyncIterator[Stack]:
    """A running stack; what a test kills, it waits for."""
    async with running("journeys") as stack:
        for who, grants in GRANTS.items():
            await stack.open_account(who, *grants)
        yield stack


@pytest.fixture
def callers(stack: Stack) -> dict[str, Caller]:
    """Everybody who walks a journey."""
    return {who: Caller(stack=stack, who=who) for who in GRANTS}
