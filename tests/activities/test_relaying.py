"""The relay and the deliveries: what one request means for people and for other requests goes out, once."""

from __future__ import annotations

import asyncio

import pytest
from temporalio.client import WorkflowExecutionStatus

from domain.ending import Withdraw
from domain.event import Fact
from domain.joining import Merge, MergedReceived, MunicipalityMerged
from tests.domain.agreements import seat
from tests.domain.journey import MAASTRICHT, VENLO
from tests.office import BURGERKRACHT, Office
from tests.shell import Shell
from workflows.messages import delivery_workflow_id

MERGER = """
    insert into municipal_merger (old_code, old_name, new_code, on_day, done)
         values ('GM0983', 'Venlo', 'GM0935', '2026-01-01', true)
"""
UNDER_WAY = "select count(*) from outbox where status = 'STARTED'"


async def relayed(shell: Shell) -> None:
    """Relay all that is due, and wait for the outcome of each."""
    await shell.relay.once()
    ids = await shell.office.value("select coalesce(array_agg(distinct delivery_id::text), '{}') from outbox")
    assert isinstance(ids, list)
    await asyncio.gather(*(shell.client.get_workflow_handle(delivery_workflow_id(one)).result() for one in ids if one))
    assert await shell.office.value(UNDER_WAY) == 0


async def facts_of(office: Office, request_id: str, kind: type[Fact]) -> list[Fact]:
    """The facts of one kind in a request's log."""
    return [event.fact for event in await office.events(request_id) if isinstance(event.fact, kind)]


async def test_people_are_told_what_happened_once(shell: Shell) -> None:
    await shell.office.submit()
    await relayed(shell)
    await relayed(shell)
    told = [message.kind for messages in shell.channel.told for message in messages]
    assert told
    assert len(told) == await shell.office.value("select count(*) from outbox where status = 'DELIVERED'")


async def test_a_merged_request_arrives_in_the_other_once(shell: Shell) -> None:
    office = shell.office
    into, merged = await office.submit(), await office.submit(text="Nog een vraag.")
    await office.give("staff", merged, Merge(into=into))

    await relayed(shell)
    await office.execute("update outbox set status = 'WAITING' where route = 'COMMAND'")
    await relayed(shell)

    [received] = await facts_of(office, into, MergedReceived)
    assert isinstance(received, MergedReceived)
    assert received.merged == merged
    assert len((await office.request(into)).questions) == 2


async def test_a_request_that_refuses_another_is_seen_as_a_failed_delivery(shell: Shell) -> None:
    office = shell.office
    into, merged = await office.submit(), await office.submit()
    await office.give("staff", merged, Merge(into=into))
    await office.give("venlo", into, Withdraw(reason="Toch niet."))

    await relayed(shell)

    assert await office.value("select status from outbox where route = 'COMMAND'") == "FAILED"
    assert await facts_of(office, into, MergedReceived) == []


async def test_a_change_of_the_coalition_reaches_the_other_request_and_its_workflow(shell: Shell) -> None:
    office = shell.office
    first, second = await office.two_for_one_coalition()
    await office.give("advisor", first, seat(supported_by=BURGERKRACHT))

    await relayed(shell)

    assert await office.value("select supporters from support_request where id = :id", id=second) != []
    assert (await shell.workflow(second).describe()).status is WorkflowExecutionStatus.RUNNING


async def test_rule_16_a_merged_municipality_is_followed_once(shell: Shell) -> None:
    office = shell.office
    request_id = await office.under_way()
    await office.execute(MERGER)
    try:
        today = (await office.request(request_id)).received_on
        assert today is not None
        assert await shell.passing_on.follow_mergers(today) == 1
        assert await shell.passing_on.follow_mergers(today) == 0
    finally:
        await office.execute("delete from municipal_merger where old_code = 'GM0983'")

    assert await facts_of(office, request_id, MunicipalityMerged) == [
        MunicipalityMerged(municipality=VENLO, successor=MAASTRICHT)
    ]
    assert (await office.request(request_id)).lead_municipality == MAASTRICHT


async def test_one_request_that_cannot_follow_does_not_keep_the_others(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = shell.office
    both = [await office.under_way(), await office.under_way()]
    await office.execute("update support_request set state_schema = 99 where id = :id", id=min(both))
    await office.execute(MERGER)
    try:
        today = (await office.request(max(both))).received_on
        assert today is not None
        await shell.passing_on.follow_mergers(today)
    finally:
        await office.execute("delete from municipal_merger where old_code = 'GM0983'")
    assert (await office.request(max(both))).lead_municipality == MAASTRICHT
