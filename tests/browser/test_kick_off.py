"""One joint kick-off without parents: the empty place becomes somebody's search, and nobody is stopped by it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.async_api import expect

from domain.inviting import Invite
from domain.kickoffs import WantedKickoff
from domain.partners import AddPartner
from domain.planning import PlanMeeting
from domain.reporting import ReportMeeting
from domain.words import Domain, Level, MeetingKind, Side
from tests.chromium import SignedIn
from tests.newcomer import Newcomer
from tests.pages import PagesHouse
from tests.service.pages.support import Support, under_way

BOTH = (Level.GOVERNANCE, Level.OPERATIONAL)


async def kick_off_tomorrow(pages: PagesHouse) -> Support:
    """A joint kick-off is planned, and a midwives' practice is invited."""
    support = await under_way(pages)
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    wish = WantedKickoff(levels=BOTH, target_month=tomorrow.date().replace(day=1), organiser=Side.ADVISOR)
    visit = await support.visit_held()
    await support.give("advisor1", ReportMeeting(meeting=visit, wanted_kickoffs=(wish,), figures_discussed=False))
    await support.give("advisor1", AddPartner(organisation="Verloskundigen Noord", domain=Domain.MEDICAL))
    [kickoff] = (request := await support.request()).kickoffs
    plan = PlanMeeting(kind=MeetingKind.KICKOFF, kickoff=kickoff, starts_at=tomorrow, place="Wijkcentrum")
    await support.give("advisor1", plan)
    meeting = list((await support.request()).meetings)[-1]
    await support.give("advisor1", Invite(meeting=meeting, partners=tuple(request.partners)))
    return support


async def test_one_joint_kick_off_without_parents_makes_a_search_and_goes_on(
    pages: PagesHouse, signed_in_page: SignedIn
) -> None:
    support = await kick_off_tomorrow(pages)
    advisor = Newcomer(await signed_in_page("advisor1"))
    await advisor.come(support.address)
    meetings = advisor.region("Bijeenkomsten")
    await expect(meetings.get_by_role("listitem").filter(has_text="ouders")).to_contain_text("nog niemand")

    await advisor.follow("Plek voor ouders afspreken")
    await advisor.choose("Waar is de plek?", "lokale coalitie")
    await advisor.choose("Hoe doen ouders mee?", "wordt gezocht")
    await advisor.press("Opslaan")
    await advisor.is_told_of_a_mistake("Kies wie ouders zoekt.")
    await advisor.select("Wie zoekt ouders?", "Venlo")
    await advisor.type("Voor welke dag?", f"{datetime.now(UTC) + timedelta(days=60):%d-%m-%Y}")
    await advisor.press("Opslaan")
    await expect(advisor.region("De coalitie")).to_contain_text("wordt gezocht")

    await advisor.unfold("1 partner uitgenodigd")
    await advisor.unfold("Afgesproken per telefoon")
    await advisor.follow("Antwoord vastleggen, namens de partner")
    await advisor.choose("Komt deze partner?", "Komt")
    await advisor.press("Vastleggen")
    await expect(meetings.get_by_role("listitem").filter(has_text="medisch")).to_contain_text("komt")

    await advisor.follow("Bijeenkomst verplaatsen")
    await advisor.type("Nieuwe dag", f"{datetime.now(UTC) - timedelta(days=1):%d-%m-%Y}")
    await advisor.choose("Waarom wordt de bijeenkomst verzet?", "er is een beter moment")
    await advisor.type("Bericht aan wie is uitgenodigd", "Het kon eerder.")
    await advisor.press("Bijeenkomst verplaatsen")
    await advisor.follow("Verslag maken")
    await advisor.type("Organisaties", "Verloskundigen Noord")
    await advisor.press("Verslag vastleggen")
    await expect(advisor.region("Stappen")).to_contain_text("1 van 1 gehouden")
    await expect(advisor.region("Stappen")).to_contain_text("Vervolgacties : nu")

    municipality = Newcomer(await signed_in_page("venlo"))
    await municipality.come(support.address)
    await expect(municipality.region("Nu van u gevraagd")).to_contain_text("Ouders zoeken")
