"""One whole stack for all calm journeys of a test process, and who walks them."""

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


async def let_in(stack: Stack) -> dict[str, Caller]:
    """Open the accounts of a journey; who may come in."""
    for who, grants in GRANTS.items():
        await stack.open_account(who, *grants)
    return {who: Caller(stack=stack, who=who) for who in GRANTS}


@pytest_asyncio.fixture(scope="session")
async def stack() -> AsyncIterator[Stack]:
    """A running stack that nobody disturbs."""
    async with running("journeys") as stack:
        await let_in(stack)
        yield stack


@pytest_asyncio.fixture(scope="session")
async def troubled() -> AsyncIterator[dict[str, Caller]]:
    """Who walks on a stack of which parts are killed."""
    async with running("troubled") as stack:
        yield await let_in(stack)


@pytest.fixture
def callers(stack: Stack) -> dict[str, Caller]:
    """Everybody who walks a journey."""
    return {who: Caller(stack=stack, who=who) for who in GRANTS}
