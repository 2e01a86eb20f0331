"""The whole file of a request, to take along: readable in any browser, and as data for another system.

It holds exactly what this person may see now (the view) and what happened that they may know (the timeline), with the
people and municipalities named there; nothing is fetched when it is opened later.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from domain.people import people_in
from domain.text import PersonId
from domain.timeline import Json, TimelineItem, plain
from service.pages.guarding import Who, get
from service.pages.request_page import history
from service.pages.request_page.looking import Looking
from service.pages.request_page.whole import whole
from service.pages.requests import Shown, request_at, seen_by, stored_at, with_names
from service.pages.visit import Visit
from storage.people import PersonCard

FILE: Final = "/aanvragen/{reference}/bestand"


@dataclass(frozen=True, kw_only=True)
class WholeFile:
    """A request as one person may see it, with its past."""

    looking: Looking
    items: tuple[TimelineItem, ...]

    @property
    def shown(self) -> Shown:
        """The request."""
        return self.looking.shown

    @property
    def people(self) -> Mapping[PersonId, PersonCard]:
        """Who is named in the request or its past."""
        named = history.people_of(self.items) | people_in(self.shown.view)
        return {key: card for key, card in sorted(self.shown.people.items()) if key in named}


async def show_downloads(visit: Visit) -> Response:
    """Say what is in the file, and offer both forms of it."""
    request = await request_at(visit)
    return visit.page("whole_file/downloads.html", title=visit.say("Take the whole file along"), request=request)


async def give_readable(visit: Visit) -> Response:
    """Give the file as one page that stands by itself."""
    file = await _gather(visit)
    looking = file.looking
    answer = visit.page(
        "whole_file/readable.html",
        title=visit.say("Request of %(municipality)s", municipality=file.shown.municipality),
        today=visit.today,
        moments=history.history(looking, file.items),
        **whole(looking),
    )
    return _to_keep(answer, f"{file.shown.reference}.html")


async def give_data(visit: Visit) -> Response:
    """Give the file as JSON: days and times in ISO 8601 (UTC), codes as the API has them."""
    file = await _gather(visit)
    written = json.dumps(_data(visit, file), ensure_ascii=False, indent=2)
    return _to_keep(Response(written, media_type="application/json"), f"{file.shown.reference}.json")


def _data(visit: Visit, file: WholeFile) -> dict[str, Json]:
    view = file.shown.view
    named = {view.lead_municipality, *view.participating, *(view.coalition.municipalities if view.coalition else ())}
    return {
        "reference": file.shown.reference,
        "made_at": plain(visit.now),
        "request": plain(view),
        "timeline": [plain(item) for item in file.items],
        "people": {key: plain(card) for key, card in file.people.items()},
        "municipalities": {code: file.shown.municipality_name(code) for code in sorted(named)},
    }


async def _gather(visit: Visit) -> WholeFile:
    async with visit.reading.connect() as connection:
        seen = seen_by(visit, await stored_at(connection, visit))
        items = await history.everything(connection, seen)
        looking = Looking(visit, await with_names(connection, visit, seen, others=history.people_of(items)))
    return WholeFile(looking=looking, items=items)


def _to_keep(answer: Response, name: str) -> Response:
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


routes = (
    get(FILE, show_downloads, who=Who.SIGNED_IN),
    get(f"{FILE}/leesbaar", give_readable, who=Who.SIGNED_IN),
    get(f"{FILE}/gegevens", give_data, who=Who.SIGNED_IN),
)
