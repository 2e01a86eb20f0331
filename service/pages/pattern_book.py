"""The pattern book: every piece that pages are made of, to look at and to copy from. In development only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from starlette.responses import Response

from domain.words import Level, QuestionStatus, Stage, Theme
from service.pages.filled import filled
from service.pages.forms import Form, blank
from service.pages.guarding import Who, get, post
from service.pages.request_page.history import Moment
from service.pages.request_page.looking import Ways
from service.pages.visit import Visit

SAMPLE: Final = date(2026, 11, 3)


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of the process, as the macro wants it."""

    name: str
    state: str
    meta: str | None = None


@dataclass(frozen=True, kw_only=True)
class Item:
    """A task, as the macro wants it."""

    title: str
    address: str | None
    about: str | None
    state: str | None
    tone: str = "neutral"


async def show(visit: Visit) -> Response:
    """Show every piece."""
    return await _show(visit, blank(day="12-01-2027", level=Level.GOVERNANCE))


async def try_out(visit: Visit) -> Response:
    """Read the form and show it again, with what is wrong."""
    form = filled(visit)
    form.line("title", missing=visit.say("Write what this is about."))
    form.text("text", missing=visit.say("Write what you want to tell."))
    form.day("day", missing=visit.say("Choose a day."))
    form.choice("level", Level, missing=visit.say("Choose a level."))
    form.choices("themes", Theme)
    if not form.mistakes:
        return visit.see_other("/patronen", said=visit.say("It was recorded."))
    return await _show(visit, form.again())


async def _show(visit: Visit, form: Form) -> Response:
    if not visit.parts.settings.development:
        raise visit.not_found()
    tongue = visit.tongue

    def options(kind: type[StrEnum]) -> list[tuple[str, str]]:
        return [(one.value, tongue.word(one)) for one in kind]

    return visit.page(
        "pattern_book.html",
        title=visit.say("Pattern book"),
        form=form,
        levels=options(Level),
        themes=options(Theme),
        statuses=options(QuestionStatus),
        steps=[
            Step(name=tongue.word(Stage.INTAKE), state="done", meta=tongue.day(SAMPLE)),
            Step(name=tongue.word(Stage.VISIT), state="current", meta=tongue.weekday(SAMPLE)),
            Step(name=tongue.word(Stage.KICKOFF), state="not_needed", meta=visit.say("not needed")),
            Step(name=tongue.word(Stage.FOLLOW_UP), state="to_come"),
        ],
        items=[
            Item(title="Kies een moment voor het adviesgesprek", address="#", about="Venlo", state="wacht op u"),
            Item(title="Nodig de partners uit", address="#", about=None, state="klaar", tone="success"),
        ],
        moments=[
            Moment(
                what="Adviesgesprek gepland",
                when=tongue.day(SAMPLE),
                who="Ilse Dronkers",
                detail="Stadskantoor",
                ways=Ways(),
            ),
            Moment(what="Aanvraag ingediend", when=tongue.day(SAMPLE), who=None, detail=None, ways=Ways()),
        ],
    )


routes = (
    get("/patronen", show, who=Who.EVERYBODY),
    post("/patronen", try_out, who=Who.EVERYBODY),
)
