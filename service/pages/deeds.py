"""Every deed that has a page, by its command: where it stands, so that the request page can lead to it.

A subject file exposes `DEEDS` (command to the last part of its address) and `ROUTES`; add both here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.routing import BaseRoute

from domain.words import Capacity
from service.pages import (
    agreeing,
    aims,
    amending,
    answering,
    doing_actions,
    finishing,
    inviting,
    kickoffs,
    looking_back,
    partners,
    planning,
    questions,
    reporting,
    resting,
    seats,
    taking_on,
    talking,
)
from service.pages.deed_page import address_of_deed
from service.pages.requests import Shown
from service.pages.staff import addresses as staff

DEEDS: Final[Mapping[str, str]] = {
    **talking.DEEDS,
    **amending.DEEDS,
    **answering.DEEDS,
    **doing_actions.DEEDS,
    **looking_back.DEEDS,
    **resting.DEEDS,
    **agreeing.DEEDS,
    **aims.DEEDS,
    **finishing.DEEDS,
    **inviting.DEEDS,
    **kickoffs.DEEDS,
    **partners.DEEDS,
    **planning.DEEDS,
    **questions.DEEDS,
    **reporting.DEEDS,
    **seats.DEEDS,
    **taking_on.DEEDS,
    **staff.DEEDS,
}
ROUTES: Final[tuple[BaseRoute, ...]] = (
    *talking.ROUTES,
    *amending.ROUTES,
    *answering.ROUTES,
    *doing_actions.ROUTES,
    *looking_back.ROUTES,
    *resting.ROUTES,
    *agreeing.ROUTES,
    *aims.ROUTES,
    *finishing.ROUTES,
    *inviting.ROUTES,
    *kickoffs.ROUTES,
    *partners.ROUTES,
    *planning.ROUTES,
    *questions.ROUTES,
    *reporting.ROUTES,
    *seats.ROUTES,
    *taking_on.ROUTES,
    *staff.DEED_ROUTES,
)


def way_to(shown: Shown, command: str, *, about: str = "", behalf: Capacity | None = None) -> str | None:
    """The page of a deed when it can be done now, by this visitor or recorded for somebody else; else None."""
    segment = DEEDS.get(command)
    if segment is None or command not in shown.possible(behalf):
        return None
    return address_of_deed(shown, segment, about=about, behalf=behalf)
