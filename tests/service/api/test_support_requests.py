"""A request over HTTP: submitted, seen, acted upon and read back, each by whom it concerns."""

from __future__ import annotations

import asyncio
import uuid

import pytest

from tests.service.api.builders import REQUESTS, commands_of, faults_in, given, submission, submitted
from tests.service.api.conftest import MAASTRICHT, House

ACCEPTED = {"type": "accept", "verified": True}


async def test_a_submission_is_answered_with_the_new_request(house: House) -> None:
    answer = await house.door("venlo").post(REQUESTS, submission())
    seen = answer.json()

    assert answer.status_code == 201
    assert answer.headers["Location"] == f"{REQUESTS}/{seen['id']}"
    assert answer.headers["ETag"] == f'"{seen["version"]}"'
    assert seen["stage"] == "INTAKE"
    assert seen["reference"].startswith("KS-")
    assert seen["people"][seen["contact"]]["email"] == "an.jansen@venlo.test"
    assert [task["kind"] for task in seen["tasks"]] == ["TRIAGE"]
    assert "amend" in seen["allowedCommands"]
    assert seen["submittedAt"].endswith("Z")


async def test_what_was_submitted_can_be_looked_at_under_its_location(house: House) -> None:
    answer = await house.door("venlo").post(REQUESTS, submission())
    again = await house.door("venlo").get(answer.headers["Location"])

    assert again.status_code == 200
    assert again.json() == answer.json()
    assert again.headers["ETag"] == answer.headers["ETag"]


async def test_each_caller_sees_what_they_may_do(house: House) -> None:
    request = await submitted(house)
    seen = (await house.door("staff").get(f"{REQUESTS}/{request['id']}")).json()

    assert {"accept", "decline", "ask_information"} <= {*seen["allowedCommands"]}
    assert "amend" in seen["allowedOnBehalf"]["MUNICIPALITY"]
    assert "accept" not in request["allowedCommands"]
    assert request["allowedOnBehalf"].keys() <= {"PARTNER"}


async def test_a_command_is_answered_with_the_request_as_it_is_now(house: House) -> None:
    request = await submitted(house)
    answer = await house.door("staff").post(commands_of(request), ACCEPTED, version=request["version"])

    assert answer.status_code == 200
    assert answer.json()["stage"] == "ASSIGNMENT"
    assert answer.json()["version"] > request["version"]
    assert answer.headers["ETag"] == f'"{answer.json()["version"]}"'


async def test_the_same_key_sent_often_at_once_is_one_request(house: House) -> None:
    before = await house.count("support_request")
    key = uuid.uuid4().hex
    answers = await asyncio.gather(*(house.door("venlo").post(REQUESTS, submission(), key=key) for _ in range(5)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert await house.count("support_request") == before + 1


async def test_the_same_key_sent_again_is_answered_as_before(house: House) -> None:
    request, key = await submitted(house), uuid.uuid4().hex
    first = await house.door("staff").post(commands_of(request), ACCEPTED, key=key)
    second = await house.door("staff").post(commands_of(request), ACCEPTED, key=key)

    assert first.json() == second.json()
    assert second.status_code == 200


async def test_a_key_used_for_something_else_is_a_422(house: House) -> None:
    request, key = await submitted(house), uuid.uuid4().hex
    note = {"type": "note", "text": "Gebeld."}
    await house.door("staff").post(commands_of(request), note, key=key)
    answer = await house.door("staff").post(commands_of(request), {**note, "text": "Gemaild."}, key=key)

    assert answer.status_code == 422
    assert answer.json()["code"] == "KEY_REUSED"


async def test_a_key_of_another_account_reveals_nothing(house: House) -> None:
    key = uuid.uuid4().hex
    mine = await house.door("venlo").post(REQUESTS, submission(), key=key)
    theirs = await house.door("maastricht").post(REQUESTS, submission(leadMunicipality=MAASTRICHT), key=key)

    assert theirs.status_code == 201
    assert theirs.json()["id"] != mine.json()["id"]


async def test_a_request_of_another_municipality_is_not_there(house: House) -> None:
    request = await submitted(house)
    door = house.door("maastricht")
    path = f"{REQUESTS}/{request['id']}"
    answers = [
        await door.get(path),
        await door.get(f"{path}/events"),
        await door.post(f"{path}/commands", {"type": "nonsense"}),
        await door.get(f"{REQUESTS}/{uuid.uuid4()}"),
        await door.get(f"{REQUESTS}/not-an-id"),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.json()["detail"] for answer in answers}) == 1


async def test_a_command_that_is_not_theirs_is_a_403(house: House) -> None:
    request = await submitted(house)
    answer = await house.door("venlo").post(commands_of(request), ACCEPTED)

    assert answer.status_code == 403
    assert answer.json()["code"] == "NOT_YOURS"


async def test_a_command_that_is_not_for_now_is_a_409(house: House) -> None:
    request = await submitted(house)
    answer = await house.door("staff").post(commands_of(request), {"type": "reopen", "text": "Toch verder."})

    assert answer.status_code == 409
    assert answer.json()["code"] == "NOT_IN_THIS_STAGE"


async def test_a_stale_command_is_a_412_and_a_harmless_one_is_not(house: House) -> None:
    request = await submitted(house)
    door = house.door("staff")
    await given(house, "staff", request, type="note", text="Gebeld.")
    harmless = await door.post(commands_of(request), ACCEPTED, version=request["version"])
    stale = await door.post(commands_of(request), ACCEPTED, version=request["version"])

    assert harmless.status_code == 200
    assert stale.status_code == 412
    assert stale.json()["code"] == "STALE"


async def test_what_the_domain_finds_wrong_is_told_at_once_by_field(house: House) -> None:
    body = submission(leadMunicipality="GM0001", participating=["GM0002"], questions=[], receivedOn="2099-01-01")
    answer = await house.door("staff").post(REQUESTS, body)

    assert answer.status_code == 400
    assert faults_in(answer.json()) == {
        ("leadMunicipality", "UNKNOWN_MUNICIPALITY"),
        ("participating.0", "UNKNOWN_MUNICIPALITY"),
        ("questions", "REQUIRED_HERE"),
        ("receivedOn", "DATE_IN_FUTURE"),
    }


async def test_the_timeline_says_what_by_whom_and_when(house: House) -> None:
    request = await submitted(house)
    await given(house, "staff", request, type="note", text="Alleen voor ons.", internal=True)
    path = f"{REQUESTS}/{request['id']}/events"
    staff, venlo = [(await house.door(who).get(path)).json() for who in ("staff", "venlo")]

    assert [item["seq"] for item in staff["items"]] == sorted(item["seq"] for item in staff["items"])
    first = staff["items"][0]
    assert (first["type"], first["capacity"]) == ("RequestSubmitted", "MUNICIPALITY")
    assert first["data"]["leadMunicipality"] == "GM0983"
    assert first["at"].endswith("Z")
    assert staff["people"][first["by"]]["name"] == "Venlo"
    assert "Alleen voor ons." in str(staff)
    assert "Alleen voor ons." not in str(venlo)


async def test_who_leaves_a_request_is_told_that_it_is_done(house: House) -> None:
    request = await submitted(house, participating=[MAASTRICHT])
    answer = await house.door("maastricht").post(
        commands_of(request), {"type": "change_municipalities", "leaves": [MAASTRICHT]}
    )
    after = await house.door("maastricht").get(f"{REQUESTS}/{request['id']}")

    assert answer.status_code == 204, answer.text
    assert answer.content == b""
    assert after.status_code == 404


@pytest.mark.parametrize("version", ['"', '"x"', "7", '"7", "8"', '"99999999999"', ""])
async def test_a_version_that_is_none_is_a_400(house: House, version: str) -> None:
    request = await submitted(house)
    answer = await house.door("staff").post(commands_of(request), ACCEPTED, version=version)

    assert answer.status_code == 400
    assert ("If-Match", "WRONG_FORM") in faults_in(answer.json())
