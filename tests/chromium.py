"""A real browser: Debian's Chromium, driven by Playwright, and what every page must stand before it.

Pictures of every page are kept in `.screenshots/`, for people to look at.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]  # it ships no types
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.pages import PagesHouse

PICTURES = Path(__file__).parents[1] / ".screenshots"
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first never had a window, and takes less than half of the processor time."""
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--js-flags=--single-threaded",  # Beside its own thread V8 keeps others busy, and the cores have work enough.
)
PHONE, DESK = 320, 1280
HEIGHT = 800
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
    "preload": False,  # What axe would read in before it looks is sound and film, of which we have none.
}

SignedIn = Callable[..., Awaitable[Page]]


def chromium() -> str:
    """The program of a Chromium on this machine.

    Raises FileNotFoundError when there is none.
    """
    found = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    if found is None:
        raise FileNotFoundError("Chromium is missing: run `make test`, which installs it")
    return found


@pytest_asyncio.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """A browser without a window, for the whole session."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        yield browser
        await browser.close()


@pytest_asyncio.fixture
async def signed_in_page(pages: PagesHouse, browser: Browser) -> AsyncIterator[SignedIn]:
    """Open a page as somebody (`venlo`), or as a stranger (None); options go to Playwright's context."""
    contexts: list[BrowserContext] = []

    async def open_page(who: str | None, **options: Any) -> Page:
        options = {"viewport": {"width": DESK, "height": HEIGHT}, "base_url": pages.url, "locale": "nl-NL", **options}
        context = await browser.new_context(**options)
        contexts.append(context)
        if who:
            held = await pages.session_of(who)
            await context.add_cookies(
                [{"name": name, "value": value, "url": pages.url} for name, value in held.items()]
            )
        page = await context.new_page()
        page.on("console", lambda said: pytest.fail(said.text) if "Content Security Policy" in said.text else None)
        return page

    yield open_page
    for context in contexts:
        await context.close()


async def violations(page: Page) -> list[str]:
    """What axe finds wrong: the rule, the place and what to do about it."""
    found = await Axe().run(page, options=RULES)
    return [
        f"{one['id']}: {node['target']}: {node.get('failureSummary', '')}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]


def text_of(page: Page) -> Awaitable[str]:
    """Everything that the page says in its main part."""
    return page.locator("main").inner_text()
