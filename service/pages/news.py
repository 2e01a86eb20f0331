"""News for pages that stand open, as server-sent events: that something changed, never what.

The page looks for itself, with the rights of who reads it. A stream ends with the session and in any case after a
while; the browser comes back by itself, and says what it heard last.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Final

from starlette.responses import Response, StreamingResponse

from service.pages.guarding import EVENTS, Who, get
from service.pages.requests import request_at
from service.pages.visit import Visit, now
from storage.sessions import find_session

NEWS: Final = "/nieuws"
"""Where home and inbox hear of all that is theirs."""
HEARTBEAT: Final = timedelta(seconds=20)
LONGEST: Final = timedelta(minutes=10)
PLACE: Final = re.compile(r"[0-9]{1,18}")
COME_BACK_AFTER: Final = 3000
"""Milliseconds."""
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
    """What goes out. An id without data is kept by the browser, and comes back with it."""
    news = visit.parts.news
    with news.waiting(visit.account.actor, request_id=request_id) as waiting:
        yield f"retry: {COME_BACK_AFTER}\nid: {news.heard}\n\n"
        await news.catch_up(waiting, _since(visit))
        while await _goes_on(visit):
            changed = await waiting.hear(HEARTBEAT.total_seconds())
            if news.is_over:
                return
            yield f"id: {news.heard}\n{CHANGED if changed else STILL_HERE}\n"


def _since(visit: Visit) -> int:
    """The place in the log that the page was made at, or was heard of last; before all of it where nothing is known."""
    asked = visit.request.headers.get("last-event-id") or visit.request.query_params.get("sinds", "")
    return int(asked) if PLACE.fullmatch(asked) else -1


async def _goes_on(visit: Visit) -> bool:
    at = now()
    if visit.guest is None or at - visit.now > LONGEST:
        return False
    async with visit.parts.reading.connect() as connection:
        return await find_session(connection, visit.guest.held, at) is not None


routes = (
    get(NEWS, tell_of_all, who=Who.SIGNED_IN),
    get("/aanvragen/{reference}/nieuws", tell_of_request, who=Who.SIGNED_IN),
)
