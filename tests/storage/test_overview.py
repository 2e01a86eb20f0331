"""The overview: what it counts is what the lists show, it is counted once for all, and it stays good for a while."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from domain.assignment import AcceptAssignment
from domain.intake import Accept
from domain.resting import PauseReason, PauseRequest
from domain.terms import Waiting
from domain.words import Stage
from storage.calendar import build_calendar
from storage.listing import RequestQuery, every_page
from storage.overview import AS_OF_NOW, Overview, read_overview, renew_overview
from storage.silence import SILENT_AFTER, list_silent
from tests.domain.journey import MONDAY
from tests.office import Office

MONTHS_LATER = MONDAY + timedelta(days=70)


async def counted(office: Office, at: datetime, *, at_once: bool = True) -> Overview:
    """The overview as it is counted at a moment."""
    calendar = build_calendar()
    today = calendar.today(at)
    silent_before = calendar.working_days_before(today, SILENT_AFTER)
    async with office.engine.begin() as connection:
        await renew_overview(connection, now=at, today=today, silent_before=silent_before, at_once=at_once)
        found = await read_overview(connection, at)
    assert found is not None
    return found


@pytest.fixture(autouse=True)
async def nothing_counted(office: Office) -> None:
    """What an earlier test counted is forgotten."""
    await office.execute("truncate overview")


async def listed(office: Office, at: datetime, query: RequestQuery) -> int:
    """How many requests a list shows."""
    actor, today = office.accounts["staff"].actor, build_calendar().today(at)
    return sum([len(one.rows) async for one in every_page(office.engine, actor, query, today)])


async def test_every_figure_is_as_long_as_the_list_behind_it(office: Office) -> None:
    for _ in range(3):
        await office.submit()
    for _ in range(2):
        await office.under_way()
    resting = await office.under_way()
    await office.give("advisor", resting, PauseRequest(reason=PauseReason.SUMMER))

    standing = (await counted(office, MONTHS_LATER)).standing

    for one in standing.stages:
        assert one.number == await listed(office, MONTHS_LATER, RequestQuery(stage=one.stage, limit=2))
        assert one.overdue == await listed(office, MONTHS_LATER, RequestQuery(stage=one.stage, overdue=True))
        assert one.paused == await listed(office, MONTHS_LATER, RequestQuery(stage=one.stage, paused=True))
    for wait in standing.waits:
        assert wait.number == await listed(office, MONTHS_LATER, RequestQuery(waiting=wait.kind))
        assert wait.late == await listed(office, MONTHS_LATER, RequestQuery(waiting=wait.kind, late=True))
    for advisor in standing.advisors:
        assert advisor.led == await listed(office, MONTHS_LATER, RequestQuery(advisor=advisor.person, is_open=True))
    for province in standing.provinces:
        assert province.ever == await listed(office, MONTHS_LATER, RequestQuery(province=province.province))
    assert {one.stage: one.number for one in standing.stages} == {Stage.INTAKE: 3, Stage.VISIT: 3}
    assert {one.kind for one in standing.waits} == {Waiting.TRIAGE, Waiting.PROPOSE_VISIT}


async def test_a_stage_took_as_many_days_as_the_log_tells(office: Office) -> None:
    request_id = await office.submit()
    accepted, taken_on = MONDAY + timedelta(days=4), MONDAY + timedelta(days=10)
    accept = Accept(verified=True, lead_advisor=office.person("advisor"))
    await office.give("staff", request_id, accept, at=accepted)
    await office.give("advisor", request_id, AcceptAssignment(no_own_interest=True), at=taken_on)

    took = {one.stage: one for one in (await counted(office, MONTHS_LATER)).lead_times}

    assert {stage: one.median for stage, one in took.items()} == {Stage.INTAKE: 4, Stage.ASSIGNMENT: 6}
    assert [one.days for one in took[Stage.ASSIGNMENT].longest] == [6]


async def test_it_is_counted_anew_only_when_it_is_no_longer_good(office: Office) -> None:
    await counted(office, MONDAY)
    await office.submit()

    soon = await counted(office, MONDAY + AS_OF_NOW / 2, at_once=False)
    later = await counted(office, MONDAY + AS_OF_NOW, at_once=False)

    assert soon.standing.stages == ()
    assert [one.number for one in later.standing.stages] == [1]


async def test_what_nobody_counts_any_more_is_not_shown(office: Office) -> None:
    await counted(office, MONDAY)
    async with office.engine.connect() as connection:
        assert await read_overview(connection, MONDAY + 6 * AS_OF_NOW) is None


async def test_the_longest_quiet_comes_first_and_no_rest_is_silence(office: Office) -> None:
    older, newer = await office.submit(), await office.submit(at=MONDAY + timedelta(days=2))
    resting = await office.under_way()
    await office.give("advisor", resting, PauseRequest(reason=PauseReason.SUMMER))
    before = MONTHS_LATER.date()
    async with office.engine.connect() as connection:
        first = await list_silent(connection, before, limit=1)
        second = await list_silent(connection, before, after=first.next, limit=1)

    assert [one.id for one in first.rows] == [older]
    assert [one.id for one in second.rows] == [newer]
    assert second.next is None
    assert (await counted(office, MONTHS_LATER)).standing.silent == 2
