"""Beginning to ask: a mail address, and the link that confirms it. Who is signed in for a municipality needs neither.

No mail goes out yet. In development the page that follows shows the link; elsewhere nobody is asked for an address, and
the page says who writes a request down instead.
"""

from __future__ import annotations

from typing import Final

from starlette.responses import RedirectResponse, Response

from service.pages.asking.held import BEGIN, CHECK, HELD, link_ended
from service.pages.filled import filled
from service.pages.forms import Form, blank
from service.pages.guarding import Who, get, post
from service.pages.visit import Visit
from service.sign_in.hats import Hat
from storage.asking import LINK_LEADS, begin_draft, find_draft
from storage.newcomers import can_ask_as_newcomer

LINK: Final = "asking-link"
SENT: Final = f"{BEGIN}/verstuurd"


async def show_begin(visit: Visit) -> Response:
    """Say what support is, what will be asked, and begin."""
    return _show(visit, blank())


def _show(visit: Visit, form: Form) -> Response:
    return visit.page(
        "asking/begin.html",
        title=visit.say("Ask for support"),
        form=form,
        is_known=visit.hat is Hat.MUNICIPALITY,
        sends_links=_sends_links(visit),
        days=LINK_LEADS.days,
    )


async def begin(visit: Visit) -> Response:
    """Send a link to the address; who is signed in for a municipality goes on at once."""
    if visit.hat is Hat.MUNICIPALITY:
        return await _begin_as_known(visit)
    if not _sends_links(visit):
        return _show(visit, blank())
    form = filled(visit)
    email = form.mail_address("email", missing=visit.say("Write your work mail address."))
    if form.mistakes:
        return _show(visit, form.again())
    async with visit.parts.engine.begin() as connection:
        held = await begin_draft(connection, email=email, now=visit.now)
    answer = visit.see_other(SENT)
    visit.pages.cookies.give_text(answer, LINK, _link(held))
    return answer


def _sends_links(visit: Visit) -> bool:
    """Whether a link reaches who asks for it: in development, where the page shows it."""
    return visit.parts.settings.development


async def _begin_as_known(visit: Visit) -> Response:
    account = visit.account
    async with visit.parts.engine.begin() as connection:
        held = await begin_draft(connection, email=account.email, account_id=account.id, now=visit.now)
    return _go_on(visit, held)


def _link(held: str) -> str:
    return f"{BEGIN}/verder/{held}"


async def show_sent(visit: Visit) -> Response:
    """Say that a link is on its way, and show it; where none goes out, begin again."""
    if not _sends_links(visit):
        return RedirectResponse(BEGIN, status_code=303)
    link = visit.pages.cookies.text_of(visit.request, LINK)
    return visit.page("asking/sent.html", title=visit.say("Look in your mail"), link=link, days=LINK_LEADS.days)


async def follow_link(visit: Visit) -> Response:
    """Go on with the draft that a link leads to; the link itself does not stay in the address."""
    held = visit.at("link")
    async with visit.reading.connect() as connection:
        draft = await find_draft(connection, held, visit.now)
        if draft is None:
            return link_ended(visit)
        if draft.reference is None and not await can_ask_as_newcomer(connection, draft.email):
            return has_account(visit)
    return _go_on(visit, held)


def has_account(visit: Visit) -> Response:
    """Send who has an account to signing in: only the one who holds the address learns that there is one."""
    return visit.page("asking/has_account.html", title=visit.say("You have an account already"))


def _go_on(visit: Visit, held: str) -> Response:
    answer = RedirectResponse(CHECK, status_code=303)
    visit.pages.cookies.give(answer, HELD, held, LINK_LEADS)
    return answer


routes = (
    get(BEGIN, show_begin, who=Who.EVERYBODY),
    post(BEGIN, begin, who=Who.EVERYBODY),
    get(SENT, show_sent, who=Who.EVERYBODY),
    get(f"{BEGIN}/verder/{{link}}", follow_link, who=Who.EVERYBODY),
)
