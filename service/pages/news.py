"""News for pages that stand open, as server-sent events: that something changed, never what.

The page looks for itself, with the rights of who reads it. A stream ends with the session and in any case after a
while; the browser comes back by itself, and says what it heard last.
"""

from __future__ import annotations

import re
from asyncio import shield
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from secrets import randbelow
from typing import Final

from starlette.responses import Response, StreamingResponse

from service.pages.guarding import EVENTS, Who, get
from service.pages.requests import request_at
from service.pages.visit import Visit, now
from storage.database import MAY_HEAL
from storage.sessions import find_session

NEWS: Final = "/nieuws"
"""Where home and inbox hear of all that is theirs."""
HEARTBEAT: Final = timedelta(seconds=20)
LONGEST: Final = timedelta(minutes=10)
PLACE: Final = re.compile(r"[0-9]{1,18}")
SOONEST: Final = 2000
SPREAD: Final = 6000
"""Milliseconds after which a browser comes back: not all at once when a process has ended."""
CHANGED: Final = "data: changed\n"
STILL_HERE: Final = ": still here\n"


async def tell_of_all(visit: Visit) -> Response:
    """Tell that one of the requests that are theirs changed."""
    return _stream(visit, None)


async def tell_of_request(visit: Visit) -> Response:
    """Tell that this request changed."""
    return _stream(visit, (await request_at(visit)).view.id)


def _stream(visit: Visit, request_id: str | None) -> Response:
    news = visit.parts.news
    if news.is_full or news.is_over:
        return Response(status_code=503)
    return StreamingResponse(_told(visit, request_id), media_type=EVENTS, headers={"X-Accel-Buffering": "no"})


async def _told(visit: Visit, request_id: str | None) -> AsyncIterator[str]:
    """What goes out. An id without data is kept by the browser, and comes back with it.

    Whoever leaves cancels this: what looks something up is shielded, for a connection that is let go of half-way is
    lost to the pool.
    """
    news = visit.parts.news
    with news.waiting(visit.account.actor, request_id=request_id) as waiting:
        yield f"retry: {SOONEST + randbelow(SPREAD)}\nid: {news.heard}\n\n"
        await shield(news.catch_up(waiting, _since(visit)))
        known_at = visit.now
        while (at := now()) - visit.now < LONGEST:
            if at - known_at >= HEARTBEAT:
                if not await shield(_goes_on(visit, at)):
                    return
                known_at = at
            changed = await waiting.hear(HEARTBEAT.total_seconds())
            if news.is_over:
                return
            yield f"id: {news.heard}\n{CHANGED if changed else STILL_HERE}\n"


def _since(visit: Visit) -> int:
    """The place in the log that the page was made at, or was heard of last; before all of it where nothing is known."""
    asked = visit.request.headers.get("last-event-id") or visit.request.query_params.get("sinds", "")
    return int(asked) if PLACE.fullmatch(asked) else -1


async def _goes_on(visit: Visit, at: datetime) -> bool:
    """Whether the session does; where that cannot be known now, the next heartbeat asks again."""
    if visit.guest is None:
        return False
    try:
        async with visit.parts.news.few, visit.reading.connect() as connection:
            return await find_session(connection, visit.guest.held, at) is not None
    except MAY_HEAL:
        return True


routes = (
    get(NEWS, tell_of_all, who=Who.SIGNED_IN),
    get("/aanvragen/{reference}/nieuws", tell_of_request, who=Who.SIGNED_IN),
)
