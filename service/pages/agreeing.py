"""Actions as advisor and municipality see to them: agreeing on one, giving it to somebody else, handing it over.

What its owner does with an action (done, later, not mine) stands with the owner's deeds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from domain.action_owners import HandOverAction, ReassignAction
from domain.actions import AgreeAction, ReopenAction
from domain.command import Command
from domain.parts import Action
from domain.words import Theme
from service.language import message
from service.pages.choosing import goals, optional_part, owner, owner_key, owner_name, owners, parts, words
from service.pages.deed_page import At, DeedPage, Start, part_id, routes_of, segments_of
from service.pages.filled import Filled

TITLE: Final = message("Write what is to be done.")
OWNER: Final = message("Choose who does it.")
BY_WHEN: Final = message("Write by which day.")


def start_action(at: At) -> Start:
    """For the goal that the address names."""
    return {"goal": part_id(at.shown, at.about) if at.about else ""}


async def show_action(at: At) -> Mapping[str, Any]:
    """Who can do it, and for which goal."""
    known = goals(at.shown.view)
    return {
        "owners": owners(at),
        "goals": parts(known, lambda one: one.text),
        "goal": next((one for one in known if one.id == part_id(at.shown, at.about)), None),
        "themes": words(at.visit.tongue, Theme),
    }


def read_action(at: At, form: Filled) -> Command:
    """Agree on who does what by when."""
    return AgreeAction(
        title=form.line("title", missing=at.say(TITLE)),
        owner=owner(at, form, "owner", missing=at.say(OWNER)),
        due=form.day("due", missing=at.say(BY_WHEN)),
        goal=optional_part(form, "goal", goals(at.shown.view)),
        theme=form.optional_choice("theme", Theme),
    )


def _action(at: At) -> Action:
    return at.part(at.shown.view.actions)


async def show_owned(at: At) -> Mapping[str, Any]:
    """Which action, whose it is, and who else could do it."""
    action = _action(at)
    others = [(key, name) for key, name in owners(at) if key != owner_key(action.owner)]
    return {"action": action, "whose": owner_name(at.shown, action.owner, at.visit.tongue), "owners": others}


def read_reassigning(at: At, form: Filled) -> Command:
    """Give it to somebody else."""
    return ReassignAction(action=_action(at).id, owner=owner(at, form, "owner", missing=at.say(OWNER)))


def read_handing_over(at: At, _: Filled) -> Command:
    """Let it go on in the coalition."""
    return HandOverAction(action=_action(at).id)


def read_reopening(at: At, form: Filled) -> Command:
    """It goes on after all."""
    return ReopenAction(action=_action(at).id, reason=form.text("reason", missing=at.say("Write why.")))


PAGES: Final = (
    DeedPage(
        command="agree_action",
        segment="actie-toevoegen",
        template="deeds/agree_action.html",
        read=read_action,
        start=start_action,
        values=show_action,
        button=message("Add"),
        another=message("Add, and one more"),
        done=message("The action was added."),
    ),
    DeedPage(
        command="reassign_action",
        segment="actie-aan-een-ander",
        template="deeds/reassign_action.html",
        read=read_reassigning,
        values=show_owned,
        done=message("The action has another owner."),
    ),
    DeedPage(
        command="hand_over_action",
        segment="actie-overdragen",
        template="deeds/hand_over_action.html",
        read=read_handing_over,
        values=show_owned,
        done=message("The action goes on in the coalition."),
    ),
    DeedPage(
        command="reopen_action",
        segment="actie-heropenen",
        template="deeds/reopen_action.html",
        read=read_reopening,
        values=show_owned,
        done=message("The action is open again."),
    ),
)
DEEDS: Final = segments_of(PAGES)
ROUTES: Final = routes_of(PAGES)
