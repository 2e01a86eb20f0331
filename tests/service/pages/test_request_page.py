"""The page of a request and the home of a municipality: what stands there, in which order, and for whom."""

from __future__ import annotations

import pytest
from starlette.routing import Route

from domain.actions import AgreeAction
from domain.moves import EVER
from domain.parts import Owner
from domain.seats import SetSeat
from domain.talking import TakeNote
from domain.words import Body, Capacity, Desk, SeatForm
from service.pages.app import ROUTES
from service.pages.deeds import DEEDS
from tests.pages import PagesHouse
from tests.service.pages.case import WISH, a_moment, under_way, with_moments

PEOPLE = frozenset(Capacity) - {Capacity.TIME}


async def test_what_is_asked_stands_first_and_leads_to_where_it_is_done(pages: PagesHouse) -> None:
    case, proposal = await with_moments(pages)
    venlo = await pages.visitor("venlo")
    await venlo.get(case.address)
    page = venlo.shown
    assert page.index("Nu van u gevraagd") < page.index("Hoe het ervoor staat") < page.index("De vragen, en wat")
    assert f'href="{case.address}/moment-kiezen?over={proposal}"' in page
    assert "Ilse Dronkers" in page
    assert WISH in page


async def test_home_says_what_is_asked_since_when_and_shows_the_coalition(pages: PagesHouse) -> None:
    case, _ = await with_moments(pages)
    venlo = await pages.visitor("venlo")
    await venlo.get("/")
    assert "nieuw voor u" in venlo.shown
    assert f'href="{case.address}"' in venlo.shown
    assert "Kansrijke Start Venlo" in venlo.shown
    assert "nog niemand" in venlo.shown


async def test_a_municipality_never_reads_what_is_for_the_programme(pages: PagesHouse) -> None:
    case = await under_way(pages)
    await case.give("advisor1", TakeNote(text="Alleen tussen ons.", internal=True))
    venlo, advisor = await pages.visitor("venlo"), await pages.visitor("advisor1")
    await venlo.get(case.address)
    await advisor.get(case.address)
    assert "Alleen tussen ons." not in venlo.shown
    assert "Alleen tussen ons." in advisor.shown


@pytest.mark.parametrize("who", ["maastricht", "advisor2", "burgerkracht"])
@pytest.mark.parametrize("place", ["", "/moment-kiezen?over=7", "/notitie"])
async def test_a_request_of_others_is_not_there(pages: PagesHouse, who: str, place: str) -> None:
    case = await under_way(pages)
    answer = await (await pages.visitor(who)).get(case.address + place)
    assert answer.status_code == 404


async def test_a_supporting_party_sees_its_share_alone(pages: PagesHouse) -> None:
    case = await under_way(pages)
    owner = Owner(desk=Desk.SUPPORTING_PARTY, organisation="Burgerkracht Limburg")
    seat = SetSeat(body=Body.LOCAL_COALITION, form=SeatForm.REPRESENTATIVE, supported_by="Burgerkracht Limburg")
    await case.give("advisor1", seat)
    due = a_moment(30).date()
    await case.give("advisor1", AgreeAction(title="Ouders bellen", owner=owner, due=due))
    municipal = Owner(desk=Desk.ADVISOR)
    await case.give("advisor1", AgreeAction(title="Wethouder bellen", owner=municipal, due=due))
    party = await pages.visitor("burgerkracht")
    answer = await party.get(case.address)
    assert answer.status_code == 200
    assert "Ouders bellen" in party.shown
    assert "Wethouder bellen" not in party.shown
    assert WISH not in party.shown
    assert "venlo@startloket.test" not in party.shown
    assert "Niemand hoeft nu iets te doen" not in party.shown
    assert "Er is nog geen bijeenkomst gepland" not in party.shown


async def test_who_may_not_do_something_does_not_see_it(pages: PagesHouse) -> None:
    case = await under_way(pages)
    venlo, advisor = await pages.visitor("venlo"), await pages.visitor("advisor1")
    await venlo.get(case.address)
    await advisor.get(case.address)
    assert f"{case.address}/intrekken" in venlo.shown
    assert "Namens de aanvragende gemeente" not in venlo.shown
    assert f"{case.address}/intrekken?namens=MUNICIPALITY" in advisor.shown
    assert f'"{case.address}/intrekken"' not in advisor.shown


async def test_a_deed_that_is_not_possible_now_says_why(pages: PagesHouse) -> None:
    case = await under_way(pages)
    venlo = await pages.visitor("venlo")
    too_early = await venlo.get(f"{case.address}/evalueren")
    assert too_early.status_code == 409
    assert "Dit kan niet in de fase waarin deze aanvraag nu is" in venlo.shown
    never = await (await pages.visitor("staff")).get(f"{case.address}/intrekken")
    assert never.status_code == 403


def test_every_deed_of_people_has_a_page_to_look_at_and_to_send() -> None:
    known = {(route.path, method) for route in ROUTES if isinstance(route, Route) for method in route.methods or ()}
    missing = [
        (command, method)
        for command, segment in DEEDS.items()
        for method in ("GET", "POST")
        if (f"/aanvragen/{{reference}}/{segment}", method) not in known
    ]
    assert missing == []
    assert frozenset().union(*(EVER[one] for one in PEOPLE)) - {"submit"} <= DEEDS.keys()
