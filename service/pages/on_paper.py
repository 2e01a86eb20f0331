"""A request on one page, for an alderman to read: what is asked, where it stands, what was agreed, and the figures.

It goes from hand to hand, so it holds only what everybody on the request may read, whoever prints it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from starlette.responses import Response

from domain.inbox import OF_THE_PROGRAMME
from domain.parts import MeetingStatus
from domain.terms import Waiting
from service.pages.figures import first_figures
from service.pages.guarding import Who, get
from service.pages.request_page import coalition, meetings, plan, questions, steps
from service.pages.request_page.looking import Looking
from service.pages.requests import request_at
from service.pages.visit import Visit

SHOWN: Final = frozenset({MeetingStatus.PLANNED, MeetingStatus.HELD})
INSIDE: Final = OF_THE_PROGRAMME | {Waiting.ANSWER_MESSAGE}
"""Next steps that may be the programme's own."""


async def show_on_paper(visit: Visit) -> Response:
    """Show a request to be printed."""
    looking = Looking(visit, await request_at(visit))
    shown = looking.shown
    async with visit.reading.connect() as connection:
        figures = await first_figures(connection, visit, shown.view.lead_municipality, shown.municipality)
    return visit.page(
        "request/on_paper.html",
        title=visit.say("Request of %(municipality)s", municipality=shown.municipality),
        request=shown,
        facts=list(_facts(looking)),
        steps=steps.steps(looking),
        questions=questions.questions(looking),
        gatherings=_gatherings(looking),
        together=coalition.together(looking),
        plan=plan.plan(looking),
        figures=figures,
        today=visit.today,
    )


def _facts(looking: Looking) -> Iterator[tuple[str, str]]:
    view, shown, tongue = looking.shown.view, looking.shown, looking.visit.tongue
    if view.participating:
        names = [shown.municipality_name(one) for one in view.participating]
        yield looking.say("Takes part too"), tongue.together(names)
    if view.received_on:
        yield looking.say("Asked on"), tongue.day(view.received_on)
    if view.contact:
        yield looking.say("Contact"), shown.name(view.contact)
    if advisors := [shown.name(one.advisor) for one in view.advisors if one.accepted_on]:
        yield looking.say("Advisor"), tongue.together(advisors)
    if view.next_step and view.next_step.kind not in INSIDE:
        yield looking.say("Next step"), f"{looking.word(view.next_step.kind)}, {tongue.day(view.next_step.due)}"


def _gatherings(looking: Looking) -> tuple[meetings.Gathering, ...]:
    words = {looking.word(one) for one in SHOWN}
    return tuple(one for one in meetings.gatherings(looking) if one.status in words)


routes = (get("/aanvragen/{reference}/afdrukken", show_on_paper, who=Who.SIGNED_IN),)
