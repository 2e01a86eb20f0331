"""What every page does in a real browser: where the focus goes, and that a keyboard is enough."""

from __future__ import annotations

from tests.chromium import SignedIn, violations


async def test_a_wrong_form_takes_the_focus_to_what_is_wrong(signed_in_page: SignedIn) -> None:
    page = await signed_in_page("venlo")
    await page.goto("/patronen")
    await page.get_by_label("Dag").fill("31-31-2027")
    await page.get_by_role("button", name="Versturen").click()

    assert (await page.title()).startswith("Fout: ")
    assert await page.evaluate("document.activeElement.id") == "mistakes"

    await page.get_by_role("link", name="Schrijf de dag").click()
    assert await page.evaluate("document.activeElement.id") == "day"
    assert await page.get_by_label("Dag").input_value() == "31-31-2027"


async def test_a_form_is_filled_in_with_the_keyboard_alone_and_without_a_script(signed_in_page: SignedIn) -> None:
    page = await signed_in_page("venlo", java_script_enabled=False)
    await page.goto("/patronen")
    await page.get_by_label("Titel").focus()
    for typed in ("Een titel", "Een tekst"):
        await page.keyboard.type(typed)
        await page.keyboard.press("Tab")
    await page.get_by_role("button", name="Versturen").focus()
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/patronen")

    assert await page.get_by_role("status").inner_text() == "Het is vastgelegd."


async def test_the_first_tab_leads_past_the_menu(signed_in_page: SignedIn) -> None:
    page = await signed_in_page("venlo")
    await page.goto("/over")
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    await page.keyboard.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "main"


async def test_what_axe_would_find_is_found(signed_in_page: SignedIn) -> None:
    page = await signed_in_page(None)
    await page.goto("/over")
    await page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=x>')")
    assert any(one.startswith("image-alt") for one in await violations(page))
