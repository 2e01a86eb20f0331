"""In which language a reader is spoken to: what they chose, and Dutch as long as they did not choose.

What a browser says of itself does not count: a Dutch official with an English computer reads Dutch.
"""

from __future__ import annotations

from typing import Final

from starlette.requests import Request

from service.errors import Language
from service.language.tongue import Tongue, tongue_for

COOKIE: Final = "startloket_language"


def tongue_of(request: Request) -> Tongue:
    """The tongue of who asks."""
    chosen = request.cookies.get(COOKIE)
    return tongue_for(Language.ENGLISH if chosen == Language.ENGLISH else Language.DUTCH)
