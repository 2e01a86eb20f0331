"""A request of Venlo that is there already, brought as far as a test wants by commands, as the people of the demo."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from domain.assignment import AcceptAssignment
from domain.command import Command
from domain.intake import Accept
from domain.planning import PlanMeeting
from domain.proposing import ProposeMoments
from domain.submitting import AskedQuestion, CoalitionChoice, Submit
from domain.words import MeetingKind, QuestionKind
from domain.working_time import ZONE
from storage.requests import Stored, load
from tests.pages import PagesHouse

VENLO = "GM0983"
WISH = "Wij zoeken hulp bij de start."


@dataclass(frozen=True, kw_only=True)
class Case:
    """A request in the house of the pages."""

    pages: PagesHouse
    request_id: str
    address: str

    async def give(self, who: str, command: Command) -> str:
        """Have somebody do something; the number of the first part it makes."""
        before = await self.stored()
        await self.pages.parts.giving.give(self.pages.accounts[who], self.request_id, command, key=uuid.uuid4().hex)
        return f"{before.request.version + 1}"

    def part(self, number: str) -> str:
        """The id of a part by its number."""
        return f"{self.request_id}/{number}"

    async def stored(self) -> Stored:
        """The request as it is now."""
        async with self.pages.parts.engine.connect() as connection:
            stored = await load(connection, self.request_id)
        assert stored
        return stored


async def asked(pages: PagesHouse) -> Case:
    """Venlo asked for support."""
    account = pages.accounts["venlo"]
    command = Submit(
        lead_municipality=VENLO,
        coalition=CoalitionChoice(name=f"Kansrijke Start Venlo {uuid.uuid4().hex[:6]}"),
        contact=account.person,
        text=WISH,
        questions=(AskedQuestion(kind=QuestionKind.START, text="Hoe beginnen we?"),),
    )
    given = await pages.parts.giving.submit(account, command, key=uuid.uuid4().hex)
    async with pages.parts.engine.connect() as connection:
        stored = await load(connection, given.request_id)
    assert stored
    return Case(pages=pages, request_id=given.request_id, address=f"/aanvragen/{stored.reference}")


async def under_way(pages: PagesHouse) -> Case:
    """Venlo has an advisor, who still has to come by."""
    case = await asked(pages)
    await case.give("staff", Accept(verified=True, lead_advisor=pages.accounts["advisor1"].person))
    await case.give("advisor1", AcceptAssignment(no_own_interest=True))
    return case


async def with_moments(pages: PagesHouse) -> tuple[Case, str]:
    """The advisor proposed two moments; with the number of the proposal."""
    case = await under_way(pages)
    moments = (a_moment(20), a_moment(21))
    return case, await case.give("advisor1", ProposeMoments(kind=MeetingKind.VISIT, moments=moments, place="Stadhuis"))


async def with_visit(pages: PagesHouse) -> tuple[Case, str]:
    """A visit is planned; with its number."""
    case = await under_way(pages)
    return case, await case.give("advisor1", PlanMeeting(kind=MeetingKind.VISIT, starts_at=a_moment(20)))


def a_moment(days: int) -> datetime:
    """Ten o'clock, so many days from now (UTC)."""
    day = datetime.now(ZONE).date() + timedelta(days=days)
    return datetime.combine(day, time(10), ZONE).astimezone(UTC)
