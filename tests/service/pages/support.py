"""Requests that are under way, to try the pages of advisors on."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.assignment import AcceptAssignment
from domain.command import Command
from domain.handing_over import Reassign, ReplacedReason
from domain.intake import Accept
from domain.planning import PlanMeeting
from domain.request import SupportRequest
from domain.submitting import AskedQuestion, CoalitionChoice, Submit
from domain.text import PartId
from domain.words import MeetingKind, QuestionKind, Side
from storage.accounts import Account
from storage.database import AsyncConnection
from storage.requests import Stored, load
from tests.pages import PagesHouse

VENLO = "GM0983"


@dataclass(frozen=True, kw_only=True)
class Support:
    """A request with its people, at the house."""

    house: PagesHouse
    id: str
    reference: str

    @property
    def address(self) -> str:
        """Its page."""
        return f"/aanvragen/{self.reference}"

    def page(self, segment: str, part: PartId = "") -> str:
        """The page of a deed, about a part of it."""
        return f"{self.address}/{segment}" + (f"?over={part.rpartition('/')[2]}" if part else "")

    async def give(self, who: str, command: Command) -> None:
        """Have somebody do something."""
        await self.house.parts.giving.give(self.house.accounts[who], self.id, command, key=uuid.uuid4().hex)

    async def request(self) -> SupportRequest:
        """The request as it is now."""
        async with _connected(self.house) as connection:
            return (await _loaded(connection, self.id)).request

    async def visit_held(self, *, begins_in: timedelta = -timedelta(hours=1), minutes: Side = Side.ADVISOR) -> PartId:
        """Plan a visit, that has begun already unless it begins later; give its id."""
        begins = datetime.now(UTC) + begins_in
        plan = PlanMeeting(kind=MeetingKind.VISIT, starts_at=begins, place="Stadhuis", minutes=minutes)
        await self.give("advisor1", plan)
        return list((await self.request()).meetings)[-1]

    async def replace_lead(self, who: str) -> None:
        """Give the request to another lead advisor, who takes it on."""
        reason = ReplacedReason.ABSENT
        await self.give("staff", Reassign(reason=reason, lead_advisor=self.house.accounts[who].person))
        await self.give(who, AcceptAssignment(no_own_interest=True))


async def submitted(house: PagesHouse, *, by: Account | None = None, municipality: str = VENLO) -> Support:
    """A request, of Venlo unless somebody else asks, that staff have still to judge."""
    account = by or house.accounts["venlo"]
    given = await house.parts.giving.submit(
        account,
        Submit(
            lead_municipality=municipality,
            coalition=CoalitionChoice(name=f"Kansrijke Start {uuid.uuid4().hex[:6]}"),
            contact=account.person,
            text="Wij zoeken hulp bij de start.",
            questions=(AskedQuestion(kind=QuestionKind.START, text="Hoe beginnen we?"),),
        ),
        key=uuid.uuid4().hex,
    )
    async with _connected(house) as connection:
        reference = (await _loaded(connection, given.request_id)).reference
    return Support(house=house, id=given.request_id, reference=reference)


async def asked(house: PagesHouse) -> Support:
    """A request of Venlo that advisor1 is asked to take on."""
    support = await submitted(house)
    await support.give("staff", Accept(verified=True, lead_advisor=house.accounts["advisor1"].person))
    return support


async def under_way(house: PagesHouse) -> Support:
    """A request of Venlo in VISIT, with advisor1 in the lead."""
    support = await asked(house)
    await support.give("advisor1", AcceptAssignment(no_own_interest=True))
    return support


@asynccontextmanager
async def _connected(house: PagesHouse) -> AsyncIterator[AsyncConnection]:
    async with house.parts.engine.connect() as connection:
        yield connection


async def _loaded(connection: AsyncConnection, request_id: str) -> Stored:
    stored = await load(connection, request_id)
    assert stored is not None
    return stored
