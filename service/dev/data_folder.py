"""The data folder of `startloket dev`: one folder, one supervisor, two stores that belong together.

PostgreSQL and Temporal are one unit. What must outlive a restart but is no data (ports, whether demo data were
loaded) is kept in `stack.json`.
"""

from __future__ import annotations

import fcntl
import json
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import sample

from service.cli_failure import Failure
from service.dev import postgres

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class Stack:
    """What is kept between two starts; `prepared` once a first start came to its end."""

    prepared: bool = False
    has_demo: bool = False
    ports: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class DataFolder:
    """Where everything lies."""

    path: Path

    @property
    def postgres(self) -> Path:
        """The cluster of PostgreSQL."""
        return self.path / "postgres"

    @property
    def temporal(self) -> Path:
        """The database file of Temporal."""
        return self.path / "temporal.db"

    def log(self, part: str) -> Path:
        """The log of a part that does not write to the terminal."""
        return self.path / "log" / f"{part}.log"

    def read_stack(self) -> Stack:
        """What an earlier start kept."""
        try:
            return Stack(**json.loads((self.path / "stack.json").read_text()))
        except FileNotFoundError:
            return Stack()

    def keep_stack(self, stack: Stack) -> None:
        """Keep this for the next start."""
        fresh = self.path / "stack.json.new"
        fresh.write_text(json.dumps(asdict(stack), indent=2) + "\n")
        fresh.replace(self.path / "stack.json")

    def missing_half(self) -> str | None:
        """PostgreSQL and Temporal are one unit: the name of the one that is gone while the other is still there.

        None as long as no first start came to its end.
        """
        halves = {"PostgreSQL": postgres.exists(self.postgres), "Temporal": self.temporal.exists()}
        gone = [name for name, is_there in halves.items() if not is_there]
        return gone[0] if self.read_stack().prepared and len(gone) == 1 else None


@contextmanager
def claimed(path: Path) -> Iterator[DataFolder]:
    """Make the folder where needed and keep every other `startloket dev` out of it, also after a kill -9 of this one.

    Raises Failure when another one runs on it, or when it belongs to somebody else.
    """
    path = path.resolve()
    try:
        (path / "log").mkdir(parents=True, exist_ok=True)
        opened = (path / "lock").open("w")
    except PermissionError:
        raise Failure(f"{path} belongs to another user.", "Choose another folder: make run DATA=other") from None
    with opened as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failure(
                f"Startloket already runs on {path}.",
                "Stop it first (Ctrl-C where it runs), or choose another folder: make run DATA=other PORT=8001",
            ) from None
        yield DataFolder(path)


OURS = range(20_000, 32_768)
"""Ports that Linux, macOS and Windows do not hand out to who asks for any."""


def is_free(port: int) -> bool:
    """A server could listen on this port of the loopback address now."""
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def choose_ports(kept: dict[str, int], names: tuple[str, ...]) -> dict[str, int]:
    """A port for each name: the one kept from before when it is still free, else any free one.

    Below those that a system hands out itself: it would give them to somebody else while their server starts again.
    """
    chosen = {name: kept[name] for name in names if name in kept and is_free(kept[name])}
    free = (port for port in sample(OURS, len(OURS)) if port not in chosen.values() and is_free(port))
    return chosen | {name: next(free) for name in names if name not in chosen}
