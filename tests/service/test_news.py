"""News within a process: who waits hears of what they may read, also when it happened just before or far away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack
from typing import cast

import pytest
import pytest_asyncio
from sqlalchemy import QueuePool, event

from domain.handing_over import Reassign, ReplacedReason
from domain.talking import TakeNote
from service import news as rules
from service.news import News
from tests.office import Office

PATIENCE = 10.0
END_LISTENERS = (
    "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity"
    " where application_name = 'startloket news' and datname = current_database()"
)
NOTE, INTERNAL = TakeNote(text="Belt morgen terug."), TakeNote(text="Onder ons.", internal=True)


@pytest_asyncio.fixture
async def news(office: Office, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[News]:
    """News that listen already, and again at once."""
    monkeypatch.setattr(rules, "FIRST_PAUSE", 0.0)
    news = News()
    with news.waiting(office.accounts["staff"].actor) as anybody:
        listening = asyncio.create_task(news.listen(office.engine))
        assert await anybody.hear(PATIENCE)
    yield news
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)


async def all_heard(office: Office, news: News) -> int:
    """Wait until everything in the log was heard; give its last place."""
    last = await office.value("select max(position) from event")
    with news.waiting(office.accounts["staff"].actor) as waiting:
        while news.heard != last:
            assert await waiting.hear(PATIENCE)
    return news.heard


async def test_who_may_not_read_it_hears_of_nothing(office: Office, news: News) -> None:
    request_id, other = await office.under_way(), await office.submit()
    await all_heard(office, news)
    municipality, advisor = office.accounts["venlo"].actor, office.accounts["advisor"].actor
    with (
        news.waiting(municipality) as at_home,
        news.waiting(municipality, request_id=request_id) as on_the_page,
        news.waiting(advisor) as at_work,
        news.waiting(advisor, request_id=other) as elsewhere,
    ):
        await office.give("advisor", request_id, INTERNAL)
        assert await at_work.hear(PATIENCE)
        assert not at_home.changed.is_set()
        assert not on_the_page.changed.is_set()

        await office.give("advisor", request_id, NOTE)
        assert await at_home.hear(PATIENCE)
        assert await on_the_page.hear(PATIENCE)
        assert not elsewhere.changed.is_set()


async def test_an_advisor_hears_that_a_request_was_given_to_somebody_else(office: Office, news: News) -> None:
    request_id, advisor = await office.under_way(), office.accounts["advisor"].actor
    last = await all_heard(office, news)
    with news.waiting(advisor) as at_work:
        await news.catch_up(at_work, last)
        assert not at_work.changed.is_set()
        other = office.person("other_advisor")
        await office.give("staff", request_id, Reassign(reason=ReplacedReason.LEFT, lead_advisor=other))
        assert await at_work.hear(PATIENCE)
        await all_heard(office, news)
        with news.waiting(office.accounts["staff"].actor) as watching:
            await office.give("staff", request_id, NOTE)
            assert await watching.hear(PATIENCE)
        assert not at_work.changed.is_set()


async def test_much_at_once_is_heard_once(office: Office, news: News) -> None:
    request_id, last = await office.under_way(), await office.submit()
    await all_heard(office, news)
    staff = office.accounts["staff"].actor
    with news.waiting(staff, request_id=request_id) as waiting, news.waiting(staff, request_id=last) as after:
        for _ in range(3):
            await office.give("advisor", request_id, NOTE)
        await office.give("staff", last, NOTE)
        assert await after.hear(PATIENCE)  # What was told before is told by now: one change follows the other.
        assert await waiting.hear(PATIENCE)
        assert not await waiting.hear(0)


async def test_what_was_missed_is_told_and_what_is_forgotten_counts_as_missed(
    office: Office, news: News, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "REMEMBERED", 2)
    request_id, actor = await office.under_way(), office.accounts["staff"].actor
    other = await office.submit()
    before = await all_heard(office, news)
    await office.give("advisor", request_id, NOTE)
    await all_heard(office, news)
    with news.waiting(actor, request_id=request_id) as waiting:
        for since, missed in ((before, True), (news.heard, False), (0, True)):
            await news.catch_up(waiting, since)
            assert await waiting.hear(0) is missed
    with news.waiting(actor, request_id=other) as elsewhere:
        await news.catch_up(elsewhere, before)
        assert not await elsewhere.hear(0)


async def test_after_postgresql_was_away_everybody_looks_again(office: Office, news: News) -> None:
    with news.waiting(office.accounts["venlo"].actor) as waiting:
        assert await office.value(END_LISTENERS)
        assert await waiting.hear(PATIENCE)
        await office.submit()
        assert await waiting.hear(PATIENCE)


async def test_who_waits_is_let_go_when_the_process_ends(office: Office) -> None:
    news = News()
    with news.waiting(office.accounts["venlo"].actor) as waiting:
        news.end()
        assert await waiting.hear(0)
    assert news.is_over


async def test_no_more_wait_than_a_process_bears(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_WAITING", 1)
    news = News()
    assert not news.is_full
    with news.waiting(office.accounts["venlo"].actor):
        assert news.is_full
    assert not news.is_full


async def test_who_waits_leaves_connections_to_who_is_there(office: Office, news: News) -> None:
    request_id, pool = await office.under_way(), office.engine.sync_engine.pool
    before = await all_heard(office, news)
    await office.give("advisor", request_id, NOTE)
    await all_heard(office, news)
    lent: list[int] = []

    def note(*_: object) -> None:
        lent.append(cast(QueuePool, pool).checkedout())

    event.listen(pool, "checkout", note)
    try:
        with ExitStack() as everybody:
            staff = office.accounts["staff"].actor
            waiting = [everybody.enter_context(news.waiting(staff, request_id=request_id)) for _ in range(9)]
            await asyncio.gather(*(news.catch_up(one, before) for one in waiting))
            assert all(one.changed.is_set() for one in waiting)
    finally:
        event.remove(pool, "checkout", note)
    assert len(lent) == len(waiting)
    assert max(lent) == rules.LOOKING_AT_ONCE
