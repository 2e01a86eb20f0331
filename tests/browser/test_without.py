"""The municipality's part without a script, and with a keyboard alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from playwright.async_api import Page, expect

from domain.proposing import ProposeMoments
from domain.words import MeetingKind
from tests.chromium import SignedIn
from tests.newcomer import Newcomer, ask_for_support
from tests.pages import PagesHouse
from tests.service.pages.support import Support, under_way

STOPS = 120


async def moments_proposed(pages: PagesHouse) -> Support:
    """Venlo is asked to choose a moment for the visit."""
    support = await under_way(pages)
    moments = tuple(datetime.now(UTC) + timedelta(days=days) for days in (9, 10))
    await support.give("advisor1", ProposeMoments(kind=MeetingKind.VISIT, moments=moments, place="Stadhuis"))
    return support


async def test_asking_for_support_needs_no_script(signed_in_page: SignedIn) -> None:
    person = Newcomer(await signed_in_page(None, java_script_enabled=False))
    assert re.fullmatch(r"KS-\d{4}-\d{5}", await ask_for_support(person, "Beesel", "lot@beesel.test"))


async def test_the_part_of_a_municipality_needs_no_script(pages: PagesHouse, signed_in_page: SignedIn) -> None:
    support = await moments_proposed(pages)
    municipality = Newcomer(await signed_in_page("venlo", java_script_enabled=False))
    await municipality.come(support.address)
    await municipality.follow("Moment kiezen")
    await municipality.press_first("Welk moment past u?")
    await municipality.hears("Het moment is gekozen.")

    await municipality.follow("Actie toevoegen")
    await municipality.type("Wat moet er gebeuren?", "Uitnodiging maken")
    await municipality.select("Wie doet het?", "Venlo")
    await municipality.type("Wanneer is het klaar?", "31-31-2027")
    await municipality.press("Toevoegen")
    await expect(municipality.page).to_have_title(re.compile("^Fout: Actie toevoegen"))
    await expect(municipality.field("Wat moet er gebeuren?")).to_have_value("Uitnodiging maken")
    await municipality.type("Wanneer is het klaar?", "1-2-2028")
    await municipality.press("Toevoegen")

    await municipality.follow("Gedaan")
    await municipality.press("Gedaan")
    await municipality.follow("Vraag stellen")
    await municipality.type("Uw vraag", "Hoe laat komt u?")
    await municipality.select("Aan wie vraagt u het?", "de adviseur")
    await municipality.press("Versturen")
    await expect(municipality.region("Berichten")).to_contain_text("Hoe laat komt u?")
    await municipality.press("English")
    await expect(municipality.page.locator("html")).to_have_attribute("lang", "en")


async def test_the_part_of_a_municipality_needs_no_mouse(pages: PagesHouse, signed_in_page: SignedIn) -> None:
    support = await moments_proposed(pages)
    page = await signed_in_page("venlo")
    await page.goto(support.address)
    await go_on(page, "Moment kiezen")
    await expect(page).to_have_title(re.compile("^Moment kiezen"))
    await go_on(page, re.compile("uur$"))
    await expect(page.get_by_role("status").filter(has_text="Het moment is gekozen.")).to_be_visible()

    await go_on(page, "Notitie schrijven")
    await tab_to(page, "Uw notitie")
    await page.keyboard.type("Parkeren kan achter het stadhuis.")
    await go_on(page, "Vastleggen")
    await expect(page.get_by_role("main")).to_contain_text("Parkeren kan achter het stadhuis.")


async def go_on(page: Page, name: str | re.Pattern[str]) -> None:
    """Tab to a link or a button, and press Enter."""
    await tab_to(page, name)
    async with page.expect_navigation(wait_until="domcontentloaded"):
        await page.keyboard.press("Enter")


async def tab_to(page: Page, name: str | re.Pattern[str]) -> None:
    """Press Tab until the focus is on what is called so, and see it there."""
    places = [page.get_by_role(role, name=name, exact=isinstance(name, str)) for role in ("link", "button", "textbox")]
    wanted = places[0].or_(places[1]).or_(places[2])
    for _ in range(STOPS):
        await page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if await wanted.and_(focused).count():
            return await expect(focused).to_be_in_viewport()
    raise AssertionError(f"a keyboard does not reach {name}")
