"""How the API says no: problem+json (RFC 9457) for every error, in Dutch or English, all that is wrong at once.

Which sorts of problem there are, and their statuses, stands in `service.errors`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.refusal import Refusal
from service import errors
from service.api.faults import faults
from service.api.language import language_of
from service.errors import Language, Problem
from service.giving import KeyReused, NotFound, NotKnown
from storage.codec import UnknownTag
from storage.database import MAY_HEAL
from storage.requests import Unreadable

MEDIA_TYPE = "application/problem+json"
WHERE_EXPLAINED = "/api/v1/docs#problem-"
LOOKING = frozenset({"GET", "HEAD", "OPTIONS"})
Found = Any
"""An exception of the class that its handler is for."""
Handler = Callable[[Request, Found], Response]
HTTP_PROBLEMS: Mapping[int, Problem] = {
    404: errors.NOT_FOUND,
    405: errors.METHOD_NOT_ALLOWED,
    413: errors.TOO_LARGE,
    415: errors.NOT_JSON,
    503: errors.NOT_READY,
}


class Obstacle(Exception):
    """A problem at the door itself; `headers` go along with the answer."""

    def __init__(self, problem: Problem, *, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(problem.code)
        self.problem, self.headers = problem, dict(headers or {})


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is wrong with the input: where, a stable code, and what to do."""

    field: str | None
    code: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class ProblemDetails:
    """The body of every error. `type` leads to an explanation, `code` is stable, `errors` has all faults at once."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    instance: str | None = None
    errors: tuple[Fault, ...] = ()


def all_at_once(found: Iterable[Refusal]) -> Refusal | None:
    """Make one refusal of everything that is wrong; None when nothing is."""
    every = [each for one in found for each in (one, *one.others)]
    if not every:
        return None
    return Refusal(every[0].reason, field=every[0].field, parameters=every[0].parameters, others=tuple(every[1:]))


def answer_problem(
    request: Request,
    problem: Problem,
    *,
    refusal: Refusal | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Answer with a problem; a refusal says itself what to do."""
    language = language_of(request)
    body: dict[str, object] = {
        "type": WHERE_EXPLAINED + problem.slug,
        "title": problem.title.in_language(language),
        "status": problem.status,
        "detail": problem.detail.in_language(language),
        "code": problem.code,
        "instance": request.url.path,
    }
    if refusal is not None:
        body |= _told(refusal, problem, language)
    waiting = {"Retry-After": str(problem.retry_after)} if problem.retry_after else {}
    return Response(
        json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers={"Content-Language": language, "Vary": "Accept-Language", **waiting, **(headers or {})},
    )


def _told(refusal: Refusal, problem: Problem, language: Language) -> dict[str, object]:
    """What a refusal adds: a fault of the input stands by its field, any other no is told in its own words."""
    faults = [
        {"field": one.field, "code": one.code, "detail": one.sentence(language)} for one in (refusal, *refusal.others)
    ]
    if problem is errors.INVALID_INPUT:
        return {"errors": faults}
    told: dict[str, object] = {"code": refusal.code, "detail": refusal.sentence(language)}
    return {**told, "errors": faults} if refusal.others or refusal.field else told


def on_refusal(request: Request, refusal: Refusal) -> Response:
    """Answer a refusal of the domain, or a fault that the door found itself."""
    return answer_problem(request, errors.problem_of(refusal), refusal=refusal)


def on_obstacle(request: Request, obstacle: Obstacle) -> Response:
    """Answer a problem at the door."""
    return answer_problem(request, obstacle.problem, headers=obstacle.headers)


def on_faults_of_the_query(request: Request, found: RequestValidationError) -> Response:
    """Answer what is wrong with the parameters, all of it at once."""
    refusal = all_at_once(faults(found.errors(), prefix=1))
    return answer_problem(request, errors.INVALID_INPUT, refusal=refusal)


def on_http_exception(request: Request, found: HTTPException) -> Response:
    """Answer what the framework found: no such address, or not by this method."""
    problem = HTTP_PROBLEMS.get(found.status_code, errors.INVALID_INPUT)
    headers = {"Allow": _possible_at(request)} if problem is errors.METHOD_NOT_ALLOWED else found.headers
    return answer_problem(request, problem, headers=headers)


def _possible_at(request: Request) -> str:
    """Every method that is possible at this address; the framework names those of the first route it meets."""
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    routes = (one.route for one in iter_route_contexts(request.app.routes))
    here = [one for one in routes if isinstance(one, Route) and one.path_regex.match(path)]
    return ", ".join(sorted({method for one in here for method in one.methods or ()}))


def on_silence(request: Request, _: Exception) -> Response:
    """Answer when nothing can be read: whether a command was done is not known then."""
    return answer_problem(request, errors.NOT_READY if request.method in LOOKING else errors.NOT_KNOWN)


def _always(problem: Problem) -> Handler:
    return lambda request, _: answer_problem(request, problem)


def _in_the_loop(answer: Handler) -> Callable[[Request, Any], Coroutine[Any, Any, Response]]:
    """Starlette runs what is not a coroutine in a thread, which takes longer than the answer itself."""

    async def handler(request: Request, found: Found) -> Response:
        return answer(request, found)

    return handler


ANSWERED_WITH: Mapping[type[Exception], Handler] = {
    Refusal: on_refusal,
    Obstacle: on_obstacle,
    RequestValidationError: on_faults_of_the_query,
    HTTPException: on_http_exception,
    NotFound: _always(errors.NOT_FOUND),
    KeyReused: _always(errors.KEY_REUSED),
    NotKnown: _always(errors.NOT_KNOWN),
    Unreadable: on_silence,
    UnknownTag: on_silence,
    **dict.fromkeys(MAY_HEAL, on_silence),
    Exception: _always(errors.INTERNAL),
}
HANDLERS: dict[int | type[Exception], Callable[[Request, Found], Coroutine[Any, Any, Response]]] = {
    kind: _in_the_loop(answer) for kind, answer in ANSWERED_WITH.items()
}
