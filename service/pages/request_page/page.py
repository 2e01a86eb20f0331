"""The page of one request, for everybody who may see it: what is asked now comes first."""

from __future__ import annotations

from starlette.responses import Response

from service.pages.figures import ShownFigure, first_figures
from service.pages.guarding import Who, get
from service.pages.request_page import asked, history, meetings, more, questions, talk
from service.pages.request_page.looking import Looking
from service.pages.request_page.whole import whole
from service.pages.requests import seen_by, stored_at, with_cards
from service.pages.visit import Visit
from storage.database import AsyncConnection


async def show_request(visit: Visit) -> Response:
    """Show a request as this visitor may see it."""
    async with visit.reading.connect() as connection:
        seen = seen_by(visit, await stored_at(connection, visit))
        past, cards = await history.latest(connection, visit.reading, seen)
        looking = Looking(visit, await with_cards(connection, visit, seen, cards))
        figures = await _figures(connection, looking)
    mine, others = asked.asked_now(looking)
    return visit.page(
        "request/page.html",
        title=visit.say("Request of %(municipality)s", municipality=looking.shown.municipality),
        news=f"{looking.shown.address}/nieuws",
        reads_whole=looking.reads_whole,
        asked=mine,
        others=others,
        question_ways=questions.ways_of_all(looking),
        meeting_ways=meetings.ways_of_all(looking),
        talk_ways=talk.ways_to_talk(looking),
        latest=history.history(looking, past),
        more=more.more(looking),
        by_phone=more.by_phone(looking),
        figures=figures,
        sheet=f"{looking.shown.address}/overdrachtsblad" if looking.in_programme else None,
        **whole(looking),
    )


async def _figures(connection: AsyncConnection, looking: Looking) -> tuple[ShownFigure, ...]:
    """For advisors and staff; the municipality got them with its receipt, and has them on paper."""
    if not looking.in_programme:
        return ()
    of = looking.shown
    return await first_figures(connection, looking.visit, of.view.lead_municipality, of.municipality)


routes = (get("/aanvragen/{reference}", show_request, who=Who.SIGNED_IN),)
