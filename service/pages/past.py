"""All that happened on a request, as far as this visitor may know it: who did what, when, and for whom."""

from __future__ import annotations

from starlette.responses import Response

from service.pages.guarding import Who, get
from service.pages.request_page.history import everything, history, people_of
from service.pages.request_page.looking import Looking
from service.pages.requests import seen_by, stored_at, with_names
from service.pages.visit import Visit


async def show_past(visit: Visit) -> Response:
    """Show the whole past of a request, the latest first."""
    async with visit.reading.connect() as connection:
        seen = seen_by(visit, await stored_at(connection, visit))
        past = await everything(connection, seen)
        looking = Looking(visit, await with_names(connection, visit, seen, others=people_of(past)))
    return visit.page(
        "request/past.html",
        title=visit.say("What happened"),
        request=looking.shown,
        moments=history(looking, past),
    )


routes = (get("/aanvragen/{reference}/verloop", show_past, who=Who.SIGNED_IN),)
