"""How a visit looks things up."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final, Self, TypeVar

from storage.database import AsyncConnection, AsyncEngine
from storage.statement import Question, Row, rows_of

First = TypeVar("First")
Second = TypeVar("Second")
Third = TypeVar("Third")
Place = tuple[str, str]
"""Whose session, by its hash, and the address they come to."""
MOST: Final = 2048


class AskedBefore:
    """What was asked at a place the last time. No answer is remembered, only the question."""

    def __init__(self) -> None:
        self._asked: OrderedDict[Place, tuple[Question[Any], ...]] = OrderedDict()

    def at(self, place: Place) -> tuple[Question[Any], ...]:
        """What was asked there the last time; nothing where nobody came before."""
        return self._asked.get(place, ())

    def remember(self, place: Place, asked: tuple[Question[Any], ...]) -> None:
        """This was asked there now. Places where nobody came for long are forgotten."""
        self._asked[place] = asked
        self._asked.move_to_end(place)
        if len(self._asked) > MOST:
            self._asked.popitem(last=False)


class Reading:
    """Lends connections to look things up with.

    A page is made with one of them, from its first look until it is made. Who sends a form holds none while it is
    carried out, and what goes on after a page was made (`service.pages.news`) gets one for each look.

    Who comes back to a page is mostly asked the same: that is asked along with who they are (`ask_who`), on one way to
    the database. What a page then asks is compared with that, and only what differs is asked for itself.
    """

    def __init__(self, pool: AsyncEngine, asked_before: AskedBefore | None = None) -> None:
        self._pool, self._asked_before = pool, asked_before
        self._kept: AsyncConnection | None = None
        self._place: Place | None = None
        self._found: list[tuple[Question[Any], list[Row]]] = []
        self._asked: tuple[Question[Any], ...] = ()

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection."""
        if self._asked_before is None:
            async with self._pool.connect() as connection:
                yield connection
            return
        if self._kept is None:
            self._kept = await self._pool.connect()
        yield self._kept

    async def ask_who(self, connection: AsyncConnection, question: Question[First], place: Place) -> First:
        """Ask who comes to this place, and along with it what was asked there the last time."""
        before = self._asked_before.at(place) if self._asked_before else ()
        first, *others = await rows_of(connection, (question, *before))
        self._place, self._found = place, list(zip(before, others, strict=True))
        return question.read(first)

    async def ask(self, question: Question[First]) -> First:
        """Ask one thing, unless it was asked on this visit already."""
        await self._look_up((question,))
        return self._answer(question)

    async def ask_together(
        self, one: Question[First], other: Question[Second], third: Question[Third]
    ) -> tuple[First, Second, Third]:
        """Ask things on one way to the database, but for what was asked on this visit already."""
        await self._look_up((one, other, third))
        return self._answer(one), self._answer(other), self._answer(third)

    async def _look_up(self, questions: tuple[Question[Any], ...]) -> None:
        self._asked += questions
        rest = [one for one in questions if all(one != asked for asked, _ in self._found)]
        if rest:
            async with self.connect() as connection:
                self._found += zip(rest, await rows_of(connection, rest), strict=True)

    def _answer(self, question: Question[First]) -> First:
        return question.read(next(rows for asked, rows in self._found if asked == question))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """The page is made: give back what was kept."""
        if self._asked_before and self._place and self._asked:
            self._asked_before.remember(self._place, self._asked)
        kept, self._asked_before, self._kept = self._kept, None, None
        if kept is not None:
            await kept.close()
