"""How a visit looks things up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from types import TracebackType
from typing import Self

from storage.database import AsyncConnection, AsyncEngine


class Reading:
    """Lends connections to look things up with.

    A page is made with one of them, from its first look until it is made. Who sends a form holds none while it is
    carried out, and what goes on after a page was made (`service.pages.news`) gets one for each look.
    """

    def __init__(self, pool: AsyncEngine, *, for_a_page: bool = False) -> None:
        self._pool = pool
        self._until_made = AsyncExitStack() if for_a_page else None
        self._lent: AsyncConnection | None = None

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection."""
        if self._until_made is None:
            async with self._pool.connect() as connection:
                yield connection
            return
        if self._lent is None:
            self._lent = await self._until_made.enter_async_context(self._pool.connect())
        yield self._lent

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """The page is made: give back what was lent."""
        made, self._until_made, self._lent = self._until_made, None, None
        if made is not None:
            await made.__aexit__(kind, error, traceback)
