"""News: what changed, as this process hears it from PostgreSQL, told to the pages that stand open.

One connection listens for the whole process. Whoever waits has no queue: they hear that something changed, however
often it did. What just happened is remembered for a while, so that nothing falls between making a page and waiting.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

import structlog

from domain.command import Actor
from domain.reader import reader
from domain.request import SupportRequest
from storage.advising import requests_of
from storage.database import MAY_HEAL, AsyncEngine
from storage.news import Change, Interrupted, listening
from storage.requests import Unreadable, load

REMEMBERED: Final = 1000
LOOKING_AT_ONCE: Final = 2
MOST_LOOKED_AT: Final = 50
MOST_WAITING: Final = 2000
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 30.0

log = structlog.get_logger(__name__)


@dataclass(eq=False, kw_only=True)
class Waiting:
    """Somebody who waits for news of one request, or of all that are theirs.

    An advisor also hears that a request was given to somebody else; `theirs` are those they have, when all count.
    """

    actor: Actor
    request_id: str | None = None
    theirs: set[str] = field(default_factory=set)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def hear(self, seconds: float) -> bool:
        """Wait this long at most; say whether something changed since the last time."""
        if not self.changed.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self.changed.wait(), seconds)
        changed = self.changed.is_set()
        self.changed.clear()
        return changed


class News:
    """What changed, and who waits to hear of it."""

    def __init__(self) -> None:
        self.heard = 0
        """The place in the log up to which everything was heard."""
        self.is_over = False
        self.few = asyncio.Semaphore(LOOKING_AT_ONCE)
        """Held to look something up for who waits: the connections of the pool are for who is there."""
        self._engine: AsyncEngine | None = None
        self._forgotten = 0
        self._recent: deque[Change] = deque()
        self._waiting: set[Waiting] = set()

    @property
    def is_full(self) -> bool:
        """As many wait as one process bears."""
        return len(self._waiting) >= MOST_WAITING

    async def listen(self, engine: AsyncEngine) -> None:
        """Listen for as long as the process lives, anew whenever PostgreSQL was away."""
        self._engine, pause = engine, FIRST_PAUSE
        while True:
            try:
                async with listening(engine) as listener:
                    log.info("news_listening", position=listener.newest)
                    self._begin(listener.newest)
                    pause = FIRST_PAUSE
                    async for change in listener.changes():
                        await self._take_in(change)
            except Interrupted as error:
                log.warning("news_interrupted", error=str(error))
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    @contextmanager
    def waiting(self, actor: Actor, *, request_id: str | None = None) -> Iterator[Waiting]:
        """Wait for news, of one request or of all that this actor may see."""
        one = Waiting(actor=actor, request_id=request_id)
        self._waiting.add(one)
        try:
            yield one
        finally:
            self._waiting.discard(one)

    async def catch_up(self, one: Waiting, since: int) -> None:
        """Tell somebody what changed after this place in the log; that anything may have, when it is forgotten."""
        if one.request_id is None and one.actor.is_advisor:
            one.theirs |= await self._requests_of(one.actor)
        missed = [change for change in self._recent if change.position > since]
        if since < self._forgotten or len(missed) > MOST_LOOKED_AT:
            one.changed.set()
        for change in () if one.changed.is_set() else missed:
            await self._tell(change, [one])

    def end(self) -> None:
        """Have everybody stop waiting: the process is to end."""
        self.is_over = True
        self._wake_all()

    def _begin(self, newest: int) -> None:
        """Whatever happened before now went by unheard."""
        self.heard = self._forgotten = newest
        self._recent.clear()
        self._wake_all()

    async def _take_in(self, change: Change) -> None:
        if len(self._recent) == REMEMBERED:
            self._forgotten = self._recent.popleft().position
        self._recent.append(change)
        self.heard = max(self.heard, change.position)
        await self._tell(change, tuple(self._waiting))

    async def _tell(self, change: Change, waiting: Iterable[Waiting]) -> None:
        """The request is looked up once, for all whom it may concern."""
        asked = [one for one in waiting if one.request_id in (None, change.request_id)]
        if not asked:
            return
        readers = await self._readers(change, {one.actor for one in asked})
        for one in asked:
            is_reader = one.actor in readers
            if is_reader or change.request_id in one.theirs:
                one.changed.set()
            if one.actor.is_advisor and one.request_id is None:
                (one.theirs.add if is_reader else one.theirs.discard)(change.request_id)

    async def _readers(self, change: Change, actors: set[Actor]) -> set[Actor]:
        """Those of these actors who may read what happened; all of them where that cannot be known now."""
        if self._engine is None:
            return actors
        try:
            async with self.few, self._engine.connect() as connection:
                stored = await load(connection, change.request_id)
        except (*MAY_HEAL, Unreadable):
            return actors
        return {actor for actor in actors if stored and _hears(stored.request, actor, change)}

    async def _requests_of(self, advisor: Actor) -> frozenset[str]:
        if self._engine is None:
            return frozenset()
        try:
            async with self.few, self._engine.connect() as connection:
                return await requests_of(connection, advisor.person)
        except MAY_HEAL:
            return frozenset()

    def _wake_all(self) -> None:
        for one in self._waiting:
            one.changed.set()


def _hears(request: SupportRequest, actor: Actor, change: Change) -> bool:
    who = reader(request, actor)
    return who is not None and who.hears(change.audience)
