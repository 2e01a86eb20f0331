"""Pages for everybody: what this is, privacy, accessibility, and the language one reads in."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from starlette.responses import RedirectResponse, Response

from service.errors import Language
from service.language.choosing import COOKIE
from service.pages.guarding import Who, get, post
from service.pages.places import here
from service.pages.visit import Visit

REMEMBERED: Final = timedelta(days=365)


async def show_about(visit: Visit) -> Response:
    """Tell what Startloket is, and for whom."""
    return visit.page("about.html", title=visit.say("What is Startloket?"))


async def show_privacy(visit: Visit) -> Response:
    """Tell which personal data are kept, what for, and how long."""
    return visit.page("privacy.html", title=visit.say("Privacy"))


async def show_accessibility(visit: Visit) -> Response:
    """Tell how accessible the pages are, and where to say that they are not."""
    return visit.page("accessibility.html", title=visit.say("Accessibility"))


async def choose_language(visit: Visit) -> Response:
    """Read in another language from now on, on this browser."""
    chosen = Language.ENGLISH if visit.field("language") == Language.ENGLISH else Language.DUTCH
    answer = RedirectResponse(here(visit.field("back")), status_code=303)
    answer.set_cookie(
        COOKIE,
        chosen.value,
        max_age=int(REMEMBERED.total_seconds()),
        secure=visit.pages.cookies.secure,
        httponly=True,
        samesite="lax",
    )
    return answer


routes = (
    get("/over", show_about, who=Who.EVERYBODY),
    get("/privacy", show_privacy, who=Who.EVERYBODY),
    get("/toegankelijkheid", show_accessibility, who=Who.EVERYBODY),
    post("/taal", choose_language, who=Who.EVERYBODY),
)
