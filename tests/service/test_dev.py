"""`startloket dev`: everything comes up, what dies comes back where it was, and nothing is left behind.

The parts are the real ones. A test waits for a line of the log or for a change that the supervisor tells.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it ships no types
import psycopg
import pytest

from service.cli_failure import Failure
from service.dev import postgres
from service.dev.data_folder import DataFolder, Stack, choose_ports, claimed, is_free
from service.dev.part import Part, readiness_of
from service.dev.runtime import Running, Runtime, read_runtime
from service.dev.stack import postgres_part
from service.dev.supervisor import Supervisor

REPOSITORY = Path(__file__).parents[2]
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"
)


class Dev:
    """A `startloket dev` of its own, in a folder and on a port of its own."""

    def __init__(self, data: Path, port: int) -> None:
        environment = {**os.environ, "DATA": str(data), "PORT": str(port), "DEMO": "0", "COLUMNS": "200"}
        self.data, self.port = data, port
        self.process = subprocess.Popen(
            [sys.executable, "-m", "service.cli", "dev"],
            cwd=REPOSITORY, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def reads(self, *words: str) -> str:
        """Read on until a line with all these words, and return it."""
        assert self.process.stdout is not None
        seen: list[str] = []
        for line in self.process.stdout:
            if all(word in line for word in words):
                return line
            seen.append(line)
        pytest.fail(f"{words} never came; there was:\n{''.join(seen)}")

    def runtime(self) -> Runtime:
        """What it says runs now."""
        runtime = read_runtime(self.data)
        assert runtime is not None
        return runtime

    def rest(self) -> str:
        """Everything it says until the last process that can say something has ended."""
        assert self.process.stdout is not None
        with self.process.stdout as output:
            rest = output.read()
        self.process.wait()
        return rest

    def ready_status(self) -> int:
        """The status of the API's own answer to whether it is ready."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=10)) as door:
            door.request("GET", "/health/ready")
            return door.getresponse().status


@pytest.fixture
def dev(tmp_path: Path) -> Iterator[Dev]:
    """A `startloket dev` that begins to start; it is stopped when the test has not done so."""
    dev = Dev(tmp_path / "data", free_port())
    yield dev
    if dev.process.poll() is None:
        dev.process.terminate()
        dev.rest()


def free_port() -> int:
    """A port that nobody listens on."""
    return choose_ports({}, ("any",))["any"]


def lives(part: Running) -> bool:
    """The process is there, and not only its number."""
    try:
        return bool(psutil.Process(part.pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@pytest.mark.timeout(180)
def test_every_part_that_is_killed_comes_back_where_it_was_and_all_stop_together(dev: Dev) -> None:
    dev.reads("Startloket is ready")
    first = dev.runtime()
    assert list(first.parts) == ["postgres", "temporal", "worker", "api"]
    for name, part in first.parts.items():
        os.kill(part.pid, signal.SIGKILL)
        dev.reads("part_restarted", name)
    second = dev.runtime()
    assert second.environment == first.environment
    assert {name for name, part in second.parts.items() if part != first.parts[name]} == set(first.parts)

    dev.process.send_signal(signal.SIGTERM)
    output = dev.rest()
    assert dev.process.returncode == 0
    order = [name for line in output.splitlines() if "part_stopping" in line for name in first.parts if name in line]
    assert order == ["api", "worker", "temporal", "postgres"]
    assert not any(lives(part) for part in second.parts.values())
    assert read_runtime(dev.data) is None


@pytest.mark.timeout(180)
def test_a_second_start_finds_data_and_ports_again(dev: Dev) -> None:
    dev.reads("Startloket is ready")
    first = dev.runtime()
    dev.process.send_signal(signal.SIGINT)
    dev.rest()
    again = Dev(dev.data, dev.port)
    again.reads("Startloket is ready")
    assert again.runtime().environment == first.environment
    assert again.ready_status() == 200
    again.process.send_signal(signal.SIGINT)
    again.process.send_signal(signal.SIGTERM)
    again.rest()
    assert again.process.returncode == 0
    assert not any(lives(part) for part in first.parts.values())


@pytest.mark.timeout(180)
def test_after_a_kill_of_the_supervisor_itself_the_next_start_takes_over(dev: Dev) -> None:
    dev.reads("Startloket is ready")
    orphans = dev.runtime().parts
    dev.process.kill()
    again = Dev(dev.data, dev.port)
    again.reads("Startloket is ready")
    dev.rest()
    assert not any(lives(part) for part in orphans.values())
    again.process.terminate()
    again.rest()


def test_a_port_that_is_taken_is_said_and_nothing_starts(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        dev = Dev(tmp_path / "data", port)
        output = dev.rest()
    assert dev.process.returncode == 1
    assert f"Port {port} is in use." in output
    assert f"make run PORT={port + 1}" in output
    assert not postgres.exists(tmp_path / "data" / "postgres")


def test_two_on_one_folder_are_refused(tmp_path: Path) -> None:
    with claimed(tmp_path / "data"):
        dev = Dev(tmp_path / "data", free_port())
        output = dev.rest()
    assert dev.process.returncode == 1
    assert "Startloket already runs on" in output


def test_ports_are_kept_as_long_as_they_are_free() -> None:
    kept = choose_ports({}, ("temporal", "temporal_ui"))
    assert len(set(kept.values())) == 2
    assert choose_ports(kept, ("temporal", "temporal_ui")) == kept
    with closing(socket.create_server(("127.0.0.1", kept["temporal"]))):
        assert not is_free(kept["temporal"])
        moved = choose_ports(kept, ("temporal", "temporal_ui"))
    assert moved["temporal"] != kept["temporal"]
    assert moved["temporal_ui"] == kept["temporal_ui"]


def test_the_two_stores_are_one_unit(tmp_path: Path) -> None:
    with claimed(tmp_path) as folder:
        assert folder.missing_half() is None
        sqlite3.connect(folder.temporal).close()
        folder.temporal.touch()
        assert folder.missing_half() is None, "a first start that was cut off is no loss"
        folder.keep_stack(Stack(prepared=True))
        assert folder.missing_half() == "PostgreSQL"
        folder.temporal.unlink()
        folder.postgres.mkdir()
        (folder.postgres / "PG_VERSION").write_text("18\n")
        assert folder.missing_half() == "Temporal"


class Watched:
    """A supervisor, and the moment at which a part runs as another process."""

    def __init__(self) -> None:
        self.parts: dict[str, Running] = {}
        self.changed = asyncio.Event()
        self.supervisor = Supervisor(self._hear)

    def _hear(self, parts: dict[str, Running]) -> None:
        self.parts = parts
        self.changed.set()

    async def restarted(self) -> None:
        """Wait for the next change."""
        self.changed.clear()
        await self.changed.wait()


@pytest.fixture
async def watched() -> AsyncIterator[Watched]:
    """A supervisor whose parts are gone after the test."""
    watched = Watched()
    yield watched
    watched.supervisor.hurry()
    await watched.supervisor.stop()


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """A data folder with a cluster and a database."""
    with claimed(tmp_path / "data") as folder:
        postgres.create_cluster(folder.postgres, durable=False)
    return folder


def addition(folder: DataFolder, statement: str) -> int:
    """Do something in the database and count the rows."""
    address = postgres.database_url(folder.postgres, "postgres").replace("+psycopg", "")
    with psycopg.connect(address) as connection:
        connection.execute("create table if not exists kept (fact int)")
        connection.execute(statement)
        row = connection.execute("select count(*) from kept").fetchone()
    assert row is not None
    return int(row[0])


async def test_what_was_committed_before_postgresql_was_killed_is_there_afterwards(
    watched: Watched, folder: DataFolder
) -> None:
    part = postgres_part(folder)
    await watched.supervisor.start(part)
    assert addition(folder, "insert into kept values (1)") == 1
    os.kill(watched.parts["postgres"].pid, signal.SIGKILL)
    await watched.restarted()
    await readiness_of(part)
    assert addition(folder, "insert into kept values (2)") == 2


async def test_a_lock_file_whose_number_belongs_to_another_process_does_not_stop_postgresql(
    watched: Watched, folder: DataFolder
) -> None:
    other = f"{os.getpid()}\n{folder.postgres}\n0\n5432\n{folder.postgres}\n\n0 0\nready\n"
    (folder.postgres / "postmaster.pid").write_text(other)
    (folder.postgres / f"{postgres.SOCKET}.lock").write_text(other)
    await watched.supervisor.start(postgres_part(folder))
    assert addition(folder, "insert into kept values (1)") == 1


async def test_postgresql_keeps_what_it_says_it_keeps(watched: Watched, folder: DataFolder) -> None:
    await watched.supervisor.start(postgres_part(folder))
    address = postgres.database_url(folder.postgres, "postgres").replace("+psycopg", "")
    with psycopg.connect(address) as connection:
        safety = {name: connection.execute(f"show {name}").fetchone() for name in ("fsync", "synchronous_commit")}
    assert safety == {"fsync": ("on",), "synchronous_commit": ("on",)}


def test_a_socket_path_longer_than_the_kernel_takes_is_put_in_a_short_folder(tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    assert len(str(postgres.socket_folder(deep) / postgres.SOCKET)) <= postgres.LONGEST_SOCKET_PATH
    assert postgres.socket_folder(deep) == postgres.socket_folder(deep)
    assert postgres.socket_folder(deep) != postgres.socket_folder(tmp_path / "other")


async def test_a_part_that_cannot_start_ends_all_with_its_last_words(watched: Watched, tmp_path: Path) -> None:
    words = "import sys; sys.exit('there is no such database')"
    part = Part(name="broken", command=(sys.executable, "-c", words), log=tmp_path / "log", is_ready=never)
    with pytest.raises(Failure, match=r"broken ended with exit code 1") as failure:
        await watched.supervisor.start(part)
    assert "there is no such database" in (failure.value.advice or "")


async def test_a_part_that_does_not_want_to_stop_is_made_to_when_there_is_a_hurry(
    watched: Watched, tmp_path: Path
) -> None:
    log = tmp_path / "log"

    async def is_up() -> bool:
        return "up" in log.read_text()

    await watched.supervisor.start(
        Part(name="stubborn", command=(sys.executable, "-c", STUBBORN), log=log, is_ready=is_up, patience=600)
    )
    stubborn = watched.parts["stubborn"]
    stopping = asyncio.create_task(watched.supervisor.stop())
    watched.supervisor.hurry()
    await stopping
    assert not lives(stubborn)


async def test_what_ends_by_itself_but_not_well_is_a_failure(watched: Watched) -> None:
    part = Part(name="migrate", command=(sys.executable, "-c", "raise SystemExit(4)"))
    with pytest.raises(Failure, match=r"`startloket migrate` did not succeed \(exit code 4\)"):
        await watched.supervisor.execute(part)


async def never() -> bool:
    """Not ready, ever."""
    return False


def test_what_is_kept_between_starts_can_be_read_by_people(tmp_path: Path) -> None:
    with claimed(tmp_path) as folder:
        folder.keep_stack(Stack(prepared=True, ports={"temporal": 7233}))
        assert folder.read_stack() == Stack(prepared=True, ports={"temporal": 7233})
    assert json.loads((tmp_path / "stack.json").read_text())["ports"] == {"temporal": 7233}
