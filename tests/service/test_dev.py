"""`startloket dev`: everything comes up, what dies comes back where it was, and nothing is left behind.

The parts are the real ones. A test waits for a line that is written, and for nothing else.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it ships no types
import pytest

from service.dev import postgres
from service.dev.data_folder import choose_ports, claimed
from service.dev.runtime import Running, Runtime, read_runtime

REPOSITORY = Path(__file__).parents[2]


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
def dev(open_folder: Path) -> Iterator[Dev]:
    """A `startloket dev` that begins to start; it is stopped when the test has not done so."""
    dev = Dev(open_folder / "data", free_port())
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


@pytest.mark.timeout(240)
def test_it_comes_up_again_after_whatever_ends_it(dev: Dev) -> None:
    """One folder through three starts, for a start is what takes long: each is ended in another way."""
    dev.reads("Startloket is ready")
    first = every_part_that_is_killed_comes_back_where_it_was(dev)
    all_stop_together_the_last_started_first(dev)

    second = Dev(dev.data, dev.port)
    second.reads("Startloket is ready")
    assert second.runtime().environment == first.environment
    assert second.ready_status() == 200
    orphans = second.runtime().parts
    second.process.kill()

    third = Dev(dev.data, dev.port)
    third.reads("PostgreSQL")
    assert not any(lives(part) for part in orphans.values())
    in_a_hurry_nothing_is_left_either(third)
    second.rest()


def every_part_that_is_killed_comes_back_where_it_was(dev: Dev) -> Runtime:
    """Kill each; what runs afterwards."""
    first = dev.runtime()
    assert list(first.parts) == ["postgres", "temporal", "provider", "worker", "api"]
    for name, part in first.parts.items():
        os.kill(part.pid, signal.SIGKILL)
        dev.reads("part_restarted", name)
    second = dev.runtime()
    assert second.environment == first.environment
    assert {name for name, part in second.parts.items() if part != first.parts[name]} == set(first.parts)
    return second


def all_stop_together_the_last_started_first(dev: Dev) -> None:
    """Ask it to stop."""
    parts = dev.runtime().parts
    dev.process.send_signal(signal.SIGTERM)
    output = dev.rest()
    assert dev.process.returncode == 0
    order = [name for line in output.splitlines() if "part_stopping" in line for name in parts if name in line]
    assert order == ["api", "worker", "provider", "temporal", "postgres"]
    assert not any(lives(part) for part in parts.values())
    assert read_runtime(dev.data) is None


def in_a_hurry_nothing_is_left_either(dev: Dev) -> None:
    """Ask it twice."""
    parts = dev.runtime().parts
    dev.process.send_signal(signal.SIGINT)
    dev.process.send_signal(signal.SIGTERM)
    dev.rest()
    assert dev.process.returncode == 0
    assert not any(lives(part) for part in parts.values())


def test_a_port_that_is_taken_is_said_and_nothing_starts(open_folder: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        dev = Dev(open_folder / "data", port)
        output = dev.rest()
    assert dev.process.returncode == 1
    assert f"Port {port} is in use." in output
    assert f"make run PORT={port + 1}" in output
    assert not postgres.exists(open_folder / "data" / "postgres")


def test_two_on_one_folder_are_refused(open_folder: Path) -> None:
    with claimed(open_folder / "data"):
        dev = Dev(open_folder / "data", free_port())
        output = dev.rest()
    assert dev.process.returncode == 1
    assert "Startloket already runs on" in output
