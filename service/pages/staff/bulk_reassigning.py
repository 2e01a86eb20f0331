"""Giving the requests of one advisor to another, many at once, with a result for each of them.

Each request is a command of its own, under a key that follows from the form's: what was done is not done again when the
form is sent once more.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from domain.command import Actor
from domain.handing_over import Reassign, ReplacedReason
from domain.parts import AssignmentRole
from domain.refusal import Refusal
from domain.text import PersonId
from domain.words import Stage
from service.giving import KeyReused, NotFound, NotKnown, OurMistake
from service.language import message
from service.pages.filled import Filled, filled
from service.pages.forms import Form, blank
from service.pages.giving import said
from service.pages.guarding import Who, get, post
from service.pages.requests import address_of
from service.pages.visit import Visit
from storage.listing import RequestLine, RequestQuery, list_requests
from storage.municipalities import AdvisorLine, list_advisors
from storage.people import names_of
from storage.requests import Stored, load

ADDRESS: Final = "/herverdelen"
FROM: Final = "adviseur"
MOST: Final = 200
AT_ONCE: Final = 5
NOT_DONE: Final = message("We do not know whether this was recorded. Send it again.")


@dataclass(frozen=True, kw_only=True)
class Portfolio:
    """An advisor, the open requests they lead or help with, and the advisors who could take over."""

    person: PersonId
    name: str
    requests: tuple[RequestLine, ...]
    others: tuple[AdvisorLine, ...]


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of one request."""

    name: str
    address: str
    is_done: bool
    text: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """From whom to whom, and why."""

    person: PersonId
    other: PersonId
    reason: ReplacedReason


async def show_form(visit: Visit) -> Response:
    """Show whose requests can be given to somebody else, and those of who was chosen."""
    person = visit.request.query_params.get(FROM, "")[:80]
    if not person:
        return await _choose(visit)
    portfolio = await _portfolio(visit, person)
    return _show(visit, portfolio, blank(requests=[one.id for one in portfolio.requests]))


async def _choose(visit: Visit) -> Response:
    async with visit.reading.connect() as connection:
        advisors = await list_advisors(connection)
    return visit.page(
        "staff/whose_requests.html",
        title=visit.say("Give requests to another advisor"),
        advisors=[(f"{ADDRESS}?{FROM}={one.person}", one.name, one.load) for one in advisors],
    )


async def _portfolio(visit: Visit, person: PersonId) -> Portfolio:
    if not person.isprintable():
        raise visit.not_found()
    async with visit.reading.connect() as connection:
        card = (await names_of(connection, [person])).get(person)
        if card is None:
            raise visit.not_found()
        query = RequestQuery(is_open=True, limit=MOST, sort="nextDue")
        page = await list_requests(connection, Actor(person=person, is_advisor=True), query, visit.today)
        advisors = await list_advisors(connection)
    others = tuple(one for one in advisors if one.person != person)
    return Portfolio(person=person, name=card.name or card.email or "–", requests=page.rows, others=others)


def _show(visit: Visit, portfolio: Portfolio, form: Form) -> Response:
    tongue = visit.tongue
    return visit.page(
        "staff/bulk_reassign.html",
        title=visit.say("Give requests of %(name)s to another advisor", name=portfolio.name),
        form=form,
        person=portfolio.person,
        requests=[(one.id, _name(one), tongue.word(Stage(one.stage))) for one in portfolio.requests],
        others=[(one.person, one.name, _room(visit, one)) for one in portfolio.others],
        reasons=[(one.value, tongue.word(one)) for one in ReplacedReason],
    )


def _name(one: RequestLine) -> str:
    return f"{one.municipality_name} {one.reference}"


def _room(visit: Visit, one: AdvisorLine) -> str:
    return visit.say("leads %(load)s of %(capacity)s", load=one.load, capacity=one.capacity)


async def reassign(visit: Visit) -> Response:
    """Give each request that was ticked to the other advisor, a few at a time; show what came of each."""
    form = filled(visit)
    portfolio = await _portfolio(visit, form.typed(FROM))
    ticked = form.ticked("requests")
    if not ticked:
        form.wrong("requests", visit.say("Tick at least one request."), None)
    other = form.one_of("other", (one.person for one in portfolio.others), missing=visit.say("Choose an advisor."))
    reason = form.choice("reason", ReplacedReason, missing=visit.say("Choose why."))
    if form.mistakes:
        return _show(visit, portfolio, form.again())
    change, turn = Change(person=portfolio.person, other=other, reason=reason), asyncio.Semaphore(AT_ONCE)

    async def one_by_one(one: RequestLine) -> Result:
        async with turn:
            return await _reassign(visit, form, one, change)

    chosen = [one for one in portfolio.requests if one.id in ticked]
    results = await asyncio.gather(*(one_by_one(one) for one in chosen))
    return visit.page(
        "staff/bulk_results.html",
        title=visit.say("What came of it"),
        results=results,
        address=f"{ADDRESS}?{FROM}={portfolio.person}",
        name=portfolio.name,
    )


async def _reassign(visit: Visit, form: Filled, line: RequestLine, change: Change) -> Result:
    async with visit.reading.connect() as connection:
        stored = await load(connection, line.id)
    text, is_done = visit.say("The other advisor was asked."), True
    try:
        if stored is not None:
            key = f"{form.key[:24]}-{line.id}"
            await visit.parts.giving.give(visit.account, line.id, _command(stored, change), key=key)
    except Refusal as refusal:
        text, is_done = said(refusal, visit.tongue), False
    except (NotFound, NotKnown, KeyReused, OurMistake):
        text, is_done = visit.say(NOT_DONE), False
    return Result(name=_name(line), address=address_of(line.reference), is_done=is_done, text=text)


def _command(stored: Stored, change: Change) -> Reassign:
    """The other one takes the place of this one, leading or helping."""
    roles = {one.advisor: one.role for one in stored.request.advisors}
    if roles.get(change.person) is AssignmentRole.LEAD:
        return Reassign(reason=change.reason, lead_advisor=change.other)
    helping = (one for one, role in roles.items() if role is AssignmentRole.SUPPORTING)
    instead = (change.other if one == change.person else one for one in helping)
    return Reassign(reason=change.reason, supporting_advisors=tuple(dict.fromkeys(instead)))


routes = (
    get(ADDRESS, show_form, who=Who.STAFF),
    post(ADDRESS, reassign, who=Who.STAFF),
)
