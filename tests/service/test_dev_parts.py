"""The parts of `startloket dev`: a supervisor that keeps its promises, and a PostgreSQL that survives being killed.

The parts are the real ones. A test waits for a change that the supervisor tells.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it ships no types
import psycopg
import pytest

from service.cli_failure import Failure
from service.dev import postgres
from service.dev.data_folder import DataFolder, Stack, choose_ports, claimed, is_free
from service.dev.part import Part, readiness_of
from service.dev.runtime import Running
from service.dev.stack import postgres_part
from service.dev.supervisor import Supervisor

STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"
)


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
def folder(open_folder: Path) -> DataFolder:
    """A data folder with a cluster and a database."""
    with claimed(open_folder / "data") as folder:
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
    assert not psutil.pid_exists(stubborn.pid)


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
