"""The real parts that tests of every room may ask for; none is started before a test does."""

from __future__ import annotations

import gc

import pytest
from xdist.remote import Producer  # type: ignore[import-untyped]  # it ships no types
from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]  # as above

gc.disable()  # What is read in before the first test stays until the last.
pytest_plugins = [
    "tests.postgres",
    "tests.temporal",
    "tests.office",
    "tests.shell",
    "tests.pages",
    "tests.chromium",
    "tests.looking",
]
JOURNEYS = "tests/journeys/"
LONG = (
    JOURNEYS,
    "tests/browser/test_looks.py",
    "tests/service/test_dev.py",
    "tests/browser/",
)
"""What mostly waits, or takes longest, begins first: the rest then fills the time beside it."""


class FilesAlone(LoadFileScheduling):  # type: ignore[misc]  # it ships no types
    """Files are handed to test processes whole, and the journeys together: a stack for each would be a start more."""

    def _split_scope(self, nodeid: str) -> str:
        return JOURNEYS if nodeid.startswith(JOURNEYS) else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling:
    """Hand out tests this way, whatever is asked for."""
    return FilesAlone(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long ones first."""

    def turn(item: pytest.Item) -> int:
        return next((turn for turn, long in enumerate(LONG) if item.nodeid.startswith(long)), len(LONG))

    items.sort(key=turn)


def pytest_collection_finish() -> None:
    """Look for garbage from here on, and in what comes from here on."""
    gc.freeze()
    gc.enable()
