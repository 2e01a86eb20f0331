"""The moment after a commit and before anybody hears of it, for as long as a test needs it.

PostgreSQL is told to wait, at each commit, for a standby that does not exist. What is committed is on the disk and will
stay; who asked for it hears nothing until the wait is ended. What need not reach the disk does not wait.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from storage.log import POSITION_LOCK
from tests.journeys.stack import GLANCE, Stack

HOLD = "alter system set synchronous_standby_names = 'nobody'"
RELEASE = "alter system reset synchronous_standby_names"
READ_AGAIN = "select pg_reload_conf()"
COMMIT_SOMETHING = "select pg_logical_emit_message(true, 'tests', 'held?')"
PROBE_HELD = "select pid from pg_stat_activity where wait_event = 'SyncRep' and query = %(probe)s"
RECORDING_HELD = """
    select pid from pg_stat_activity join pg_locks using (pid)
     where wait_event = 'SyncRep' and locktype = 'advisory' and objid = %(recording)s
"""
STILL_HELD = "select pid from pg_stat_activity where wait_event = 'SyncRep'"
LET_GO = "select pg_cancel_backend(%(pid)s)"


@asynccontextmanager
async def held_commits(stack: Stack) -> AsyncIterator[None]:
    """Hold every commit that begins to end from here on; let them go afterwards, so that all see what was committed."""
    await stack.sql(HOLD)
    await stack.sql(READ_AGAIN)
    await _until_it_counts(stack)
    try:
        yield
    finally:
        await stack.sql(RELEASE)
        await stack.sql(READ_AGAIN)
        while await stack.sql(STILL_HELD):  # noqa: ASYNC110 - PostgreSQL sets no event
            await asyncio.sleep(GLANCE)


async def until_recorded_unheard(stack: Stack) -> None:
    """Wait until a recording is committed of which nobody has heard."""
    while not await stack.sql(RECORDING_HELD, recording=POSITION_LOCK):  # noqa: ASYNC110 - PostgreSQL sets no event
        await asyncio.sleep(GLANCE)


async def _until_it_counts(stack: Stack) -> None:
    """Commit something until that waits: PostgreSQL takes a moment to follow its settings."""
    probe = asyncio.create_task(stack.sql(COMMIT_SOMETHING))
    while not (held := await stack.sql(PROBE_HELD, probe=COMMIT_SOMETHING)):
        if probe.done():
            probe = asyncio.create_task(stack.sql(COMMIT_SOMETHING))
        await asyncio.sleep(GLANCE)
    await stack.sql(LET_GO, pid=held[0])
    await probe
