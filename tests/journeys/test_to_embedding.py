"""Journey (a) on the real stack, over HTTP, by tokens alone."""

from __future__ import annotations

from tests.journeys.callers import Caller
from tests.journeys.to_embedding import has_got_there, to_embedding


async def test_a_request_goes_from_submit_to_embedding(callers: dict[str, Caller]) -> None:
    await has_got_there(callers, await to_embedding(callers))
