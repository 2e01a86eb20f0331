"""A stack for the bench alone: the parts of `startloket dev`, in a temporary folder, on free ports.

Durability is as it is there: PostgreSQL syncs its log at every commit, Temporal keeps its history in a file. Worker and
API are the real programs with their default settings, each in its own process; what they log goes to a file.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil  # type: ignore[import-untyped]  # it ships no types

from bench.worker import BARE, OURS
from service.dev import postgres
from service.dev.data_folder import LOOPBACK, DataFolder, choose_ports, claimed
from service.dev.part import Part
from service.dev.runtime import Running
from service.dev.stack import DATABASE, TEMPORAL_PORTS, api_part, environment_of, own_part, postgres_part, temporal_part
from service.dev.supervisor import Supervisor


@dataclass(frozen=True, kw_only=True)
class BenchStack:
    """What runs, and the settings that lead a program to it."""

    folder: DataFolder
    environment: Mapping[str, str]
    supervisor: Supervisor
    running: dict[str, Running] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where the API listens."""
        return self.environment["STARTLOKET_PUBLIC_URL"]

    def processor_seconds(self) -> float:
        """Processor time that all parts and the bench itself have taken until now."""
        parts = [psutil.Process(one.pid) for one in self.running.values()]
        return time.process_time() + sum(_taken(one) for part in parts for one in (part, *part.children()))

    async def start(self, part: Part) -> None:
        """Start one part more, its log in a file."""
        await self.supervisor.start(replace(part, log=self.folder.log(part.name)))


@asynccontextmanager
async def open_stack() -> AsyncIterator[BenchStack]:
    """Start everything, and stop it again."""
    with TemporaryDirectory(prefix="startloket-bench-") as place, claimed(Path(place)) as folder:
        running: dict[str, Running] = {}
        ports = choose_ports({}, (*TEMPORAL_PORTS, "api"))
        environment = environment_of(folder, ports, ports["api"])
        supervisor = Supervisor(on_change=running.update)
        stack = BenchStack(folder=folder, environment=environment, supervisor=supervisor, running=running)
        try:
            await supervisor.launch(temporal_part(folder, ports))
            await asyncio.to_thread(postgres.create_cluster, folder.postgres)
            await supervisor.start(postgres_part(folder))
            await add_database(stack, DATABASE)
            await supervisor.ready(temporal_part(folder, ports))
            for part in (worker_part(OURS, environment), worker_part(BARE, environment), api_part(environment)):
                await stack.start(part)
            yield stack
        finally:
            await supervisor.stop()


async def add_database(stack: BenchStack, name: str) -> Mapping[str, str]:
    """Make one database more, with tables and reference data; gives the settings that lead to it."""
    url = postgres.database_url(stack.folder.postgres, name)
    environment = {**stack.environment, "STARTLOKET_DATABASE_URL": url}
    await asyncio.to_thread(postgres.create_database, stack.folder.postgres, name)
    migrating = replace(own_part("migrate", environment), log=stack.folder.log("migrate"))
    await stack.supervisor.execute(migrating)
    return environment


def _taken(process: psutil.Process) -> float:
    """What a process took, with those of its children that ended."""
    return float(sum(process.cpu_times()[:4]))


def worker_part(which: str, environment: Mapping[str, str]) -> Part:
    """One of the workers of the bench."""
    command = (sys.executable, "-m", "bench.worker", which)
    return replace(own_part("worker", environment), name=f"worker-{which}", command=command)


def api_of(name: str, environment: Mapping[str, str]) -> tuple[Part, str]:
    """An API on another database, and where it listens."""
    port = choose_ports({}, (name,))[name]
    url = f"http://{LOOPBACK}:{port}"
    there = {**environment, "STARTLOKET_PORT": str(port), "STARTLOKET_PUBLIC_URL": url}
    return replace(api_part(there), name=name), url
