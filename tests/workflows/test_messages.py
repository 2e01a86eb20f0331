"""Messages: the window through which others speak with the shell, and the promises it makes for years."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from typing import Any

import pytest
from temporalio.api.common.v1 import Payload

from workflows import WORKFLOWS, DeliveryWorkflow, SupportRequestWorkflow, messages
from workflows.conversion import DATA_CONVERTER
from workflows.messages import (
    Delivery,
    DeliveryOutcome,
    Envelope,
    Opening,
    Record,
    Settlement,
    Standing,
    delivery_workflow_id,
    request_of,
    workflow_id,
)

MOMENT = datetime(2026, 3, 2, 8, 14, 30, 250000, tzinfo=UTC)
ENVELOPE = Envelope(request_id="r-1", type="submit", command_id="c-1")
EACH = (
    Opening(request_id="r-1"),
    ENVELOPE,
    Record(envelope=ENVELOPE, at=MOMENT),
    Standing(version=3, stage="CLOSED", outcome="COMPLETED"),
    Standing(version=2, stage="VISIT", is_open=True, wake_at=MOMENT),
    Delivery(delivery_id="d-1"),
    Settlement(delivery_id="d-1", outcome=DeliveryOutcome.FAILED),
)


def shipped() -> set[type[Any]]:
    """Every message that there is."""
    return {thing for thing in vars(messages).values() if dataclasses.is_dataclass(thing) and isinstance(thing, type)}


def test_every_workflow_is_run_by_a_worker() -> None:
    assert set(WORKFLOWS) == {SupportRequestWorkflow, DeliveryWorkflow}


def test_the_id_of_a_workflow_and_the_request_it_keeps_say_the_same() -> None:
    assert request_of(workflow_id("r-1")) == "r-1"


@pytest.mark.parametrize("other", [delivery_workflow_id("d-1"), "r-1", "request/", ""])
def test_what_is_not_the_workflow_of_a_request_is_not_taken_for_one(other: str) -> None:
    with pytest.raises(ValueError, match="not the workflow of a request"):
        request_of(other)


def test_every_message_is_tried_here() -> None:
    assert {type(message) for message in EACH} == shipped()


@pytest.mark.parametrize("message", EACH, ids=lambda message: type(message).__name__)
async def test_a_message_comes_back_as_it_went(message: object) -> None:
    payloads = await DATA_CONVERTER.encode([message])
    assert await DATA_CONVERTER.decode(payloads, [type(message)]) == [message]


@pytest.mark.parametrize("message", sorted(shipped(), key=str))
def test_a_message_cannot_be_changed_and_names_its_parts(message: type[Any]) -> None:
    assert message.__dataclass_params__.frozen
    assert all(part.kw_only for part in dataclasses.fields(message))


async def test_a_message_of_another_release_is_understood() -> None:
    """An older one lacks what came later; a newer one says what we do not know yet."""
    older = Payload(metadata={"encoding": b"json/plain"}, data=b'{"request_id": "r-1", "type": "catch_up"}')
    newer = Payload(metadata={"encoding": b"json/plain"}, data=b'{"version": 4, "is_open": true, "season": "spring"}')
    read = await DATA_CONVERTER.decode([older, newer], [Envelope, Standing])
    assert read == [Envelope(request_id="r-1", type="catch_up"), Standing(version=4, is_open=True)]
