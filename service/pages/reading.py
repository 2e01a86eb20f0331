"""How a visit looks things up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Self

from storage.database import AsyncConnection, AsyncEngine


class Reading:
    """Lends connections to look things up with.

    A page is made with one of them, from its first look until it is made. Who sends a form holds none while it is
    carried out, and what goes on after a page was made (`service.pages.news`) gets one for each look.
    """

    def __init__(self, pool: AsyncEngine, *, for_a_page: bool = False) -> None:
        self._pool, self._keeps = pool, for_a_page
        self._kept: AsyncConnection | None = None

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection."""
        if not self._keeps:
            async with self._pool.connect() as connection:
                yield connection
            return
        if self._kept is None:
            self._kept = await self._pool.connect()
        yield self._kept

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """The page is made: give back what was kept."""
        kept, self._keeps, self._kept = self._kept, False, None
        if kept is not None:
            await kept.close()
