"""The pages as one application: every subject's addresses, the files of the look, and what goes around each answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.composition import Parts
from service.look import load_look
from service.pages import (
    asking,
    colleagues,
    deeds,
    everybody,
    home,
    looking_good,
    news,
    on_paper,
    own_account,
    past,
    pattern_book,
    resuming,
    sign_in,
    whole_file,
)
from service.pages.advisor import agenda, hand_over
from service.pages.cookies import Cookies
from service.pages.rendering import Renderer
from service.pages.request_page import page as request_page
from service.pages.staff import addresses as staff
from service.pages.trouble import HANDLERS
from service.pages.visit import Pages
from service.sign_in.provider import Provider

ROUTES: Final[tuple[BaseRoute, ...]] = (
    *home.routes,
    *request_page.routes,  # Addresses are tried in this order, and people come here most.
    *sign_in.routes,
    *own_account.routes,
    *resuming.routes,
    *everybody.routes,
    *asking.routes,
    *colleagues.routes,
    *on_paper.routes,
    *past.routes,
    *news.routes,
    *whole_file.routes,
    *staff.ROUTES,
    *agenda.routes,
    *hand_over.routes,
    *deeds.ROUTES,
    *pattern_book.routes,
    *looking_good.routes,
)
"""Every address that people can go to; a new subject adds its routes here."""

SAFE: Final[Mapping[str, str]] = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Referrer-Policy": "same-origin",
}
POLICY: Final = (
    "default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; form-action 'self'{provider};"
    " frame-ancestors 'none'; img-src 'self' data:; script-src 'self'; style-src 'self'"
)


class PagesApp:
    """The pages, on the parts that the process opened when it started."""

    def __init__(self) -> None:
        self.renderer = Renderer(load_look())
        self.app: ASGIApp = Starlette(routes=ROUTES, exception_handlers=HANDLERS)
        self.pages: Pages | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; scripts, styles and forms come from here and go here alone."""
        pages = self._pages(Request(scope).state.parts)
        scope["state"]["pages"] = pages
        headers = {**SAFE, "Content-Security-Policy": _policy(pages)}

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = MutableHeaders(scope=message)
                for name, value in headers.items():
                    given.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_safely)

    def _pages(self, parts: Parts) -> Pages:
        if self.pages is None or self.pages.parts is not parts:
            settings = parts.settings
            self.pages = Pages(
                parts=parts,
                renderer=self.renderer,
                provider=Provider(settings, settings.oidc_issuer) if settings.oidc_issuer else None,
                cookies=Cookies(secure=not settings.development),
            )
        return self.pages


def _policy(pages: Pages) -> str:
    """Signing out sends the browser on to the provider, and that counts as where a form goes."""
    return POLICY.format(provider=f" {pages.provider.origin}" if pages.provider else "")
