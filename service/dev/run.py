"""The life of `startloket dev`: claim the folder, start the parts, prepare the data, keep watch, stop cleanly."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it ships no types

from service.cli_failure import Failure
from service.dev import postgres
from service.dev.announcement import announce, console, step, urls_of, warn
from service.dev.data_folder import DataFolder, Stack, choose_ports, claimed, is_free
from service.dev.runtime import Running, Runtime, read_runtime, remove_runtime, write_runtime
from service.dev.stack import (
    DATABASE,
    PROVIDER_PORT,
    TEMPORAL_PORTS,
    api_part,
    environment_of,
    own_part,
    postgres_part,
    provider_part,
    signing_in,
    temporal_part,
)
from service.dev.supervisor import Supervisor


def run_dev(data: Path, port: int, *, demo: bool) -> None:
    """Run everything on this machine until Ctrl-C or SIGTERM.

    Raises Failure when the folder or the port is taken, or when a part cannot start.
    """
    with claimed(data) as folder:
        _end_leftovers(folder)
        if not is_free(port):
            raise Failure(f"Port {port} is in use.", f"Choose another: make run PORT={port + 1}")
        asyncio.run(_live(folder, port, demo=demo))


async def _live(folder: DataFolder, port: int, *, demo: bool) -> None:
    stack = folder.read_stack()
    stack = replace(stack, ports=choose_ports(stack.ports, (*TEMPORAL_PORTS, PROVIDER_PORT)))
    environment = environment_of(folder, stack.ports, port) | signing_in(stack.ports)
    urls = urls_of(environment["STARTLOKET_PUBLIC_URL"], stack.ports["temporal_ui"])

    def note(parts: dict[str, Running]) -> None:
        write_runtime(folder.path, Runtime(supervisor=os.getpid(), urls=urls, environment=environment, parts=parts))

    supervisor = Supervisor(on_change=note)
    _stop_on_signals(supervisor)
    try:
        await _bring_up(supervisor, folder, stack, environment, demo=demo)
        announce(urls, folder.path, has_demo=folder.read_stack().has_demo)
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        console.print("  Stopping …")
    finally:
        await supervisor.stop()
        remove_runtime(folder.path)


async def _bring_up(
    supervisor: Supervisor, folder: DataFolder, stack: Stack, environment: Mapping[str, str], *, demo: bool
) -> None:
    """The stores first, then the data, then those who work with them; they can start beside what is there already."""
    if half := folder.missing_half():
        warn(f"The data of {half} are gone. When all runs, `startloket doctor` says what that means for each request.")
    temporal, provider = temporal_part(folder, stack.ports), provider_part(folder, stack.ports)
    with step("PostgreSQL"):
        await asyncio.to_thread(postgres.create_cluster, folder.postgres)
        await supervisor.start(postgres_part(folder))
        await asyncio.to_thread(postgres.create_database, folder.postgres, DATABASE)
        await supervisor.launch(temporal)
        await supervisor.launch(provider)
    preparing = asyncio.create_task(_prepare_data(supervisor, folder, stack, environment, demo=demo))
    try:
        with step("Temporal"):
            await supervisor.ready(temporal)
        with step("sign-in"):
            await supervisor.ready(provider)
        if not stack.prepared:
            await preparing  # Later starts need not wait for it: worker and API wait for new tables themselves.
        with step("worker and API"):
            await supervisor.start(own_part("worker", environment))
            await supervisor.start(api_part(environment))
        await preparing
    finally:
        preparing.cancel()
        await asyncio.gather(preparing, return_exceptions=True)


async def _prepare_data(
    supervisor: Supervisor, folder: DataFolder, stack: Stack, environment: Mapping[str, str], *, demo: bool
) -> None:
    """Bring the tables up to date; load demo data once, at the first start, unless it is to be without."""
    with step("tables"):
        await supervisor.execute(own_part("migrate", environment))
    if not stack.prepared and demo:
        with step("demo data"):
            await supervisor.execute(own_part("seed", environment))
    if not stack.prepared:
        stack = replace(stack, prepared=True, has_demo=demo)
    folder.keep_stack(stack)


def _stop_on_signals(supervisor: Supervisor) -> None:
    """The first signal ends the work in good order; another one says that there is no time for that."""
    life = asyncio.current_task()
    assert life is not None  # noqa: S101  # we run in it

    def on_signal() -> None:
        if life.cancelling() or supervisor.is_stopping:
            supervisor.hurry()
        else:
            life.cancel()

    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if sign is not signal.SIGHUP or signal.getsignal(sign) is not signal.SIG_IGN:  # nohup means it
            asyncio.get_running_loop().add_signal_handler(sign, on_signal)


def _end_leftovers(folder: DataFolder) -> None:
    """End the parts of a `startloket dev` that was itself killed; PostgreSQL's own file ends an old PostgreSQL."""
    runtime = read_runtime(folder.path)
    left = [process for part in (runtime.parts if runtime else {}).values() if (process := _process(part))]
    for process in left:
        process.terminate()
    _gone, alive = psutil.wait_procs(left, timeout=15)
    for process in alive:
        process.kill()
    remove_runtime(folder.path)


def _process(part: Running) -> psutil.Process | None:
    """The very process that was noted, not a later one with its number."""
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(part.pid)
        if process.create_time() == part.started and process.status() != psutil.STATUS_ZOMBIE:
            return process
    return None
