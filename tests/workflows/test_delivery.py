"""Bringing out one message: for three days, and never without saying how it ended."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from temporalio import activity
from temporalio.client import Client
from temporalio.exceptions import ApplicationError
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from workflows import WORKFLOWS, DeliveryWorkflow
from workflows.messages import Activity, Delivery, DeliveryOutcome, Settlement, delivery_workflow_id

Reason = Callable[[], ApplicationError]


def unreachable() -> ApplicationError:
    """A reason that may pass."""
    return ApplicationError("no answer")


def unknown_address() -> ApplicationError:
    """A reason that stays."""
    return ApplicationError("no such address", non_retryable=True)


@dataclass(kw_only=True)
class Post:
    """A channel that takes or refuses what it is given, and the book in which the outcomes stand."""

    refusals: Iterator[Reason] = field(default_factory=lambda: iter(()))
    slips: Iterator[Reason] = field(default_factory=lambda: iter(()))
    attempts: int = 0
    delivered: list[str] = field(default_factory=list)
    settled: list[Settlement] = field(default_factory=list)
    moments: list[datetime] = field(default_factory=list)

    @activity.defn(name=Activity.DELIVER)
    async def deliver(self, delivery: Delivery) -> None:
        """Bring out, unless refused."""
        self.attempts += 1
        self.moments.append(activity.info().scheduled_time)
        if reason := next(self.refusals, None):
            raise reason()
        self.delivered.append(delivery.delivery_id)

    @activity.defn(name=Activity.SETTLE_DELIVERY)
    async def settle(self, settlement: Settlement) -> None:
        """Write down the outcome, unless the pen slips."""
        self.moments.append(activity.info().scheduled_time)
        if reason := next(self.slips, None):
            raise reason()
        self.settled.append(settlement)


@dataclass(frozen=True, kw_only=True)
class Counter:
    """Where messages are handed in."""

    client: Client
    post: Post
    task_queue: str = field(default_factory=lambda: f"post-{uuid.uuid4()}")

    async def hand_in(self, delivery_id: str) -> DeliveryOutcome:
        """Start the delivery of one message and wait for its outcome, however many days it takes."""
        return await self.client.execute_workflow(
            DeliveryWorkflow.run,
            Delivery(delivery_id=delivery_id),
            id=delivery_workflow_id(delivery_id),
            task_queue=self.task_queue,
        )


@pytest.fixture
async def counter(time_skipping: WorkflowEnvironment) -> AsyncIterator[Counter]:
    """A counter at work, where waiting takes no time."""
    counter = Counter(client=time_skipping.client, post=Post())
    async with Worker(
        counter.client,
        task_queue=counter.task_queue,
        workflows=WORKFLOWS,
        activities=[counter.post.deliver, counter.post.settle],
    ):
        yield counter


def endlessly(reason: Reason) -> Iterator[Reason]:
    """Refuse each time for the same reason."""
    while True:
        yield reason


async def test_a_message_goes_out_once_and_its_outcome_is_written_down(counter: Counter) -> None:
    assert await counter.hand_in("d-1") == DeliveryOutcome.DELIVERED
    assert counter.post.delivered == ["d-1"]
    assert counter.post.settled == [Settlement(delivery_id="d-1", outcome=DeliveryOutcome.DELIVERED)]


async def test_a_channel_that_is_down_for_a_day_gets_the_message_after_it(counter: Counter) -> None:
    counter.post.refusals = iter([unreachable] * 30)
    assert await counter.hand_in("d-2") == DeliveryOutcome.DELIVERED
    assert counter.post.delivered == ["d-2"]


async def test_after_three_days_a_delivery_has_failed(counter: Counter) -> None:
    counter.post.refusals = endlessly(unreachable)
    assert await counter.hand_in("d-3") == DeliveryOutcome.FAILED
    assert timedelta(days=2, hours=22) < counter.post.moments[-1] - counter.post.moments[0] <= timedelta(days=3)
    assert counter.post.settled == [Settlement(delivery_id="d-3", outcome=DeliveryOutcome.FAILED)]


async def test_what_is_refused_for_good_is_not_tried_again(counter: Counter) -> None:
    counter.post.refusals = endlessly(unknown_address)
    assert await counter.hand_in("d-4") == DeliveryOutcome.FAILED
    assert counter.post.attempts == 1


async def test_an_outcome_is_written_down_however_long_it_takes(counter: Counter) -> None:
    counter.post.slips = iter([unreachable] * 100)
    assert await counter.hand_in("d-5") == DeliveryOutcome.DELIVERED
    assert counter.post.attempts == 1
    assert counter.post.settled == [Settlement(delivery_id="d-5", outcome=DeliveryOutcome.DELIVERED)]
