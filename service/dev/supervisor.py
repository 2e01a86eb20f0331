"""Start parts in order, keep them running, stop them in reverse: a small supervisor for one machine.

A part that cannot start at the first attempt is a mistake that must be seen: it ends the whole. A part that dies later
is started again, at once the first time and after a growing pause when it keeps dying.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import psutil  # type: ignore[import-untyped]  # it ships no types
import structlog

from service.cli_failure import Failure
from service.dev.part import Part, Process, end_of, launch, readiness_of, stop
from service.dev.runtime import Running

START_PATIENCE = 60.0
"""Seconds in which a part must be ready at the first start."""
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0
STEADY = 30.0
"""Seconds after which a part that dies counts as having run well."""

log = structlog.get_logger(__name__)


@dataclass
class _Kept:
    part: Part
    process: Process
    watch: asyncio.Task[None] | None = None


class Supervisor:
    """The parent of all parts; `on_change` hears which processes run each time one of them is another."""

    def __init__(self, on_change: Callable[[dict[str, Running]], None]) -> None:
        self._on_change = on_change
        self._kept: dict[str, _Kept] = {}
        self._hurry = asyncio.Event()
        self.is_stopping = False

    async def start(self, part: Part) -> None:
        """Start a part, wait until it is ready, and keep it running from then on.

        Raises Failure when it ends or is not ready in time.
        """
        await self.launch(part)
        await self.ready(part)

    async def launch(self, part: Part) -> None:
        """Start a part that `ready` will wait for, so that other things can be done meanwhile."""
        self._kept[part.name] = _Kept(part, await launch(part))
        self._tell()

    async def ready(self, part: Part) -> None:
        """Wait until a launched part is ready, and keep it running from then on.

        Raises Failure when it ends or is not ready in time.
        """
        kept = self._kept[part.name]
        await _ready_or_failed(part, kept.process)
        kept.watch = asyncio.create_task(self._watch(kept))

    async def execute(self, part: Part) -> None:
        """Run something that ends by itself, such as a migration.

        Raises Failure when it does not end well.
        """
        process = await launch(part)
        try:
            code = await end_of(process)
        except asyncio.CancelledError:
            await stop(part, process, self._hurry)
            raise
        if code:
            raise Failure(f"`startloket {part.name}` did not succeed (exit code {code}).", "What it said stands above.")

    async def stop(self) -> None:
        """Stop all parts, the last started first, and let none of them start again."""
        self.is_stopping = True
        for kept in self._kept.values():
            if kept.watch:
                kept.watch.cancel()
                with suppress(asyncio.CancelledError):
                    await kept.watch
        for name in reversed(list(self._kept)):
            kept = self._kept[name]
            log.info("part_stopping", part=name)
            await stop(kept.part, kept.process, self._hurry)
            del self._kept[name]
            self._tell()

    def hurry(self) -> None:
        """Wait for nothing any more; what is committed stays, all else may be cut off."""
        self._hurry.set()

    async def _watch(self, kept: _Kept) -> None:
        pause = FIRST_PAUSE
        while True:
            started = time.monotonic()
            code = await end_of(kept.process)
            if time.monotonic() - started > STEADY:
                pause = FIRST_PAUSE
            log.warning("part_died", part=kept.part.name, exit_code=code, restart_in=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            await self._relaunch(kept)

    async def _relaunch(self, kept: _Kept) -> None:
        try:
            kept.process = await launch(kept.part)
        except Exception:  # e.g. the old server's last process lives still: the next turn tries again
            log.exception("part_did_not_start", part=kept.part.name)
            return
        self._tell()
        log.info("part_restarted", part=kept.part.name, pid=kept.process.pid)

    def _tell(self) -> None:
        self._on_change({name: running(kept.process.pid) for name, kept in self._kept.items()})


def running(pid: int) -> Running:
    """A process, with the moment it started, which tells it from a later one with the same number."""
    try:
        return Running(pid=pid, started=psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return Running(pid=pid, started=0.0)


async def _ready_or_failed(part: Part, process: Process) -> None:
    ready, ended = asyncio.create_task(readiness_of(part)), asyncio.create_task(end_of(process))
    try:
        await asyncio.wait({ready, ended}, timeout=START_PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        if ready.done() and not ended.done():
            return ready.result()
        what = f"ended with exit code {process.returncode}" if ended.done() else "was not ready in time"
        raise Failure(f"{part.name} {what}.", _last_words(part))
    finally:
        ready.cancel()
        ended.cancel()


def _last_words(part: Part) -> str:
    if part.log is None:
        return "What it said stands above."
    return f"The end of {part.log}:\n{part.log.read_text(errors='replace')[-1500:]}"
