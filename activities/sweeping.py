"""The sweep: once a minute it tells the workflows of requests that time forgot to look again.

It starts those that have none yet (imported, restored), and notices when Temporal knows of fewer open requests than the
log does: then it finds out which, and starts them. It only ever says `look_again`, so nothing is done twice. It also
keeps the overview of the programme counted.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import structlog
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy

from storage import keeping, kept
from storage.calendar import build_calendar
from storage.database import AsyncEngine
from storage.overview import renew_overview
from storage.silence import SILENT_AFTER
from workflows.messages import TASK_QUEUE, Opening, request_of, workflow_id
from workflows.policies import WORKFLOW_TASK_TIMEOUT
from workflows.support_request import SupportRequestWorkflow

EVERY = timedelta(minutes=1)
LATE = timedelta(minutes=5)
COMPARE_EVERY = 5
FORGET_AFTER = timedelta(days=1)
AT_ONCE = 5
RUNNING = "WorkflowType = 'SupportRequestWorkflow' AND ExecutionStatus = 'Running'"

log = structlog.get_logger(__name__)


class Sweep:
    """Looks after the workflows of open requests."""

    def __init__(self, engine: AsyncEngine, client: Client, *, task_queue: str = TASK_QUEUE) -> None:
        self.engine, self.client, self.task_queue = engine, client, task_queue

    async def go_on(self) -> None:
        """Sweep once a minute while the worker lives; every fifth time, and at first, compare with Temporal."""
        rounds = 0
        while True:
            if rounds % COMPARE_EVERY == 0:
                await self.find_lost()
                await self.forget_texts()
            await self.once()
            await self.renew_overview()
            rounds += 1
            await asyncio.sleep(EVERY.total_seconds())

    async def once(self) -> int:
        """Have every request that is late or unkept looked at; give their number."""
        async with self.engine.begin() as connection:
            late = await keeping.to_look_after(connection, datetime.now(UTC) - LATE)
        if late:
            await self._wake(late)
            async with self.engine.begin() as connection:
                await keeping.mark_kept(connection, late, kept=True)
            log.info("sweep_woke_requests", number=len(late))
        return len(late)

    async def find_lost(self) -> int:
        """Find open requests whose workflow is gone, when Temporal runs fewer than the log has open."""
        async with self.engine.begin() as connection:
            expected = await keeping.count_kept(connection)
        running = (await self.client.count_workflows(RUNNING)).count
        if running >= expected:
            return 0
        lost = await self.lost()
        if lost:
            async with self.engine.begin() as connection:
                await keeping.mark_kept(connection, lost, kept=False)
            log.warning("sweep_found_lost_workflows", number=len(lost))
        return len(lost)

    async def forget_texts(self) -> None:
        """Empty what was typed in commands that were not carried out and no longer may be."""
        async with self.engine.begin() as connection:
            await kept.forget_texts(connection, datetime.now(UTC) - FORGET_AFTER)

    async def renew_overview(self) -> None:
        """Count anew what the overview of the programme shows."""
        now, calendar = datetime.now(UTC), build_calendar()
        today = calendar.today(now)
        silent_before = calendar.working_days_before(today, SILENT_AFTER)
        async with self.engine.begin() as connection:
            await renew_overview(connection, now=now, today=today, silent_before=silent_before)

    async def lost(self) -> frozenset[str]:
        """Give the open requests that should have a workflow and have none."""
        async with self.engine.begin() as connection:
            expected = await keeping.kept_requests(connection)
        running = {request_of(one.id) async for one in self.client.list_workflows(RUNNING)}
        return expected - running

    async def _wake(self, request_ids: Iterable[str]) -> None:
        places = asyncio.Semaphore(AT_ONCE)

        async def wake(request_id: str) -> None:
            async with places:
                await self.look_again(request_id)

        async with asyncio.TaskGroup() as group:
            for request_id in request_ids:
                group.create_task(wake(request_id))

    async def look_again(self, request_id: str) -> None:
        """Tell a request's workflow to look at the log; start it when it does not run."""
        await self.client.start_workflow(
            SupportRequestWorkflow.run,
            Opening(request_id=request_id),
            id=workflow_id(request_id),
            task_queue=self.task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            start_signal="look_again",
            task_timeout=WORKFLOW_TASK_TIMEOUT,
        )
