"""The home of people of a municipality or a supporting party: what is asked, their requests, their coalitions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.responses import Response

from domain.terms import Waiting
from domain.view_parts import CoalitionView
from domain.views import coalition_seen
from domain.words import Domain, Outcome, Stage
from service.language import Tongue
from service.pages.news import NEWS
from service.pages.request_page.coalition import seats_of_parents
from service.pages.requests import address_of
from service.pages.visit import Visit
from service.pages.waiting import Item, asked_since, asked_until, near_day
from service.sign_in.hats import Hat
from storage.listing import RequestLine, RequestQuery, coalitions_listed, requests_listed
from storage.requests import Stored, read_rows
from storage.tasks import TaskLine, TaskQuery, tasks_listed

MOST = 50
COALITIONS = 5


@dataclass(frozen=True, kw_only=True)
class OurCoalition:
    """A coalition, domain by domain, with the request through which it is reached."""

    name: str
    address: str
    kind: str
    domains: tuple[tuple[str, str | None], ...]


async def show(visit: Visit) -> Response:
    """Show what is asked now, soonest first; then the requests, and who works together."""
    actor = visit.account.actor
    tasks, requests, latest = await visit.reading.ask_together(
        tasks_listed(actor, TaskQuery(limit=MOST), visit.today),
        requests_listed(actor, RequestQuery(limit=MOST), visit.today),
        coalitions_listed(actor, COALITIONS),
    )
    async with visit.reading.connect() as connection:
        stored = await read_rows(connection, latest)
    return visit.page(
        "home/municipality.html",
        title=visit.say("Home"),
        news=NEWS,
        first_name=visit.account.name.partition(" ")[0],
        tasks=[_task(visit, one) for one in tasks.rows],
        open_requests=[_request(visit, one) for one in requests.rows if one.stage != Stage.CLOSED],
        closed_requests=[_request(visit, one) for one in requests.rows if one.stage == Stage.CLOSED],
        coalitions=_coalitions(visit, stored),
        is_municipality=visit.hat is Hat.MUNICIPALITY,
    )


def _task(visit: Visit, line: TaskLine) -> Item:
    """A task leads to its request, where it stands on top."""
    until = asked_until(visit.tongue, line.due, visit.today)
    about = f"{line.municipality_name}, {line.reference}"
    return Item(
        title=visit.tongue.word(Waiting(line.kind)),
        address=address_of(line.reference),
        about=f"{about}: {until}" if until else about,
        state=asked_since(visit.tongue, line.since, visit.today),
        tone="warning" if line.due < visit.today else "neutral",
    )


def _request(visit: Visit, line: RequestLine) -> Item:
    changed = near_day(visit.tongue, visit.parts.calendar.today(line.changed_at), visit.today)
    return Item(
        title=visit.say("Request of %(municipality)s", municipality=line.municipality_name),
        address=address_of(line.reference),
        about=f"{line.reference}, " + visit.say("last changed on %(day)s", day=changed),
        state=visit.say("at rest") if line.is_paused else _stage(visit.tongue, line),
    )


def _stage(tongue: Tongue, line: RequestLine) -> str:
    return tongue.word(Outcome(line.outcome)) if line.outcome else tongue.word(Stage(line.stage))


def _coalitions(visit: Visit, stored: Iterable[Stored]) -> tuple[OurCoalition, ...]:
    """The coalitions behind these requests, each reached through its own."""
    seen = [(one.reference, coalition_seen(one.request, visit.account.actor)) for one in stored]
    return tuple(_coalition(visit.tongue, address_of(reference), one) for reference, one in seen if one)


def _coalition(tongue: Tongue, address: str, coalition: CoalitionView) -> OurCoalition:
    return OurCoalition(
        name=coalition.name,
        address=f"{address}#coalition",
        kind=tongue.word(coalition.kind),
        domains=tuple(
            (tongue.word(one), _who(tongue, coalition, one)) for one in Domain if one is not Domain.MUNICIPAL
        ),
    )


def _who(tongue: Tongue, coalition: CoalitionView, domain: Domain) -> str | None:
    names = [one.organisation for one in coalition.partners if one.domain is domain and not one.removed]
    if domain is Domain.PARENTS:
        names += seats_of_parents(tongue, coalition)
    return tongue.together(names) if names else None
