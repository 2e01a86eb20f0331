"""What a list costs when there are 100,000 requests, against 1,000: every sort and filter, for each role.

The rooms are two databases of one server. A municipality and an advisor have as many requests in both, for a portfolio
does not grow with the programme. Every question is asked of both in turn.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from statistics import median

from httpx2 import AsyncClient

from bench.patterns import WORD, Pattern, fill, settle
from bench.people import People, invite_people
from bench.stack import BenchStack, add_database, api_of
from domain.command import Actor
from storage.calendar import build_calendar
from storage.database import AsyncEngine, open_engine
from storage.listing import SORTS, RequestQuery, list_requests
from storage.tasks import TaskQuery, list_tasks

FEW, MANY = 1_000, 100_000


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One question in milliseconds, p50, among few requests and among many."""

    question: str
    few_ms: float
    many_ms: float

    @property
    def times(self) -> float:
        """How many times as long it takes among many."""
        return self.many_ms / self.few_ms


@dataclass(frozen=True, kw_only=True)
class Archive:
    """One database full of requests."""

    engine: AsyncEngine
    people: People
    http: AsyncClient


Question = Callable[[Archive], Awaitable[object]]


async def compare_lists(
    stack: BenchStack, patterns: Sequence[Pattern], times: int, besides: Mapping[str, Question]
) -> tuple[Listed, ...]:
    """Fill two databases and ask every question of both, those of the lists and others besides."""
    few, many = [await open_archive(stack, patterns, number) for number in (FEW, MANY)]
    try:
        return tuple([await compared(name, ask, few, many, times) for name, ask in {**questions(), **besides}.items()])
    finally:
        for archive in (few, many):
            await archive.http.aclose()
            await archive.engine.dispose()


async def open_archive(stack: BenchStack, patterns: Sequence[Pattern], number: int) -> Archive:
    """A database with so many requests, and an API on it."""
    environment = await add_database(stack, f"with_{number}")
    engine = open_engine(environment["STARTLOKET_DATABASE_URL"], pool_size=2)
    async with engine.begin() as connection:
        people = await invite_people(connection)
        await fill(connection, patterns, people, number)
    await settle(engine)
    part, url = api_of(f"api-{number}", environment)
    await stack.start(part)
    return Archive(engine=engine, people=people, http=AsyncClient(base_url=url, timeout=60))


async def compared(name: str, ask: Question, few: Archive, many: Archive, times: int) -> Listed:
    """Ask one question of both in turn."""
    seconds: Mapping[int, list[float]] = {FEW: [], MANY: []}
    for turn in range(times + 2):
        for number, archive in ((FEW, few), (MANY, many)):
            started = time.perf_counter()
            await ask(archive)
            if turn >= 2:
                seconds[number].append(time.perf_counter() - started)
    return Listed(question=name, few_ms=median(seconds[FEW]) * 1000, many_ms=median(seconds[MANY]) * 1000)


def questions() -> dict[str, Question]:
    """Every question there is: lists, inboxes, and some of them over HTTP."""
    return dict([*_lists(), *_inboxes(), *_over_http()])


def _lists() -> Iterator[tuple[str, Question]]:
    for sort in (*SORTS, *(f"-{name}" for name in SORTS if name in ("changedAt", "submittedAt"))):
        for name, filtered in FILTERS.items():
            yield f"staff, {name}, by {sort}", _requests("staff", filtered, sort)
        for role in ("advisor", "member"):
            yield f"{role}, own, by {sort}", _requests(role, FILTERS["all"], sort)


Filtered = Callable[[People, str], RequestQuery]

FILTERS: Mapping[str, Filtered] = {
    "all": lambda people, sort: RequestQuery(sort=sort),
    "stage": lambda people, sort: RequestQuery(sort=sort, stage="FOLLOW_UP"),
    "province": lambda people, sort: RequestQuery(sort=sort, province="Limburg"),
    "municipality": lambda people, sort: RequestQuery(sort=sort, municipality=people.municipality),
    "advisor": lambda people, sort: RequestQuery(sort=sort, advisor=people.advisor.person),
    "overdue": lambda people, sort: RequestQuery(sort=sort, overdue=True),
    "not overdue": lambda people, sort: RequestQuery(sort=sort, overdue=False),
    "paused": lambda people, sort: RequestQuery(sort=sort, paused=True),
    "text": lambda people, sort: RequestQuery(sort=sort, text=WORD),
}


def _requests(role: str, filtered: Filtered, sort: str) -> Question:
    async def ask(archive: Archive) -> None:
        async with archive.engine.connect() as connection:
            await list_requests(connection, _actor(archive, role), filtered(archive.people, sort), _today())

    return ask


def _inboxes() -> Iterator[tuple[str, Question]]:
    yield "staff, everybody's tasks", _tasks("staff", TaskQuery(everyone=True))
    yield "staff, everybody's triage", _tasks("staff", TaskQuery(everyone=True, kind="TRIAGE"))
    for role in ("staff", "advisor", "member"):
        yield f"{role}, inbox", _tasks(role, TaskQuery())


def _tasks(role: str, query: TaskQuery) -> Question:
    async def ask(archive: Archive) -> None:
        async with archive.engine.connect() as connection:
            await list_tasks(connection, _actor(archive, role), query, _today())

    return ask


def _over_http() -> Iterator[tuple[str, Question]]:
    for role in ("staff", "advisor", "member"):
        yield f"HTTP: {role}, requests", _http(role, "/support-requests")
        yield f"HTTP: {role}, tasks", _http(role, "/tasks")


def _http(role: str, path: str) -> Question:
    async def ask(archive: Archive) -> None:
        answer = await archive.http.get(f"/api/v1{path}", headers=archive.people.headers(getattr(archive.people, role)))
        answer.raise_for_status()

    return ask


def _actor(archive: Archive, role: str) -> Actor:
    actor: Actor = getattr(archive.people, role).actor
    return actor


def _today() -> date:
    return build_calendar().today(datetime.now(UTC))
