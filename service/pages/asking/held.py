"""The draft that this browser goes on with, and what holds for every page of it.

The browser holds what stood in the link. A draft that was begun by somebody who is signed in is theirs alone.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Final

from starlette.responses import Response

from service.pages.guarding import Show
from service.pages.visit import Visit
from storage.asking import Draft, find_draft

HELD: Final = "asking"
BEGIN: Final = "/vraag-ondersteuning"
RECEIPT: Final = f"{BEGIN}/ontvangst"
CHECK: Final = f"{BEGIN}/controleren"
GONE: Final = 410


class Step(StrEnum):
    """The questions in their order, as they stand in the address; who has no colleague with a request skips that."""

    MUNICIPALITY = "gemeente"
    COALITION = "coalitie"
    COLLEAGUE = "collega"
    QUESTION = "vraag"
    CONTACT = "contact"

    @property
    def address(self) -> str:
        """Where the question is asked."""
        return f"{BEGIN}/{self.value}"


ShowDraft = Callable[[Visit, Draft], Awaitable[Response]]


def with_draft(show: ShowDraft, *, sent: bool = False) -> Show:
    """A page about the draft this browser holds: still to be sent, or sent."""

    async def shown(visit: Visit) -> Response:
        draft = await _held(visit)
        if draft is None:
            return link_ended(visit)
        if bool(draft.reference) is not sent:
            return visit.see_other(RECEIPT if draft.reference else CHECK)
        return await show(visit, draft)

    return shown


async def _held(visit: Visit) -> Draft | None:
    held = visit.pages.cookies.of(visit.request, HELD)
    if held is None:
        return None
    async with visit.reading.connect() as connection:
        draft = await find_draft(connection, held, visit.now)
    if draft is None or draft.account_id is None:
        return draft
    return draft if visit.guest is not None and visit.guest.whole.id == draft.account_id else None


def link_ended(visit: Visit) -> Response:
    """Say kindly that a link does not lead anywhere any more, and how to get another one."""
    return visit.page("asking/link_ended.html", title=visit.say("This link does not work any more"), status=GONE)
