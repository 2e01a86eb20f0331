"""Bodies as a caller sends them, sound unless a test says otherwise, and requests that are there already."""

from __future__ import annotations

from typing import Any

from tests.service.api.conftest import VENLO, House

BASE = "/api/v1"
REQUESTS = f"{BASE}/support-requests"
Json = dict[str, Any]


def submission(**changed: Any) -> Json:
    """What Venlo sends to ask for support; a field that is changed to `...` is left out."""
    body = {
        "leadMunicipality": VENLO,
        "coalition": {"name": "Kansrijke Start Venlo"},
        "contact": {"name": "An Jansen", "email": "an.jansen@venlo.test", "phone": "077 123 45 67"},
        "text": "Wij zoeken hulp bij de start.",
        "questions": [{"kind": "START", "text": "Hoe beginnen we?"}],
        **changed,
    }
    return {name: value for name, value in body.items() if value is not ...}


async def submitted(house: House, who: str = "venlo", **changed: Any) -> Json:
    """A request that is there, as its submitter sees it."""
    answer = await house.door(who).post(REQUESTS, submission(**changed))
    assert answer.status_code == 201, answer.text
    seen: Json = answer.json()
    return seen


async def given(house: House, who: str, request: Json, **command: Any) -> Json:
    """The request after a command, as the one who gave it sees it."""
    answer = await house.door(who).post(commands_of(request), command)
    assert answer.status_code == 200, answer.text
    seen: Json = answer.json()
    return seen


async def under_way(house: House) -> Json:
    """A request in VISIT, in which most commands have something to say."""
    advisor = house.accounts["advisor"].person
    request = await given(house, "staff", await submitted(house), type="accept", verified=True, leadAdvisor=advisor)
    return await given(house, "advisor", request, type="accept_assignment", noOwnInterest=True)


def commands_of(request: Json) -> str:
    """Where a request takes its commands."""
    return f"{REQUESTS}/{request['id']}/commands"


def faults_in(problem: Json) -> set[tuple[str | None, str]]:
    """Which fields are at fault, each with its code."""
    return {(one["field"], one["code"]) for one in problem["errors"]}
