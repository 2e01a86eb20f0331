"""What a page costs: beside a bare page of as many bytes, and among 100,000 requests beside 1,000.

The pages that people come back to (a request, home, an inbox) are asked of a stack with 10,000 requests, one visit at a
time, in turn with the bare page, round by round; and a request once more, that changed before each visit. Everything
that lists or counts is asked of the two archives of `bench/lists.py`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import AsyncIterator, Awaitable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from httpx2 import AsyncClient

from bench.life import begin_a_life, changes
from bench.lists import Archive, Question
from bench.patterns import Pattern, fill, settle
from bench.people import ELSEWHERE, People, invite_people
from bench.stack import BenchStack, api_of
from service.giving import Giving

REQUESTS = 10_000
OWN = 12
"""So many of them are the municipality's own, and so many the advisor's."""
FIRST = 20
"""So many visits are not measured: connections are opened, and statements prepared and planned, at the first ones."""
WATCHED: Mapping[str, tuple[str, ...]] = {
    "staff": (
        "/",
        "/nieuwe-aanvragen",
        "/aanvragen",
        "/aanvragen?fase=vervolgacties",
        "/aanvragen?provincie=Limburg&volgorde=ingediend",
        "/aanvragen?voorbij=ja&volgorde=eerstvolgende-dag",
        "/aanvragen?zoek=kraamzorg",
        "/stil",
        "/accounts",
        "/bezorging",
    ),
    "advisor": ("/", "/agenda"),
    "member": ("/",),
}


@dataclass(frozen=True, kw_only=True)
class Round:
    """One page in one round, p50 in milliseconds, beside a bare page of as many bytes."""

    size: int
    page_ms: float
    bare_ms: float

    @property
    def times(self) -> float:
        """How many times as long as a bare page it takes."""
        return self.page_ms / self.bare_ms


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One page over all rounds, medians; `changed` before each visit, or not."""

    page: str
    size: int
    page_ms: float
    bare_ms: float
    times: float
    changed: bool = False


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Somebody comes to a page."""

    name: str
    http: AsyncClient
    path: str
    headers: Mapping[str, str]

    async def once(self) -> bytes:
        """Come to it once; the page."""
        return await _get(self.http, self.path, self.headers)


async def compare_pages(
    stack: BenchStack, giving: Giving, patterns: Sequence[Pattern], *, rounds: int, times: int
) -> tuple[Shown, ...]:
    """Fill the stack up and visit what people come back to, in turn with a bare page; so many times in each round."""
    async with giving.engine.begin() as connection:
        people = await invite_people(connection, ELSEWHERE)
    begun = await begin_a_life(giving, people)
    async with giving.engine.begin() as connection:
        await fill(connection, patterns, people, REQUESTS, own=OWN)
    await settle(giving.engine)
    async with AsyncClient(base_url=stack.url, timeout=60) as http, AsyncClient(base_url=await _bare(stack)) as bare:
        visits = list(_visits(http, people, begun.reference))
        for visit in visits:
            await _beside(visit, bare, FIRST)
        measured = [[await _beside(visit, bare, times) for visit in visits] for _ in range(rounds)]
        again = [_shown(visit.name, each) for visit, each in zip(visits, zip(*measured, strict=True), strict=True)]
        after = await _after_each(changes(giving, people, begun.request.id, times), visits[0], bare)
        return (*again, after)


def _visits(http: AsyncClient, people: People, reference: str) -> Iterator[Visit]:
    for role in ("staff", "advisor", "member"):
        yield Visit(name=f"a request, {role}", http=http, path=f"/aanvragen/{reference}", headers=_as(people, role))
    yield Visit(name="home, member", http=http, path="/", headers=_as(people, "member"))
    yield Visit(name="inbox, advisor", http=http, path="/", headers=_as(people, "advisor"))


def _as(people: People, role: str) -> Mapping[str, str]:
    return people.cookie(getattr(people, role))


async def _bare(stack: BenchStack) -> str:
    part, url = api_of("bare", stack.environment)
    await stack.start(replace(part, command=(sys.executable, "-m", "bench.bare_page", url.rpartition(":")[2])))
    return url


async def _beside(page: Visit, bare: AsyncClient, times: int) -> Round:
    size = len(await page.once())
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(times):
        ours.append(await _timed(page.once()))
        theirs.append(await _timed(_get(bare, f"/of/{size}", {})))
    return Round(size=size, page_ms=median(ours) * 1000, bare_ms=median(theirs) * 1000)


def _shown(name: str, rounds: Sequence[Round], *, changed: bool = False) -> Shown:
    return Shown(
        page=name,
        size=rounds[-1].size,
        page_ms=median(one.page_ms for one in rounds),
        bare_ms=median(one.bare_ms for one in rounds),
        times=median(one.times for one in rounds),
        changed=changed,
    )


async def _after_each(changes: AsyncIterator[None], page: Visit, bare: AsyncClient) -> Shown:
    """What a page costs that nobody came to since it changed."""
    ours: list[float] = []
    theirs: list[float] = []
    async for _ in changes:
        ours.append(await _timed(page.once()))
        size = len(await page.once())
        theirs.append(await _timed(_get(bare, f"/of/{size}", {})))
    once = Round(size=size, page_ms=median(ours) * 1000, bare_ms=median(theirs) * 1000)
    return _shown(f"{page.name}, just changed", [once], changed=True)


async def _timed(asking: Awaitable[bytes]) -> float:
    started = time.perf_counter()
    await asking
    return time.perf_counter() - started


async def _get(http: AsyncClient, path: str, headers: Mapping[str, str]) -> bytes:
    answer = await http.get(path, headers=headers)
    return answer.raise_for_status().content


def page_questions() -> Iterator[tuple[str, Question]]:
    """Every page that lists or counts, to be asked of few requests and of many."""
    for role, paths in WATCHED.items():
        for path in paths:
            yield f"page: {role}, {path}", _visit(role, path)


def _visit(role: str, path: str) -> Question:
    async def ask(archive: Archive) -> None:
        await _get(archive.http, path, _as(archive.people, role))

    return ask
