"""The office with its durable shell: a worker of the service's own making on a real Temporal, and what goes with it."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest_asyncio
from temporalio.client import Client, WithStartWorkflowOperation, WorkflowHandle
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.testing import WorkflowEnvironment

from activities.recording import Recorder
from activities.relaying import Deliverer, Relay
from activities.sweeping import Sweep
from domain.command import Command
from domain.deciding import command_name
from service.giving import Giving
from service.passing_on import PassingOn
from service.settings import Settings
from service.worker import WorkerParts, build_worker
from storage.calendar import build_calendar
from storage.outbox import Message
from tests.office import Office
from workflows.messages import Envelope, Opening, workflow_id
from workflows.support_request import SupportRequestWorkflow


@dataclass(kw_only=True)
class RecordingChannel:
    """Takes what is told to people, and remembers it."""

    told: list[tuple[Message, ...]] = field(default_factory=list)

    async def tell(self, messages: tuple[Message, ...]) -> None:
        """Remember it."""
        self.told.append(messages)


@dataclass(frozen=True, kw_only=True)
class Shell:
    """What is put together for a worker, on a task queue of its own."""

    office: Office
    client: Client
    channel: RecordingChannel = field(default_factory=RecordingChannel)
    task_queue: str = field(default_factory=lambda: f"shell-{uuid.uuid4()}")

    @property
    def giving(self) -> Giving:
        """The way of a command from the door."""
        return Giving(self.office.engine, self.client, build_calendar(), task_queue=self.task_queue)

    @property
    def sweep(self) -> Sweep:
        """Looks after workflows."""
        return Sweep(self.office.engine, self.client, task_queue=self.task_queue)

    @property
    def relay(self) -> Relay:
        """Starts deliveries."""
        return Relay(self.office.engine, self.client, task_queue=self.task_queue)

    @property
    def passing_on(self) -> PassingOn:
        """Passes on what one request means for another."""
        return PassingOn(self.office.engine, self.giving, self.sweep)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Run a worker."""
        deliverer = Deliverer(self.office.engine, self.channel, self.passing_on)
        doers: list[Callable[..., Any]] = [
            Recorder(self.office.engine).record,
            deliverer.deliver,
            deliverer.settle_delivery,
        ]
        settings = Settings(database_url=self.office.engine.url.render_as_string(hide_password=False))
        async with build_worker(self.client, settings, WorkerParts(activities=doers), task_queue=self.task_queue):
            yield

    def workflow(self, request_id: str) -> WorkflowHandle[SupportRequestWorkflow, str | None]:
        """The workflow of a request, whichever run is the last."""
        return self.client.get_workflow_handle_for(SupportRequestWorkflow.run, workflow_id(request_id))

    async def give(self, who: str, request_id: str, command: Command, at: datetime) -> int:
        """Keep a command as of a moment, and send it to its workflow; give the version it led to."""
        command_id = await self.office.keep(who, request_id, command, at=at)
        envelope = Envelope(request_id=request_id, type=command_name(command), command_id=str(command_id))
        start = WithStartWorkflowOperation(
            SupportRequestWorkflow.run,
            Opening(request_id=request_id),
            id=workflow_id(request_id),
            task_queue=self.task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )
        return await self.client.execute_update_with_start_workflow(
            SupportRequestWorkflow.execute, envelope, start_workflow_operation=start
        )


@pytest_asyncio.fixture
async def shell(office: Office, dev_server: WorkflowEnvironment) -> AsyncIterator[Shell]:
    """An office with a shell in which a worker is at work."""
    shell = Shell(office=office, client=dev_server.client)
    async with shell.at_work():
        yield shell
