"""How often and how long the shell tries, each with its reason. Who tries stands with the workflows."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from temporalio.common import RetryPolicy
from temporalio.workflow import ActivityConfig, LocalActivityConfig

# About 8 seconds: long enough for PostgreSQL to fail over a connection, short enough to answer a person who waits.
# Bound by attempts, because `schedule_to_close_timeout` does not stop the fast retries of a local activity; never
# endless, because retrying locally grows the history by 20 to 45 events a minute.
RECORD: Final = LocalActivityConfig(
    start_to_close_timeout=timedelta(seconds=5),
    retry_policy=RetryPolicy(
        initial_interval=timedelta(milliseconds=200),
        backoff_coefficient=2,
        maximum_interval=timedelta(seconds=2),
        maximum_attempts=7,
    ),
)

# What the shell does by itself it tries for ever, because nobody else would: soon at first, later without haste.
FIRST_PAUSE: Final = timedelta(seconds=15)
LONGEST_PAUSE: Final = timedelta(minutes=10)

# A mail server that is down on Friday evening is back on Monday morning.
DELIVER: Final = ActivityConfig(
    schedule_to_close_timeout=timedelta(days=3),
    start_to_close_timeout=timedelta(minutes=1),
    retry_policy=RetryPolicy(
        initial_interval=timedelta(seconds=30),
        backoff_coefficient=2,
        maximum_interval=timedelta(hours=1),
    ),
)

# For ever, on purpose: a delivery whose outcome is not written down would be lost in silence.
SETTLE_DELIVERY: Final = ActivityConfig(
    start_to_close_timeout=timedelta(seconds=10),
    retry_policy=RetryPolicy(
        initial_interval=timedelta(seconds=1),
        backoff_coefficient=2,
        maximum_interval=timedelta(minutes=10),
    ),
)

# A killed worker's requests must be answered by another one within the 15 seconds that the door waits: for whoever
# starts a workflow, and for whoever runs a worker.
WORKFLOW_TASK_TIMEOUT: Final = timedelta(seconds=5)
STICKY_SCHEDULE_TO_START: Final = timedelta(seconds=2)
