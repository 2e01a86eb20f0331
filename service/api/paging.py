"""Going through a list page by page: an opaque cursor says after what the next page begins (RFC 8288 `Link`).

A cursor is signed, so that one that was changed, cut off or made up is told from a real one. The key is what all
processes of one installation know and nobody else does: the address of their database.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Final, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request

from service.api.faults import UNKNOWN_CURSOR

CURSOR_PATTERN: Final = r"^[A-Za-z0-9_-]{1,600}$"
DIGEST_BYTES: Final = 12

Position = TypeVar("Position")


@dataclass(frozen=True)
class Cursors(Generic[Position]):
    """The cursors of one list: how a position in it is written down and read back."""

    adapter: TypeAdapter[Position]
    name: str
    key: bytes = b""

    def signed_by(self, secret: str) -> Cursors[Position]:
        """The same cursors, signed with this secret."""
        return replace(self, key=blake2b(secret.encode()).digest())

    def write(self, position: Position | None, order: str = "") -> str | None:
        """Write down after what the next page begins, in this order; None when there is no next page."""
        if position is None:
            return None
        written = self.adapter.dump_json(position)
        return urlsafe_b64encode(self._digest(written, order) + written).decode().rstrip("=")

    def read(self, cursor: str | None, order: str = "") -> Position | None:
        """Read after what this page begins; None is the first page.

        Raises: Refusal UNKNOWN_CURSOR when it was not written here, for this list in this order.
        """
        if cursor is None:
            return None
        try:
            sent = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            digest, written = sent[:DIGEST_BYTES], sent[DIGEST_BYTES:]
            if digest == self._digest(written, order):
                return self.adapter.validate_json(written)
        except (NotBase64, ValidationError):
            pass
        raise UNKNOWN_CURSOR("cursor")

    def _digest(self, written: bytes, order: str) -> bytes:
        return blake2b(f"{self.name} {order} ".encode() + written, digest_size=DIGEST_BYTES, key=self.key).digest()


def link_to_next(request: Request, cursor: str | None) -> dict[str, str]:
    """The header that leads to the next page of what was asked, when there is one."""
    if cursor is None:
        return {}
    next_page = request.url.include_query_params(cursor=cursor)
    return {"Link": f'<{next_page.path}?{next_page.query}>; rel="next"'}
