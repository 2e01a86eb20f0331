"""One part of the stack: how it is started, when it is ready, how it is asked to stop."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from service.dev.account import Account

GLANCE = 0.05
"""Seconds between two looks at a process or at a door that does not open yet."""


async def _at_once() -> bool:
    return True


def _nothing() -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class Part:
    """What the supervisor must know of a process. `log` is None for a part that writes to the terminal."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    account: Account = field(default_factory=Account)
    log: Path | None = None
    prepare: Callable[[], None] = _nothing
    is_ready: Callable[[], Awaitable[bool]] = _at_once
    stop_signal: signal.Signals = signal.SIGTERM
    stop_now_signal: signal.Signals = signal.SIGKILL
    patience: float = 15.0


Process = subprocess.Popen[bytes]


async def launch(part: Part) -> Process:
    """Start the process in a session of its own, so that Ctrl-C on the terminal reaches the supervisor alone."""
    await asyncio.to_thread(part.prepare)
    return _spawn(part)


async def end_of(process: Process) -> int:
    """Wait until the process has ended; its exit code."""
    while (code := process.poll()) is None:  # noqa: ASYNC110  # a process that ends sets no event
        await asyncio.sleep(GLANCE)
    return code


async def readiness_of(part: Part) -> None:
    """Wait until the part says that it is ready."""
    while not await part.is_ready():  # noqa: ASYNC110  # nor does a door that opens
        await asyncio.sleep(GLANCE)


async def stop(part: Part, process: Process, hurry: asyncio.Event) -> None:
    """Ask a process to stop and wait; when its patience ends or there is a hurry, make it stop."""
    for sign in (part.stop_signal, part.stop_now_signal, signal.SIGKILL):
        with suppress(ProcessLookupError):
            process.send_signal(sign)
        waits = {asyncio.ensure_future(end_of(process))}
        if sign is part.stop_signal:
            waits.add(asyncio.ensure_future(hurry.wait()))
        _, rest = await asyncio.wait(waits, timeout=part.patience, return_when=asyncio.FIRST_COMPLETED)
        for wait in rest:
            wait.cancel()
        if process.poll() is not None:
            return


def _spawn(part: Part) -> Process:
    with (part.log or Path(os.devnull)).open("ab") as file:
        output = file if part.log else None
        return subprocess.Popen(
            part.command,
            env=dict(part.environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/" if part.account else None,
            start_new_session=True,
            **part.account,
        )
