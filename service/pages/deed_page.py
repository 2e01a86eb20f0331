"""A deed on a page of its own: one small form that gives one command, and what all such forms have in common.

A subject says what its form asks (a template that extends `deeds/deed.html`), how it begins and how it is read; the
rest is the same for all. `?over=` names the part it is about, `?namens=` for whom it is recorded: both travel in the
form. Which deeds there are stands in `service.pages.deeds`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final, Protocol, TypeVar
from urllib.parse import urlencode

from starlette.responses import Response

from domain.command import Command
from domain.moves import EVER, capacities
from domain.refusal import NOT_IN_THIS_STAGE, NOT_YOURS, Refusal
from domain.words import Capacity
from service.language import message
from service.language.deeds import COMMANDS
from service.pages.filled import Filled, filled
from service.pages.forms import Form, blank
from service.pages.giving import Fields, People, give, said
from service.pages.guarding import PageRoute, Who, get, post
from service.pages.recording import Recording, known_to_record, read_on_behalf
from service.pages.requests import Shown, request_at
from service.pages.visit import Visit

ABOUT: Final = "over"
BEHALF: Final = "namens"
PATH: Final = "/aanvragen/{reference}"
RECORDED: Final = message("It was recorded.")
THEN: Final = "then"
ANOTHER: Final = "another"

Start = Mapping[str, str | Iterable[str]]


class HasId(Protocol):
    """A part of a request."""

    @property
    def id(self) -> str:
        """By which it is named."""


Part = TypeVar("Part", bound=HasId)


@dataclass(frozen=True, kw_only=True)
class At:
    """Somebody at the page of a deed: on which request, about which part, and for whom it is recorded."""

    visit: Visit
    shown: Shown
    about: str = ""
    behalf: Capacity | None = None

    def part(self, among: Iterable[Part]) -> Part:
        """The part of the request that it is about.

        Raises: HTTPException 404 when it is not there for this visitor.
        """
        known = part_id(self.shown, self.about)
        found = next((one for one in among if one.id == known), None)
        if found is None:
            raise self.visit.not_found()
        return found

    def may(self, command: str) -> bool:
        """Whether this command is possible now, for themselves or for whom it is recorded."""
        return command in self.shown.possible(self.behalf)

    def may_ever(self, command: str) -> bool:
        """Whether this command is theirs to give, in some stage."""
        mine = (self.behalf,) if self.behalf else capacities(self.shown.stored.request, self.visit.account.actor)
        return any(command in EVER[one] for one in mine)

    def say(self, text: str, **values: object) -> str:
        """The text in the reader's language."""
        return self.visit.say(text, **values)


async def nothing_more(_: At) -> Mapping[str, Any]:
    """What the template of a deed gets besides its form: here nothing."""
    return {}


def empty(_: At) -> Start:
    """How a form begins: here with nothing in it."""
    return {}


def nobody(_: At, __: Filled) -> People:
    """The people that a form names for the first time: here none."""
    return {}


async def known_nowhere(_: At) -> Start:
    """What has to be looked up before the form is shown for the first time: here nothing."""
    return {}


def nothing_hinders(_: At) -> Refusal | None:
    """Why a deed is not possible now about this part, before anybody fills in its form: here for no reason."""
    return None


async def nothing_else(_: At, __: Filled) -> Response | Form | None:
    """What a form does besides giving its command, by a button of its own: here nothing."""
    return None


@dataclass(frozen=True, kw_only=True)
class DeedPage:
    """One command with its page.

    `read` makes the command of what was sent, `start` fills the form in, `values` gives the template what it needs,
    `people` the cards of people who are new. `title`, `button` and `done` are texts; without them the command's own.
    `another` is the text of a second button, which records and comes back for one more. `known` is what was kept of
    the form elsewhere, and `instead` what one of its other buttons does. `hindrance` spares people a form that would
    be refused.
    """

    command: str
    segment: str
    template: str
    read: Callable[[At, Filled], Command]
    start: Callable[[At], Start] = empty
    values: Callable[[At], Awaitable[Mapping[str, Any]]] = nothing_more
    people: Callable[[At, Filled], People] = nobody
    fields: Fields = field(default_factory=dict)
    title: str | None = None
    button: str | None = None
    done: str = RECORDED
    another: str | None = None
    known: Callable[[At], Awaitable[Start]] = known_nowhere
    instead: Callable[[At, Filled], Awaitable[Response | Form | None]] = nothing_else
    hindrance: Callable[[At], Refusal | None] = nothing_hinders

    @property
    def routes(self) -> tuple[PageRoute, ...]:
        """Its address: to look at, and to send."""
        path = f"{PATH}/{self.segment}"
        return get(path, self.show, who=Who.SIGNED_IN), post(path, self.carry_out, who=Who.SIGNED_IN)

    async def show(self, visit: Visit) -> Response:
        """Show the form; when it is not possible now, say why."""
        at = await _arrive(visit, visit.request.query_params)
        if not at.may(self.command):
            return _not_now(at, _why_not(at, self.command), self._title(at))
        if refusal := self.hindrance(at):
            return _not_now(at, refusal, self._title(at))
        start = {
            **known_to_record(at.shown, at.behalf, visit.tongue, visit.today),
            **self.start(at),
            **await self.known(at),
        }
        return await self._page(at, blank(at.shown.version, **start))

    async def carry_out(self, visit: Visit) -> Response:
        """Give the command and go back to the request; or show the form again with what is wrong."""
        at = await _arrive(visit, {name: visit.field(name) for name in (ABOUT, BEHALF)})
        if not at.may_ever(self.command):
            return _not_now(at, NOT_YOURS(), self._title(at))
        form = filled(visit)
        done = await self.instead(at, form)
        if done is not None:
            return await self._page(at, done) if isinstance(done, Form) else done
        command = self.read(at, form)
        behalf = read_on_behalf(at.shown, at.behalf, form, visit.today)
        people = self.people(at, form)
        given = await give(
            visit, at.shown.stored, replace(command, on_behalf=behalf), form, fields=self.fields, people=people
        )
        if isinstance(given, Form):
            return await self._page(at, given)
        return visit.see_other(self._onwards(at), said=at.say(self.done))

    def _onwards(self, at: At) -> str:
        """To the same form for one more, or back to the request."""
        if self.another and at.visit.field(THEN) == ANOTHER:
            return address_of_deed(at.shown, self.segment, about=at.about, behalf=at.behalf)
        return at.shown.address

    async def _page(self, at: At, form: Form) -> Response:
        title = self._title(at)
        return at.visit.page(
            self.template,
            title=title,
            form=form,
            request=at.shown,
            about=at.about,
            recording=Recording.of(at.shown, at.behalf, at.visit.tongue),
            button=at.say(self.button) if self.button else title,
            another=at.say(self.another) if self.another else None,
            **await self.values(at),
        )

    def _title(self, at: At) -> str:
        return at.say(self.title or COMMANDS[self.command])


def part_id(shown: Shown, about: str) -> str:
    """The id of a part as an address names it: by its number when the request made it, else whole."""
    return about if "/" in about else f"{shown.view.id}/{about}"


def address_of_deed(shown: Shown, segment: str, *, about: str = "", behalf: Capacity | None = None) -> str:
    """The page of a deed on this request, about a part of it, perhaps recorded for somebody else."""
    if not about and behalf is None:
        return f"{shown.address}/{segment}"
    return f"{shown.address}/{segment}?{_asked_for(about.removeprefix(f'{shown.view.id}/'), behalf or '')}"


@lru_cache(maxsize=1024)  # A page leads to a hundred deeds, and their parts are mostly numbers.
def _asked_for(about: str, behalf: str) -> str:
    return urlencode({name: value for name, value in ((ABOUT, about), (BEHALF, behalf)) if value})


def routes_of(pages: Iterable[DeedPage]) -> tuple[PageRoute, ...]:
    """The addresses of these deeds."""
    return tuple(route for page in pages for route in page.routes)


def segments_of(pages: Iterable[DeedPage]) -> Mapping[str, str]:
    """Where these deeds stand, by their command."""
    return {page.command: page.segment for page in pages}


async def _arrive(visit: Visit, asked: Mapping[str, str]) -> At:
    shown = await request_at(visit)
    behalf = asked.get(BEHALF)
    capacity = next((one for one in shown.can_record if one == behalf), None)
    if behalf and capacity is None:
        raise visit.not_found()
    return At(visit=visit, shown=shown, about=asked.get(ABOUT) or "", behalf=capacity)


def _why_not(at: At, command: str) -> Refusal:
    """It is not for them to do, or not in this stage."""
    return NOT_IN_THIS_STAGE(stage=at.shown.view.stage) if at.may_ever(command) else NOT_YOURS()


def _not_now(at: At, refusal: Refusal, title: str) -> Response:
    """Say why."""
    return at.visit.page(
        "deeds/not_now.html",
        title=title,
        status=403 if refusal.reason is NOT_YOURS else 409,
        request=at.shown,
        why=said(refusal, at.visit.tongue),
    )
