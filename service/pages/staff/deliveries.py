"""Messages that did not arrive: what should have gone out, to whom, about which request; and trying again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from starlette.responses import Response

from domain.words import Desk
from service.language.deeds import EVENTS
from service.pages.guarding import Who, get, post
from service.pages.requests import address_of
from service.pages.visit import Visit
from storage.failures import Failure, list_failures, try_again
from storage.outbox import Route
from storage.people import PersonCard, names_of

ADDRESS: Final = "/bezorging"
MOST: Final = 50


@dataclass(frozen=True, kw_only=True)
class Line:
    """A message that did not arrive, in the reader's language."""

    id: UUID
    what: str
    whom: str
    about: str
    address: str
    failed: str


async def show_failures(visit: Visit) -> Response:
    """Show what did not arrive, the oldest first."""
    async with visit.parts.engine.connect() as connection:
        failures = await list_failures(connection, limit=MOST)
        people = await names_of(connection, {one.person for one in failures if one.person})
    return visit.page(
        "staff/deliveries.html",
        title=visit.say("Messages that did not arrive"),
        lines=[_line(one, people, visit) for one in failures],
    )


def _line(one: Failure, people: Mapping[str, PersonCard], visit: Visit) -> Line:
    if one.route is Route.COMMAND:
        what, whom = visit.say("Let another request know"), visit.say("another request")
    else:
        card = people.get(one.person or "")
        what = visit.say(EVENTS.get(one.event or "", "Message"))
        desk = visit.tongue.word(Desk(one.desk)) if one.desk else "–"
        whom = (card and (card.name or card.email)) or desk
    return Line(
        id=one.id,
        what=what,
        whom=whom,
        about=f"{one.municipality_name} {one.reference}",
        address=address_of(one.reference),
        failed=visit.tongue.moment(one.failed_at),
    )


async def send_again(visit: Visit) -> Response:
    """Try once more to bring it."""
    try:
        failure_id = UUID(visit.at("id"))
    except ValueError:
        raise visit.not_found() from None
    async with visit.parts.engine.begin() as connection:
        tried = await try_again(connection, failure_id)
    return visit.see_other(ADDRESS, said=visit.say("It is tried again.") if tried else None)


routes = (
    get(ADDRESS, show_failures, who=Who.STAFF),
    post(f"{ADDRESS}/{{id}}/opnieuw", send_again, who=Who.STAFF),
)
