"""Messages that did not arrive: what should have gone out, to whom, about which request; and trying again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from starlette.responses import Response

from domain.words import Desk
from service.language.deeds import EVENTS
from service.pages.guarding import Who, get, post
from service.pages.requests import address_of
from service.pages.staff.filtering import BETWEEN
from service.pages.visit import Visit
from storage.failures import BEFORE_ALL, Failure, FailurePosition, list_failures, try_again
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
    after = _position(visit.request.query_params.get("na", ""))
    async with visit.reading.connect() as connection:
        found = await list_failures(connection, after=after, limit=MOST + 1)
        failures = found[:MOST]
        people = await names_of(connection, {one.person for one in failures if one.person})
    return visit.page(
        "staff/deliveries.html",
        title=visit.say("Messages that did not arrive"),
        lines=[_line(one, people, visit) for one in failures],
        is_first=after == BEFORE_ALL,
        following=_following(failures[-1]) if len(found) > MOST else None,
    )


def _following(last: Failure) -> str:
    return f"{ADDRESS}?{urlencode({'na': f'{last.due_at.isoformat()}{BETWEEN}{last.id}'})}"


def _position(asked: str) -> FailurePosition:
    """Where the page before ended; the beginning for an address that nobody was given."""
    due_at, _, failure_id = asked.partition(BETWEEN)
    try:
        return datetime.fromisoformat(due_at).astimezone(UTC), UUID(failure_id)
    except (ValueError, OverflowError):
        return BEFORE_ALL


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
