"""Clients of what a test serves itself: on this machine, and without TLS."""

from __future__ import annotations

import ssl
from typing import Any, Final

import httpx2

NOBODY: Final = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Whom to trust over TLS. Reading the machine's own list takes 50 ms for each client, and no test is to need it."""


def client_of(url: str, **options: Any) -> httpx2.AsyncClient:
    """A client that asks the server at this address; `options` are those of httpx2."""
    return httpx2.AsyncClient(base_url=url, **{"timeout": 30, "verify": NOBODY, **options})
