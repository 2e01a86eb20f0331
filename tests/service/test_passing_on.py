"""Passing on: what nobody typed is given once, and what cannot be given is said."""

from __future__ import annotations

import asyncio
import uuid
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from domain.joining import FollowMerger, MunicipalityMerged
from storage.codec import UnknownTag
from storage.outbox import Message, Route
from tests.office import Office
from tests.shell import Shell

MERGER = """
    insert into municipal_merger (old_code, old_name, new_code, on_day, done)
         values ('GM0983', 'Venlo', 'GM0935', '2026-01-01', true)
"""
NO_MERGER = "delete from municipal_merger where old_code = 'GM0983'"
FOLLOWED = "select count(*) from event where type = 'MunicipalityMerged'"


def message(kind: str, request_id: str, **payload: str) -> Message:
    """A row of the outbox that is for another request."""
    return Message(
        id=uuid.uuid4(), request_id=request_id, route=Route.COMMAND, kind=kind, desk=None, person=None, payload=payload
    )


def without_temporal(office: Office) -> Shell:
    """A shell that fails when Temporal is asked for anything."""
    return Shell(office=office, client=None)  # type: ignore[arg-type]  # nothing asks for it


async def test_what_a_newer_release_passes_on_waits_for_one(shell: Shell) -> None:
    with pytest.raises(UnknownTag):
        await shell.passing_on.pass_on(message("sing", await shell.office.submit()))


async def test_a_request_that_was_never_there_cannot_arrive_in_another(shell: Shell) -> None:
    gone = message("receive_merged", await shell.office.submit(), merged=str(uuid.uuid4()))
    with pytest.raises(LookupError):
        await shell.passing_on.pass_on(gone)


async def test_a_coalition_of_a_request_that_is_not_there_is_followed_by_nobody(office: Office) -> None:
    await without_temporal(office).passing_on.pass_on(message("follow_coalition", str(uuid.uuid4())))


async def test_what_was_given_before_is_not_given_again(shell: Shell) -> None:
    office = shell.office
    request_id = await office.under_way()
    await office.execute(MERGER)
    try:
        await shell.passing_on.give(request_id, FollowMerger(), source="merger/GM0983")
    finally:
        await office.execute(NO_MERGER)
    version = (await office.request(request_id)).version

    await without_temporal(office).passing_on.give(request_id, FollowMerger(), source="merger/GM0983")
    assert (await office.request(request_id)).version == version
    assert await office.value(FOLLOWED) == 1


async def test_mergers_are_looked_for_as_long_as_the_worker_lives(shell: Shell) -> None:
    office = shell.office
    request_id = await office.under_way(at=datetime.now(UTC))
    await office.execute(MERGER)
    with capture_logs() as logged:
        looking = asyncio.create_task(shell.passing_on.go_on())
        try:
            while not any(line["event"] == "mergers_followed" for line in logged):  # noqa: ASYNC110 - a log sets no event
                await asyncio.sleep(0)
        finally:
            looking.cancel()
            await office.execute(NO_MERGER)
    followed = [event.fact for event in await office.events(request_id) if isinstance(event.fact, MunicipalityMerged)]
    assert [fact.successor for fact in followed] == ["GM0935"]
