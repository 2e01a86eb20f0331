"""What is said to a workflow and what it says: ids and standings, never a word that a person typed.

Everything here ends up in Temporal's history and stays there for years. So a message grows by defaulted fields only:
nothing is renamed, removed or given another meaning. Names of activities and ids of workflows are part of that
promise. How often and how long something is tried stands in `policies`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

TASK_QUEUE: Final = "startloket"

CATCH_UP: Final = "catch_up"  # Look where the log stands; records nothing.
PASS_TIME: Final = "pass_time"  # noqa: S105 (no password) Let time do what is due; never refused.
UNAVAILABLE: Final = "UNAVAILABLE"  # Not known whether it is done: ask again with the same key.


class Activity(StrEnum):
    """The doers, by the name that the shell calls them."""

    RECORD = "record"  # Record -> Standing
    DELIVER = "deliver"  # Delivery -> None
    SETTLE_DELIVERY = "settle_delivery"  # Settlement -> None


def workflow_id(request_id: str) -> str:
    """Name the one workflow that keeps this request alive."""
    return f"request/{request_id}"


def request_of(workflow_id: str) -> str:
    """Read back the request from the name of its workflow.

    Raises ValueError when it is not the name of a request's workflow.
    """
    kind, _, request_id = workflow_id.partition("/")
    if kind != "request" or not request_id:
        raise ValueError(f"not the workflow of a request: {workflow_id}")
    return request_id


def delivery_workflow_id(delivery_id: str) -> str:
    """Name the one workflow that brings out this message."""
    return f"delivery/{delivery_id}"


@dataclass(frozen=True, kw_only=True)
class Opening:
    """With what a request's workflow starts, also when it continues as new: the log knows the rest."""

    request_id: str


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """A sealed command: which request, which kept command, what kind. Its body waits in PostgreSQL.

    Without a command id it is the shell's own: `CATCH_UP` or `PASS_TIME`.
    """

    request_id: str
    type: str
    command_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Record:
    """Have the envelope recorded, as of this moment (UTC)."""

    envelope: Envelope
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a request stands in the log: all that its workflow ever knows of it.

    A request that was never recorded has version 0 and is not open. `wake_at` (UTC) is the next moment at which time
    itself changes something; `outcome` says how a closed request ended.
    """

    version: int = 0
    stage: str | None = None
    is_open: bool = False
    wake_at: datetime | None = None
    outcome: str | None = None


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One message of the outbox that must go out."""

    delivery_id: str


class DeliveryOutcome(StrEnum):
    """How a delivery ended."""

    DELIVERED = "DELIVERED"  # The channel took it.
    FAILED = "FAILED"  # It will never take it, or not within the time we try; a task for a person.


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """Have written down how a delivery ended."""

    delivery_id: str
    outcome: DeliveryOutcome
