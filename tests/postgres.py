"""One real PostgreSQL for a whole test session, migrated once, with a database of its own for each test process.

The server starts when the first test asks for it, so that tests of the domain wait for nothing. It has no fsync: what
it holds is thrown away. Processes of pytest-xdist share it: the first to need it starts it under a file lock, the
main process stops it at the end.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import pytest_asyncio
from psycopg import sql
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from service.dev import postgres
from storage.database import open_engine
from storage.migrations.run import migrate

TEMPLATE = "startloket_template"
FOLDER_KEY = "startloket_postgres"
FOLDER = pytest.StashKey[Path]()
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
}


class FolderForWorkers:
    """Tell each process of pytest-xdist where the server of this session is or will be."""

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: object) -> None:
        """Called by pytest-xdist in the main process before it starts another."""
        config: pytest.Config = node.config  # type: ignore[attr-defined]  # xdist's WorkerController has no stubs
        node.workerinput[FOLDER_KEY] = str(config.stash[FOLDER])  # type: ignore[attr-defined]


def pytest_configure(config: pytest.Config) -> None:
    """Choose the folder of the server; nothing is started yet."""
    given = getattr(config, "workerinput", {}).get(FOLDER_KEY)
    config.stash[FOLDER] = Path(given) if given else Path(tempfile.mkdtemp(prefix="startloket-pg-"))
    if not given:
        config.pluginmanager.register(FolderForWorkers())


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server, in the main process, after the last test of all."""
    if hasattr(config, "workerinput"):
        return
    folder = config.stash[FOLDER]
    postgres.stop(folder / "data")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder for a PostgreSQL of a test's own; every run of pytest shuts its own folders to PostgreSQL's account."""
    with tempfile.TemporaryDirectory(prefix="startloket-") as place:
        yield Path(place)


@pytest.fixture(scope="session")
def postgres_server(request: pytest.FixtureRequest) -> Path:
    """The data folder of a running server that holds the migrated template."""
    folder = request.config.stash[FOLDER]
    data = folder / "data"
    with _alone(folder / "lock"):
        if not (folder / "migrated").exists():
            postgres.create_cluster(data, durable=False)
            postgres.start(data, log=folder / "postgres.log", options=FAST)
            postgres.create_database(data, TEMPLATE)
            migrate(postgres.database_url(data, TEMPLATE))
            _close_template(data)
            (folder / "migrated").touch()
    return data


@pytest.fixture(scope="session")
def database_url(postgres_server: Path) -> str:
    """A migrated database of this test process, as a SQLAlchemy URL; leave nothing behind in it."""
    return _clone(postgres_server, f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")


@pytest.fixture
def fresh_database_url(postgres_server: Path) -> Iterator[str]:
    """A migrated database for one test alone, for what commits; gone afterwards (about 50 ms)."""
    with fresh_database(postgres_server) as url:
        yield url


@contextmanager
def fresh_database(server: Path) -> Iterator[str]:
    """A migrated database for as long as the caller needs it."""
    name = f"test_{uuid.uuid4().hex}"
    yield _clone(server, name)
    with _administration(server) as connection:
        connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on the database of this test process."""
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """A connection whose work is rolled back after the test."""
    with engine.connect() as connection:
        transaction = connection.begin()
        yield connection
        transaction.rollback()


@pytest_asyncio.fixture(scope="session")
async def async_engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    """The engine of the service itself, on the database of this test process."""
    engine = open_engine(database_url, pool_size=5)
    yield engine
    await engine.dispose()


@pytest_asyncio.fixture
async def async_connection(async_engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """An asynchronous connection whose work is rolled back after the test."""
    async with async_engine.connect() as connection:
        transaction = await connection.begin()
        yield connection
        await transaction.rollback()


def _close_template(data: Path) -> None:
    """A database that somebody is connected to cannot be cloned."""
    with _administration(data) as connection:
        connection.execute(sql.SQL("alter database {} allow_connections false").format(sql.Identifier(TEMPLATE)))
        connection.execute(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = %s", [TEMPLATE]
        )


def _clone(data: Path, name: str) -> str:
    with _administration(data) as connection:
        clone = sql.SQL("create database {} template {} strategy file_copy")
        connection.execute(clone.format(sql.Identifier(name), sql.Identifier(TEMPLATE)))
    return postgres.database_url(data, name)


@contextmanager
def _administration(data: Path) -> Iterator[psycopg.Connection]:
    with psycopg.connect(
        postgres.database_url(data, "postgres").replace("+psycopg", ""), autocommit=True
    ) as connection:
        yield connection


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
