"""Somebody at a screen who never saw the product: finds buttons, links and fields by the names they read there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

PROVIDER_BUTTON = "Authorize"

expect.set_options(timeout=15_000)


@dataclass(frozen=True)
class Newcomer:
    """A person with a page before them; goes from page to page by what stands on it."""

    page: Page

    async def come(self, path: str = "/") -> None:
        """Begin somewhere: at home, or where a link in a mail leads."""
        await self.page.goto(path)

    async def sign_in(self, email: str) -> None:
        """Come to the sign-in page and choose who to be at the provider."""
        await self.come()
        await self.follow("Aanmelden met uw werkaccount")
        known = self.page.get_by_role("button", name=email, exact=True)
        if await known.count():
            return await self._go_on(known)
        await self.page.get_by_role("textbox").fill(email)
        return await self.press(PROVIDER_BUTTON)

    async def press(self, name: str) -> None:
        """Press a button that leads on."""
        await self._go_on(self.page.get_by_role("button", name=name, exact=True))

    async def press_first(self, group: str) -> None:
        """Press the first of the buttons that a question offers as its answers."""
        await self._go_on(self.group(group).get_by_role("button").first)

    async def follow(self, name: str, *, beside: str = "") -> None:
        """Follow the first link of this name; `beside` names what stands in the same item of a list."""
        place: Page | Locator = self.page
        if beside:
            place = self.page.get_by_role("listitem").filter(has_text=beside)
        await self._go_on(place.get_by_role("link", name=name, exact=True).filter(visible=True).first)

    async def unfold(self, summary: str) -> None:
        """Open the first fold of this name."""
        await self.page.locator("summary").filter(has_text=summary).filter(visible=True).first.click()

    async def type(self, label: str, text: str) -> None:
        """Type into a field, over what stands in it."""
        await self.field(label).fill(text)

    async def tick(self, label: str) -> None:
        """Tick a box."""
        await self.field(label).check()

    async def choose(self, question: str, *answers: str) -> None:
        """Tick answers to a question."""
        for answer in answers:
            await self.group(question).get_by_label(answer, exact=True).check()

    async def select(self, label: str, option: str | int) -> None:
        """Choose from a list, by its words or its place."""
        if isinstance(option, int):
            await self.field(label).select_option(index=option)
        else:
            await self.field(label).select_option(label=option)

    def field(self, label: str) -> Locator:
        """A field by what stands above it."""
        return self.page.get_by_label(_named(label)).filter(visible=True)

    def group(self, question: str) -> Locator:
        """The first question with several answers that reads like this."""
        return self.page.get_by_role("group", name=_named(question)).filter(visible=True).first

    def region(self, name: str) -> Locator:
        """A section by its heading."""
        return self.page.get_by_role("region", name=name)

    async def reads(self, *texts: str) -> None:
        """See these texts somewhere in the page."""
        for text in texts:
            await expect(self.page.locator("main")).to_contain_text(text)

    async def hears(self, text: str) -> None:
        """Be told what was just done."""
        await expect(self.page.get_by_role("status").filter(has_text=text)).to_be_visible()

    async def is_told_of_a_mistake(self, text: str) -> None:
        """See on top what is wrong, in the title too, with the focus there."""
        await expect(self.page).to_have_title(re.compile("^Fout: "))
        await expect(self.page.get_by_role("alert")).to_contain_text(text)
        await expect(self.page.locator("#mistakes")).to_be_focused()

    async def _go_on(self, to: Locator) -> None:
        async with self.page.expect_navigation(wait_until="domcontentloaded"):
            await to.click()


async def ask_for_support(person: Newcomer, place: str, email: str) -> str:
    """Ask for support without an account, by a mail address that is confirmed; gives the reference."""
    await person.come()
    await person.follow("Wil uw gemeente ondersteuning? Vraag het zonder account")
    await person.type("Uw mailadres van het werk", email)
    await person.press("Stuur mij de link")
    await person.follow("Verder met mijn aanvraag")
    await person.type("Uw gemeente", place)
    await person.press("Verdergaan")
    await person.choose("Hoe ver is de coalitie?", "net begonnen")
    await person.press("Verdergaan")
    await person.type("Vertel het in uw eigen woorden", "Wij willen beginnen.\nWie nodigen we uit?")
    await person.choose("Waar gaat het over?", "hulp bij de start", "een (start)bijeenkomst organiseren")
    await person.press("Verdergaan")
    await person.type("Uw naam", "Sanne Peters")
    await person.press("Verdergaan")
    await person.press("Aanvraag versturen")
    await person.reads("We hebben uw aanvraag ontvangen", f"De eerste cijfers van {place}")
    return await person.page.locator(".reference").inner_text()


def _named(label: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(label)}\s*(\(niet verplicht\))?\s*$")
