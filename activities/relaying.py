"""The relay and the delivery: what the outbox holds goes out, each delivery by a workflow of its own.

A notice goes through a channel; a command for another request goes to that request. Until messages are built the
channel is the null channel, which only notes that something would have gone out.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import UUID

import structlog
from temporalio import activity
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError

from domain.refusal import Refusal
from storage import outbox
from storage.database import AsyncEngine
from storage.outbox import Message, Route, Status
from workflows.delivery import DeliveryWorkflow
from workflows.messages import TASK_QUEUE, Activity, Delivery, DeliveryOutcome, Settlement, delivery_workflow_id

EVERY = timedelta(seconds=2)
FORGOTTEN = timedelta(minutes=5)

log = structlog.get_logger(__name__)


class Channel(Protocol):
    """Takes what is told to a person."""

    async def tell(self, messages: tuple[Message, ...]) -> None:
        """Tell one person these things in one message. Raises when it could not, to be tried again."""


class NullChannel:
    """Takes everything and tells nobody."""

    async def tell(self, messages: tuple[Message, ...]) -> None:
        """Only note that it would have gone out."""
        log.info("notice_not_sent", kinds=sorted({one.kind for one in messages}), number=len(messages))


class Commands(Protocol):
    """Gives a command that one request's event means for another."""

    async def pass_on(self, message: Message) -> None:
        """Give it. Safe to do again. Raises Refusal when it may not be given."""


class Relay:
    """Starts the deliveries of what is due."""

    def __init__(self, engine: AsyncEngine, client: Client, *, task_queue: str = TASK_QUEUE) -> None:
        self.engine, self.client, self.task_queue = engine, client, task_queue

    async def go_on(self) -> None:
        """Relay for as long as the worker lives."""
        while True:
            await self.once()
            await asyncio.sleep(EVERY.total_seconds())

    async def once(self) -> int:
        """Start a delivery for all that is due, and again for what was taken long ago without outcome."""
        now = datetime.now(UTC)
        async with self.engine.begin() as connection:
            forgotten = await outbox.take_again(connection, now, now - FORGOTTEN)
            due = await outbox.take_due(connection, now)
        for delivery_id in (*due, *forgotten):
            await self._start(delivery_id)
        return len(due)

    async def _start(self, delivery_id: UUID) -> None:
        await self.client.start_workflow(
            DeliveryWorkflow.run,
            Delivery(delivery_id=str(delivery_id)),
            id=delivery_workflow_id(str(delivery_id)),
            task_queue=self.task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        )


class Deliverer:
    """Delivers, and notes how it ended."""

    def __init__(self, engine: AsyncEngine, channel: Channel, commands: Commands) -> None:
        self.engine, self.channel, self.commands = engine, channel, commands

    @activity.defn(name=Activity.DELIVER)
    async def deliver(self, delivery: Delivery) -> None:
        """Bring out what is still to be delivered under this id.

        Raises ApplicationError, not to be tried again, when a request refuses what it is told.
        """
        async with self.engine.begin() as connection:
            messages = await outbox.of_delivery(connection, UUID(delivery.delivery_id))
        for message in messages:
            if message.route is Route.COMMAND:
                await self._pass_on(message)
        if notices := tuple(one for one in messages if one.route is Route.NOTICE):
            await self.channel.tell(notices)

    async def _pass_on(self, message: Message) -> None:
        try:
            await self.commands.pass_on(message)
        except Refusal as refusal:
            log.warning("passed_on_and_refused", kind=message.kind, request_id=message.request_id, code=refusal.code)
            raise ApplicationError(refusal.code, type=refusal.code, non_retryable=True) from None

    @activity.defn(name=Activity.SETTLE_DELIVERY)
    async def settle_delivery(self, settlement: Settlement) -> None:
        """Note the outcome."""
        status = Status.DELIVERED if settlement.outcome is DeliveryOutcome.DELIVERED else Status.FAILED
        async with self.engine.begin() as connection:
            await outbox.settle(connection, UUID(settlement.delivery_id), status, datetime.now(UTC))
