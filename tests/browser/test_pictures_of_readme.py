"""The pictures in the README: a page of each role. `PICTURES=1 .venv/bin/pytest` with this file makes them anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from service.errors import Language
from tests.chromium import DESK, PICTURES
from tests.looking import Eyes

ROOT = Path(__file__).parents[2]
SHOWN = ROOT / "docs" / "pictures"
MOST_BYTES = 150_000
HEIGHT = 960
PAGES = {
    "municipality": ("peel-en-maas", "/aanvragen/{Peel en Maas}"),
    "advisor": ("advisor1", "/"),
    "staff": ("staff", "/"),
}


@pytest.mark.parametrize("role", PAGES)
async def test_the_readme_shows_a_page_of_each_role(eyes: Eyes, role: str) -> None:
    who, at = PAGES[role]
    page, folder = await eyes.window(who), SHOWN if os.environ.get("PICTURES") else PICTURES
    await eyes.speak(page, Language.DUTCH)
    await page.set_viewport_size({"width": DESK, "height": HEIGHT})
    await page.goto(at.format_map(eyes.references))
    await page.screenshot(path=folder / f"{role}.png")

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"](docs/pictures/{role}.png)" in readme
    assert 0 < (SHOWN / f"{role}.png").stat().st_size < MOST_BYTES
