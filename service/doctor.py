"""The doctor: do log, rows and workflows tell the same story?

A lag under ten minutes is catching up, not drift: the sweep runs every minute and needs no help. Drift is what will not
mend itself within that; for each kind it says what to do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from rich.console import Console
from temporalio.client import Client
from temporalio.service import RPCError

from activities.sweeping import RUNNING
from service.settings import Settings
from service.temporal import connect
from storage import examining
from storage.database import AsyncEngine, open_engine
from workflows.messages import request_of

PATIENCE = timedelta(minutes=10)
MOST_NAMED = 10


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something that is not as it should be: what, for which requests, and what to do."""

    what: str
    advice: str
    requests: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Examination:
    """What the doctor found: drift, and what is still catching up."""

    open_requests: int
    drift: tuple[Finding, ...] = ()
    catching_up: tuple[Finding, ...] = ()
    remarks: tuple[str, ...] = field(default=())

    @property
    def is_healthy(self) -> bool:
        """True when nothing needs a person."""
        return not self.drift


async def doctor(settings: Settings) -> bool:
    """Examine, print what was found, and say whether all is well."""
    engine = open_engine(settings.database_url, pool_size=2)
    try:
        client = await connect(lazy=True)
        found = await examine(engine, client, datetime.now(UTC))
    finally:
        await engine.dispose()
    _print(found, Console())
    return found.is_healthy


async def examine(engine: AsyncEngine, client: Client, now: datetime) -> Examination:
    """Compare the log with the rows, and the rows with the workflows that run."""
    async with engine.connect() as connection:
        unlike = await examining.rows_unlike_the_log(connection)
        late = await examining.overdue(connection, now)
        unkept = await examining.unkept(connection)
        opened = await examining.open_requests(connection)
        outgoing = await examining.outgoing(connection, now - PATIENCE)
    drift = [*_rows(unlike), *_late([one.request_id for one in late if one.wake_at < now - PATIENCE])]
    catching_up = [*_waking([one.request_id for one in late if one.wake_at >= now - PATIENCE]), *_unkept(unkept)]
    running = await _running(client)
    if running is None:
        drift.append(Finding(what="Temporal does not answer", advice="start it, or look at TEMPORAL_ADDRESS"))
    else:
        catching_up += _lost(sorted(opened - running - set(unkept)))
    if outgoing.waiting or outgoing.under_way:
        number = outgoing.waiting + outgoing.under_way
        drift.append(Finding(what=f"{number} messages wait longer than ten minutes", advice="see that a worker runs"))
    remarks = (f"{outgoing.failed} deliveries failed: see them on the overview",) if outgoing.failed else ()
    return Examination(open_requests=len(opened), drift=tuple(drift), catching_up=tuple(catching_up), remarks=remarks)


async def _running(client: Client) -> frozenset[str] | None:
    try:
        return frozenset([request_of(one.id) async for one in client.list_workflows(RUNNING)])
    except (RPCError, RuntimeError):
        return None


def _rows(requests: Sequence[str]) -> Iterator[Finding]:
    if requests:
        yield Finding(what="rows differ from the log", advice="run: startloket rebuild", requests=requests)


def _late(requests: Sequence[str]) -> Iterator[Finding]:
    if requests:
        yield Finding(what="time stands still", advice="see that a worker runs, and its log", requests=requests)


def _waking(requests: Sequence[str]) -> Iterator[Finding]:
    if requests:
        yield Finding(what="waking up", advice="wait a few minutes", requests=requests)


def _unkept(requests: Sequence[str]) -> Iterator[Finding]:
    if requests:
        yield Finding(what="no workflow yet", advice="the sweep starts them within a minute", requests=requests)


def _lost(requests: Sequence[str]) -> Iterator[Finding]:
    if requests:
        yield Finding(what="workflow lost", advice="the sweep finds them within five minutes", requests=requests)


def _print(found: Examination, console: Console) -> None:
    for title, findings in (("drift", found.drift), ("catching up", found.catching_up)):
        for one in findings:
            number = f" ({len(one.requests)})" if one.requests else ""
            console.print(f"{title}: {one.what}{number} – {one.advice}")
            for request_id in one.requests[:MOST_NAMED]:
                console.print(f"    {request_id}")
    for remark in found.remarks:
        console.print(remark)
    if found.is_healthy:
        console.print(f"no drift: {found.open_requests} open requests, log, rows and workflows agree")
