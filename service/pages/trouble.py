"""Pages for what goes wrong, in the same calm tone: what it is, and what to do now."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from service.language import message
from service.pages.guarding import Refused, Why, arrive
from service.pages.visit import Visit
from storage.database import MAY_HEAL


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """What went wrong, and what to do about it."""

    status: int
    title: str
    what_to_do: str


NOT_FOUND: Final = Trouble(
    status=404,
    title=message("This page is not here"),
    what_to_do=message(
        "It does not exist, or it is not for you to see. Check the address, or go on from the home page."
    ),
)
OTHER_ROLE: Final = Trouble(
    status=403,
    title=message("This page is for another role"),
    what_to_do=message(
        "You cannot see this in your present role. Do you have another role? Choose it at the top of the page."
    ),
)
NOT_FROM_HERE: Final = Trouble(
    status=403,
    title=message("We did not carry this out"),
    what_to_do=message("We could not see that this came from you. Go back, refresh the page and send it again."),
)
NOT_POSSIBLE: Final = Trouble(
    status=405,
    title=message("This is not possible here"),
    what_to_do=message("Go back and try again from the page you came from."),
)
TOO_LARGE: Final = Trouble(
    status=413,
    title=message("This is too much at once"),
    what_to_do=message("Go back, make the text shorter and send it again."),
)
AWAY: Final = Trouble(
    status=503,
    title=message("Startloket cannot be reached for a moment"),
    what_to_do=message("Try again in a minute. Were you sending something? Send it again: it is recorded once."),
)
OURS: Final = Trouble(
    status=500,
    title=message("Something went wrong on our side"),
    what_to_do=message("Try again later. If it stays so, tell your contact at the programme."),
)
BY_STATUS: Final = {403: OTHER_ROLE, 404: NOT_FOUND, 405: NOT_POSSIBLE, 413: TOO_LARGE}
BY_REASON: Final = {Why.OTHER_ROLE: OTHER_ROLE, Why.NOT_FROM_HERE: NOT_FROM_HERE}


async def on_http_exception(request: Request, found: HTTPException) -> Response:
    """Answer what is not there, or not possible there."""
    return await _answer(request, BY_STATUS.get(found.status_code, NOT_POSSIBLE))


async def on_refused(request: Request, refused: Refused) -> Response:
    """Answer who may not come here, or may not send this."""
    return await _answer(request, BY_REASON[refused.why])


async def on_silence(request: Request, _: Exception) -> Response:
    """Answer when the database is away; who is there cannot be known then."""
    return _show(await arrive(request, as_stranger=True), AWAY)


async def on_mistake(request: Request, _: Exception) -> Response:
    """Answer what nobody expected; the envelope around us logs it."""
    return _show(await arrive(request, as_stranger=True), OURS)


async def _answer(request: Request, trouble: Trouble) -> Response:
    known: Visit | None = request.scope.get("visit")
    return _show(known or await arrive(request), trouble)


def _show(visit: Visit, trouble: Trouble) -> Response:
    title = visit.say(trouble.title)
    return visit.page("trouble.html", title=title, status=trouble.status, what_to_do=visit.say(trouble.what_to_do))


Handler = Callable[[Request, Any], Coroutine[Any, Any, Response]]
HANDLERS: Final[dict[int | type[Exception], Handler]] = {
    HTTPException: on_http_exception,
    Refused: on_refused,
    **dict.fromkeys(MAY_HEAL, on_silence),
    Exception: on_mistake,
}
