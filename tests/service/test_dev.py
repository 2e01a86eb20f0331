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


@pytest.mark.timeout(180)
def test_every_part_that_is_killed_comes_back_where_it_was_and_all_stop_together(dev: Dev) -> None:
    dev.reads("Startloket is ready")
    first = dev.runtime()
    assert list(first.parts) == ["postgres", "temporal", "provider", "worker", "api"]
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
    assert order == ["api", "worker", "provider", "temporal", "postgres"]
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
