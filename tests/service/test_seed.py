"""Demo data: alive on any day, in every stage, and nothing of it twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection
from typer.testing import CliRunner

from domain.importing import StandingImported
from domain.words import Outcome, Stage, Theme
from service.cli import app
from service.demo.accounts import PEOPLE
from service.dev.announcement import ACCOUNTS
from service.seed import dated, load_demo
from storage import reference
from storage.accounts import account_of_email
from storage.calendar import build_calendar
from storage.database import open_engine
from storage.municipalities import list_advisors
from storage.rebuild import rebuild
from tests.postgres import fresh_database
from tests.service.lists import TODAY, count

DAYS = [date(2026, 1, 2), date(2026, 5, 6), date(2026, 8, 1), date(2026, 11, 2), date(2027, 12, 27)]


def early(today: date) -> datetime:
    """Eight in the morning, UTC."""
    return datetime(today.year, today.month, today.day, 8, tzinfo=UTC)


async def values(connection: AsyncConnection, query: str, **given: Any) -> list[Any]:
    """The first column of what a query finds."""
    return list((await connection.execute(text(query), given)).scalars())


@pytest_asyncio.fixture(scope="module")
async def demo(postgres_server: Path) -> AsyncIterator[AsyncConnection]:
    """The demo of today in a database of its own, for tests that only look."""
    with fresh_database(postgres_server) as url:
        engine = open_engine(url, pool_size=1)
        async with engine.begin() as connection:
            await load_demo(connection, TODAY)
            yield connection
        await engine.dispose()


@pytest.mark.parametrize("today", DAYS, ids=str)
async def test_the_demo_is_alive_on_any_day_and_its_past_is_in_order(
    async_connection: AsyncConnection, today: date
) -> None:
    await load_demo(async_connection, early(today))

    assert set(await values(async_connection, "select stage from support_request")) == set(Stage)
    assert set(await values(async_connection, "select outcome from support_request where not is_open")) == set(Outcome)
    assert len(await values(async_connection, "select id from support_request where is_paused")) >= 2
    late = await values(async_connection, "select distinct kind from task where due < :today", today=today)
    to_come = await values(async_connection, "select distinct kind from task where due >= :today", today=today)
    assert (len(late) >= 4, len(to_come) >= 4) == (True, True)

    backwards = (
        "select request_id from (select request_id, at, lag(at) over (partition by request_id order by seq) as before"
        " from event) as told where before > at"
    )
    assert await values(async_connection, backwards) == []
    assert await values(async_connection, "select seq from event where at > :now", now=early(today)) == []
    assert await values(async_connection, "select id from support_request where wake_at < :now", now=early(today)) == []


async def test_it_shows_what_coalitions_do(demo: AsyncConnection) -> None:
    for kind in ("PartnerAdded", "SeatSet", "GoalAgreed", "ActionAgreed", "ActionCompleted", "MeetingReported"):
        requests = "select distinct request_id from event where type = :kind"
        assert len(await values(demo, requests, kind=kind)) >= 3, kind
    regional = "select cardinality(municipalities) from coalition where kind = 'REGIONAL'"
    assert await values(demo, regional) == [6]


async def test_it_comes_in_as_any_list_does(demo: AsyncConnection) -> None:
    assert 38 <= await count(demo, "support_request") <= 45
    assert await count(demo, "outbox") == 0
    assert await values(demo, "select id from support_request where has_workflow") == []
    imported = "select request_id from event where type = :kind"
    assert len(await values(demo, imported, kind=StandingImported.__name__)) >= 30


async def test_nothing_of_it_comes_twice_also_on_another_day(async_connection: AsyncConnection) -> None:
    first = await load_demo(async_connection, TODAY)

    again = await load_demo(async_connection, TODAY + timedelta(days=40))

    assert (again.added, again.known) == (0, first.added)
    assert await count(async_connection, "account") == len(PEOPLE)


async def test_the_accounts_that_are_announced_are_there(demo: AsyncConnection) -> None:
    accounts = [await account_of_email(demo, email) for email in ACCOUNTS]
    told = [(one.actor.is_staff, one.actor.is_advisor, sorted(one.actor.municipalities)) for one in accounts if one]
    assert told == [
        (True, False, []),
        (False, True, []),
        (False, True, []),
        (False, False, ["GM0983"]),
        (False, False, ["GM0935"]),
    ]


async def test_advisors_work_in_regions_on_themes_and_have_something_to_do(demo: AsyncConnection) -> None:
    advisors = await list_advisors(demo)
    regions = {one.ggd_region for one in reference.municipalities()}
    assert len(advisors) == 4
    assert all(regions.issuperset(one.regions) and set(Theme).issuperset(one.themes) for one in advisors)
    assert all(0 < one.load <= one.capacity for one in advisors)


async def test_nobody_in_it_can_be_written_to(demo: AsyncConnection) -> None:
    mails = await values(demo, "select email from person where email is not null")
    assert {mail.partition("@")[2] for mail in mails} == {"startloket.test"}


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("vandaag-1", "30-10-2026"),
        ("vandaag-2 13:30", "30-10-2026 13:30"),
        ("vandaag+5", "09-11-2026"),
        ("Venlo", "Venlo"),
    ],
)
def test_a_day_is_told_from_today_on(said: str, written: str) -> None:
    assert dated(said, TODAY, build_calendar()) == written


def test_the_command_loads_it_and_all_of_it_follows_from_the_log(fresh_database_url: str) -> None:
    answer = CliRunner().invoke(app, ["seed"], env={"STARTLOKET_DATABASE_URL": fresh_database_url})

    assert answer.exit_code == 0
    assert "requests were loaded, 0 were there already." in answer.output
    differences: list[str] = []
    assert rebuild(fresh_database_url, differences.append), differences
