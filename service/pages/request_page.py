"""The page of one request, for everybody who may see it: what is asked now comes first."""

from __future__ import annotations

from starlette.responses import Response

from service.pages.guarding import Who, get
from service.pages.requests import request_at
from service.pages.visit import Visit


async def show_request(visit: Visit) -> Response:
    """Show a request as this visitor may see it."""
    shown = await request_at(visit)
    return visit.page(
        "request/page.html",
        title=visit.say("Request of %(municipality)s", municipality=shown.municipality),
        request=shown,
    )


routes = (get("/aanvragen/{reference}", show_request, who=Who.SIGNED_IN),)
