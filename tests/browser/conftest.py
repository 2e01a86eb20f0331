"""A house with the whole demo in it, and what happened there besides: something to see on every page."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import pytest_asyncio
from temporalio.testing import WorkflowEnvironment

from domain.intake import Accept
from domain.planning import PlanMeeting
from domain.submitting import AskedQuestion, CoalitionChoice, Submit
from domain.words import MeetingKind, QuestionKind
from domain.working_time import ZONE
from service.seed import load_demo
from storage.accounts import Account, Role, add_account
from storage.listing import RequestQuery, list_requests
from storage.references import load_of_reference
from tests.pages import PagesHouse, open_house

NEWCOMERS = {
    "deventer": ("Marit Hulshof", "GM0150"),
    "dordrecht": ("Pim Verhoeven", "GM0505"),
    "haarlem": ("Roos van Zanten", "GM0392"),
    "kerkrade": ("Yara Simons", "GM0928"),
    "goes": ("Lies Adriaanse", "GM0664"),
}
"""People of municipalities whose request is where the demo has nobody to look at it, and of one without a request."""


@pytest_asyncio.fixture(scope="session")
async def demo(postgres_server: Path, dev_server: WorkflowEnvironment) -> AsyncIterator[PagesHouse]:
    """The house with the demo, on a database of its own."""
    async with open_house(postgres_server, dev_server) as house:
        accounts: dict[str, Account] = dict(house.accounts)
        now = datetime.now(UTC)
        async with house.parts.engine.begin() as connection:
            for called, (name, code) in NEWCOMERS.items():
                email = f"{called}@startloket.test"
                grants = ((Role.MEMBER, code),)
                accounts[called] = await add_account(connection, name=name, email=email, grants=grants, now=now)
            await load_demo(connection, now)
        yield replace(house, accounts=accounts)


@pytest_asyncio.fixture(scope="session")
async def references(demo: PagesHouse) -> Mapping[str, str]:
    """The requests of the demo by municipality, `Venlo`; an earlier one as `Venlo, gesloten`."""
    today = datetime.now(ZONE).date()
    async with demo.parts.engine.connect() as connection:
        found = await list_requests(connection, demo.accounts["staff"].actor, RequestQuery(limit=100), today)
        known = {
            one.municipality_name + (", gesloten" if one.outcome else ""): one.reference for one in reversed(found.rows)
        }
        peel = await load_of_reference(connection, known["Peel en Maas"])
    assert peel
    await _take_in_one_more(demo)
    at_noon = datetime.combine(today, time(12), ZONE).astimezone(UTC)
    planned = PlanMeeting(kind=MeetingKind.SESSION, starts_at=at_noon, place="Gemeentehuis Panningen, raadzaal")
    await demo.parts.giving.give(demo.accounts["advisor1"], peel.request.id, planned, key=uuid.uuid4().hex)
    return known


async def _take_in_one_more(demo: PagesHouse) -> None:
    """A request that began here and left its first stage, so that there is a lead time to look at."""
    almere = demo.accounts["almere"]
    asked = Submit(
        lead_municipality="GM0034",
        coalition=CoalitionChoice(name="Kansrijke Start Almere Haven"),
        contact=almere.person,
        text="Wij willen ook in Haven beginnen.",
        questions=(AskedQuestion(kind=QuestionKind.START, text="Hoe beginnen we?"),),
    )
    given = await demo.parts.giving.submit(almere, asked, key=uuid.uuid4().hex)
    accepted = Accept(verified=True)
    await demo.parts.giving.give(demo.accounts["staff"], given.request_id, accepted, key=uuid.uuid4().hex)
