"""The real parts that tests of every room may ask for; none is started before a test does."""

from __future__ import annotations

import pytest

pytest_plugins = ["tests.postgres", "tests.temporal", "tests.office", "tests.shell", "tests.pages", "tests.chromium"]
LONG = (
    "tests/journeys/test_outage.py",
    "tests/journeys/test_faults.py",
    "tests/service/test_dev.py",
    "tests/browser/",
    "tests/journeys/",
)
"""What mostly waits, or takes longest, begins first: the rest then fills the time beside it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long ones first."""

    def turn(item: pytest.Item) -> int:
        return next((turn for turn, long in enumerate(LONG) if item.nodeid.startswith(long)), len(LONG))

    items.sort(key=turn)
