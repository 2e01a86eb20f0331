"""`python -m bench`: measure everything, print it, keep it as JSON. `--quick` for a first impression."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import Annotated

import typer
import uvloop
from httpx2 import AsyncClient
from rich.console import Console

from bench.commands import Size, compare_commands
from bench.life import live
from bench.lists import compare_lists
from bench.memory import bytes_per_request
from bench.pages import compare_pages, page_questions
from bench.people import invite_people
from bench.report import Results, keep, show
from bench.stack import BenchStack, open_stack
from bench.worker import OURS
from service.composition import open_parts
from service.log import set_up_logging
from service.settings import LogFormat, LogLevel, load_settings

QUICK = Size(rounds=2, one_by_one=64, each_at_once=6)

console = Console()


async def bench(size: Size, *, list_times: int, cached: int) -> None:
    """Start a stack, measure, and say what came out."""
    life = asyncio.current_task()
    if life is not None:
        for sign in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(sign, life.cancel)
    set_up_logging(LogFormat.AUTO, LogLevel.WARNING)
    console.print("Starting PostgreSQL, Temporal, workers and API …")
    async with open_stack() as stack:
        os.environ.update(stack.environment)
        results = await measured(stack, size, list_times=list_times, cached=cached)
    show(results, console)
    console.print(f"Kept in {keep(results)}")


async def measured(stack: BenchStack, size: Size, *, list_times: int, cached: int) -> Results:
    """Measure one thing after the other."""
    load = os.getloadavg()[0]
    async with open_parts(load_settings()) as parts, AsyncClient(base_url=stack.url, timeout=60) as http:
        async with parts.engine.begin() as connection:
            people = await invite_people(connection)
        console.print(f"A whole life, and what {cached} cached requests take …")
        lived, patterns = await live(parts.giving, parts.client, people)
        each = await bytes_per_request(parts.giving, people, stack.running[f"worker-{OURS}"].pid, cached)
        console.print(f"Commands, {size.rounds} rounds …")
        commands = await compare_commands(parts.giving, parts.client, http, people, size, meter=stack.processor_seconds)
        console.print(f"Pages among 10,000 requests, {size.rounds} rounds …")
        pages = await compare_pages(stack, parts.giving, patterns, rounds=size.rounds, times=2 * list_times)
        console.print("Lists and pages among 1,000 and 100,000 requests …")
        lists = await compare_lists(stack, patterns, list_times, dict(page_questions()))
    return Results(
        rounds=size.rounds,
        commands=commands,
        lists=lists,
        pages=pages,
        life=lived,
        bytes_per_cached_request=each,
        load_before=load,
        load_after=os.getloadavg()[0],
    )


def main(quick: Annotated[bool, typer.Option(help="Fewer rounds: a first impression.")] = False) -> None:
    """Measure Startloket on this machine, on a stack of its own."""
    size, list_times, cached = (QUICK, 5, 200) if quick else (Size(), 25, 600)
    uvloop.run(bench(size, list_times=list_times, cached=cached))


if __name__ == "__main__":
    typer.run(main)
