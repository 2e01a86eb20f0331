"""The doctor: what is not as it should be is found, and what to do about it is said."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from temporalio.client import Client

from service.doctor import PATIENCE, Examination, examine
from tests.office import Office
from tests.shell import Shell
from tests.temporal import start_dev_server
from workflows.conversion import DATA_CONVERTER
from workflows.support_request import SupportRequestWorkflow

A_MINUTE = timedelta(minutes=1)


@pytest_asyncio.fixture(scope="module")
async def temporal() -> AsyncIterator[Client]:
    """A Temporal that runs nobody else's workflows."""
    async with await start_dev_server() as server:
        yield server.client


@pytest_asyncio.fixture
async def house(office: Office, temporal: Client) -> AsyncIterator[Shell]:
    """A house in good order, with one open request."""
    shell = Shell(office=office, client=temporal)
    async with shell.at_work():
        request_id = await office.submit()
        await office.execute("update support_request set has_workflow = false, wake_at = now() + interval '1 day'")
        await office.execute("update outbox set status = 'DELIVERED'")
        await shell.sweep.once()
        while not (await shell.workflow(request_id).query(SupportRequestWorkflow.get_standing)).is_open:
            pass  # Until the workflow has caught up, what a test plants may be written over.
        yield shell


async def found(shell: Shell, *, later: timedelta = timedelta()) -> Examination:
    """What the doctor finds now, or later."""
    return await examine(shell.office.engine, shell.client, datetime.now(UTC) + later)


async def test_a_house_in_good_order_is_healthy(house: Shell) -> None:
    assert await found(house) == Examination(open_requests=1)


@pytest.mark.parametrize(
    ("planted", "what", "advice"),
    [
        ("update support_request set version = version + 1", "rows differ from the log", "startloket rebuild"),
        ("delete from support_request", "rows differ from the log", "startloket rebuild"),
        ("delete from event where seq = 2", "rows differ from the log", "startloket rebuild"),
        ("delete from event", "rows differ from the log", "startloket rebuild"),
        ("update support_request set wake_at = now() - interval '11 minutes'", "time stands still", "a worker runs"),
        ("update outbox set status = 'WAITING', due_at = now() - interval '11 minutes'", "messages wait", "a worker"),
        ("update outbox set status = 'STARTED', started_at = now() - interval '11 minutes'", "messages wait", "worker"),
    ],
)
async def test_drift_that_was_planted_is_found_with_what_to_do(
    house: Shell, planted: str, what: str, advice: str
) -> None:
    await house.office.tamper(planted)
    examination = await found(house)
    assert not examination.is_healthy
    [finding] = examination.drift
    assert what in finding.what
    assert advice in finding.advice


@pytest.mark.parametrize(
    ("lagging", "what"),
    [
        ("update support_request set wake_at = now() - interval '9 minutes'", "waking up"),
        ("update support_request set has_workflow = false", "no workflow yet"),
    ],
)
async def test_a_lag_under_ten_minutes_is_catching_up(house: Shell, lagging: str, what: str) -> None:
    await house.office.tamper(lagging)
    examination = await found(house)
    assert examination.is_healthy
    assert [one.what for one in examination.catching_up] == [what]


async def test_a_workflow_that_was_lost_is_for_the_sweep(house: Shell) -> None:
    await house.office.submit()
    await house.office.execute("update support_request set wake_at = now() + interval '1 day'")
    await house.office.execute("update outbox set status = 'DELIVERED'")
    examination = await found(house)
    assert examination.is_healthy
    assert [one.what for one in examination.catching_up] == ["workflow lost"]


async def test_time_that_stands_still_longer_is_drift(house: Shell) -> None:
    await house.office.tamper("update support_request set wake_at = now()")
    assert (await found(house, later=A_MINUTE)).is_healthy
    assert not (await found(house, later=PATIENCE + A_MINUTE)).is_healthy


async def test_a_temporal_that_is_away_is_said(house: Shell) -> None:
    away = await Client.connect("127.0.0.1:1", data_converter=DATA_CONVERTER, lazy=True)
    examination = await examine(house.office.engine, away, datetime.now(UTC))
    assert [one.what for one in examination.drift] == ["Temporal does not answer"]


async def test_failed_deliveries_are_remarked_and_are_no_drift(house: Shell) -> None:
    await house.office.execute("update outbox set status = 'FAILED'")
    examination = await found(house)
    assert examination.is_healthy
    assert "failed" in examination.remarks[0]
