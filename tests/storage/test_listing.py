"""Lists: every filter and sort, page by page, and only what is the reader's to see."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.parts import Search
from domain.resting import PauseReason, PauseRequest
from domain.submitting import CoalitionChoice
from domain.talking import TakeNote
from storage.listing import Page, RequestQuery, list_requests
from storage.tasks import TaskQuery, list_tasks
from tests.domain.agreements import action, owned_by_municipality, owned_by_supporter, searching, seat
from tests.domain.journey import MAASTRICHT, MONDAY, PEEL_EN_MAAS
from tests.office import BURGERKRACHT, Office

TODAY = MONDAY.date()
SOUTH = CoalitionChoice(name="Kansrijke Start Zuid")
A_DAY = timedelta(days=1)
SORTS = ["changedAt", "-changedAt", "submittedAt", "-submittedAt", "reference", "-reference", "nextDue", "-nextDue"]


async def page(office: Office, who: str = "staff", *, today: date = TODAY, **asked: Any) -> Page:
    """What somebody sees of a list."""
    async with office.engine.begin() as connection:
        return await list_requests(connection, office.accounts[who].actor, RequestQuery(**asked), today)


async def seen(office: Office, who: str = "staff", *, today: date = TODAY, **asked: Any) -> set[str]:
    """The requests that somebody sees on a page."""
    return {row.id for row in (await page(office, who, today=today, **asked)).rows}


async def every_page(office: Office, **asked: Any) -> AsyncIterator[Page]:
    """Page after page, until the last."""
    at: Page | None = None
    while at is None or at.next:
        at = await page(office, after=at.next if at else None, **asked)
        yield at


@pytest.mark.parametrize("sort", SORTS)
async def test_pages_hold_every_request_once_in_order(office: Office, sort: str) -> None:
    made = {await office.submit(at=MONDAY + number // 2 * A_DAY) for number in range(7)}
    rows = [row async for one in every_page(office, sort=sort, limit=2) for row in one.rows]
    assert len(rows) == 7
    assert {row.id for row in rows} == made
    names = {"changedAt": "changed_at", "submittedAt": "submitted_at", "reference": "reference", "nextDue": "next_due"}
    values = [getattr(row, names[sort.removeprefix("-")]) for row in rows]
    assert values == sorted(values, reverse=sort.startswith("-"))


async def test_requests_without_a_due_day_come_last_and_are_not_lost(office: Office) -> None:
    made = [await office.submit() for _ in range(4)]
    await office.tamper("update support_request set next_due = null where id = any(:ids)", ids=made[:3])
    rows = [row async for one in every_page(office, sort="nextDue", limit=1) for row in one.rows]
    assert rows[0].id == made[3]
    assert {row.id for row in rows} == {*made}


async def test_rows_that_change_between_pages_make_no_gap_and_no_double(office: Office) -> None:
    made = [await office.submit(at=MONDAY + number * A_DAY) for number in range(6)]
    found: list[str] = []
    async for one in every_page(office, sort="-changedAt", limit=2):
        found += [row.id for row in one.rows]
        await office.give("venlo", found[-1], TakeNote(text="Tussendoor."), at=MONDAY + (10 + len(found)) * A_DAY)
        await office.submit(at=MONDAY + 20 * A_DAY)
    assert found == made[::-1]


async def test_each_filter_leaves_what_it_asks_for(office: Office) -> None:
    venlo = await office.under_way(participating=(PEEL_EN_MAAS,), text="Over de wijkteams.")
    maastricht = await office.submit(who="maastricht", lead_municipality=MAASTRICHT, text="Over ouders.")
    await office.give("maastricht", maastricht, PauseRequest(reason=PauseReason.SUMMER))

    assert await seen(office) == {venlo, maastricht}
    assert await seen(office, stage="VISIT") == {venlo}
    assert await seen(office, municipality=PEEL_EN_MAAS) == {venlo}
    assert await seen(office, municipality=MAASTRICHT) == {maastricht}
    assert await seen(office, province="Limburg") == {venlo, maastricht}
    assert await seen(office, province="Drenthe") == set()
    assert await seen(office, advisor=office.person("advisor")) == {venlo}
    assert await seen(office, paused=True) == {maastricht}
    assert await seen(office, paused=False) == {venlo}
    assert await seen(office, overdue=True) == set()
    assert await seen(office, overdue=True, today=TODAY + 30 * A_DAY) == {venlo}
    assert await seen(office, overdue=False, today=TODAY + 30 * A_DAY) == {maastricht}
    assert await seen(office, stage="VISIT", paused=True) == set()


@pytest.mark.parametrize(
    "words", ["wijkteam", "Venlo", "Peel en Maas", "ks-2026-00001", "wijkteams -ouders", "'; drop table event --"]
)
async def test_words_are_found_in_what_was_asked_and_in_names(office: Office, words: str) -> None:
    request_id = await office.submit(participating=(PEEL_EN_MAAS,), text="Over de wijkteams.")
    await office.submit(who="maastricht", lead_municipality=MAASTRICHT, text="Over ouders.", coalition=SOUTH)
    assert await seen(office, text=words) == (set() if "drop" in words else {request_id})


async def test_everybody_sees_what_is_theirs(office: Office) -> None:
    venlo = await office.under_way(participating=(PEEL_EN_MAAS,))
    maastricht = await office.submit(who="maastricht", lead_municipality=MAASTRICHT)
    await office.give("advisor", venlo, seat(supported_by=f" {BURGERKRACHT.upper()} "))

    sees = {who: await seen(office, who) for who in office.accounts}
    assert sees == {
        "staff": {venlo, maastricht},
        "advisor": {venlo},
        "other_advisor": set(),
        "venlo": {venlo},
        "peel_en_maas": {venlo},
        "maastricht": {maastricht},
        "supporter": {venlo},
    }


async def inbox(office: Office, who: str, **asked: Any) -> list[str]:
    """The kinds of tasks in somebody's inbox, in order."""
    async with office.engine.begin() as connection:
        found = await list_tasks(connection, office.accounts[who].actor, TaskQuery(**asked), TODAY)
    return [line.kind for line in found.rows]


async def test_an_inbox_holds_what_is_one_s_own_soonest_due_first(office: Office) -> None:
    request_id = await office.under_way(participating=(PEEL_EN_MAAS,))
    await office.give("advisor", request_id, action(owner=owned_by_municipality(PEEL_EN_MAAS)))
    await office.give("advisor", request_id, action(due=TODAY + A_DAY))
    looking = Search(by=owned_by_supporter(), due=TODAY + 30 * A_DAY)
    await office.give("advisor", request_id, searching(supported_by=BURGERKRACHT, search=looking))
    await office.submit()

    assert await inbox(office, "staff") == ["TRIAGE"]
    assert await inbox(office, "advisor") == ["DO_ACTION", "PROPOSE_VISIT"]
    assert await inbox(office, "peel_en_maas") == ["DO_ACTION"]
    assert await inbox(office, "supporter") == ["SEEK_PARENTS"]
    assert await inbox(office, "venlo") == await inbox(office, "other_advisor") == []
    assert sorted(await inbox(office, "staff", everyone=True)) == [
        "DO_ACTION", "DO_ACTION", "PROPOSE_VISIT", "SEEK_PARENTS", "TRIAGE",
    ]  # fmt: skip
    assert await inbox(office, "venlo", everyone=True) == []
    of_the_advisor = {"everyone": True, "person": office.person("advisor"), "kind": "DO_ACTION"}
    assert await inbox(office, "staff", **of_the_advisor) == ["DO_ACTION"]
    assert await inbox(office, "advisor", due_before=TODAY + 2 * A_DAY) == ["DO_ACTION"]


async def test_an_inbox_is_paged_without_gap_or_double(office: Office) -> None:
    for number in range(5):
        await office.submit(at=MONDAY - number // 2 * A_DAY)
    keys: list[str] = []
    query = TaskQuery(limit=2)
    while True:
        async with office.engine.begin() as connection:
            found = await list_tasks(connection, office.accounts["staff"].actor, query, TODAY)
        keys += [line.request_id for line in found.rows]
        if found.next is None:
            break
        query = replace(query, after=found.next)
    assert len(keys) == len(set(keys)) == 5
