"""Home: the first page after signing in, for each role its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.responses import Response

from service.pages import home_of_municipality
from service.pages.advisor.today import show_today
from service.pages.guarding import Show, Who, get
from service.pages.staff import overview
from service.pages.visit import Visit
from service.sign_in.hats import Hat

HOMES: Final[Mapping[Hat, Show]] = {
    Hat.ADVISOR: show_today,
    Hat.MUNICIPALITY: home_of_municipality.show,
    Hat.SUPPORTING_PARTY: home_of_municipality.show,
    Hat.STAFF: overview.show,
}
"""The home of each role; a role that is not here yet sees a welcome."""


async def show_home(visit: Visit) -> Response:
    """Show the home of the role somebody acts in."""
    return await HOMES.get(visit.hat, _welcome)(visit) if visit.hat else await _welcome(visit)


async def _welcome(visit: Visit) -> Response:
    first_name = visit.account.name.partition(" ")[0]
    return visit.page("home.html", title=visit.say("Home"), first_name=first_name, hat=visit.hat)


routes = (get("/", show_home, who=Who.SIGNED_IN),)
