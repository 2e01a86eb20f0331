"""Bad input, line by line: each gets the documented problem with all errors at once, and nothing changes."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from storage.accounts import issue_token, revoke_token
from tests.service.api.builders import REQUESTS, commands_of, faults_in, submission, submitted
from tests.service.api.conftest import Door, House

TABLES = ("event", "support_request", "task", "command", "outbox", "person", "coalition")
FAR = "2199-01-01"


@pytest_asyncio.fixture(autouse=True)
async def nothing_changes(house: House, request: pytest.FixtureRequest) -> AsyncIterator[None]:
    """Compare what is kept after a test with what was there before; a test makes its requests before this."""
    if "request_of_venlo" in request.fixturenames:
        request.getfixturevalue("request_of_venlo")
    before = {table: await house.count(table) for table in TABLES}
    yield
    assert {table: await house.count(table) for table in TABLES} == before


@pytest_asyncio.fixture(scope="module")
async def request_of_venlo(house: House) -> Mapping[str, Any]:
    """A request in INTAKE that all tests here may try to spoil."""
    return await submitted(house)


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"colour": "red", "questions": [{"kind": "START", "size": 1}]}, {"colour", "questions.0.size"}),
        ({"text": ..., "contact": ...}, {"text", "contact"}),
        ({"text": 1, "participating": "GM0935", "questions": {}}, {"text", "participating", "questions"}),
        ({"leadMunicipality": "GM9999", "participating": ["GM0000"]}, {"leadMunicipality", "participating.0"}),
        ({"preferredPeriod": {"start": "2020-01-01", "end": "2020-02-01"}}, {"preferredPeriod.end"}),
        ({"preferredPeriod": {"start": FAR, "end": FAR}}, {"preferredPeriod.end"}),
        ({"preferredPeriod": {"start": "9999-12-31", "end": "x"}}, {"preferredPeriod.start", "preferredPeriod.end"}),
        ({"text": "a" * 100_000}, {"text"}),
        ({"text": "a\x00b", "contact": {"name": "\x1b[31m"}}, {"text", "contact.name"}),
        ({"coalition": {"id": "0a1b2c3d-0000-4000-8000-000000000000/1"}}, {"coalition.id"}),
        ({"coalition": {}}, {"coalition.name"}),
    ],
)
async def test_a_submission_that_is_not_sound(house: House, changed: dict[str, Any], faults: set[str]) -> None:
    answer = await house.door("venlo").post(REQUESTS, submission(**changed))

    assert answer.status_code == 400, answer.text
    assert {field for field, _ in faults_in(answer.json())} == faults


async def test_a_text_of_a_megabyte(house: House) -> None:
    answer = await house.door("venlo").post(REQUESTS, submission(text="a" * 1024 * 1024))

    assert answer.status_code == 413


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'{"text": "\\ud800"}', b"[" * 100_000, b"null", b'"x"'])
async def test_what_is_no_json_object(house: House, content: bytes) -> None:
    headers = {"Content-Type": "application/json", "Idempotency-Key": "a"}
    answer = await house.door("venlo").send("POST", REQUESTS, content=content, headers=headers)

    assert answer.status_code == 400
    assert answer.json()["errors"]


@pytest.mark.parametrize(
    ("who", "command", "answered"),
    [
        ("staff", {"type": "assign", "leadAdvisor": "nobody"}, (400, "INVALID_INPUT")),
        ("staff", {"type": "assign", "leadAdvisor": "a\x00b"}, (400, "INVALID_INPUT")),
        ("staff", {"type": "finish", "text": "klaar"}, (400, "INVALID_INPUT")),
        ("staff", {"type": "pass_time"}, (400, "INVALID_INPUT")),
        ("staff", {"type": "reopen"}, (409, "NOT_IN_THIS_STAGE")),
        ("venlo", {"type": "stop", "reason": "NO_CAPACITY", "text": "Helaas."}, (403, "NOT_YOURS")),
        ("venlo", {"type": "accept"}, (403, "NOT_YOURS")),
        ("maastricht", {"type": "note", "text": "Hallo."}, (404, "NOT_FOUND")),
        ("advisor", {"type": "note", "text": "Hallo."}, (404, "NOT_FOUND")),
    ],
)
async def test_a_command_in_the_wrong_stage_or_by_the_wrong_person(
    house: House, request_of_venlo: Mapping[str, Any], who: str, command: dict[str, Any], answered: tuple[int, str]
) -> None:
    answer = await house.door(who).post(commands_of(dict(request_of_venlo)), command)

    assert (answer.status_code, answer.json()["code"]) == answered, answer.text


@pytest.mark.parametrize("key", ["", "a b", "a" * 65, "sleutel\x7f", "ключ".encode().decode("latin-1"), "a/b"])
async def test_a_key_that_is_none(house: House, key: str) -> None:
    headers = {"Idempotency-Key": key.encode("latin-1")}
    answer = await house.door("venlo").send("POST", REQUESTS, json=submission(), headers=headers)

    assert answer.status_code == 400
    assert faults_in(answer.json()) == {("Idempotency-Key", "WRONG_FORM")}


@pytest.mark.parametrize("place", ["00000000-0000-4000-8000-000000000000", "%00", "..", "GM0983", "1" * 5000])
async def test_a_request_that_is_not_there(house: House, place: str) -> None:
    answers = [
        await house.door("staff").get(f"{REQUESTS}/{place}/events"),
        await house.door("staff").post(f"{REQUESTS}/{place}/commands", {"type": "accept"}),
    ]

    assert [answer.status_code for answer in answers] in ([404, 404], [404, 405])


async def test_a_token_that_is_wrong_expired_or_revoked(house: House) -> None:
    account, now = house.accounts["staff"].id, datetime.now(UTC)
    async with house.parts.engine.begin() as connection:
        expired = await issue_token(connection, account, now=now - timedelta(days=2), label="x", life=timedelta(days=1))
        revoked = await issue_token(connection, account, now=now, label="x")
        before = await Door(house, revoked).get("/api/v1/me")
        await revoke_token(connection, revoked, now)
    wrong = [house.tokens["staff"][:-1], house.tokens["staff"].upper(), "ksl_" + "A" * 43, expired, revoked]
    answers = [await Door(house, token).get("/api/v1/me") for token in wrong]

    assert before.status_code == 401  # Not committed yet: nobody else sees it.
    assert [answer.status_code for answer in answers] == [401] * len(wrong)
    assert {answer.headers["WWW-Authenticate"] for answer in answers} == {
        'Bearer realm="startloket", error="invalid_token"'
    }


async def test_everything_wrong_with_one_command_is_told_at_once(
    house: House, request_of_venlo: Mapping[str, Any]
) -> None:
    body = {"type": "accept", "verified": "yes", "leadAdvisor": "a b", "exceptionReason": "\x01", "why": 1}
    answer = await house.door("staff").post(commands_of(dict(request_of_venlo)), body, key="?", version="7")

    assert answer.status_code == 400
    assert faults_in(answer.json()) == {
        ("Idempotency-Key", "WRONG_FORM"),
        ("If-Match", "WRONG_FORM"),
        ("verified", "WRONG_TYPE"),
        ("leadAdvisor", "WRONG_FORM"),
        ("exceptionReason", "CONTROL_CHARACTER"),
        ("why", "UNKNOWN_FIELD"),
    }


async def test_an_unknown_address_with_every_kind_of_key(house: House) -> None:
    answer = await house.door("staff").get(f"{REQUESTS}/{uuid.uuid4()}?x=1")

    assert answer.status_code == 400
    assert faults_in(answer.json()) == {("x", "UNKNOWN_FIELD")}
