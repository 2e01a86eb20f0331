"""Who may see what: every address, as everybody, on requests of their own, of others, and without an advisor.

What must happen stands in `access_table`; the addresses come from the application itself. Whatever is answered on the
way is searched for words that are not for this reader, and for texts that are shown as HTML (`walking`).
"""

from __future__ import annotations

import html
import re
import uuid
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio

from domain.subjects import APPLY
from domain.words import Audience
from service.api.describing import BASE
from service.doors import create_app
from service.errors import Language
from service.language.deeds import EVENTS
from service.language.tongue import tongue_for
from storage.accounts import Role
from storage.asking import begin_draft
from storage.log import read_events
from tests.in_process import Doors
from tests.service import access_table as table
from tests.service.access_table import STRANGER, Must
from tests.service.api.builders import submission
from tests.service.deeds_table import DEEDS
from tests.service.walking import House, addresses, at, nothing, open_house, walk

ROLES: Final = sorted(table.EVERYBODY)
every_role = pytest.mark.parametrize("role", ROLES)


@pytest_asyncio.fixture(scope="module")
async def house(postgres_server: Path) -> AsyncIterator[House]:
    """The house, with a request in each stage."""
    async with open_house(postgres_server) as opened:
        yield opened


def in_the_table() -> Counter[str]:
    """Every address that the table names, and how often."""
    rows = (*table.PAGES, *table.API)
    alone = (route for one in rows for route in one.routes)
    deeds = (route for one in DEEDS for route in one.routes)
    on_requests = (*table.REQUEST_PAGES, *table.PROGRAMME_PAGES, *table.API_ON_A_REQUEST, table.API_COMMANDS)
    return Counter((*alone, *deeds, *on_requests))


def test_every_address_stands_in_the_table_once() -> None:
    there, declared = set(addresses(create_app())), in_the_table()

    assert sorted(there - set(declared)) == [], "addresses without a row"
    assert sorted(set(declared) - there) == [], "rows without an address"
    assert [route for route, times in declared.items() if times > 1] == []


@every_role
async def test_pages_that_are_about_no_request(house: House, role: str) -> None:
    nothing(await walk(house, role, table.PAGES))


@every_role
async def test_pages_of_a_request(house: House, role: str) -> None:
    """Whoever may read a word does read it there: so the walk would find one that is not for them."""
    somebody = await house.enter(role)
    for name, request in house.requests.items():
        for route in (*table.REQUEST_PAGES, *table.PROGRAMME_PAGES):
            must = table.on_a_request(name, role, without=Must.SIGN_IN_FIRST)
            if route in table.PROGRAMME_PAGES:
                must = table.for_programme(name, role)
            await somebody.look(route.removeprefix("GET ").format(reference=request.reference), must)
        if request.drafted:
            await somebody.look(f"{request.page}/verslag?over={request.number('begun')}")

    nothing(somebody.found)
    assert house.marks.of(role) - somebody.read == set()


# --- The API ---------------------------------------------------------------------------------------------------------


@every_role
async def test_the_api(house: House, role: str) -> None:
    """Whoever may read a word does read it there, but for drafts, which are the pages' own."""
    somebody = await house.enter(role)
    for one in table.API:
        for route in one.routes:
            method, _, path = route.partition(" ")
            await somebody.call(method, path, one.must(role), submission() if method == "POST" else None)
    for name, request in house.requests.items():
        for route in table.API_ON_A_REQUEST:
            must = table.on_a_request(name, role, without=Must.ASK_WHO)
            await somebody.call("GET", route.removeprefix("GET ").format(id=request.id), must)

    nothing(somebody.found)
    assert house.marks.of(role) - somebody.read == {
        mark for one in house.requests.values() for mark in one.drafted if role in house.marks.readers[mark]
    }


@every_role
async def test_lists_hold_what_is_theirs_and_nothing_else(house: House, role: str) -> None:
    if role == STRANGER:
        return
    somebody = await house.enter(role)
    theirs = {one.reference for name, one in house.requests.items() if role in table.ON_WHICH[name]}
    listed = (await somebody.call("GET", f"{BASE}/support-requests", Must.SHOW)).json()["items"]
    tasks = (await somebody.call("GET", f"{BASE}/tasks?everyone=true", Must.SHOW)).json()["items"]
    pages = [(await somebody.look(path)).text for path in ("/", "/aanvragen", "/aanvragen.csv", "/agenda")]
    named = set(re.findall(r"KS-[0-9]{4}-[0-9]{5}", " ".join(pages)))

    assert {one["reference"] for one in listed} == theirs
    assert {one["reference"] for one in tasks} <= theirs
    assert named <= theirs
    nothing(somebody.found)


# --- What is for the programme ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", table.ON_WHICH)
async def test_events_for_the_programme_reach_the_programme_alone(house: House, name: str) -> None:
    request = house.requests[name]
    async with house.office.engine.connect() as connection:
        events = await read_events(connection, request.id)
    internal = {one.seq for one in events if one.fact.heard_by() is Audience.PROGRAMME}
    assert internal, "the test needs an event that is for the programme"
    for role, letter in table.ON_WHICH[name].items():
        somebody = await house.enter(role)
        items = (await somebody.call("GET", f"{BASE}/support-requests/{request.id}/events", Must.SHOW)).json()["items"]
        seen = {one["seq"] for one in items}

        assert seen & internal == (internal if letter in table.IN_PROGRAMME else set()), role


NOT_IN_THESE: Final = ("EvaluationLapsed", "RestOver")
"""Events for the programme that time alone brings, long after what these requests came to."""


async def test_what_happened_within_the_programme_is_told_there_alone(house: House) -> None:
    """Not even that it happened: the words for such an event stand on no page for others."""
    internal = {kind.__name__ for kind in APPLY if kind.audience is Audience.PROGRAMME}
    words = {html.escape(tongue_for(Language.DUTCH).say(EVENTS[name])) for name in internal}
    told: dict[str, set[str]] = {}
    for role in ("staff", "advisor", "venlo", "maastricht", "supporter"):
        somebody = await house.enter(role)
        for name in ("under_way", "finished", "withdrawn"):
            for path in ("", "/verloop", "/bestand/leesbaar", "/afdrukken"):
                page = (await somebody.look(house.requests[name].page + path, Must.SHOW)).text
                told[role] = told.get(role, set()) | {word for word in words if word in page}

    assert len(told["staff"]) == len(words) - len(NOT_IN_THESE)
    assert told["advisor"] == told["staff"]
    assert (told["venlo"], told["maastricht"], told["supporter"]) == (set(), set(), set())


async def test_words_for_the_programme_cannot_be_searched_for(house: House) -> None:
    somebody = await house.enter("venlo")
    for mark in sorted(set(house.marks.readers) - house.marks.of("venlo")):
        found = (await somebody.call("GET", f"{BASE}/support-requests?text={mark}", Must.SHOW)).json()["items"]

        assert found == [], mark


# --- Hidden is not there ---------------------------------------------------------------------------------------------


async def test_what_is_hidden_is_answered_as_what_is_not_there(house: House) -> None:
    somebody, hidden = await house.enter("almere"), house.requests["under_way"]
    nowhere, nothing_there = "KS-2026-99999", str(uuid.uuid4())
    for route in (*table.REQUEST_PAGES, *(route for one in DEEDS for route in one.routes if route[:3] == "GET")):
        path = route.removeprefix("GET ")
        seen = await somebody.look(path.format(reference=hidden.reference), Must.HIDE)
        there = await somebody.look(path.format(reference=nowhere), Must.HIDE)
        assert seen.text.replace(hidden.reference, nowhere) == there.text
    for route in table.API_ON_A_REQUEST:
        path = route.removeprefix("GET ")
        seen = await somebody.call("GET", path.format(id=hidden.id), Must.HIDE)
        there = await somebody.call("GET", path.format(id=nothing_there), Must.HIDE)
        assert seen.text.replace(hidden.id, nothing_there) == there.text

    nothing(somebody.found)


async def test_who_acts_in_one_role_sees_nothing_of_the_other(house: House) -> None:
    """Staff who are of a municipality too, acting as its people."""
    grants = [(Role.STAFF, ""), (Role.MEMBER, "GM0034")]
    known = await house.add_account("staff_of_almere", grants)
    somebody = await known.enter("staff_of_almere")
    await somebody.send("/rol", Must.GO_ON, {"role": "MUNICIPALITY"})
    somebody.role = almere = "almere"
    for name, request in house.requests.items():
        for route in (*table.REQUEST_PAGES, *table.PROGRAMME_PAGES):
            path, is_for_programme = route.removeprefix("GET "), route in table.PROGRAMME_PAGES
            must = table.on_a_request(name, almere, without=Must.SIGN_IN_FIRST)
            await somebody.look(path.format(reference=request.reference), Must.REFUSE if is_for_programme else must)
    for one in table.PAGES:
        for route in one.routes:
            method, path, _ = await at(house, route)
            if method == "GET":
                await somebody.look(path, one.must(almere))

    nothing(somebody.found)


# --- What somebody begins, and where it is developed -----------------------------------------------------------------


@every_role
async def test_a_draft_of_who_is_signed_in_is_theirs_alone(house: House, role: str) -> None:
    venlo, somebody = house.office.accounts["venlo"], await house.enter(role)
    async with house.office.engine.begin() as connection:
        held = await begin_draft(connection, email=venlo.email, account_id=venlo.id, now=datetime.now(UTC))
    somebody.cookie = "; ".join(filter(None, (somebody.cookie, f"__Host-startloket-asking={held}")))
    for route in table.OF_A_DRAFT.routes:
        await somebody.look(route.removeprefix("GET "), table.OF_A_DRAFT.must(role))

    nothing(somebody.found)


async def test_the_pattern_book_is_there_in_development_alone(house: House) -> None:
    parts = house.doors.parts
    settings = parts.settings.model_copy(update={"development": True})
    at_home = replace(house, doors=Doors(create_app(), replace(parts, settings=settings)))

    for role in (STRANGER, "staff"):
        nothing(await walk(at_home, role, table.IN_DEVELOPMENT))
