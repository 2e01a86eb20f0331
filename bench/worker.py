"""The workers of the bench, each in a process of its own: `python -m bench.worker ours` and `… bare`.

Both are built by the function that builds the real one, from the same settings, on the same event loop. The loops
beside it are left out: what the relay sends afterwards and what the sweep looks after is no part of a command.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from dataclasses import replace

import uvloop

from bench.bare import BARE_QUEUE, BareWorkflow, do_nothing
from service.composition import worker_parts
from service.settings import load_settings
from service.temporal import connect
from service.worker import WorkerParts, build_worker, work

OURS, BARE = "ours", "bare"


async def run_ours(until: asyncio.Event) -> None:
    """Run the workflows of requests."""
    settings, client = load_settings(), await connect()
    async with worker_parts(settings, client) as parts:
        await work(build_worker(client, settings, replace(parts, loops=())), (), until=until)


async def run_bare(until: asyncio.Event) -> None:
    """Run the workflows that commands are compared with."""
    parts = WorkerParts(activities=[do_nothing])
    worker = build_worker(await connect(), load_settings(), parts, task_queue=BARE_QUEUE, workflows=[BareWorkflow])
    await work(worker, (), until=until)


async def run(which: str) -> None:
    """Work until SIGTERM."""
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    await {OURS: run_ours, BARE: run_bare}[which](stopping)


if __name__ == "__main__":
    uvloop.run(run(sys.argv[1]))
