"""Lists show what the caller may see, filtered and sorted as asked, page by page."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.service.api.builders import REQUESTS, faults_in, given, submitted
from tests.service.api.conftest import MAASTRICHT, House

TASKS = "/api/v1/tasks"


async def all_pages(house: House, who: str, path: str) -> list[list[dict[str, Any]]]:
    """Every page of a list, found by its `Link` header."""
    pages = []
    while path:
        answer = await house.door(who).get(path)
        assert answer.status_code == 200, answer.text
        pages.append(answer.json()["items"])
        link = re.fullmatch(r'<(.+)>; rel="next"', answer.headers.get("Link", ""))
        assert bool(link) == (answer.json()["nextCursor"] is not None)
        path = link[1] if link else ""
    return pages


@pytest.mark.parametrize("sort", ["-changedAt", "changedAt", "-submittedAt", "submittedAt", "reference", "nextDue"])
async def test_pages_follow_each_other_without_gap_or_repetition(house: House, sort: str) -> None:
    for _ in range(3):
        await submitted(house)
    whole = (await house.door("staff").get(f"{REQUESTS}?limit=100&sort={sort}")).json()["items"]
    pages = await all_pages(house, "staff", f"{REQUESTS}?limit=2&sort={sort}")

    assert [one["id"] for page in pages for one in page] == [one["id"] for one in whole]
    assert all(len(page) == 2 for page in pages[:-1])
    keys = [one[sort.removeprefix("-")] or "9999" for one in whole]
    assert keys == sorted(keys, reverse=sort.startswith("-"))


async def test_everybody_lists_what_is_theirs_to_see(house: House) -> None:
    request = await submitted(house)
    shared = await submitted(house, participating=[MAASTRICHT])

    async def listed(who: str) -> set[str]:
        pages = await all_pages(house, who, f"{REQUESTS}?limit=100")
        return {one["id"] for page in pages for one in page}

    assert {request["id"], shared["id"]} <= await listed("staff") & await listed("venlo")
    assert shared["id"] in await listed("maastricht")
    assert request["id"] not in await listed("maastricht")
    assert await listed("advisor") & {request["id"], shared["id"]} == set()


async def test_filters_narrow_a_list(house: House) -> None:
    request = await submitted(house, text="Wij zoeken een flierefluiter.")
    await given(house, "staff", request, type="accept", verified=True, leadAdvisor=house.accounts["advisor"].person)

    async def found(filters: str) -> list[str]:
        answer = await house.door("staff").get(f"{REQUESTS}?text=flierefluiter&{filters}")
        return [one["id"] for one in answer.json()["items"]]

    hits = ["stage=ASSIGNMENT", f"advisor={house.accounts['advisor'].person}", "province=Limburg", "overdue=false"]
    misses = ["stage=INTAKE", f"advisor={house.accounts['other_advisor'].person}", "province=Utrecht", "paused=true"]
    assert [await found(one) for one in hits] == [[request["id"]]] * len(hits)
    assert [await found(one) for one in misses] == [[]] * len(misses)


async def test_an_inbox_holds_what_is_asked_of_its_reader(house: House) -> None:
    request = await submitted(house)

    async def inbox(who: str) -> set[str]:
        pages = await all_pages(house, who, f"{TASKS}?limit=100")
        return {one["kind"] for page in pages for one in page if one["requestId"] == request["id"]}

    assert (await inbox("staff"), await inbox("venlo")) == ({"TRIAGE"}, set())
    await given(house, "staff", request, type="ask_information", text="Met wie werkt u samen?")
    assert (await inbox("staff"), await inbox("venlo")) == (set(), {"ANSWER_INFORMATION"})


async def test_staff_may_ask_for_anyones_tasks_and_others_may_not(house: House) -> None:
    request = await submitted(house)
    await given(house, "staff", request, type="ask_information", text="Met wie werkt u samen?")

    async def everyones(who: str) -> set[str]:
        pages = await all_pages(house, who, f"{TASKS}?everyone=true&limit=100")
        return {one["requestId"] for page in pages for one in page}

    assert request["id"] in await everyones("staff")
    assert request["id"] not in await everyones("advisor")


async def test_pages_of_tasks_are_soonest_due_first(house: House) -> None:
    for _ in range(3):
        await submitted(house)
    tasks = [one for page in await all_pages(house, "staff", f"{TASKS}?limit=2") for one in page]

    assert [one["due"] for one in tasks] == sorted(one["due"] for one in tasks)
    assert len({(one["requestId"], one["key"]) for one in tasks}) == len(tasks)


@pytest.mark.parametrize("path", [REQUESTS, TASKS])
async def test_a_cursor_that_was_tampered_with_is_a_400(house: House, path: str) -> None:
    for _ in range(2):
        await submitted(house)
    cursor: str = (await house.door("staff").get(f"{path}?limit=1")).json()["nextCursor"]
    tampered = [cursor[:-2], cursor + "AA", ("B" if cursor[0] == "A" else "A") + cursor[1:], "bm90aGluZw"]
    answers = [await house.door("staff").get(f"{path}?cursor={one}") for one in tampered]

    assert [answer.status_code for answer in answers] == [400] * len(tampered)
    assert [faults_in(answer.json()) for answer in answers] == [{("cursor", "UNKNOWN_CURSOR")}] * len(tampered)


async def test_reference_data_are_there_for_forms(house: House) -> None:
    municipalities = (await house.door("venlo").get("/api/v1/municipalities")).json()["items"]
    advisors = await house.door("staff").get("/api/v1/advisors")
    not_theirs = await house.door("venlo").get("/api/v1/advisors")

    assert {
        "code": "GM0983",
        "name": "Venlo",
        "province": "Limburg",
        "ggdRegion": "GGD Limburg-Noord",
    } in municipalities
    assert len(municipalities) == 342
    assert advisors.status_code == 200
    assert not_theirs.status_code == 403


async def test_everybody_can_see_who_they_are(house: House) -> None:
    staff, venlo, supporter = [
        (await house.door(who).get("/api/v1/me")).json() for who in ("staff", "venlo", "supporter")
    ]

    assert (staff["isStaff"], staff["isAdvisor"], staff["municipalities"]) == (True, False, [])
    assert [one["name"] for one in venlo["municipalities"]] == ["Venlo"]
    assert supporter["organisations"] == ["Burgerkracht Limburg"]


async def test_what_is_measured_names_routes_and_no_ids(house: House) -> None:
    request = await submitted(house)
    await house.door("venlo").get(f"{REQUESTS}/{request['id']}")
    measured = (await house.door(None).get("/metrics")).text

    assert 'startloket_http_seconds_count{method="GET",route="/api/v1/support-requests/{id}",status="200"}' in measured
    assert request["id"] not in measured
