"""Who may come to which page, and what every form that is sent must show. A page has no address without saying so.

In this order: a form from another site is refused; who is not signed in signs in first, and a form they sent is kept
for them; who acts in another role hears that; a form must carry the token of its session.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from urllib.parse import quote, urlsplit

import structlog
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from service.language.choosing import tongue_of
from service.pages.reading import Reading
from service.pages.visit import Guest, Pages, Visit, now
from service.sign_in.hats import Hat, hat_worn
from storage.accounts import digest
from storage.coming import read_coming, who_comes
from storage.database import surely
from storage.requests import Stored
from storage.sessions import FORM_IS_KEPT, SEEN_AGAIN_AFTER, KeptForm, keep_form, see_session, whose_session

SESSION: Final = "session"
FORM: Final = "form"
CSRF: Final = "csrf"
BY_ITSELF: Final = "startloket-by-itself"
EVENTS: Final = "text/event-stream"
MOST_BYTES: Final = 2 * 1024 * 1024
SAME: Final = frozenset({"same-origin", "none"})


class Who(StrEnum):
    """For whom a page is."""

    EVERYBODY = "EVERYBODY"
    SIGNED_IN = "SIGNED_IN"
    MUNICIPALITY = "MUNICIPALITY"
    ADVISOR = "ADVISOR"
    STAFF = "STAFF"
    PROGRAMME = "PROGRAMME"

    def admits(self, hat: Hat | None) -> bool:
        """Whether somebody who is signed in and acts in this role may come."""
        match self:
            case Who.EVERYBODY | Who.SIGNED_IN:
                return True
            case Who.PROGRAMME:
                return hat in (Hat.ADVISOR, Hat.STAFF)
            case _:
                return hat is not None and hat.value == self.value


Show = Callable[[Visit], Awaitable[Response]]


class Refused(Exception):
    """Somebody may not come here or send this. Answered by `service.pages.trouble`."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


class Why(StrEnum):
    """Why somebody is refused."""

    OTHER_ROLE = "OTHER_ROLE"
    NOT_FROM_HERE = "NOT_FROM_HERE"


class PageRoute(Route):
    """An address with its page, knowing for whom it is: a test walks all of them."""

    def __init__(self, path: str, show: Show, *, who: Who, method: str) -> None:
        self.who, self.show = who, show
        super().__init__(path, self._answer, methods=[method], name=f"{method} {path}")

    async def _answer(self, request: Request) -> Response:
        pages: Pages = request.state.pages
        asked_before = pages.asked_before if request.method != "POST" else None
        async with Reading(pages.parts.reading, asked_before) as reading:
            return await self._answer_visit(await arrive(request, reading))

    async def _answer_visit(self, visit: Visit) -> Response:
        request = visit.request
        if request.method == "POST":
            _refuse_from_elsewhere(visit)
            visit = replace(visit, sent=await _read(request))
        if visit.guest is None and self.who is not Who.EVERYBODY:
            return await _sign_in_first(visit)
        if not self.who.admits(visit.hat):
            raise Refused(Why.OTHER_ROLE)
        if visit.sent is not None and not _shows_token(visit, visit.sent):
            raise Refused(Why.NOT_FROM_HERE)
        request.scope["visit"] = visit
        return await self.show(visit)


def get(path: str, show: Show, *, who: Who) -> PageRoute:
    """A page to look at."""
    return PageRoute(path, show, who=who, method="GET")


def post(path: str, do: Show, *, who: Who) -> PageRoute:
    """Something to do, sent by a form."""
    return PageRoute(path, do, who=who, method="POST")


async def arrive(request: Request, reading: Reading | None = None, *, as_stranger: bool = False) -> Visit:
    """Take in who comes to a page; `as_stranger` when who they are cannot be looked up."""
    pages: Pages = request.state.pages
    reading = reading or Reading(pages.parts.reading)
    at, heard, by_itself = now(), pages.parts.news.heard, _by_itself(request)
    guest, stored = (None, None) if as_stranger else await _guest(request, pages, reading, at, is_there=not by_itself)
    if guest:
        structlog.contextvars.bind_contextvars(role=(guest.hat or "none").lower())
    return Visit(
        request=request,
        pages=pages,
        reading=reading,
        tongue=tongue_of(request),
        guest=guest,
        now=at,
        stored=stored,
        heard=heard,
        by_itself=by_itself,
    )


def _by_itself(request: Request) -> bool:
    """A page that refreshes itself, or waits for news, says nothing about whether somebody is still there."""
    return BY_ITSELF in request.headers or request.headers.get("accept") == EVENTS


async def _guest(
    request: Request, pages: Pages, reading: Reading, at: datetime, *, is_there: bool
) -> tuple[Guest | None, Stored | None]:
    """Who comes; and with them the request that the address names, for a page to show."""
    held = pages.cookies.of(request, SESSION)
    if held is None:
        return None, None
    reference = request.path_params.get("reference") if request.method != "POST" else None
    question, place = who_comes(held, at, reference), (digest(held), request.scope["path"])
    async with reading.connect() as connection:
        row = await surely(lambda: reading.ask_who(connection, question, place))
        if row is None:
            return None, None
        coming = await read_coming(connection, row)
        if is_there and at - coming.session.seen_at > SEEN_AGAIN_AFTER:
            await see_session(connection, coming.session, at)
    hat = hat_worn(coming.account, coming.session.acting_as)
    return Guest(whole=coming.account, hat=hat, session=coming.session, held=held), coming.stored


def _refuse_from_elsewhere(visit: Visit) -> None:
    """A form of ours is sent from a page of ours, and browsers say so (Fetch Metadata; Origin where they do not)."""
    headers = visit.request.headers
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    ours = {urlsplit(visit.parts.settings.public_url).netloc, headers.get("host")}
    if (site is not None and site not in SAME) or (origin is not None and urlsplit(origin).netloc not in ours):
        raise Refused(Why.NOT_FROM_HERE)


async def _read(request: Request) -> FormData:
    return await request.form(max_part_size=MOST_BYTES)


def _shows_token(visit: Visit, sent: FormData) -> bool:
    """Who is not signed in has no session that somebody else could use."""
    return visit.guest is None or secrets.compare_digest(str(sent.get(CSRF, "")), visit.csrf())


async def _sign_in_first(visit: Visit) -> Response:
    """Send to signing in, and back. A form is kept when we still know whose session it was."""
    if visit.sent is None:
        path = visit.request.url.path + (f"?{visit.request.url.query}" if visit.request.url.query else "")
        return RedirectResponse(f"/aanmelden?naar={quote(path)}", status_code=303)
    answer = RedirectResponse(f"/aanmelden?naar={quote('/verder')}", status_code=303)
    if held := await _keep(visit, visit.sent):
        visit.pages.cookies.give(answer, FORM, held, FORM_IS_KEPT)
    return answer


async def _keep(visit: Visit, sent: FormData) -> str | None:
    session = visit.pages.cookies.of(visit.request, SESSION)
    fields = tuple((name, value) for name, value in sent.multi_items() if isinstance(value, str) and name != CSRF)
    async with visit.parts.engine.begin() as connection:
        account_id = await whose_session(connection, session) if session else None
        if account_id is None:
            return None
        form = KeptForm(path=visit.request.url.path, fields=fields)
        return await keep_form(connection, form, account_id, visit.now)
