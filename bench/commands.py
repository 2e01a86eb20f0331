"""What a command costs: over HTTP, and without, against a bare update of Temporal.

Every way is tried on the same number of workflows, one call at a time and 32 at once. The ways take turns, round by
round, so that a machine that is busy with other things is so for each of them.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from statistics import median
from uuid import uuid4

from httpx2 import AsyncClient
from temporalio.client import Client, WithStartWorkflowOperation
from temporalio.common import WorkflowIDConflictPolicy

from bench.bare import BARE_QUEUE, BareWorkflow
from bench.people import People
from domain.intake import AnswerInformation, AskInformation
from domain.submitting import AskedQuestion, CoalitionChoice, Submit
from domain.talking import TakeNote
from domain.words import QuestionKind
from service.giving import Giving
from storage.accounts import Account

AT_ONCE = 32
BARE, COMMAND, HTTP = "bare update", "command", "command over HTTP"

TypedCommand = AskInformation | AnswerInformation | TakeNote
Call = Callable[[str, int], Awaitable[object]]
"""Does one thing to the workflow of this name, for the n-th time."""


Meter = Callable[[], float]
"""Tells how many seconds of processor time were taken until now."""


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much is measured: rounds, calls one by one, calls per workflow of those at once."""

    rounds: int = 5
    one_by_one: int = 160
    each_at_once: int = 16


@dataclass(frozen=True, kw_only=True)
class Speed:
    """One way in one round: the median of the calls made one by one, and how many a second went through at once.

    `processor_ms` is what one of those took of all processes together: it is the same on a busy machine.
    """

    p50_ms: float
    per_second: float
    processor_ms: float


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One way over all rounds, beside the bare update of the same rounds; medians."""

    p50_ms: float
    per_second: float
    processor_ms: float
    times_p50: float
    of_throughput: float
    times_processor: float


@dataclass
class Way:
    """One way to do something, and the workflows it is done to."""

    call: Call
    names: Sequence[str]

    def __post_init__(self) -> None:
        self.turns: dict[str, Iterator[int]] = {name: count() for name in self.names}

    async def once(self, name: str) -> None:
        """Do it once more to this workflow."""
        await self.call(name, next(self.turns[name]))


async def compare_commands(
    giving: Giving, client: Client, http: AsyncClient, people: People, size: Size, *, meter: Meter
) -> Figures:
    """Measure all ways in turn and set them beside the bare update."""
    ways = {
        BARE: Way(bare_update(client), [f"bench/{uuid4()}" for _ in range(AT_ONCE)]),
        COMMAND: Way(command(giving, people), await submit_some(giving, people, AT_ONCE)),
        HTTP: Way(command_over_http(http, people), await submit_some(giving, people, AT_ONCE)),
    }
    for way in ways.values():
        await measure(way, Size(one_by_one=AT_ONCE, each_at_once=4), meter)
    rounds = [{name: await measure(way, size, meter) for name, way in ways.items()} for _ in range(size.rounds)]
    return {name: compared(rounds, name) for name in ways}


Figures = Mapping[str, Compared]


async def measure(way: Way, size: Size, meter: Meter) -> Speed:
    """Measure one way once: one by one, then 32 at once."""
    seconds = [await _timed(way.once(way.names[n % AT_ONCE])) for n in range(size.one_by_one)]

    async def go_on(name: str) -> None:
        for _ in range(size.each_at_once):
            await way.once(name)

    before, calls = meter(), len(way.names) * size.each_at_once
    at_once = await _timed(asyncio.gather(*(go_on(name) for name in way.names)))
    return Speed(
        p50_ms=median(seconds) * 1000,
        per_second=calls / at_once,
        processor_ms=(meter() - before) / calls * 1000,
    )


def compared(rounds: Sequence[Mapping[str, Speed]], name: str) -> Compared:
    """The medians of one way, and of its ratios to the bare update of the same round."""
    return Compared(
        p50_ms=median(each[name].p50_ms for each in rounds),
        per_second=median(each[name].per_second for each in rounds),
        processor_ms=median(each[name].processor_ms for each in rounds),
        times_p50=median(each[name].p50_ms / each[BARE].p50_ms for each in rounds),
        of_throughput=median(each[name].per_second / each[BARE].per_second for each in rounds),
        times_processor=median(each[name].processor_ms / each[BARE].processor_ms for each in rounds),
    )


async def _timed(doing: Awaitable[object]) -> float:
    started = time.perf_counter()
    await doing
    return time.perf_counter() - started


def bare_update(client: Client) -> Call:
    """Update with start, use existing, an empty local activity: the least there is."""

    async def call(name: str, _: int) -> None:
        start = WithStartWorkflowOperation(
            BareWorkflow.run, id=name, task_queue=BARE_QUEUE, id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING
        )
        await client.execute_update_with_start_workflow(BareWorkflow.execute, "word", start_workflow_operation=start)

    return call


def command(giving: Giving, people: People) -> Call:
    """Give a command as the API does, without HTTP."""

    async def call(name: str, turn: int) -> None:
        account, given = in_turn(people, turn)
        await giving.give(account, name, given, key=str(uuid4()))

    return call


def command_over_http(http: AsyncClient, people: People) -> Call:
    """Give a command over HTTP and take in the answer."""

    async def call(name: str, turn: int) -> None:
        account, given = in_turn(people, turn)
        answer = await http.post(
            f"/api/v1/support-requests/{name}/commands",
            headers={**people.headers(account), "Idempotency-Key": str(uuid4())},
            json={"type": given.type, "text": given.text},
        )
        answer.raise_for_status()

    return call


def in_turn(people: People, turn: int) -> tuple[Account, TypedCommand]:
    """Staff ask, the municipality answers, and each writes a note in between.

    As in a whole life, some commands give and fulfil a task and move the hour of waking, others do not.
    """
    given: tuple[tuple[Account, TypedCommand], ...] = (
        (people.staff, AskInformation(text="Wie doet er al mee in uw coalitie?")),
        (people.member, TakeNote(text="We zoeken het uit met de wethouder en komen er deze week op terug.")),
        (people.member, AnswerInformation(text="De verloskundigen, de bibliotheek en het wijkteam.")),
        (people.staff, TakeNote(text="Gebeld: de bibliotheek wil graag meedoen.")),
    )
    return given[turn % len(given)]


async def submit_some(giving: Giving, people: People, number: int) -> list[str]:
    """Submit requests; gives their ids."""
    given = [await giving.submit(people.member, submission(people), key=str(uuid4())) for _ in range(number)]
    return [one.request_id for one in given]


def submission(people: People) -> Submit:
    """A request for a start."""
    return Submit(
        lead_municipality=people.municipality,
        coalition=CoalitionChoice(name="Kansrijke Start bij ons"),
        contact=people.member.person,
        text="We willen onze coalitie versterken en weten niet waar te beginnen.",
        questions=(AskedQuestion(kind=QuestionKind.START), AskedQuestion(kind=QuestionKind.ROLES, text="Wie trekt?")),
    )
