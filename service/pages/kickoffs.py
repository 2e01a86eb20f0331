"""Kick-offs: wanting one, dropping one, and saying that no visit is needed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from domain.command import Command
from domain.kickoffs import AnsweredBy, DropKickoff, KickoffDropReason, SkipVisit, WantKickoff
from domain.parts import Kickoff
from domain.words import Level, Side
from service.language import Tongue, message
from service.pages.choosing import Options, kickoff_name, words
from service.pages.deed_page import At, DeedPage, Start, routes_of, segments_of
from service.pages.filled import Filled

LEVELS: Final = message("Choose for whom the kick-off is.")
MONTH: Final = message("Choose a month.")
ORGANISER: Final = message("Choose who organises it.")
MONTHS_AHEAD: Final = 18


def months(tongue: Tongue, today: date) -> Options:
    """The months from this one on, by their first day."""
    first = [_month_on(today, ahead) for ahead in range(MONTHS_AHEAD)]
    return [(day.isoformat(), tongue.month(day)) for day in first]


def _month_on(day: date, ahead: int) -> date:
    years, month = divmod(day.month - 1 + ahead, 12)
    return date(day.year + years, month + 1, 1)


async def show_wanting(at: At) -> Mapping[str, Any]:
    """What can be chosen."""
    tongue = at.visit.tongue
    return {
        "levels": words(tongue, Level),
        "sides": words(tongue, Side),
        "months": months(tongue, at.visit.today),
    }


def start_wanting(_: At) -> Start:
    """The municipality usually organises its own kick-off."""
    return {"organiser": Side.MUNICIPALITY}


def read_wanting(at: At, form: Filled) -> Command:
    """Want a kick-off."""
    levels = form.choices("levels", Level)
    if not levels:
        form.wrong("levels", at.say(LEVELS), None)
    return WantKickoff(
        levels=levels,
        target_month=read_month(at, form, "targetMonth"),
        organiser=form.choice("organiser", Side, missing=at.say(ORGANISER)),
    )


def read_month(at: At, form: Filled, name: str) -> date:
    """The month that was chosen, by its first day."""
    known = [value for value, _ in months(at.visit.tongue, at.visit.today)]
    chosen = form.one_of(name, known, missing=at.say(MONTH))
    return date.fromisoformat(chosen) if chosen else at.visit.today


def _kickoff(at: At) -> Kickoff:
    return at.part(at.shown.view.kickoffs)


async def show_dropping(at: At) -> Mapping[str, Any]:
    """Which kick-off, and why it could be dropped."""
    tongue = at.visit.tongue
    return {"name": kickoff_name(tongue, _kickoff(at)), "reasons": words(tongue, KickoffDropReason)}


def read_dropping(at: At, form: Filled) -> Command:
    """Drop it."""
    return DropKickoff(
        kickoff=_kickoff(at).id,
        reason=form.choice("reason", KickoffDropReason, missing=at.say("Choose why.")),
        text=form.optional_text("text"),
    )


async def show_skipping(at: At) -> Mapping[str, Any]:
    """How questions can be answered without a visit."""
    return {"ways": words(at.visit.tongue, AnsweredBy)}


def read_skipping(at: At, form: Filled) -> Command:
    """Go on without a visit."""
    return SkipVisit(
        answered_by=form.choice("answeredBy", AnsweredBy, missing=at.say("Choose how it was answered.")),
        text=form.text("text", missing=at.say("Write in short what you answered.")),
    )


PAGES: Final = (
    DeedPage(
        command="want_kickoff",
        segment="startbijeenkomst-toevoegen",
        template="deeds/want_kickoff.html",
        read=read_wanting,
        start=start_wanting,
        values=show_wanting,
        done=message("The kick-off was added."),
    ),
    DeedPage(
        command="drop_kickoff",
        segment="startbijeenkomst-vervalt",
        template="deeds/drop_kickoff.html",
        read=read_dropping,
        values=show_dropping,
        done=message("The kick-off was dropped."),
    ),
    DeedPage(
        command="skip_visit",
        segment="geen-adviesgesprek",
        template="deeds/skip_visit.html",
        read=read_skipping,
        values=show_skipping,
        done=message("It was recorded that no visit is needed."),
    ),
)
DEEDS: Final = segments_of(PAGES)
ROUTES: Final = routes_of(PAGES)
