"""Going on with a form whose session ended while it was being filled in: nothing that was typed is lost."""

from __future__ import annotations

from starlette.responses import Response

from service.pages.guarding import FORM, Who, get
from service.pages.visit import Visit
from storage.sessions import find_form


async def show_kept_form(visit: Visit) -> Response:
    """Show a form that was sent too late, to be sent again as it is."""
    held = visit.pages.cookies.of(visit.request, FORM)
    form = None
    if held is not None:
        async with visit.reading.connect() as connection:
            form = await find_form(connection, held, visit.account.id, visit.now)
    if form is None:
        return visit.see_other("/")
    return visit.page("kept_form.html", title=visit.say("Your text is still here"), kept=form)


routes = (get("/verder", show_kept_form, who=Who.SIGNED_IN),)
