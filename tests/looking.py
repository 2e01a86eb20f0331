"""Looking at a page as people do: in both languages, at a desk and on a phone, with axe, and a picture of it.

Everybody has one window for the whole session and turns its leaves: what the server sends takes the place of what
stood there, so that axe is read in once and stays quick. Contrast, its slowest rule by far, is measured once in a
window for each way that text looks: the same colours on the same ground give the same answer.

What is cut off is looked for at both widths in both languages. Axe looks at a desk in Dutch with all its rules, and on
a phone in English with all but contrast, as colours know no language. `make looks` leaves nothing out: all rules at
both widths in both languages, contrast on each page anew, and a picture of everything instead of what a desk shows
first.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest_asyncio
from axe_playwright_python.base import AXE_FILE_PATH  # type: ignore[import-untyped]  # it ships no types
from playwright.async_api import Browser, BrowserContext, Page

from service.errors import Language
from service.language.choosing import COOKIE
from tests.asking import START, answered, confirmed
from tests.chromium import DESK, HEIGHT, PHONE, PICTURES, RULES
from tests.pages import PagesHouse, Visitor

WIDTHS = {Language.DUTCH: (DESK, PHONE), Language.ENGLISH: (PHONE, DESK)}
THOROUGH = bool(os.environ.get("THOROUGH"))
"""Leave nothing out; it takes three times as long."""
NO_CONTRAST = {**RULES, "rules": {"color-contrast": {"enabled": False}}}
LOOKS_APART = "data-looks-apart"
READ_IN = f"axe.configure({{rules: [{{id: 'color-contrast', selector: '[{LOOKS_APART}]'}}]}})"
MARK = """thorough => {
  const grounds = new Map([[null, ""]]);
  const seen = thorough ? new Set() : (window.looksSeen ??= new Set());
  for (const one of document.documentElement.querySelectorAll("body, body *")) {
    const style = getComputedStyle(one), above = grounds.get(one.parentElement) ?? "";
    const own = [style.backgroundColor, style.backgroundImage, style.opacity].join();
    const ground = own === "rgba(0, 0, 0, 0),none,1" ? above : `${above}/${own}`;
    grounds.set(one, ground);
    one.removeAttribute("LOOKS_APART");
    const words = [...one.childNodes].some(it => it.nodeType === Node.TEXT_NODE && it.data.trim());
    const says = words || one.matches("input, select, textarea");
    const looks = [style.color, style.fontSize, style.fontWeight, style.textShadow, ground].join("|");
    if (!says || seen.has(looks) || !one.checkVisibility()) continue;
    seen.add(looks);
    one.setAttribute("LOOKS_APART", "");
  }
}""".replace("LOOKS_APART", LOOKS_APART)
FOUND = """async rules => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const cut = [...document.querySelectorAll("main *")].filter(one => {
    const style = getComputedStyle(one);
    const hides = style.overflowX === "hidden" || style.overflowX === "clip";
    return hides && style.clipPath === "none" && one.scrollWidth > one.clientWidth + 1;
  });
  const mistaken = [...document.querySelectorAll("#mistakes a")].map(one => document.querySelector(one.hash));
  const lost = mistaken.filter((one, at) => !one || (at && !(mistaken[at - 1]?.compareDocumentPosition(one) & 4)));
  const {violations} = rules ? await axe.run(rules) : {violations: []};
  return [
    ...lost.map(one => `the summary leads nowhere, or in another order than the form: ${one?.id}`),
    ...(wide > 0 ? [`wider than the screen by ${wide} px`] : []),
    ...cut.map(one => `cut off: ${one.outerHTML.slice(0, 120)}`),
    ...violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.target}: ${node.failureSummary}`)),
  ];
}"""
LEAF = """async answer => {
  const leaf = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.documentElement.lang = leaf.documentElement.lang;
  document.title = leaf.title;
  document.body.replaceWith(document.adoptNode(leaf.body));
  history.replaceState(null, "", answer.url);
  scrollTo(0, 0);
  return answer.status;
}"""
TURN = f"async path => ({LEAF})(await fetch(path))"
SEND_NOTHING = f"""async () => {{
  const form = document.querySelector("main form[method=post]");
  for (const one of form.elements) {{
    if (one.type === "radio" || one.type === "checkbox") one.checked = false;
    else if (one.tagName === "SELECT") one.selectedIndex = 0;
    else if (one.type !== "hidden" && one.tagName !== "BUTTON" && one.type !== "file") one.value = "";
  }}
  const sent = new FormData(form), whole = form.enctype === "multipart/form-data";
  const answer = await fetch(form.action, {{method: "POST", body: whole ? sent : new URLSearchParams(sent)}});
  return await ({LEAF})(answer);
}}"""

ASKERS = {"newcomer": ("Venlo", "vraag"), "answered": ("Hulst", "controleren"), "received": ("Sluis", "controleren")}
"""Where those who ask without an account come from, and which step they have still to do."""

MISTAKEN = (409, 422)
"""What the server answers to a form that it does not take."""

Show = Callable[[Page], Awaitable[object]]
Scheme = Literal["light", "dark"]


@cache
def _axe() -> str:
    return Path(AXE_FILE_PATH).read_text(encoding="utf-8")


@dataclass(frozen=True, kw_only=True)
class Look:
    """A page as somebody sees it.

    `route` is its address as the app writes it. `at` is how to come there, with `{Venlo}` for the request of Venlo;
    where it is about a part of that request, the way is found on its page. `state` tells pictures apart. `wrong` says
    that the form is also sent with nothing in it, which it must refuse. `status` is what the server answers.
    """

    route: str
    who: str | None
    at: str = ""
    state: str = ""
    wrong: bool = False
    status: int = 200

    @property
    def name(self) -> str:
        """What its pictures are called."""
        parts = (self.who or "stranger", self.route.replace("{reference}", "").strip("/") or "home", self.state)
        return re.sub(r"[^a-z0-9]+", "-", "-".join(filter(None, parts)).lower()).strip("-")


@dataclass(frozen=True, kw_only=True)
class Eyes:
    """Those who look: each signed in, in a window of their own."""

    house: PagesHouse
    browser: Browser
    references: Mapping[str, str]
    windows: dict[tuple[str | None, str], Page] = field(default_factory=dict)
    visitors: dict[str, Visitor] = field(default_factory=dict)
    ways: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    async def look(self, look: Look, *, scheme: Scheme = "light") -> None:
        """Look at a page; at its form also when nothing was filled in, which says all it says and more."""
        page, path = await self.window(look.who, scheme=scheme), await self.path(look)
        name = look.name if scheme == "light" else f"{look.name}-{scheme}"
        for language in WIDTHS:
            await self.speak(page, language)
            assert await page.evaluate(TURN, path) == look.status, path
            assert urlsplit(page.url).path == urlsplit(path).path, f"{path} leads to {page.url}"
            if language is Language.DUTCH or not look.wrong or THOROUGH:
                await self.see_one(page, name, language)
            if look.wrong:
                assert await page.evaluate(SEND_NOTHING) in MISTAKEN, f"{path} took an empty form"
                mistakes = await page.locator("#mistakes > div > div > ul:first-of-type > li").all_inner_texts()
                assert len(mistakes) == len(set(mistakes)) > 0, f"{path} says the same of two fields: {mistakes}"
                await self.see_one(page, f"{name}-wrong", language, pictured=THOROUGH)

    async def see(self, page: Page, name: str, show: Show) -> None:
        """See that what is shown is right, in both languages and at both widths.

        Raises: AssertionError that says what is wrong where.
        """
        for language in WIDTHS:
            await self.speak(page, language)
            await show(page)
            await self.see_one(page, name, language)

    async def speak(self, page: Page, language: Language) -> None:
        """Have the next pages in this language."""
        await page.context.add_cookies([{"name": COOKIE, "value": language, "url": self.house.url}])

    async def see_one(self, page: Page, name: str, language: Language, *, pictured: bool = True) -> None:
        """See that what is shown now is right."""
        PICTURES.mkdir(exist_ok=True)
        assert await page.locator("html").get_attribute("lang") == language, name
        if await page.evaluate("typeof axe") == "undefined":
            await page.evaluate(_axe() + READ_IN)
        for width in WIDTHS[language]:
            await page.set_viewport_size({"width": width, "height": HEIGHT})
            found = await page.evaluate(FOUND, await self._rules(page, language, width))
            assert found == [], f"{name} at {width} px in {language}"
            if language is Language.DUTCH and pictured and (width == DESK or THOROUGH):
                place = PICTURES / f"{name}-{width}.jpg"
                await page.screenshot(path=place, type="jpeg", quality=80, full_page=THOROUGH)

    async def _rules(self, page: Page, language: Language, width: int) -> Mapping[str, object] | None:
        """What axe looks for; None when it is left alone, and only what is cut off counts."""
        if THOROUGH or (language is Language.DUTCH and width == DESK):
            await page.evaluate(MARK, THOROUGH)
            return RULES
        return NO_CONTRAST if width == WIDTHS[language][0] else None

    async def window(self, who: str | None, *, scheme: Scheme = "light") -> Page:
        """The window of somebody, which stays open."""
        if (who, scheme) not in self.windows:
            context = await self.browser.new_context(
                viewport={"width": DESK, "height": HEIGHT},
                base_url=self.house.url,
                locale="nl-NL",
                color_scheme=scheme,
                reduced_motion="reduce",
            )
            await self._sign_in(context, who)
            self.windows[who, scheme] = await context.new_page()
            await self.windows[who, scheme].goto("/over")
        return self.windows[who, scheme]

    async def _sign_in(self, context: BrowserContext, who: str | None) -> None:
        if who:
            known = who in self.house.accounts
            held = await (self.house.session_of(who) if known else self._asker(who))
            await context.add_cookies(
                [{"name": name, "value": value, "url": self.house.url} for name, value in held.items()]
            )

    async def _asker(self, who: str) -> Mapping[str, str]:
        """What the browser holds of somebody who asks without an account, as far as they are."""
        town, until = ASKERS[who]
        visitor = await confirmed(self.house, f"{who}@gemeente.test")
        await answered(visitor, town, coalition={"coalition": "new", "name": f"Kansrijke Start {town}"}, until=until)
        if who == "received":
            await visitor.get(f"{START}/controleren")
            await visitor.post(f"{START}/controleren")
        return dict(visitor.client.cookies)

    async def path(self, look: Look) -> str:
        """The address itself; for a deed about a part the first that the page of the request leads to."""
        written = (look.at or look.route).format_map(self.references)
        request, _, deed = written.removeprefix("/aanvragen/").partition("/")
        if not deed or "{reference}" not in look.route or "?" in written or look.who is None:
            return written
        ways = await self._ways(look.who, f"/aanvragen/{request}")
        named = [one for one in ways if one.partition("?")[0] == written]
        return min(named, key=lambda one: "namens=" in one, default=written)

    async def _ways(self, who: str, address: str) -> tuple[str, ...]:
        if (who, address) not in self.ways:
            if who not in self.visitors:
                self.visitors[who] = await self.house.visitor(who)
            shown = (await self.visitors[who].get(address)).text
            self.ways[who, address] = tuple(html.unescape(one) for one in re.findall(r'href="([^"#]+)"', shown))
        return self.ways[who, address]


@pytest_asyncio.fixture(scope="session")
async def eyes(demo: PagesHouse, references: Mapping[str, str], browser: Browser) -> AsyncIterator[Eyes]:
    """People who look at the house with the demo in it."""
    eyes = Eyes(house=demo, browser=browser, references=references)
    yield eyes
    for page in eyes.windows.values():
        await page.context.close()
