"""The real parts that tests of every room may ask for; none is started before a test does."""

from __future__ import annotations

import pytest

pytest_plugins = [
    "tests.postgres",
    "tests.temporal",
    "tests.office",
    "tests.shell",
    "tests.pages",
    "tests.chromium",
    "tests.looking",
]
LONG = (
    "tests/journeys/test_outage.py",
    "tests/journeys/test_faults.py",
    "tests/service/test_dev.py",
    "tests/browser/",
    "tests/journeys/",
)
"""What mostly waits, or takes longest, begins first: the rest then fills the time beside it."""


COVERED = ("tests/domain/", "tests/workflows/")
"""Coverage is of the rooms that these are about, and they reach all of it; beside the others it only takes time."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long ones first, and count coverage where it is about."""
    for item in items:
        if not item.nodeid.startswith(COVERED):
            item.add_marker("no_cover")

    def turn(item: pytest.Item) -> int:
        return next((turn for turn, long in enumerate(LONG) if item.nodeid.startswith(long)), len(LONG))

    items.sort(key=turn)
