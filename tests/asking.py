"""Asking for support without an account, step by step, over HTTP."""

from __future__ import annotations

import re
import uuid

from tests.pages import PagesHouse, Visitor

START = "/vraag-ondersteuning"
LINK = re.compile(rf'href="({START}/verder/[^"]+)"')
QUESTION = {
    "text": "Wij zoeken hulp bij de start.",
    "kinds": ["START", "ROLES"],
    "from": "1-2-2030",
    "until": "1 maart 2030",
}
CONTACT = {"contact_name": "Fenna Lubbers", "contact_phone": "0115 123 456"}


def an_address() -> str:
    """An address that nobody asked from before."""
    return f"{uuid.uuid4().hex[:12]}@gemeente.test"


async def confirmed(pages: PagesHouse, email: str) -> Visitor:
    """Somebody who followed the link that was sent to their address."""
    visitor = await pages.visitor()
    await visitor.get(START)
    await visitor.post(START, {"email": email})
    link = LINK.search(visitor.shown)
    assert link, visitor.shown
    await visitor.get(link[1])
    return visitor


async def answered(
    visitor: Visitor, municipality: str, *, coalition: dict[str, str], until: str = "controleren"
) -> Visitor:
    """Somebody who answered every step up to this one."""
    steps: tuple[tuple[str, dict[str, object]], ...] = (
        ("gemeente", {"municipality": municipality}),
        ("coalitie", {**coalition}),
        ("vraag", {**QUESTION}),
        ("contact", {**CONTACT}),
    )
    for step, fields in steps:
        if step == until:
            break
        await visitor.get(f"{START}/{step}")
        await visitor.post(f"{START}/{step}", fields)
    return visitor
