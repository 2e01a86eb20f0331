"""A page that stands open is brought up to date by itself, and nobody who types loses anything."""

from __future__ import annotations

from playwright.async_api import expect

from domain.talking import Ask
from domain.words import Desk
from tests.chromium import DESK, HEIGHT, PHONE, SignedIn, violations
from tests.pages import PagesHouse
from tests.service.pages.support import under_way


async def test_an_advisor_sees_within_moments_what_the_municipality_did(
    signed_in_page: SignedIn, pages: PagesHouse
) -> None:
    support = await under_way(pages)
    page = await signed_in_page("advisor1")
    await page.goto(support.address)
    way = page.locator("main a").last
    await way.focus()
    held = await way.get_attribute("href")

    await support.give("venlo", Ask(to=Desk.ADVISOR, text="Kunt u op dinsdag komen?"))

    await expect(page.locator("main")).to_contain_text("Kunt u op dinsdag komen?")
    await expect(page.get_by_text("De pagina is bijgewerkt.")).to_be_visible()
    assert await page.evaluate("document.activeElement.getAttribute('href')") == held
    await support.give("venlo", Ask(to=Desk.ADVISOR, text="Of op woensdag?"))
    await expect(page.locator("main")).to_contain_text("Of op woensdag?")


async def test_who_is_typing_is_told_and_loses_nothing(signed_in_page: SignedIn, pages: PagesHouse) -> None:
    support = await under_way(pages)
    page = await signed_in_page("staff")
    await page.goto(support.address)
    await page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<input aria-label=\"Iets\" type=text>')"
    )
    await page.get_by_label("Iets").fill("half af")

    await support.give("venlo", Ask(to=Desk.ADVISOR, text="Kunt u op dinsdag komen?"))

    await expect(page.get_by_text("Er is iets veranderd.")).to_be_visible()
    assert await page.get_by_label("Iets").input_value() == "half af"
    for width in (DESK, PHONE):
        await page.set_viewport_size({"width": width, "height": HEIGHT})
        assert await violations(page) == [], f"at {width} px"
    await page.get_by_role("link", name="Vernieuw de pagina").click()
    await expect(page.locator("main")).to_contain_text("Kunt u op dinsdag komen?")
