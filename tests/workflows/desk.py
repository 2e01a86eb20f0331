"""A desk where one request is handled: a worker with a log in memory, spoken to as the door and the sweep do."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client, WithStartWorkflowOperation, WorkflowHandle
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.service import RPCError
from temporalio.worker import Worker

from tests.workflows.log_in_memory import LogInMemory
from workflows import WORKFLOWS, SupportRequestWorkflow, policies
from workflows.messages import Envelope, Opening, Standing, workflow_id


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Speaks with the workflow of one request as the door and the sweep do: always with start."""

    client: Client
    log: LogInMemory
    task_timeout: timedelta = policies.WORKFLOW_TASK_TIMEOUT
    task_queue: str = field(default_factory=lambda: f"desk-{uuid.uuid4()}")
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def handle(self) -> WorkflowHandle[SupportRequestWorkflow, str | None]:
        """The workflow of this request, whichever run is the last."""
        return self.client.get_workflow_handle_for(SupportRequestWorkflow.run, workflow_id(self.request_id))

    async def send(self, kind: str, command_id: str | None = None) -> int:
        """Give a command by update-with-start; answer with the version it led to."""
        envelope = Envelope(request_id=self.request_id, type=kind, command_id=command_id or str(uuid.uuid4()))
        start = WithStartWorkflowOperation(
            SupportRequestWorkflow.run,
            Opening(request_id=self.request_id),
            id=workflow_id(self.request_id),
            task_queue=self.task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            task_timeout=self.task_timeout,
        )
        return await self.client.execute_update_with_start_workflow(
            SupportRequestWorkflow.execute, envelope, start_workflow_operation=start
        )

    async def look_again(self) -> None:
        """Bid the workflow to look where the log stands, as the sweep does."""
        await self.client.start_workflow(
            SupportRequestWorkflow.run,
            Opening(request_id=self.request_id),
            id=workflow_id(self.request_id),
            task_queue=self.task_queue,
            task_timeout=self.task_timeout,
            start_signal="look_again",
        )

    async def standing(self) -> Standing:
        """Ask where the workflow thinks that the request stands."""
        return await self.handle.query(SupportRequestWorkflow.get_standing)

    async def result(self) -> str | None:
        """Wait until the last run has ended, and say how."""
        return await self.handle.result()

    async def events(self, kind: str = "") -> list[HistoryEvent]:
        """Read the history of the last run, or its events of one kind, like `TIMER_STARTED`."""
        history = await self.handle.fetch_history()
        wanted = EventType.Value(f"EVENT_TYPE_{kind}") if kind else None
        return [event for event in history.events if wanted in (None, event.event_type)]

    async def until(self, kind: str, times: int = 1) -> None:
        """Wait until the running workflow's history tells of so many events of this kind."""
        wanted = EventType.Value(f"EVENT_TYPE_{kind}")
        async for event in self.handle.fetch_history_events(wait_new_event=True):
            times -= event.event_type == wanted
            if not times:
                return

    async def clear(self) -> None:
        """End what is still running: a task that nobody takes would keep all others from skipping time."""
        with suppress(RPCError):
            await self.handle.terminate()

    @asynccontextmanager
    async def at_work(self, *, cached_workflows: int = 100) -> AsyncIterator[None]:
        """Run a worker at this desk, in the real sandbox."""
        async with Worker(
            self.client,
            task_queue=self.task_queue,
            workflows=WORKFLOWS,
            activities=[self.log.record],
            max_cached_workflows=cached_workflows,
            sticky_queue_schedule_to_start_timeout=policies.STICKY_SCHEDULE_TO_START,
        ):
            yield
