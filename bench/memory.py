"""What a cached request takes of a worker: how much more memory it holds when it keeps some hundreds more.

Resident memory of the worker's process, before and after; the first hundred pay for what is loaded once.
"""

from __future__ import annotations

import asyncio

import psutil  # type: ignore[import-untyped]  # it ships no types

from bench.commands import submit_some
from bench.people import People
from service.giving import Giving

WARM, AT_ONCE = 104, 8


async def bytes_per_request(giving: Giving, people: People, worker: int, number: int) -> float:
    """Submit so many requests, which the worker with this process id keeps, and divide what it grew by their number.

    The cache holds 1,000 (Temporal's default): more would be evicted and count for nothing.
    """
    process = psutil.Process(worker)
    await submit(giving, people, WARM)
    before = process.memory_info().rss
    await submit(giving, people, number)
    return float(process.memory_info().rss - before) / number


async def submit(giving: Giving, people: People, number: int) -> None:
    """Submit requests, some at a time."""
    await asyncio.gather(*(submit_some(giving, people, number // AT_ONCE) for _ in range(AT_ONCE)))
