"""A progress bar for who waits: it appears after a second, on a terminal."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress

PATIENCE = 1.0


@contextmanager
def shown_progress(
    what: str, console: Console | None = None, *, patience: float = PATIENCE
) -> Iterator[Callable[[int, int], None]]:
    """Give a function that is told how many are done, of how many; before that `patience` (seconds) nothing shows."""
    console = console or Console(stderr=True)
    started = time.monotonic()
    with Progress(console=console, transient=True, disable=not console.is_terminal, auto_refresh=False) as bar:
        task = bar.add_task(what, total=None, visible=False)

        def on_progress(done: int, total: int) -> None:
            if time.monotonic() - started >= patience:
                bar.update(task, completed=done, total=total, visible=True, refresh=True)

        yield on_progress
