"""Keeps one support request alive for as long as it is open: it waits, wakes, and lets one thing happen at a time.

It decides nothing and remembers nothing: the log is the judge, and `Standing` is all it learns. It can be ended at any
moment, started anew, or find that the log went on without it; the next record brings it level. A change of what it
does must go through `workflow.patched`, because requests live longer than releases.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError, ApplicationErrorCategory

with workflow.unsafe.imports_passed_through():
    from workflows.messages import CATCH_UP, PASS_TIME, UNAVAILABLE, Activity, Envelope, Opening, Record, Standing
    from workflows.policies import FIRST_PAUSE, LONGEST_PAUSE, RECORD


@workflow.defn
class SupportRequestWorkflow:
    """Keep one support request alive; know nothing about it but where it stands and when to wake."""

    @workflow.init
    def __init__(self, opening: Opening) -> None:
        self.request_id = opening.request_id
        self.standing = Standing()
        self.is_behind = True
        self.pause = FIRST_PAUSE
        self.turn = asyncio.Lock()

    @workflow.run
    async def run(self, opening: Opening) -> str | None:
        """Follow the request until it is closed; answer with its outcome."""
        while await self.has_something_to_keep():
            if workflow.info().is_continue_as_new_suggested():
                await workflow.wait_condition(workflow.all_handlers_finished)
                workflow.continue_as_new(opening)
            if self.is_behind:
                await self.catch_up()
            elif due := await self.sleep():
                await self.pass_time(due)
        return self.standing.outcome

    @workflow.update
    async def execute(self, envelope: Envelope) -> int:
        """Have one command recorded, in turn; answer with the version it led to.

        Raises ApplicationError: the refusal as the log gave it, or `UNAVAILABLE`.
        """
        async with self.turn:
            return (await self.record(envelope)).version

    @workflow.signal
    def look_again(self) -> None:
        """Hear that the log may have gone on without us."""
        self.is_behind = True

    @workflow.query
    def get_standing(self) -> Standing:
        """Say where the request stood when we last looked."""
        return self.standing

    async def has_something_to_keep(self) -> bool:
        """Say False once closed, or never submitted, and nobody is at work who may change that."""

        def is_known() -> bool:
            return self.is_behind or self.standing.is_open or workflow.all_handlers_finished()

        await workflow.wait_condition(is_known)
        return self.is_behind or self.standing.is_open

    async def sleep(self) -> datetime | None:
        """Wait until the waking moment comes, and answer with it; None when something else asks to look up."""
        waking = self.standing.wake_at
        timeout = None if waking is None else max(waking - workflow.now(), timedelta())

        def has_reason_to_look_up() -> bool:
            is_other = self.standing.wake_at != waking or not self.standing.is_open
            return is_other or self.is_behind or workflow.info().is_continue_as_new_suggested()

        try:
            await workflow.wait_condition(has_reason_to_look_up, timeout=timeout)
        except TimeoutError:
            return waking
        return None

    async def catch_up(self) -> None:
        """Look where the log stands, unless a command that went before has told us."""
        async with self.turn:
            is_level = not self.is_behind or await self.try_to(CATCH_UP)
        await self.rest_unless(is_level)

    async def pass_time(self, due: datetime) -> None:
        """Let time do what was due at this moment, unless a command that went before has moved it."""

        def is_due() -> bool:
            return self.standing.is_open and self.standing.wake_at == due

        async with self.turn:
            if is_due():
                await self.try_to(PASS_TIME)
        await self.rest_unless(not is_due())

    async def try_to(self, what: str) -> bool:
        """Record what nobody asked for, and say whether that went well.

        Whatever went wrong may not leave here: it would fail the workflow.
        """
        try:
            await self.record(Envelope(request_id=self.request_id, type=what))
        except ApplicationError as error:
            workflow.logger.warning("record_failed", extra={"command": what, "code": error.type})
            return False
        return True

    async def rest_unless(self, is_well: bool) -> None:
        """Rest outside the turn when the log is away, or when a mistake in a rule left time where it was.

        Longer each time, up to ten minutes; a command that gets through ends the rest, for it shows that all is well.
        """
        if is_well:
            self.pause = FIRST_PAUSE
            return
        before = self.standing
        with suppress(TimeoutError):
            await workflow.wait_condition(lambda: self.standing != before, timeout=self.pause)
        self.pause = min(self.pause * 2, LONGEST_PAUSE)

    async def record(self, envelope: Envelope) -> Standing:
        """Let the log judge and write, then stand where it says we stand. Only for who has the turn."""
        was_behind, self.is_behind = self.is_behind, False
        try:
            self.standing = await self.ask_the_log(envelope)
        except ApplicationError:
            self.is_behind = self.is_behind or was_behind
            raise
        workflow.set_current_details(describe(self.standing))
        return self.standing

    async def ask_the_log(self, envelope: Envelope) -> Standing:
        """Call the doer `record`, as of now."""
        command = Record(envelope=envelope, at=workflow.now())
        try:
            standing: Standing = await workflow.execute_local_activity(
                Activity.RECORD, command, result_type=Standing, **RECORD
            )
        except ActivityError as error:  # A timeout comes wrapped, a refusal comes bare.
            raise ApplicationError(
                UNAVAILABLE, type=UNAVAILABLE, non_retryable=True, category=ApplicationErrorCategory.BENIGN
            ) from error
        return standing


def describe(standing: Standing) -> str:
    """Tell an operator in one line of Markdown where a request stands."""
    if not standing.version:
        return "never recorded"
    parts = [f"**{standing.stage}**", f"version {standing.version}"]
    if standing.outcome:
        parts.append(standing.outcome)
    if standing.wake_at:
        parts.append(f"wakes {standing.wake_at:%Y-%m-%d %H:%M} UTC")
    return " · ".join(parts)
