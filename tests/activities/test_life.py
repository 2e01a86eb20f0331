"""A whole life of a request: eighteen months with the real doer, a real PostgreSQL and a server that skips waiting."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest_asyncio
from temporalio.testing import WorkflowEnvironment

from domain.assignment import AcceptAssignment
from domain.command import Command
from domain.embedding import AnswerCheckIn
from domain.finishing import FinishSupport, PlannedCheckIn
from domain.intake import Accept
from domain.kickoffs import AnsweredBy, SkipVisit
from domain.parts import CheckInAnswer, CheckInStatus, ProposalStatus
from domain.proposing import ProposeMoments
from domain.request import SupportRequest
from domain.talking import Settlement, SettleQuestion
from domain.words import Capacity, MeetingKind
from storage.calendar import build_calendar
from tests.domain.journey import submission
from tests.office import Office
from tests.shell import Shell

A_DAY = timedelta(days=1)
REQUEST_ID = "01890000-0000-7000-8000-0000000000aa"
WHAT_TIME_BRINGS = {
    "TaskReminded",
    "TaskEscalated",
    "CallAsked",
    "MomentsPassed",
    "CheckInOpened",
    "CheckInLapsed",
    "EvaluationLapsed",
    "RequestClosed",
}


class Life:
    """One request on a server where waiting takes no time."""

    def __init__(self, shell: Shell, server: WorkflowEnvironment) -> None:
        self.shell, self.server = shell, server

    async def give(self, who: str, command: Command) -> None:
        """Give a command now."""
        await self.shell.give(who, REQUEST_ID, command, await self.server.get_current_time())

    async def wait(self, days: float) -> None:
        """Let days go by."""
        await self.server.sleep(days * A_DAY)

    async def day(self, distance: int) -> date:
        """The day so many days from now."""
        return build_calendar().today(await self.server.get_current_time() + distance * A_DAY)

    async def request(self) -> SupportRequest:
        """The request as it stands."""
        return await self.shell.office.request(REQUEST_ID)


@pytest_asyncio.fixture
async def life(office: Office, time_skipping: WorkflowEnvironment) -> AsyncIterator[Life]:
    """A life that has yet to begin."""
    shell = Shell(office=office, client=time_skipping.client)
    async with shell.at_work():
        yield Life(shell, time_skipping)


async def test_a_request_lives_for_eighteen_months_and_nobody_has_to_watch_it(life: Life) -> None:
    born = await life.server.get_current_time()
    await taken_after_a_reminder(life)
    await moments_that_nobody_chose(life)
    await finished(life)
    await life.wait(400)

    assert await life.shell.workflow(REQUEST_ID).result() == "COMPLETED"
    events = await life.shell.office.events(REQUEST_ID)
    brought = [event for event in events if event.capacity is Capacity.TIME]
    assert {event.type for event in brought} == WHAT_TIME_BRINGS
    assert Counter(event.type for event in events)["CheckInOpened"] == 3
    assert all(build_calendar().within_hours(event.at) for event in brought)
    assert events[-1].at - born > timedelta(days=450)
    assert [event.at for event in events] == sorted(event.at for event in events)
    assert await life.shell.office.value("select count(*) from task") == 0


async def taken_after_a_reminder(life: Life) -> None:
    """Staff and advisor both let their term pass."""
    await life.give("venlo", submission())
    await life.wait(21)
    await life.give("staff", Accept(verified=True, lead_advisor=life.shell.office.person("advisor")))
    await life.wait(14)
    await life.give("advisor", AcceptAssignment(no_own_interest=True))


async def moments_that_nobody_chose(life: Life) -> None:
    """The municipality does not choose; in the end a phone call has answered all."""
    now = await life.server.get_current_time()
    await life.give("advisor", ProposeMoments(kind=MeetingKind.VISIT, moments=(now + 40 * A_DAY, now + 42 * A_DAY)))
    await life.wait(50)
    assert [one.status for one in (await life.request()).proposals.values()] == [ProposalStatus.PASSED]
    await life.give("advisor", SkipVisit(answered_by=AnsweredBy.PHONE, text="Telefonisch besproken."))


async def finished(life: Life) -> None:
    """Three look-backs: one is answered, the others lapse."""
    for question in (await life.request()).unsettled:
        settlement = SettleQuestion(question=question.id, settlement=Settlement.ANSWERED, result="Besproken.")
        await life.give("advisor", settlement)
    days = [await life.day(distance) for distance in (90, 180, 330)]
    check_ins = tuple(PlannedCheckIn(opens_on=day) for day in days)
    await life.give("advisor", FinishSupport(check_ins=check_ins, reason="Ouders worden nog gezocht."))
    while not (
        opened := [one for one in (await life.request()).check_ins.values() if one.status is CheckInStatus.OPEN]
    ):
        await life.wait(7)
    [first] = opened
    await life.give("venlo", AnswerCheckIn(check_in=first.id, answer=CheckInAnswer(coalition_meets=True)))
