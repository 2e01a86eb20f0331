"""Addresses that come back from outside: only those of our own pages are followed."""

from __future__ import annotations

from urllib.parse import urlsplit

HOME = "/"


def here(address: str) -> str:
    """The address when it is one of ours, else home: nobody is sent to another site by a link to ours."""
    parts = urlsplit(address)
    is_ours = (
        address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    )
    return address if is_ours and address.isprintable() and "\\" not in address else HOME
