"""All that happened on a request, as far as this visitor may know it: who did what, when, and for whom."""

from __future__ import annotations

from starlette.responses import Response

from service.pages.guarding import Who, get
from service.pages.request_page.history import everything
from service.pages.request_page.looking import Looking
from service.pages.requests import read_request_at
from service.pages.visit import Visit


async def show_past(visit: Visit) -> Response:
    """Show the whole past of a request, the latest first."""
    async with visit.parts.reading.connect() as connection:
        looking = Looking(visit, await read_request_at(connection, visit))
        moments = await everything(connection, looking)
    return visit.page("request/past.html", title=visit.say("What happened"), request=looking.shown, moments=moments)


routes = (get("/aanvragen/{reference}/verloop", show_past, who=Who.SIGNED_IN),)
