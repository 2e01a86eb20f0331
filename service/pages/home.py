"""Home: the first page after signing in, for each role its own."""

from __future__ import annotations

from starlette.responses import Response

from service.pages.guarding import Who, get
from service.pages.visit import Visit


async def show_home(visit: Visit) -> Response:
    """Show what is asked of somebody now."""
    return await _show(visit)


async def _show(visit: Visit) -> Response:
    first_name = visit.account.name.partition(" ")[0]
    return visit.page("home.html", title=visit.say("Home"), first_name=first_name, hat=visit.hat)


routes = (get("/", show_home, who=Who.SIGNED_IN),)
