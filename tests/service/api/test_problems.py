"""Whatever goes wrong, the answer is a problem that says what to do, and it is never a 500 that was ours to foresee."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from temporalio.client import Client

from service.api.envelope import SAFE
from service.api.problems import MEDIA_TYPE
from service.composition import parts_on
from service.errors import PROBLEMS
from service.giving import Giving
from service.settings import Settings
from tests.clients import client_of
from tests.service.api.builders import REQUESTS, commands_of, submission, submitted
from tests.service.api.conftest import Door, House, serve

NOWHERE = "127.0.0.1:1"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "NOT_FOUND"),
        ("GET", "/api/v1", 404, "NOT_FOUND"),
        ("GET", "/api/v1/nowhere", 404, "NOT_FOUND"),
        ("GET", "/api/v1/me/", 404, "NOT_FOUND"),
        ("DELETE", "/api/v1/me", 405, "METHOD_NOT_ALLOWED"),
        ("PATCH", "/api/v1/support-requests", 405, "METHOD_NOT_ALLOWED"),
        ("POST", "/health/live", 405, "METHOD_NOT_ALLOWED"),
        ("GET", "/api/v1/me?page=2", 400, "INVALID_INPUT"),
        ("GET", "/api/v1/support-requests?stage=NONE", 400, "INVALID_INPUT"),
        ("GET", "/api/v1/support-requests?text=%00", 400, "INVALID_INPUT"),
        ("GET", "/api/v1/support-requests?Stage=INTAKE", 400, "INVALID_INPUT"),
        ("GET", "/api/v1/tasks?dueBefore=tomorrow", 400, "INVALID_INPUT"),
        ("GET", "/api/v1/tasks?limit=1000000", 400, "INVALID_INPUT"),
    ],
)
async def test_every_error_is_problem_json(house: House, method: str, path: str, status: int, code: str) -> None:
    answer = await house.door("staff").send(method, path)

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == MEDIA_TYPE
    assert answer.json()["code"] == code
    assert answer.json()["status"] == status
    assert answer.json()["instance"] == path.partition("?")[0]


async def test_a_405_names_every_method_that_is_possible(house: House) -> None:
    answer = await house.door("staff").send("PUT", "/api/v1/support-requests")

    assert {one.strip() for one in answer.headers["Allow"].split(",")} == {"GET", "POST"}


async def test_problems_are_told_in_dutch_unless_english_is_asked_for(house: House) -> None:
    dutch = await house.door(None).get("/api/v1/me")
    english = await house.door(None).get("/api/v1/me", **{"Accept-Language": "en"})

    assert (dutch.headers["Content-Language"], dutch.json()["title"]) == ("nl", "Niet aangemeld")
    assert (english.headers["Content-Language"], english.json()["title"]) == ("en", "Not signed in")
    assert dutch.headers["Vary"] == "Accept-Language"


@pytest.mark.parametrize("path", ["/api/v1/me", "/api/v1/nowhere", "/nowhere", "/health/live", "/metrics"])
async def test_every_answer_is_safe_and_tells_the_version(house: House, path: str) -> None:
    answer = await house.door(None).get(path)

    assert {name: answer.headers.get(name) for name in SAFE} == SAFE
    assert "Server" not in answer.headers


async def test_the_type_of_a_problem_leads_to_its_explanation(house: House) -> None:
    page = await house.door(None).get("/api/v1/docs")
    problem = (await house.door(None).get("/api/v1/me")).json()

    assert page.status_code == 200
    assert "style-src 'sha256-" in page.headers["Content-Security-Policy"]
    assert problem["type"] == "/api/v1/docs#problem-not-signed-in"
    assert all(f'id="problem-{one.slug}"' in page.text for one in PROBLEMS)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=x", ""])
async def test_what_is_not_json_is_a_415(house: House, kind: str) -> None:
    answer = await house.door("venlo").send("POST", REQUESTS, content=b"{}", headers={"Content-Type": kind})

    assert answer.status_code == 415


async def test_a_message_of_more_than_256_kib_is_a_413(house: House) -> None:
    answer = await house.door("venlo").post(REQUESTS, submission(text="a" * 256 * 1024))

    assert answer.status_code == 413
    assert answer.json()["code"] == "TOO_LARGE"


async def test_an_endless_message_is_cut_off(house: House) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(1000):
            yield b"a" * 1024

    headers = {"Content-Type": "application/json"}
    answer = await house.door("venlo").send("POST", REQUESTS, content=endless(), headers=headers)

    assert answer.status_code == 413


async def test_who_it_is_comes_before_what_is_wrong(house: House) -> None:
    answer = await house.door(None).send("POST", f"{REQUESTS}?x=1", content=b"\x00", headers={"Content-Type": "x"})

    assert answer.status_code == 401


async def test_key_and_body_are_judged_together(house: House) -> None:
    answer = await house.door("venlo").post(REQUESTS, submission(text=...), key="not a key")

    assert answer.status_code == 400
    assert {(one["field"], one["code"]) for one in answer.json()["errors"]} == {
        ("Idempotency-Key", "WRONG_FORM"),
        ("text", "MISSING"),
    }


async def test_a_key_is_needed_to_act(house: House) -> None:
    request = await submitted(house)
    answer = await house.door("venlo").send("POST", commands_of(request), json={"type": "note", "text": "Hallo."})

    assert answer.status_code == 400
    assert [one["code"] for one in answer.json()["errors"]] == ["MISSING"]


async def at(url: str, house: House, method: str, path: str, **options: Any) -> httpx2.Response:
    """Speak with another server than the house's own."""
    async with client_of(url) as client:
        elsewhere = Door(replace(house, client=client), house.tokens["staff"])
        return await elsewhere.send(method, path, **options)


@pytest_asyncio.fixture(scope="module")
async def without_database(house: House) -> AsyncIterator[str]:
    """The API while its database is away."""
    settings = Settings(database_url="postgresql+psycopg://nobody@127.0.0.1:1/nothing", database_pool_size=1)
    async with parts_on(settings, house.parts.client) as parts, serve(parts) as url:
        yield url


@pytest_asyncio.fixture(scope="module")
async def without_temporal(house: House) -> AsyncIterator[str]:
    """The API while Temporal is away."""
    client = await Client.connect(NOWHERE, lazy=True)
    giving = Giving(house.parts.engine, client, house.parts.calendar)
    async with serve(replace(house.parts, client=client, giving=giving)) as url:
        yield url


async def test_without_its_database_it_asks_for_patience(house: House, without_database: str) -> None:
    looked = await at(without_database, house, "GET", "/api/v1/me")
    acted = await at(without_database, house, "POST", REQUESTS, json=submission(), headers={"Idempotency-Key": "a"})
    ready = await at(without_database, house, "GET", "/health/ready")
    live = await at(without_database, house, "GET", "/health/live")

    assert [answer.status_code for answer in (looked, acted, ready, live)] == [503, 503, 503, 200]
    assert [answer.json()["code"] for answer in (looked, acted, ready)] == ["NOT_READY", "NOT_KNOWN", "NOT_READY"]
    assert all(answer.headers["Retry-After"] for answer in (looked, acted, ready))


async def test_without_temporal_it_reads_and_does_not_know_what_became_of_a_command(
    house: House, without_temporal: str
) -> None:
    headers = {"Idempotency-Key": "while-temporal-is-away"}
    body = submission(onBehalf={"of": "MUNICIPALITY", "heard": "PHONE", "heardOn": "2026-01-05"})
    looked = await at(without_temporal, house, "GET", "/api/v1/me")
    acted = await at(without_temporal, house, "POST", REQUESTS, json=body, headers=headers)
    ready = await at(without_temporal, house, "GET", "/health/ready")
    again = await house.door("staff").post(REQUESTS, body, key=headers["Idempotency-Key"])

    assert [answer.status_code for answer in (looked, acted, ready, again)] == [200, 503, 503, 201], acted.text
    assert acted.json()["code"] == "NOT_KNOWN"
    assert acted.headers["Retry-After"]


async def test_a_mistake_of_ours_is_a_500_that_tells_nothing(house: House) -> None:
    broken: Any = None
    async with serve(replace(house.parts, calendar=broken)) as url:
        answer = await at(url, house, "GET", "/api/v1/tasks")

    assert answer.status_code == 500
    assert answer.json()["code"] == "INTERNAL"
    assert "NoneType" not in answer.text
    assert {name: answer.headers.get(name) for name in SAFE} == SAFE
