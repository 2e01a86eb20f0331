"""Ambitions and goals: what the coalition wants, how it shows, by when. Actions have their own file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from domain.ambitions import AgreeAmbition, DropAmbition
from domain.command import Command
from domain.goals import AgreeGoal, DropGoal, ReviseGoal
from domain.parts import Ambition, Goal
from domain.words import Level, Theme
from service.language import message
from service.pages.choosing import ambitions, goals, optional_part, parts, words
from service.pages.deed_page import At, DeedPage, Start, part_id, routes_of, segments_of
from service.pages.filled import Filled

WANT: Final = message("Write what the coalition wants.")
REACH: Final = message("Write what you want to reach.")
SHOWS: Final = message("Write how it shows that you come nearer.")
BY_WHEN: Final = message("Write by which day.")
REASON: Final = message("Write why.")


async def show_ambitions(at: At) -> Mapping[str, Any]:
    """What is there already, and the themes."""
    return {"ambitions": ambitions(at.shown.view), "themes": words(at.visit.tongue, Theme)}


def read_ambition(at: At, form: Filled) -> Command:
    """Agree on what the coalition wants."""
    return AgreeAmbition(text=form.text("text", missing=at.say(WANT)), theme=form.optional_choice("theme", Theme))


def _ambition(at: At) -> Ambition:
    return at.part(ambitions(at.shown.view))


async def show_dropped_ambition(at: At) -> Mapping[str, Any]:
    """Which ambition, and the goals that stay."""
    dropped = _ambition(at)
    return {"ambition": dropped, "goals": [one for one in goals(at.shown.view) if one.ambition == dropped.id]}


def read_dropping_ambition(at: At, form: Filled) -> Command:
    """Give it up."""
    return DropAmbition(ambition=_ambition(at).id, reason=form.text("reason", missing=at.say(REASON)))


def start_goal(at: At) -> Start:
    """Under the ambition that the address names."""
    return {"ambition": part_id(at.shown, at.about) if at.about else ""}


async def show_goal(at: At) -> Mapping[str, Any]:
    """The ambitions it may serve, and the levels."""
    known = ambitions(at.shown.view)
    return {
        "ambitions": parts(known, lambda one: one.text),
        "ambition": next((one for one in known if one.id == part_id(at.shown, at.about)), None),
        "levels": words(at.visit.tongue, Level),
    }


def read_goal(at: At, form: Filled) -> Command:
    """Agree on what to reach."""
    return AgreeGoal(
        text=form.text("text", missing=at.say(REACH)),
        shows=form.text("shows", missing=at.say(SHOWS)),
        due=form.day("due", missing=at.say(BY_WHEN)),
        ambition=optional_part(form, "ambition", ambitions(at.shown.view)),
        means=form.optional_text("means"),
        champion=form.optional_line("champion"),
        level=form.optional_choice("level", Level),
    )


def _goal(at: At) -> Goal:
    return at.part(goals(at.shown.view))


def start_revising(at: At) -> Start:
    """How it is now."""
    goal = _goal(at)
    return {
        "text": goal.text,
        "shows": goal.shows,
        "due": at.visit.tongue.short_day(goal.due),
        "ambition": goal.ambition or "",
        "means": goal.means or "",
        "champion": goal.champion or "",
        "level": goal.level or "",
    }


def read_revising(at: At, form: Filled) -> Command:
    """Say how it is from now on."""
    return ReviseGoal(
        goal=_goal(at).id,
        text=form.text("text", missing=at.say(REACH)),
        shows=form.text("shows", missing=at.say(SHOWS)),
        due=form.day("due", missing=at.say(BY_WHEN)),
        ambition=optional_part(form, "ambition", ambitions(at.shown.view)),
        means=form.optional_text("means"),
        champion=form.optional_line("champion"),
        level=form.optional_choice("level", Level),
    )


async def show_dropped_goal(at: At) -> Mapping[str, Any]:
    """Which goal, and the actions that go on."""
    dropped = _goal(at)
    return {"goal": dropped, "actions": [one for one in at.shown.view.actions if one.goal == dropped.id]}


def read_dropping_goal(at: At, form: Filled) -> Command:
    """Give it up."""
    return DropGoal(goal=_goal(at).id, reason=form.text("reason", missing=at.say(REASON)))


PAGES: Final = (
    DeedPage(
        command="agree_ambition",
        segment="ambitie-toevoegen",
        template="deeds/agree_ambition.html",
        read=read_ambition,
        values=show_ambitions,
        button=message("Add"),
        another=message("Add, and one more"),
        done=message("The ambition was added."),
    ),
    DeedPage(
        command="drop_ambition",
        segment="ambitie-vervalt",
        template="deeds/drop_ambition.html",
        read=read_dropping_ambition,
        values=show_dropped_ambition,
        done=message("The ambition was dropped."),
    ),
    DeedPage(
        command="agree_goal",
        segment="doel-toevoegen",
        template="deeds/agree_goal.html",
        read=read_goal,
        start=start_goal,
        values=show_goal,
        button=message("Add"),
        another=message("Add, and one more"),
        done=message("The goal was added."),
    ),
    DeedPage(
        command="revise_goal",
        segment="doel-wijzigen",
        template="deeds/revise_goal.html",
        read=read_revising,
        start=start_revising,
        values=show_goal,
        button=message("Save"),
        done=message("The goal was changed."),
    ),
    DeedPage(
        command="drop_goal",
        segment="doel-vervalt",
        template="deeds/drop_goal.html",
        read=read_dropping_goal,
        values=show_dropped_goal,
        done=message("The goal was dropped."),
    ),
)
DEEDS: Final = segments_of(PAGES)
ROUTES: Final = routes_of(PAGES)
