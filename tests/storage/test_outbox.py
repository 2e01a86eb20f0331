"""The outbox: what goes out, to whom, when, and once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from domain.event import Event
from domain.passing import TaskReminded
from domain.words import Capacity
from storage import outbox
from storage.going_out import due_at
from storage.outbox import Status
from tests.domain.journey import MONDAY, REQUEST_ID
from tests.office import Office

LATER = timedelta(minutes=10)
STATUSES = "select array_agg(distinct status) from outbox"


def by_time(at: datetime, capacity: Capacity = Capacity.TIME) -> Event:
    """Something that time brought at this moment."""
    fact = TaskReminded(task="TRIAGE", reached=at)
    return Event(request_id=REQUEST_ID, seq=1, at=at, on=at.date(), by="time", capacity=capacity, fact=fact)


@pytest.mark.parametrize(
    ("brought", "told"),
    [
        ("2026-11-02T08:05", "2026-11-02T08:30"),
        ("2026-11-02T13:00", "2026-11-02T13:00"),
        ("2026-11-02T20:00", "2026-11-03T08:30"),
        ("2026-11-06T20:00", "2026-11-09T08:30"),
        ("2026-11-07T12:00", "2026-11-09T08:30"),
        ("2026-12-24T12:00", "2027-01-04T08:30"),
        ("2026-07-01T06:00", "2026-07-01T07:30"),
    ],
)
def test_what_time_brings_reaches_people_in_office_hours(brought: str, told: str) -> None:
    at, expected = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (brought, told))
    assert due_at(by_time(at)) == expected


def test_what_somebody_did_may_be_told_at_once() -> None:
    saturday = datetime(2026, 11, 7, 12, tzinfo=UTC)
    assert due_at(by_time(saturday, Capacity.STAFF)) == saturday


async def take(office: Office, now: datetime = MONDAY) -> tuple[object, ...]:
    """Take what is due, as a relay does."""
    async with office.engine.begin() as connection:
        return await outbox.take_due(connection, now)


async def test_what_goes_to_one_person_at_one_time_is_one_delivery(office: Office) -> None:
    await office.under_way()
    await office.execute("update outbox set person = 'person:an', route = 'NOTICE'")
    assert await office.value("select count(*) from outbox") != 1

    [delivery] = await take(office)

    async with office.engine.begin() as connection:
        messages = await outbox.of_delivery(connection, delivery)  # type: ignore[arg-type]
    assert len(messages) == await office.value("select count(*) from outbox")


async def test_what_is_due_later_waits(office: Office) -> None:
    await office.submit()
    await office.execute("update outbox set due_at = due_at + interval '1 hour'")
    assert await take(office) == ()
    assert await take(office, MONDAY + timedelta(hours=1)) != ()


async def test_no_two_relays_take_the_same(office: Office) -> None:
    for _ in range(5):
        await office.submit()
    taken = await asyncio.gather(*(take(office) for _ in range(4)))
    every = [one for some in taken for one in some]
    assert len(every) == len(set(every))
    assert await office.value("select count(distinct delivery_id) from outbox") == len(every)
    assert await office.value(STATUSES) == ["STARTED"]


async def test_what_was_taken_and_forgotten_is_taken_again_once(office: Office) -> None:
    await office.submit()
    first = await take(office)
    async with office.engine.begin() as connection:
        assert await outbox.take_again(connection, MONDAY, MONDAY - LATER) == ()
        assert await outbox.take_again(connection, MONDAY + 2 * LATER, MONDAY + LATER) == first
        assert await outbox.take_again(connection, MONDAY + 2 * LATER, MONDAY + LATER) == ()


async def test_what_was_delivered_stays_so_and_is_not_delivered_again(office: Office) -> None:
    await office.submit()
    [delivery, *_] = await take(office)
    async with office.engine.begin() as connection:
        await outbox.settle(connection, delivery, Status.DELIVERED, MONDAY)  # type: ignore[arg-type]
        await outbox.settle(connection, delivery, Status.FAILED, MONDAY)  # type: ignore[arg-type]
        assert await outbox.of_delivery(connection, delivery) == ()  # type: ignore[arg-type]
    assert await office.value("select status from outbox where delivery_id = :id", id=delivery) == "DELIVERED"


async def test_a_command_that_is_recorded_again_sends_nothing_again(office: Office) -> None:
    await office.submit()
    number = await office.value("select count(*) from outbox")
    [command] = [await office.value("select id from command")]
    await office.record(str(await office.value("select id from support_request")), command)  # type: ignore[arg-type]
    assert await office.value("select count(*) from outbox") == number
