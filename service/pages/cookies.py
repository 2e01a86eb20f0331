"""What a browser holds for us: opaque values and short texts, out of reach of scripts and of other sites.

Outside development a cookie goes over TLS alone and belongs to this host alone (`__Host-`).
"""

from __future__ import annotations

import base64
import binascii
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

SHORT = timedelta(minutes=2)
LONGEST_TEXT = 2000


class Cookies:
    """Gives, reads and takes back cookies."""

    def __init__(self, *, secure: bool) -> None:
        self.secure = secure

    def of(self, request: Request, name: str) -> str | None:
        """What the browser holds under this name."""
        return request.cookies.get(self.named(name))

    def give(self, answer: Response, name: str, value: str, life: timedelta | None = None) -> None:
        """Have the browser hold a value for a while, or until it closes."""
        answer.set_cookie(
            self.named(name),
            value,
            max_age=int(life.total_seconds()) if life else None,
            secure=self.secure,
            httponly=True,
            samesite="lax",
        )

    def drop(self, answer: Response, name: str) -> None:
        """Have the browser forget a value."""
        answer.delete_cookie(self.named(name), secure=self.secure, httponly=True, samesite="lax")

    def give_text(self, answer: Response, name: str, text: str) -> None:
        """Have the browser bring a text along to the next page."""
        self.give(answer, name, base64.urlsafe_b64encode(text[:LONGEST_TEXT].encode()).decode(), SHORT)

    def text_of(self, request: Request, name: str) -> str | None:
        """The text that the browser brought along."""
        try:
            return base64.urlsafe_b64decode((self.of(request, name) or "").encode()).decode() or None
        except (binascii.Error, ValueError):
            return None

    def named(self, name: str) -> str:
        """What a cookie is called in the browser."""
        return f"__Host-startloket-{name}" if self.secure else f"startloket-{name}"
