"""Other ways through the support: agreed by phone, a theme session alone, and a lead advisor who is replaced."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.async_api import expect

from domain.proposing import ProposeMoments
from domain.words import MeetingKind
from tests.chromium import SignedIn
from tests.newcomer import Newcomer
from tests.pages import PagesHouse
from tests.service.pages.support import under_way

OUTCOME = "Wat is het antwoord, naar wie is verwezen, of waarom is de vraag vervallen?"
QUESTION = "Hulp bij de start: Hoe beginnen we?"


async def test_a_visit_is_agreed_by_phone_and_recorded_by_the_advisor(
    pages: PagesHouse, signed_in_page: SignedIn
) -> None:
    support = await under_way(pages)
    moments = tuple(datetime.now(UTC) + timedelta(days=days) for days in (9, 10))
    await support.give("advisor1", ProposeMoments(kind=MeetingKind.VISIT, moments=moments, place="Stadhuis"))
    advisor = Newcomer(await signed_in_page("advisor1"))
    await advisor.come(support.address)
    await advisor.unfold("Afgesproken per telefoon")
    await advisor.follow("Moment kiezen, namens de aanvragende gemeente")
    await advisor.reads("U legt dit vast namens de aanvragende gemeente.")
    await advisor.group("Welk moment is gekozen?").get_by_role("radio").last.check()
    await advisor.choose("Hoe", "per telefoon")
    await advisor.type("Op welke dag", f"{datetime.now(UTC):%d-%m-%Y}")
    await advisor.press("Vastleggen")

    municipality = Newcomer(await signed_in_page("venlo"))
    await municipality.come(support.address)
    history = municipality.region("Wat er is gebeurd")
    await expect(history).to_contain_text("namens de aanvragende gemeente, gehoord per telefoon")
    [meeting] = (await support.request()).meetings.values()
    assert meeting.starts_at == moments[1]


async def test_a_theme_session_without_a_kick_off_leads_to_closed(pages: PagesHouse, signed_in_page: SignedIn) -> None:
    support = await under_way(pages)
    advisor = Newcomer(await signed_in_page("advisor1"))
    await advisor.come(support.address)
    await advisor.follow("Bijeenkomst plannen")
    await advisor.choose("Wat voor bijeenkomst?", "Werksessie")
    await advisor.type("Dag", f"{datetime.now(UTC) - timedelta(days=1):%d-%m-%Y}")
    await advisor.type("Tijd", "14.30")
    await advisor.press("Bijeenkomst plannen")
    await advisor.follow("Verslag maken")
    await advisor.type(QUESTION, "Begin met wie er al is.")
    await advisor.press("Verslag vastleggen")
    await advisor.follow("Adviesgesprek niet nodig")
    await advisor.choose("Hoe zijn ze beantwoord?", "in een werksessie")
    await advisor.type("Wat hebt u geantwoord, in het kort?", "Zie het verslag.")
    await advisor.press("Adviesgesprek niet nodig")
    steps = advisor.region("Stappen").get_by_role("listitem")
    await expect(steps.filter(has_text="niet nodig")).to_have_count(2)

    await advisor.follow("Uitkomst vastleggen")
    await advisor.choose("Wat kwam eruit?", "doorverwezen")
    await advisor.type(OUTCOME, "Naar de GGD.")
    await advisor.press("Vastleggen")
    await advisor.follow("Ondersteuning afronden")
    await advisor.press("Ondersteuning afronden")
    await advisor.is_told_of_a_mistake("Er is nog geen plek voor ouders.")
    await advisor.type("Waarom laat u de rest zo?", "Het was één vraag.")
    await advisor.group("Terugblik 1").get_by_label("Dag").fill("")
    await advisor.press("Ondersteuning afronden")
    await expect(steps.last).to_contain_text("afgerond")


async def test_the_lead_is_replaced_between_visit_and_report_and_the_draft_is_there(
    pages: PagesHouse, signed_in_page: SignedIn
) -> None:
    support = await under_way(pages)
    await support.visit_held()
    before = Newcomer(await signed_in_page("advisor1"))
    await before.come(support.address)
    await before.follow("Verslag maken")
    await before.type("Organisaties", "GGD Limburg-Noord")
    await before.type(QUESTION, "Begin klein.")
    await before.press("Bewaren als concept")
    await before.hears("Uw concept is bewaard.")

    staff = Newcomer(await signed_in_page("staff"))
    await staff.come(support.address)
    await staff.follow("Andere adviseur kiezen")
    await staff.choose("Wie leidt de ondersteuning?", "Ruben Sterk")
    await staff.choose("Waarom komt er een andere adviseur?", "afwezig")
    await staff.press("Andere adviseur kiezen")

    after = Newcomer(await signed_in_page("advisor2"))
    await after.come(support.address)
    await after.follow("Deze aanvraag aannemen")
    await after.tick("Ik heb geen eigen belang bij deze aanvraag.")
    await after.press("Deze aanvraag aannemen")
    await after.follow("Verslag maken")
    await after.reads("U gaat verder met het concept van Ilse Dronkers")
    await expect(after.field(QUESTION)).to_have_value("Begin klein.")
    await after.press("Verslag vastleggen")
    await expect(after.region("Bijeenkomsten")).to_contain_text("GGD Limburg-Noord")
