"""Three people who never saw the product take one request from asking to embedding, by what the screen offers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.async_api import expect

from tests.chromium import SignedIn
from tests.newcomer import Newcomer, ask_for_support

PLACE = "Leudal"
ASKER = "sanne.peters@leudal.test"
LEAD = "advisor3@startloket.test"
OUTCOME = "Wat is het antwoord, naar wie is verwezen, of waarom is de vraag vervallen?"


async def test_three_newcomers_take_a_request_from_asking_to_embedding(signed_in_page: SignedIn) -> None:
    municipality, staff, advisor = [Newcomer(await signed_in_page(None)) for _ in range(3)]

    reference = await ask_for_support(municipality, PLACE, ASKER)
    await staff.sign_in("staff@startloket.test")
    await accept_and_assign(staff)
    await advisor.sign_in(LEAD)
    await take_on_and_propose(advisor)
    await municipality.sign_in(ASKER)
    await choose_a_moment(municipality)
    await hold_the_visit(advisor)
    await prepare_the_kick_off(municipality)
    await hold_the_kick_off(advisor)
    await agree_what_to_do(advisor, municipality)
    await finish(advisor)

    await municipality.follow("Startloket")
    await municipality.follow("Ondersteuning evalueren")
    await expect(municipality.region("Stappen")).to_contain_text("Hoe gaat het verder : nu")
    await municipality.reads(reference)


async def accept_and_assign(staff: Newcomer) -> None:
    """Accept the request and ask an advisor, on one screen."""
    await staff.follow("Nieuwe aanvragen")
    await staff.follow(PLACE)
    await staff.tick("Ik heb nagekeken dat deze gemeente in aanmerking komt")
    await staff.choose("Wie leidt de ondersteuning?", "Merel Tuinstra")
    await staff.press("In behandeling nemen")
    await staff.hears("De aanvraag is in behandeling genomen.")


async def take_on_and_propose(advisor: Newcomer) -> None:
    """Take the request on, and propose the moments that are suggested."""
    await advisor.follow("Aanvraag aannemen", beside=PLACE)
    await advisor.tick("Ik heb geen eigen belang bij deze aanvraag.")
    await advisor.press("Deze aanvraag aannemen")
    await advisor.follow("Momenten voorstellen")
    await advisor.type("Plaats", "Gemeentehuis, kamer 3")
    await advisor.press("Voorstel versturen")
    await advisor.hears("Uw voorstel is verstuurd.")


async def choose_a_moment(municipality: Newcomer) -> None:
    """Choose the first moment, from home on."""
    await municipality.follow("Moment kiezen")
    await municipality.follow("Moment kiezen")
    await municipality.press_first("Welk moment past u?")
    await municipality.hears("Het moment is gekozen.")
    await expect(municipality.region("Hoe het ervoor staat")).to_contain_text("Adviesgesprek op ")


async def hold_the_visit(advisor: Newcomer) -> None:
    """It was earlier than planned; report it, with a kick-off that is wanted."""
    await advisor.follow("Startloket")
    await advisor.follow(PLACE)
    await was_yesterday(advisor)
    await advisor.type("Organisaties", "Gemeente Leudal\nGGD Limburg-Noord")
    await advisor.type("Hulp bij de start", "Begin met een klein groepje.")
    await advisor.choose("Voor wie?", "bestuurlijk niveau", "uitvoerend niveau")
    await advisor.select("In welke maand?", 3)
    await advisor.press("Verslag vastleggen")
    await expect(advisor.region("Stappen")).to_contain_text("Startbijeenkomst : nu")


async def was_yesterday(advisor: Newcomer, *, told: str = "") -> None:
    """Move a planned meeting to yesterday, as the page says to do, and go on to its report."""
    await advisor.reads("Het verslag maakt u zodra de bijeenkomst is begonnen.")
    await advisor.follow("Bijeenkomst verplaatsen")
    await advisor.type("Nieuwe dag", f"{datetime.now(UTC) - timedelta(days=1):%d-%m-%Y}")
    await advisor.choose("Waarom wordt de bijeenkomst verzet?", "er is een beter moment")
    await advisor.type("Bericht aan wie is uitgenodigd", told)
    await advisor.press("Bijeenkomst verplaatsen")
    await advisor.follow("Verslag maken")


async def prepare_the_kick_off(municipality: Newcomer) -> None:
    """Add partners and a place for parents, and propose moments for the kick-off."""
    await municipality.follow("Startloket")
    await municipality.follow("Startbijeenkomst plannen")
    await municipality.follow("Partner toevoegen")
    await municipality.type("Organisatie", "Verloskundigen Leudal")
    await municipality.choose("Domein", "medisch")
    await municipality.press("Toevoegen en nog een")
    await municipality.type("Organisatie", "Jeugdteam Leudal")
    await municipality.choose("Domein", "sociaal")
    await municipality.press("Toevoegen")
    await municipality.follow("Plek voor ouders afspreken")
    await municipality.choose("Waar is de plek?", "lokale coalitie")
    await municipality.choose("Hoe doen ouders mee?", "een vertegenwoordiger")
    await municipality.press("Opslaan")
    await expect(municipality.region("De coalitie")).to_contain_text("een vertegenwoordiger (lokale coalitie)")
    await municipality.follow("Momenten voorstellen")
    await municipality.type("Plaats", "Wijkcentrum")
    await municipality.press("Voorstel versturen")


async def hold_the_kick_off(advisor: Newcomer) -> None:
    """Choose a moment, invite everybody, and report what came of it."""
    await advisor.follow("Startloket")
    await advisor.follow("Moment kiezen", beside=PLACE)
    await advisor.press_first("Welk moment past u?")
    await advisor.follow("Uitnodigen")
    await advisor.tick("Iedereen in de coalitie")
    await advisor.press("Uitnodigen")
    await was_yesterday(advisor, told="Het kon eerder.")
    await advisor.type("Organisaties", "Verloskundigen Leudal\nJeugdteam Leudal")
    await advisor.type("Aantal ouders", "2")
    await advisor.press("Verslag vastleggen")
    await expect(advisor.region("Stappen")).to_contain_text("Vervolgacties : nu")


async def agree_what_to_do(advisor: Newcomer, municipality: Newcomer) -> None:
    """The advisor records the ambition, the municipality its goal and an action; days as people type them."""
    await advisor.follow("Ambitie toevoegen")
    await advisor.type("Ambitie", "Elk kind een goede start.")
    await advisor.press("Toevoegen")
    await municipality.follow("Startloket")
    await municipality.follow(f"Aanvraag van {PLACE}")
    await municipality.follow("Doel toevoegen")
    await municipality.type("Wat wilt u bereiken?", "Minder schulden")
    await municipality.type("Waaraan ziet u dat u dichterbij komt?", "Het aantal gezinnen")
    await municipality.type("Wanneer is het klaar?", "1-2-2028")
    await municipality.select("Bij welke ambitie hoort het?", "Elk kind een goede start.")
    await municipality.press("Toevoegen")
    await municipality.follow("Actie toevoegen")
    await municipality.type("Wat moet er gebeuren?", "Uitnodiging maken")
    await municipality.select("Wie doet het?", PLACE)
    await municipality.type("Wanneer is het klaar?", "1 februari 2027")
    await municipality.select("Bij welk doel?", "Minder schulden")
    await municipality.press("Toevoegen")
    await expect(municipality.region("Nu van u gevraagd")).to_contain_text("Uitnodiging maken")


async def finish(advisor: Newcomer) -> None:
    """Be led from what blocks to each question, and finish with the look-backs that are proposed."""
    await advisor.follow("Ondersteuning afronden")
    await advisor.reads("Dit moet eerst")
    await advisor.follow("Hulp bij de start")
    await settle(advisor)
    await advisor.follow("Ondersteuning afronden")
    await advisor.follow("Een (start)bijeenkomst organiseren")
    await settle(advisor)
    await advisor.follow("Ondersteuning afronden")
    await advisor.press("Ondersteuning afronden")
    await advisor.hears("De ondersteuning is afgerond.")
    await expect(advisor.region("Stappen")).to_contain_text("Hoe gaat het verder : nu")


async def settle(advisor: Newcomer) -> None:
    """Record what came of a question."""
    await advisor.choose("Wat kwam eruit?", "beantwoord")
    await advisor.type(OUTCOME, "Klein beginnen.")
    await advisor.press("Vastleggen")
