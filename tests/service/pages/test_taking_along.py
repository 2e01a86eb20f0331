"""A request on paper and as a file: who may have it, and that it holds what they may see and nothing else."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime

import pytest

from domain.assignment import AcceptAssignment
from domain.command import Command
from domain.intake import Accept
from domain.planning import PlanMeeting
from domain.request import SupportRequest
from domain.submitting import AskedQuestion, CoalitionChoice, Submit
from domain.talking import TakeNote
from domain.timeline import plain, timeline
from domain.views import view
from domain.words import MeetingKind, QuestionKind
from storage.log import read_events
from storage.requests import load
from tests.pages import PagesHouse

SECRET = "Dit blijft tussen ons."


@pytest.fixture
async def request_and_reference(pages: PagesHouse) -> tuple[str, str]:
    """A request of Maastricht with a note that is the programme's own: its id, and what people call it."""
    maastricht, staff = pages.accounts["maastricht"], pages.accounts["staff"]
    command = Submit(
        lead_municipality="GM0935",
        coalition=CoalitionChoice(name=f"Coalitie {uuid.uuid4().hex[:8]}"),
        contact=maastricht.person,
        text="Wij zoeken <b>hulp</b> bij de start.",
        questions=(AskedQuestion(kind=QuestionKind.START),),
    )
    given = await pages.parts.giving.submit(maastricht, command, key=uuid.uuid4().hex)
    note = TakeNote(text=SECRET, internal=True)
    await pages.parts.giving.give(staff, given.request_id, note, key=uuid.uuid4().hex)
    async with pages.parts.engine.connect() as connection:
        stored = await load(connection, given.request_id)
    assert stored is not None
    return given.request_id, stored.reference


async def visit_is_planned(pages: PagesHouse, request_id: str) -> None:
    """An advisor took on the request, and planned a visit."""
    advisor = pages.accounts["advisor1"]
    steps: tuple[tuple[str, Command], ...] = (
        ("staff", Accept(verified=True, lead_advisor=advisor.person)),
        ("advisor1", AcceptAssignment(no_own_interest=True)),
        ("advisor1", PlanMeeting(kind=MeetingKind.VISIT, levels=(), starts_at=datetime(2030, 2, 5, 9, tzinfo=UTC))),
    )
    for who, command in steps:
        await pages.parts.giving.give(pages.accounts[who], request_id, command, key=uuid.uuid4().hex)


async def request_of(pages: PagesHouse, request_id: str) -> SupportRequest:
    """The request as it stands."""
    async with pages.parts.engine.connect() as connection:
        stored = await load(connection, request_id)
    assert stored is not None
    return stored.request


@pytest.mark.parametrize("who", ["maastricht", "staff"])
async def test_the_data_are_exactly_the_view_and_the_timeline_of_this_person(
    pages: PagesHouse, request_and_reference: tuple[str, str], who: str
) -> None:
    request_id, reference = request_and_reference
    answer = await (await pages.visitor(who)).get(f"/aanvragen/{reference}/bestand/gegevens")

    data, actor = json.loads(answer.text), pages.accounts[who].actor
    request = await request_of(pages, request_id)
    async with pages.parts.engine.connect() as connection:
        events = await read_events(connection, request_id)
    today = pages.parts.calendar.today(request.submitted_at or events[0].at)
    assert data["request"] == plain(view(request, actor, today))
    assert data["timeline"] == [plain(item) for item in timeline(events, request, actor)]
    assert answer.headers["content-disposition"] == f'attachment; filename="{reference}.json"'
    assert (SECRET in answer.text) is (who == "staff")


@pytest.mark.parametrize(("who", "reads_secret"), [("maastricht", False), ("staff", True)])
async def test_the_readable_file_stands_by_itself_and_shows_text_as_text(
    pages: PagesHouse, request_and_reference: tuple[str, str], who: str, *, reads_secret: bool
) -> None:
    _, reference = request_and_reference
    answer = await (await pages.visitor(who)).get(f"/aanvragen/{reference}/bestand/leesbaar")

    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]
    assert "Wij zoeken &lt;b&gt;hulp&lt;/b&gt; bij de start." in answer.text
    assert (SECRET in answer.text) is reads_secret
    for outside in ("<script", "<link", "<img", "href="):
        assert outside not in answer.text


@pytest.mark.parametrize("who", ["maastricht", "staff"])
async def test_what_is_internal_never_comes_on_paper(
    pages: PagesHouse, request_and_reference: tuple[str, str], who: str
) -> None:
    request_id, reference = request_and_reference
    await visit_is_planned(pages, request_id)
    answer = await (await pages.visitor(who)).get(f"/aanvragen/{reference}/afdrukken")

    assert answer.status_code == 200
    assert "De eerste cijfers van Maastricht" in answer.text
    assert "dinsdag 5 februari 2030" in answer.text
    assert SECRET not in answer.text


@pytest.mark.parametrize("path", ["afdrukken", "bestand", "bestand/leesbaar", "bestand/gegevens"])
@pytest.mark.parametrize("who", ["venlo", "advisor2", "burgerkracht"])
async def test_nobody_takes_along_what_is_not_theirs_to_see(
    pages: PagesHouse, request_and_reference: tuple[str, str], path: str, who: str
) -> None:
    _, reference = request_and_reference

    assert (await (await pages.visitor(who)).get(f"/aanvragen/{reference}/{path}")).status_code == 404
