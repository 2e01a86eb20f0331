"""Management: what staff look after besides requests, on one page that leads to each."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from service.language import message
from service.pages.guarding import Who, get
from service.pages.visit import Visit

PLACES: Final = (
    ("/accounts", message("Accounts and invitations"), message("Who may come in, as what, and with which tokens.")),
    (
        "/herverdelen",
        message("Give requests to another advisor"),
        message("Many at once, with a result for each request."),
    ),
    ("/wie-komt-in-aanmerking", message("Who is eligible"), message("The rules, and the lists they rest on.")),
    ("/bezorging", message("Messages that did not arrive"), message("What could not be brought to somebody, and why.")),
)


async def show_places(visit: Visit) -> Response:
    """Show where staff can go."""
    places = [(address, visit.say(name), visit.say(about)) for address, name, about in PLACES]
    return visit.page("staff/managing.html", title=visit.say("Management"), places=places)


routes = (get("/beheer", show_places, who=Who.STAFF),)
