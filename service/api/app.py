"""The API as one application: health beside it, the API under `/api/v1`, one envelope around all of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache
from typing import Any

from fastapi import Depends, FastAPI
from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp

from service.api import health
from service.api.describing import BASE, describe, reached_at
from service.api.door import refuse_unknown_parameters
from service.api.envelope import Envelope
from service.api.problems import HANDLERS
from service.api.reading import READING_POLICY, as_page
from service.api.routes import lists, reference, support_requests
from service.composition import Parts, open_parts
from service.log import set_up_logging
from service.settings import load_settings

OpenParts = Callable[[], AbstractAsyncContextManager[Parts]]
OPEN_TO_ALL = frozenset({"/openapi.json", "/docs"})
"""The addresses of the API that need no token: what it can do is no secret."""


def create_app(open_with: OpenParts | None = None, *, beside: Sequence[BaseRoute] = ()) -> ASGIApp:
    """Put the application together; its parts are opened when it starts, by default from the settings.

    `beside` are other doors on the same parts: they get what is neither the API's nor health's.
    """
    registry = CollectorRegistry()
    for collector in (ProcessCollector, PlatformCollector, GCCollector):
        collector(registry=registry)

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[dict[str, Any]]:
        async with (open_with or _open_from_settings)() as parts:
            yield {"parts": parts}

    whole = Starlette(
        routes=[*health.routes(registry), Mount(BASE, app=build_api()), *beside],
        exception_handlers=HANDLERS,
        lifespan=life,
    )
    whole.router.redirect_slashes = False
    return Envelope(whole, registry)


def build_api() -> FastAPI:
    """The API itself: every route guarded, and a document that says what it does."""
    api = FastAPI(
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        root_path_in_servers=False,
        exception_handlers=HANDLERS,
    )
    plain = [Depends(refuse_unknown_parameters)]
    api.include_router(lists.router)
    api.include_router(support_requests.router, dependencies=plain)
    api.include_router(reference.router, dependencies=plain)

    @cache
    def document() -> dict[str, Any]:
        """Written when it is first asked for: that takes a second, and starting should not."""
        return describe(api)

    @api.get("/openapi.json", include_in_schema=False)
    async def openapi_json(request: Request) -> Response:
        return JSONResponse(reached_at(document(), request.state.parts.settings.contact_mail))

    @api.get("/docs", include_in_schema=False)
    async def docs(request: Request) -> Response:
        here = reached_at(document(), request.state.parts.settings.contact_mail)
        return HTMLResponse(as_page(here), headers={"Content-Security-Policy": READING_POLICY})

    return api


def openapi_document() -> dict[str, Any]:
    """The OpenAPI document, without starting anything."""
    return describe(build_api())


def _open_from_settings() -> AbstractAsyncContextManager[Parts]:
    settings = load_settings()
    set_up_logging(settings.log_format, settings.log_level)
    return open_parts(settings)
