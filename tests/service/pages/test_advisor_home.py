"""The morning of an advisor: today's meetings, the inbox, the agenda and the sheet for who takes over."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from domain.planning import PlanMeeting
from domain.proposing import ProposeMoments
from domain.talking import Ask, TakeNote
from domain.words import Desk, MeetingKind
from domain.working_time import ZONE
from tests.pages import PagesHouse
from tests.service.pages.support import under_way


async def test_today_has_the_meeting_with_its_place_last_message_and_questions(pages: PagesHouse) -> None:
    support = await under_way(pages)
    today = datetime.combine(pages.parts.calendar.today(datetime.now(UTC)), time(23, 50), ZONE)
    await support.give("advisor1", PlanMeeting(kind=MeetingKind.VISIT, starts_at=today, place="Zaal Zonnestraal"))
    await support.give("venlo", Ask(to=Desk.ADVISOR, text="Mag de wethouder erbij?"))
    advisor = await pages.visitor("advisor1")
    await advisor.get("/")
    assert "Zaal Zonnestraal" in advisor.shown
    assert "Mag de wethouder erbij?" in advisor.shown
    assert "Hoe beginnen we?" in advisor.shown
    assert f"{support.page('antwoorden')}?over=" in advisor.shown


async def test_the_agenda_has_meetings_and_proposed_moments_by_day(pages: PagesHouse) -> None:
    support = await under_way(pages)
    later = datetime.now(UTC) + timedelta(days=20)
    moments = (later, later + timedelta(days=1))
    await support.give(
        "advisor1", ProposeMoments(kind=MeetingKind.VISIT, moments=moments, place=f"Kamer van {support.reference}")
    )
    advisor, other = await pages.visitor("advisor1"), await pages.visitor("advisor2")
    for visitor in (advisor, other):
        await visitor.get("/agenda")
    assert advisor.shown.count(f"Kamer van {support.reference}") == 2
    assert support.reference not in other.shown


async def test_the_hand_over_sheet_is_the_programmes_alone(pages: PagesHouse) -> None:
    support = await under_way(pages)
    await support.give("advisor1", TakeNote(text="Bel vooraf even.", internal=True))
    advisor, municipality = await pages.visitor("advisor1"), await pages.visitor("venlo")
    await advisor.get(support.page("overdrachtsblad"))
    assert "Bel vooraf even." in advisor.shown
    answer = await municipality.get(support.page("overdrachtsblad"))
    assert answer.status_code == 403
    assert "Bel vooraf even." not in municipality.shown
