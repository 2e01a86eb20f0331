"""Who may do what: every deed, as everybody, on requests of their own, of others, and without an advisor.

What must happen stands in `deeds_table`. Forms are sent with and without the token of their session, and from another
site; commands over the API go by the same table.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio

from domain.words import Capacity
from service.api.describing import BASE
from tests.service import access_table as table
from tests.service.access_table import STRANGER, Must
from tests.service.commands_to_send import body_of
from tests.service.deeds_table import DEEDS, PARTS_THAT_ARE_HIDDEN, Deed
from tests.service.walking import House, at, nothing, open_house

ROLES: Final = sorted(table.EVERYBODY)
every_role = pytest.mark.parametrize("role", ROLES)


@pytest_asyncio.fixture(scope="module")
async def house(postgres_server: Path) -> AsyncIterator[House]:
    """The house, with a request in each stage."""
    async with open_house(postgres_server) as opened:
        yield opened


PAGES_OF_DEEDS: Final = tuple(one for one in DEEDS if one.page)


def page_of(house: House, deed: Deed, name: str, **asked: str) -> str:
    """The page of a deed on a request, about a part of it where that is there."""
    request = house.requests[name]
    about = {"over": request.number(deed.about)} if deed.about in request.parts else {}
    found = "&".join(f"{key}={value}" for key, value in {**about, **asked}.items())
    return f"{request.page}/{deed.page}?{found}"


def or_signs_in(role: str, must: Must) -> Must:
    """A stranger signs in first, whatever it is."""
    return Must.SIGN_IN_FIRST if role == STRANGER else must


def requests_to_try(deed: Deed, role: str) -> Iterable[str]:
    """One on which it can be done, and besides one of their own without an advisor, one they are asked for, others'."""
    yield deed.at
    for name in ("new", "given", "elsewhere"):
        if name != deed.at and (role in table.ON_WHICH[name] if name != "given" else role == "candidate"):
            yield name
    if role == "venlo":
        yield "elsewhere"


@every_role
async def test_pages_of_deeds(house: House, role: str) -> None:
    somebody = await house.enter(role)
    for deed in PAGES_OF_DEEDS:
        for name in requests_to_try(deed, role):
            await somebody.look(page_of(house, deed, name), or_signs_in(role, deed.shown(name, role)))

    nothing(somebody.found)


CAPACITIES: Final = {
    "A": Capacity.ADVISOR,
    "C": Capacity.CANDIDATE,
    "M": Capacity.MUNICIPALITY,
    "R": Capacity.PARTICIPANT,
    "P": Capacity.PARTNER,
}
"""In whose name something can be recorded, by the letters of the table."""


@pytest.mark.parametrize("role", ["staff", "advisor", "venlo", "maastricht", "supporter"])
async def test_pages_of_deeds_that_are_recorded_for_somebody_else(house: House, role: str) -> None:
    somebody = await house.enter(role)
    for deed in PAGES_OF_DEEDS:
        behalf = next((letter for letter in CAPACITIES if letter in deed.who), "M")
        path = page_of(house, deed, deed.at, namens=CAPACITIES[behalf])
        await somebody.look(path, deed.recorded(deed.at, role, behalf))

    nothing(somebody.found)


@every_role
async def test_forms_of_deeds(house: House, role: str) -> None:
    somebody = await house.enter(role)
    for deed in PAGES_OF_DEEDS:
        request = house.requests[deed.at]
        fields = {"over": request.number(deed.about)} if deed.about in request.parts else {}
        await somebody.send(f"{request.page}/{deed.page}", or_signs_in(role, deed.sent(deed.at, role)), fields)

    nothing(somebody.found)


@every_role
async def test_parts_that_are_for_others_are_not_there(house: House, role: str) -> None:
    somebody, request = await house.enter(role), house.requests["under_way"]
    for page, part, readers in PARTS_THAT_ARE_HIDDEN:
        seen = table.ON_WHICH["under_way"].get(role, "-") in readers
        allowed = seen and any(one.page == page and one.shown("under_way", role) is Must.SHOW for one in DEEDS)
        must = Must.SHOW if allowed else Must.REFUSE if seen else Must.HIDE
        path = f"{request.page}/{page}?over={request.number(part)}"
        await somebody.look(path, or_signs_in(role, must))

    nothing(somebody.found)


@pytest.mark.parametrize("page", ["notitie", "vraag-stellen"])
async def test_only_staff_and_the_advisor_are_offered_to_keep_something_among_themselves(
    house: House, page: str
) -> None:
    offered = set()
    for name in ("given", "under_way"):
        for role in table.ON_WHICH[name]:
            shown = await (await house.enter(role)).look(f"{house.requests[name].page}/{page}", Must.SHOW)
            offered |= {role} if 'name="internal"' in shown.text else set()

    assert offered == {"staff", "advisor"}


# --- Forms that did not come from here -------------------------------------------------------------------------------


async def forms(house: House) -> list[tuple[str, Mapping[str, str], bool]]:
    """Every address to which a form is sent, and whether it is for everybody."""
    found = []
    for one in table.PAGES:
        for route in one.routes:
            method, path, sent = await at(house, route)
            if method == "POST":
                found.append((path, sent, one.must(STRANGER) is not Must.SIGN_IN_FIRST))
    found += [(page_of(house, one, one.at).partition("?")[0], {}, False) for one in PAGES_OF_DEEDS]
    return found


@pytest.mark.parametrize("role", ["staff", "venlo", "nobody"])
async def test_a_form_without_the_token_of_its_session_is_refused(house: House, role: str) -> None:
    somebody = await house.enter(role)
    for path, sent, _ in await forms(house):
        await somebody.send(path, Must.REFUSE, {**sent, "csrf": ""})

    nothing(somebody.found)


async def test_a_stranger_who_sends_a_form_signs_in_first(house: House) -> None:
    somebody = await house.enter(STRANGER)
    for path, sent, is_for_everybody in await forms(house):
        if not is_for_everybody:
            await somebody.send(path, Must.SIGN_IN_FIRST, sent)

    nothing(somebody.found)


@pytest.mark.parametrize("role", ["venlo", STRANGER])
async def test_a_form_from_another_site_is_refused(house: House, role: str) -> None:
    somebody = await house.enter(role)
    for path, sent, _ in await forms(house):
        await somebody.send(path, Must.REFUSE, sent, Sec_Fetch_Site="cross-site")

    nothing(somebody.found)


# --- Over the API ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["given", "under_way"])
async def test_commands_over_the_api_that_are_not_theirs(house: House, name: str) -> None:
    request, people = house.requests[name], {role: await house.enter(role) for role in table.ON_WHICH[name]}
    path = table.API_COMMANDS.removeprefix("POST ").format(id=request.id)
    stored = await house.office.request(request.id)
    for deed in DEEDS:
        body = body_of(deed.command, stored, house.office.accounts)
        for role, somebody in people.items():
            if deed.shown(name, role) is Must.REFUSE:
                await somebody.call("POST", path, Must.REFUSE, body)

    nothing(f"{role}: {one}" for role, somebody in people.items() for one in somebody.found)


@every_role
async def test_commands_to_requests_that_are_not_theirs(house: House, role: str) -> None:
    """They are not even told what is wrong with what they send."""
    somebody = await house.enter(role)
    for name, request in house.requests.items():
        if role not in table.ON_WHICH[name]:
            path = table.API_COMMANDS.removeprefix("POST ").format(id=request.id)
            await somebody.call("POST", path, Must.ASK_WHO if role == STRANGER else Must.HIDE, {})

    nothing(somebody.found)


@pytest.mark.parametrize("name", table.ON_WHICH)
async def test_what_is_said_to_be_allowed_is_what_the_table_says(house: House, name: str) -> None:
    for role in table.ON_WHICH[name]:
        somebody = await house.enter(role)
        seen = (await somebody.call("GET", f"{BASE}/support-requests/{house.requests[name].id}", Must.SHOW)).json()
        allowed = {one.command for one in DEEDS if one.shown(name, role) is Must.SHOW}
        for_others = {
            capacity: {one.command for one in DEEDS if one.recorded(name, role, letter) is Must.SHOW}
            for letter, capacity in CAPACITIES.items()
            if letter in table.RECORDS_FOR.get(table.ON_WHICH[name][role], "")
        }

        assert set(seen["allowedCommands"]) == allowed, role
        assert {capacity: set(names) for capacity, names in seen["allowedOnBehalf"].items()} == for_others, role
