"""How every page looks: those of the table, where one comes by doing something first, what is wrong, and in the dark.

They are one file, because a house with the whole demo and a browser full of windows are made for it.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Page
from sqlalchemy import text
from starlette.responses import Response

from service.errors import Language
from service.pages.app import ROUTES
from service.pages.guarding import PageRoute
from service.pages.visit import Visit
from storage.sessions import KeptForm, keep_form
from tests.chromium import DESK, PICTURES, SignedIn
from tests.looking import WIDTHS, Eyes, Look
from tests.looks import LOOKS, NOT_PAGES, REQUEST, STEP_BY_STEP

FAIL_ONE = text(
    "update outbox set status = 'FAILED', settled_at = now() where id = (select id from outbox order by id limit 1)"
)
ROOT = Path(__file__).parents[2]
SHOWN = ROOT / "docs" / "pictures"
MOST_BYTES = 150_000
IN_README = {
    "municipality": ("peel-en-maas", "/aanvragen/{Peel en Maas}"),
    "advisor": ("advisor1", "/"),
    "staff": ("staff", "/"),
}
"""A page of each role, 960 px high; `PICTURES=1` makes the pictures anew."""
IN_THE_DARK = (
    Look(route="/", who="advisor1"),
    Look(route="/", who="staff"),
    Look(route=REQUEST, who="peel-en-maas", at="/aanvragen/{Peel en Maas}"),
    Look(route=f"{REQUEST}/intrekken", who="venlo", at="/aanvragen/{Venlo}/intrekken", wrong=True),
)


def test_every_page_is_looked_at() -> None:
    shown = {one.path for one in ROUTES if isinstance(one, PageRoute) and "GET" in (one.methods or ())}
    assert shown - NOT_PAGES - STEP_BY_STEP == {one.route for one in LOOKS}
    assert shown >= NOT_PAGES | STEP_BY_STEP


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
async def test_a_page_looks_right(eyes: Eyes, look: Look) -> None:
    await eyes.look(look)


async def test_a_request_to_be_printed_is_one_page(eyes: Eyes) -> None:
    page = await eyes.window("peel-en-maas")  # Of the demo's requests the one with most to say.
    await page.goto(f"/aanvragen/{eyes.references['Peel en Maas']}/afdrukken")
    printed = await page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


@pytest.mark.parametrize("look", IN_THE_DARK, ids=lambda look: look.name)
async def test_a_page_in_the_dark_looks_right(eyes: Eyes, look: Look) -> None:
    await eyes.look(look, scheme="dark")


async def test_a_form_that_was_kept_looks_right(eyes: Eyes) -> None:
    house, page = eyes.house, await eyes.window("goes")
    form = KeptForm(path="/rol", fields=(("text", "Een lang verhaal\nop twee regels"), ("key", "1")))
    async with house.parts.engine.begin() as connection:
        held = await keep_form(connection, form, house.accounts["goes"].id, datetime.now(UTC))
    await page.context.add_cookies([{"name": "startloket-form", "value": held, "url": house.url}])
    await eyes.see(page, "goes-kept-form", lambda page: page.goto("/verder"))


async def test_somebody_whom_we_do_not_know_looks_at_a_kind_page(eyes: Eyes, signed_in_page: SignedIn) -> None:
    page = await signed_in_page(None)
    for language in WIDTHS:
        await eyes.speak(page, language)
        await page.goto("/aanmelden/begin")
        await page.get_by_role("textbox").fill("bo@elders.test")
        await page.get_by_role("button", name="Authorize", exact=True).click()
        await page.wait_for_url("**/aanmelden/terug*")
        await eyes.see_one(page, "stranger-not-known", language)


async def test_what_goes_wrong_on_our_side_looks_right(eyes: Eyes, monkeypatch: pytest.MonkeyPatch) -> None:
    async def break_down(_: Visit) -> Response:
        raise ZeroDivisionError

    route = next(one for one in ROUTES if isinstance(one, PageRoute) and one.path == "/privacy")
    monkeypatch.setattr(route, "show", break_down)
    await eyes.look(Look(route="/privacy", who=None, state="our mistake", status=500))


async def test_the_file_to_take_along_looks_right(eyes: Eyes) -> None:
    visitor, page = await eyes.house.visitor("peel-en-maas"), await eyes.window("peel-en-maas")
    address = f"/aanvragen/{eyes.references['Peel en Maas']}/bestand/leesbaar"

    async def show(page: Page) -> None:
        spoken = (await page.evaluate("document.cookie"), await page.context.cookies())[1]
        language = next(one["value"] for one in spoken if one["name"] == "startloket_language")
        visitor.client.cookies.set("startloket_language", language)
        await page.set_content((await visitor.get(address)).text)

    await eyes.see(page, "peel-en-maas-file", show)
    await page.goto("/over")


async def test_the_pages_of_one_account_look_right(eyes: Eyes) -> None:
    account = eyes.house.accounts["advisor1"]
    for segment in ("", "/rollen", "/token", "/werkgebied"):
        route = f"/accounts/{{id}}{segment}"
        at = f"/accounts/{account.id}{segment}"
        await eyes.look(Look(route=route, who="staff", at=at, wrong=segment in ("/rollen", "/token")))

    async def make(page: Page) -> None:
        await page.goto(f"/accounts/{account.id}/token")
        await page.locator("main input:not([type=hidden])").first.fill("Koppeling met het zaaksysteem")
        await _send(page)

    await eyes.see(await eyes.window("staff"), "staff-accounts-token-made", make)


async def test_giving_requests_to_another_advisor_looks_right(eyes: Eyes) -> None:
    advisor, other = eyes.house.accounts["advisor4"].person, eyes.house.accounts["advisor2"].person
    address = f"/herverdelen?adviseur={advisor}"
    await eyes.look(Look(route="/herverdelen", who="staff", at=address, state="chosen", wrong=True))

    async def give(page: Page) -> None:
        await page.goto(address)
        for one in (await page.locator("main [name=requests]").all())[1:]:
            await one.uncheck()
        await page.locator(f"main [name=other][value='{other}']").check()
        await page.locator("main [name=reason]").first.check()
        await _send(page)

    await eyes.see(await eyes.window("staff"), "staff-herverdelen-results", give)


async def test_a_delivery_that_failed_looks_right(eyes: Eyes) -> None:
    async with eyes.house.parts.engine.begin() as connection:
        failed = await connection.execute(FAIL_ONE)
    assert failed.rowcount == 1
    await eyes.look(Look(route="/bezorging", who="staff", state="failed"))


async def test_a_report_that_is_kept_as_a_draft_looks_right(eyes: Eyes) -> None:
    look = next(one for one in LOOKS if one.route.endswith("/verslag"))
    path = await eyes.path(look)

    async def keep(page: Page) -> None:
        await page.goto(path)
        await page.locator("[name=decisions]").fill("De gemeente nodigt de partners uit.")
        await _send(page, "main form button[name]")

    await eyes.see(await eyes.window(look.who), f"{look.name}-draft", keep)


@pytest.mark.parametrize("role", IN_README)
async def test_the_readme_shows_a_page_of_each_role(eyes: Eyes, role: str) -> None:
    who, at = IN_README[role]
    page, folder = await eyes.window(who), SHOWN if os.environ.get("PICTURES") else PICTURES
    await eyes.speak(page, Language.DUTCH)
    await page.set_viewport_size({"width": DESK, "height": 960})
    await page.goto(at.format_map(eyes.references))
    await page.screenshot(path=folder / f"{role}.png")

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"](docs/pictures/{role}.png)" in readme
    assert 0 < (SHOWN / f"{role}.png").stat().st_size < MOST_BYTES


async def _send(page: Page, button: str = "main form[method=post] button") -> None:
    async with page.expect_navigation():
        await page.locator(button).first.click()
