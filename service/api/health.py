"""How a process says that it lives, that it can be sent work, and what it has measured. For machines beside it."""

from __future__ import annotations

import asyncio

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from service import errors
from service.api.door import parts_of
from service.api.problems import Obstacle
from service.composition import LONGEST_LOOK, Parts, tables_are_ready

log = structlog.get_logger(__name__)


def routes(registry: CollectorRegistry) -> list[Route]:
    """The addresses outside the API."""

    async def metrics(_: Request) -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return [
        Route("/health/live", live),
        Route("/health/ready", ready),
        Route("/metrics", metrics),
    ]


async def live(_: Request) -> Response:
    """This process runs and answers."""
    return JSONResponse({"status": "live"})


async def ready(request: Request) -> Response:
    """The database is here and up to date, and Temporal answers.

    Raises: Obstacle 503 when one of them does not.
    """
    parts = parts_of(request)
    looks = {"database": tables_are_ready(parts.reading), "temporal": _temporal_is_ready(parts)}
    found = dict(zip(looks, await asyncio.gather(*looks.values()), strict=True))
    if not all(found.values()):
        log.warning("not_ready", **found)
        raise Obstacle(errors.NOT_READY)
    return JSONResponse({"status": "ready"})


async def _temporal_is_ready(parts: Parts) -> bool:
    try:
        return await parts.client.service_client.check_health(timeout=LONGEST_LOOK)
    except Exception as error:  # noqa: BLE001 - whatever it is, Temporal is not ready
        log.warning("temporal_not_ready", error=type(error).__name__)
        return False
