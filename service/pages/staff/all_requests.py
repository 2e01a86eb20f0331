"""All requests: filtered and sorted as the address says, page by page, and as a file of exactly what is filtered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from starlette.responses import Response

from domain.terms import CLOCKS, Waiting
from domain.words import Outcome, Stage
from service.language import Tongue
from service.pages.guarding import Who, get
from service.pages.requests import address_of
from service.pages.staff.filtering import HEADS, OPEN, SORTS, STAGES, YES, Wanted, wanted
from service.pages.visit import Visit
from storage.database import AsyncConnection
from storage.listing import RequestLine, list_requests
from storage.municipalities import list_advisors, list_municipalities
from storage.people import PersonCard, names_of

ON_A_PAGE: Final = 50

Options = list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A request as a line of the list, said in the reader's language. `when` are days as they stand in tables."""

    reference: str
    address: str
    municipality: str
    stage: str
    rests: bool
    is_late: bool
    province: str
    advisor: str
    submitted: str
    changed: str
    next_due: str


@dataclass(frozen=True, kw_only=True)
class Head:
    """The head of a column; one that can be sorted on has an address, and says how it is sorted now."""

    text: str
    address: str | None = None
    sort: str | None = None


async def show_requests(visit: Visit) -> Response:
    """Show a page of the list."""
    asked = wanted(visit.request.query_params)
    async with visit.reading.connect() as connection:
        page = await list_requests(connection, visit.account.actor, asked.query(ON_A_PAGE), visit.today)
        people = await names_of(connection, {one.lead_advisor for one in page.rows if one.lead_advisor})
        choices = await _choices(connection, visit.tongue, asked)
    following = asked.from_here(page.next)
    return visit.page(
        "staff/requests.html",
        title=visit.say("All requests"),
        asked=asked,
        lines=[line_of(one, people, visit) for one in page.rows],
        heads=_heads(asked, visit.tongue),
        following=following.address if following else None,
        **choices,
    )


def line_of(row: RequestLine, people: Mapping[str, PersonCard], visit: Visit) -> Line:
    """Say a line of the list in the reader's language."""
    tongue = visit.tongue
    advisor = people.get(row.lead_advisor or "")
    return Line(
        reference=row.reference,
        address=address_of(row.reference),
        municipality=row.municipality_name,
        stage=_stage(row, tongue),
        rests=row.is_paused,
        is_late=row.next_due is not None and row.next_due < visit.today,
        province=row.province,
        advisor=(advisor.name or advisor.email or "") if advisor else "",
        submitted=tongue.short_day(row.submitted_at),
        changed=tongue.short_day(row.changed_at),
        next_due=tongue.short_day(row.next_due) if row.next_due else "",
    )


def _stage(row: RequestLine, tongue: Tongue) -> str:
    stage = tongue.word(Stage(row.stage))
    return f"{stage}: {tongue.word(Outcome(row.outcome))}" if row.outcome else stage


def _heads(asked: Wanted, tongue: Tongue) -> list[Head]:
    def sortable(name: str) -> Head:
        return Head(text=tongue.say(HEADS[name]), address=asked.sorted_by(name).address, sort=asked.sorts(name))

    fixed = {name: Head(text=tongue.say(name)) for name in ("Stage", "Province", "Advisor")}
    reference, *days = (sortable(name) for name in ("kenmerk", *(one for one in SORTS if one != "kenmerk")))
    return [reference, fixed["Stage"], fixed["Province"], fixed["Advisor"], *days]


async def _choices(connection: AsyncConnection, tongue: Tongue, asked: Wanted) -> Mapping[str, Any]:
    """What can be chosen to filter by."""
    municipalities = await list_municipalities(connection)
    advisors = [(one.person, one.name) for one in await list_advisors(connection)]
    if asked.advisor and asked.advisor not in dict(advisors):
        card = (await names_of(connection, [asked.advisor])).get(asked.advisor)
        advisors.append((asked.advisor, (card.name if card else None) or tongue.say("somebody else")))
    return {
        "stages": [
            (OPEN, tongue.say("all open requests")),
            *((slug, tongue.word(one)) for slug, one in STAGES.items()),
        ],
        "provinces": [(one, one) for one in sorted({one.province for one in municipalities})],
        "advisors": advisors,
        "waits": [(one.value, tongue.word(one)) for one in Waiting if one not in CLOCKS],
        "more": bool(asked.waiting or asked.late or asked.resting),
        "only": list(_only(asked, {one.code: one.name for one in municipalities}, tongue)),
        "yes": YES,
    }


def _only(asked: Wanted, names: Mapping[str, str], tongue: Tongue) -> Iterator[str]:
    """What narrows the list without a field of its own."""
    if asked.municipality:
        yield tongue.say("Only %(municipality)s", municipality=names.get(asked.municipality, asked.municipality))


routes = (get("/aanvragen", show_requests, who=Who.PROGRAMME),)
