"""What goes around every request, of API, health and whatever is not found: headers, one line of log, a measurement.

An exception that nobody expected ends here: it is logged with its traceback and answered as a problem, without telling
anything of it to the caller.
"""

from __future__ import annotations

import re
import time
import uuid
from typing import Final

import structlog
from prometheus_client import CollectorRegistry, Histogram
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service import errors
from service.api.describing import API_VERSION
from service.api.problems import answer_problem
from service.log import bind_context

SAFE: Final = {
    "API-Version": API_VERSION,
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
TRACE_PARENT: Final = re.compile(r"[0-9a-f]{2}-(?P<trace>[0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")
ELSEWHERE: Final = "elsewhere"

log = structlog.get_logger(__name__)


class Envelope:
    """Wrap an application in what goes around every request."""

    def __init__(self, app: ASGIApp, registry: CollectorRegistry) -> None:
        self.app = app
        self.seconds = Histogram(
            "startloket_http_seconds",
            "Time from a request to the end of its answer.",
            ("method", "route", "status"),
            registry=registry,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        structlog.contextvars.clear_contextvars()
        with bind_context(trace_id=_trace_of(Request(scope))):
            started = time.perf_counter()
            status = await self._answer(scope, receive, send)
            self._note(scope, status, time.perf_counter() - started)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> int:
        status = 0

        async def send_safely(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in SAFE.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self.app(scope, receive, send_safely)
        except Exception:
            log.exception("request_failed")
            if not status:
                await answer_problem(Request(scope), errors.INTERNAL)(scope, receive, send_safely)
        return status

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = _route_of(scope)
        method = scope["method"] if scope["method"] in METHODS else ELSEWHERE
        self.seconds.labels(method, route, str(status)).observe(seconds)
        log.info("request_answered", method=method, route=route, status=status, milliseconds=round(seconds * 1000, 1))


METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _route_of(scope: Scope) -> str:
    """The route's address with its parameters named, never what somebody asked for."""
    route = scope.get("route")
    if route is None or isinstance(route, Mount):
        return ELSEWHERE
    return f"{scope.get('root_path', '')}{route.path}"


def _trace_of(request: Request) -> str:
    """The trace that the caller is in (W3C Trace Context), or a new one."""
    known = TRACE_PARENT.fullmatch(request.headers.get("traceparent", ""))
    return known["trace"] if known else uuid.uuid4().hex
