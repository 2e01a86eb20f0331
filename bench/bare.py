"""The least that Temporal can do: an update with an empty local activity. Commands are compared with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from temporalio import activity, workflow

BARE_QUEUE: Final = "bench-bare"


@activity.defn
async def do_nothing() -> None:
    """Do nothing, as a local activity."""


@workflow.defn
class BareWorkflow:
    """Take updates for ever, each with an empty local activity."""

    @workflow.run
    async def run(self) -> None:
        """Wait until it is terminated."""
        await workflow.wait_condition(lambda: False)

    @workflow.update
    async def execute(self, word: str) -> str:
        """Answer with the word."""
        await workflow.execute_local_activity(do_nothing, start_to_close_timeout=timedelta(seconds=5))
        return word
