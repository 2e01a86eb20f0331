"""Drafts of reports: kept on the server, found by who takes over, gone with the report."""

from __future__ import annotations

from datetime import timedelta

from domain.words import Side
from storage.drafts import find_draft
from tests.pages import PagesHouse
from tests.service.pages.support import Support, under_way

REPORT = "verslag"


async def drafted(support: Support, meeting: str) -> object:
    """The draft of a meeting's report, if there is one."""
    async with support.house.parts.engine.connect() as connection:
        return await find_draft(connection, support.id, meeting)


async def test_the_lead_who_takes_over_finds_the_draft_and_the_report_takes_its_place(pages: PagesHouse) -> None:
    support = await under_way(pages)
    meeting = await support.visit_held()
    first = await pages.visitor("advisor1")
    await first.get(support.page(REPORT, meeting))
    typed = {"present": "GGD\nWijkteam", "finding1": "Begin klein.", "levels1": ["GOVERNANCE", "OPERATIONAL"]}
    await first.post(support.page(REPORT), {**typed, "then": "draft"})
    assert "Uw concept is bewaard." in first.shown
    assert await drafted(support, meeting)

    await support.replace_lead("advisor2")
    second = await pages.visitor("advisor2")
    await second.get(support.page(REPORT, meeting))
    assert "Ilse Dronkers" in second.shown
    assert "Begin klein." in second.shown
    await second.post(support.page(REPORT), {"present": "GGD\nWijkteam", "finding1": "Begin klein."})

    report = (await support.request()).meetings[meeting].report
    assert report is not None
    assert report.present == ("GGD", "Wijkteam")
    assert report.findings[0].text == "Begin klein."
    assert await drafted(support, meeting) is None


async def test_a_newer_draft_of_somebody_else_is_not_lost(pages: PagesHouse) -> None:
    support = await under_way(pages)
    meeting = await support.visit_held()
    one, other = await pages.visitor("advisor1"), await pages.visitor("advisor1")
    for visitor in (one, other):
        await visitor.get(support.page(REPORT, meeting))
    await other.post(support.page(REPORT), {"decisions": "Van de ander", "then": "draft"})

    refused = await one.post(support.page(REPORT), {"decisions": "Van mij", "then": "draft"})
    assert refused.status_code == 422
    assert "Van mij" in one.shown
    await one.post(support.page(REPORT), {"decisions": "Van mij", "then": "draft"})
    await other.get(support.page(REPORT, meeting))
    assert "Van mij" in other.shown


async def test_a_draft_is_the_advisors_own(pages: PagesHouse) -> None:
    support = await under_way(pages)
    meeting = await support.visit_held(minutes=Side.MUNICIPALITY)
    advisor, municipality = await pages.visitor("advisor1"), await pages.visitor("venlo")
    await advisor.get(support.page(REPORT, meeting))
    await advisor.post(support.page(REPORT), {"decisions": "Nog niet klaar", "then": "draft"})
    await municipality.get(support.page(REPORT, meeting))
    assert "Wie waren erbij?" in municipality.shown
    assert "Nog niet klaar" not in municipality.shown


async def test_a_form_that_would_be_refused_is_not_filled_in_first(pages: PagesHouse) -> None:
    support = await under_way(pages)
    advisor, municipality = await pages.visitor("advisor1"), await pages.visitor("venlo")
    held = await support.visit_held()
    later = await support.visit_held(begins_in=timedelta(days=9))

    assert (await advisor.get(support.page(REPORT, later))).status_code == 409
    assert "Deze bijeenkomst is nog niet begonnen." in advisor.shown
    assert (await advisor.get(support.page("verslag-verbeteren", held))).status_code == 409
    assert (await municipality.get(support.page(REPORT, held))).status_code == 409
    assert "De adviseur maakt dit verslag." in municipality.shown
    await municipality.get(support.address)
    assert support.page(REPORT, held).replace("&", "&amp;") not in municipality.shown


async def test_a_report_says_which_kick_offs_are_wanted_and_none_is_ordinary(pages: PagesHouse) -> None:
    support = await under_way(pages)
    meeting = await support.visit_held()
    advisor = await pages.visitor("advisor1")
    await advisor.get(support.page(REPORT, meeting))
    await advisor.post(support.page(REPORT), {"levels1": "OPERATIONAL"})
    assert 'href="#targetMonth1"' in advisor.shown
    await advisor.post(support.page(REPORT), {"present": "GGD", "figuresDiscussed": "yes"})
    request = await support.request()
    assert request.kickoffs == {}
    report = request.meetings[meeting].report
    assert report is not None
    assert report.figures
