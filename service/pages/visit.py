"""One visit to one page: who is there, in which role, what they sent, and how a page answers them.

A page is a function of a visit. It looks things up, gives plain values to a template, and answers; who may come to it
is declared beside its address (`service.pages.guarding`), and forms have their own file (`service.pages.forms`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Final, cast

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from service.composition import Parts
from service.language import Tongue
from service.pages.cookies import Cookies
from service.pages.forms import Form
from service.pages.reading import AskedBefore, Reading
from service.pages.rendering import Frame, Renderer
from service.sign_in.hats import Hat, hats_of, wearing
from service.sign_in.provider import Provider
from storage.accounts import Account
from storage.requests import Stored
from storage.sessions import Session

SAID: Final = "said"
UNPROCESSABLE: Final = 422


@dataclass(frozen=True, kw_only=True)
class Pages:
    """What all pages share: the parts of this process, and how pages are rendered."""

    parts: Parts
    renderer: Renderer
    provider: Provider | None
    cookies: Cookies
    asked_before: AskedBefore = field(default_factory=AskedBefore)


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Somebody who is signed in: their whole account, the role they act in, and their session."""

    whole: Account
    hat: Hat | None
    session: Session
    held: str


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Somebody at a page, now (UTC)."""

    request: Request
    pages: Pages
    reading: Reading
    tongue: Tongue
    guest: Guest | None
    now: datetime
    stored: Stored | None = None
    """The request that the address names, as it was when they came; whether they may see it is not said."""
    heard: int = 0
    """The place in the log up to which this process had heard when they came."""
    by_itself: bool = False
    """A page that stands open asked, nobody did."""
    sent: FormData | None = None

    @property
    def parts(self) -> Parts:
        """The parts of this process."""
        return self.pages.parts

    @cached_property
    def account(self) -> Account:
        """The account, as it acts in the role that was chosen. Only on pages for people who are signed in."""
        if self.guest is None:
            raise RuntimeError("a page for everybody asked whose account it is")
        return wearing(self.guest.whole, self.guest.hat)

    @property
    def hat(self) -> Hat | None:
        """The role they act in."""
        return self.guest.hat if self.guest else None

    @cached_property
    def today(self) -> date:
        """The day in Amsterdam."""
        return self.parts.calendar.today(self.now)

    def at(self, name: str) -> str:
        """A part of the address, as the route names it: `/aanvragen/{id}`."""
        return cast(str, self.request.path_params[name])

    def say(self, text: str, **values: object) -> str:
        """The text in the reader's language."""
        return self.tongue.say(text, **values)

    def field(self, name: str) -> str:
        """What was sent under this name; empty when nothing was."""
        value = self.sent.get(name, "") if self.sent else ""
        return value if isinstance(value, str) else ""

    def csrf(self) -> str:
        """What every form of this session carries; it follows from what the browser alone holds."""
        held = self.guest.held if self.guest else ""
        return hashlib.sha256(f"csrf\0{held}".encode()).hexdigest()

    def page(
        self,
        template: str,
        *,
        title: str,
        status: int = 200,
        form: Form | None = None,
        news: str | None = None,
        **values: object,
    ) -> Response:
        """Answer with a page. `title` is in the reader's language; `form` is the one that stands on it, if any.

        `news` is the address at which the page hears that it is no longer up to date.
        """
        wrong = form is not None and form.is_wrong
        frame = self._frame(title, wrong=wrong, news=news)
        html = self.pages.renderer.render(template, self.tongue, frame, {**values, "form": form} if form else values)
        code = UNPROCESSABLE if wrong else status
        answer = HTMLResponse(html, status_code=code, headers={"Content-Language": self.tongue.language})
        if frame.said is not None:
            self.pages.cookies.drop(answer, SAID)
        return answer

    def see_other(self, address: str, *, said: str | None = None) -> Response:
        """Go on to another page after something was done, and say there what was done."""
        answer = RedirectResponse(address, status_code=303)
        if said:
            self.pages.cookies.give_text(answer, SAID, said)
        return answer

    def not_found(self) -> HTTPException:
        """Raise this where something does not exist or is not theirs to see: nobody learns which."""
        return HTTPException(404)

    def _frame(self, title: str, *, wrong: bool, news: str | None) -> Frame:
        said = None if self.by_itself else self.pages.cookies.text_of(self.request, SAID)
        names: Mapping[str, str] = {"name": self.guest.whole.name or self.guest.whole.email} if self.guest else {}
        return Frame(
            title=title,
            wrong=wrong,
            path=self.request.scope["path"],
            csrf=self.csrf(),
            contact=self.parts.settings.contact_mail,
            said=said,
            news=f"{news}?sinds={self.heard}" if news else None,
            who=names.get("name"),
            hat=self.hat,
            hats=hats_of(self.guest.whole) if self.guest else (),
        )


def now() -> datetime:
    """The clock of this process."""
    return datetime.now(UTC)
