"""Serving HTTP with uvicorn: it stops when it is told to, whatever stays open."""

from __future__ import annotations

import sys
from collections.abc import Callable
from socket import socket

import uvicorn
from starlette.types import ASGIApp

from service.settings import Settings

GRACE = 20
"""Seconds that requests which are under way get to end."""
NOT_STARTED = 3


class Server(uvicorn.Server):
    """Has those who wait for news let go first: they never end by themselves, and uvicorn waits for them."""

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """End what is open, then stop."""
        if parts := self.lifespan.state.get("parts"):
            parts.news.end()
        await super().shutdown(sockets)


def serve(settings: Settings, create_app: Callable[[], ASGIApp]) -> None:
    """Serve an application until SIGTERM or SIGINT. Ends the process when it cannot start."""
    server = Server(
        uvicorn.Config(
            create_app,
            factory=True,
            host=settings.host,
            port=settings.port,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE,
        )
    )
    try:
        server.run()
    except KeyboardInterrupt:
        return
    if not server.started:
        sys.exit(NOT_STARTED)
