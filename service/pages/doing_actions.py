"""What the owner of an action says of it: done, by another day, not mine, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from domain.action_owners import HandBackAction
from domain.actions import CompleteAction, DropAction, ExtendAction
from domain.command import Command
from domain.parts import Action
from service.language import message
from service.pages.choosing import owner_name
from service.pages.deed_page import At, DeedPage, routes_of, segments_of
from service.pages.filled import Filled

WHY: Final = message("Write briefly why.")
WHEN: Final = message("Write by which day it can be done.")


def _action(at: At) -> Action:
    handed_over = at.shown.view.coalition.handed_over if at.shown.view.coalition else ()
    return at.part((*at.shown.view.actions, *handed_over))


async def show_action(at: At) -> Mapping[str, Any]:
    """What the action is, whose, and by when."""
    action, tongue = _action(at), at.visit.tongue
    facts = [
        (at.say("Action"), action.title),
        (at.say("Who"), owner_name(at.shown, action.owner, tongue)),
        (at.say("Before or on"), tongue.day(action.due)),
    ]
    return {"facts": facts}


def read_completed(at: At, form: Filled) -> Command:
    """It is done."""
    return CompleteAction(action=_action(at).id, result=form.optional_text("result"))


def read_extended(at: At, form: Filled) -> Command:
    """It takes longer."""
    due, reason = form.day("due", missing=at.say(WHEN)), form.text("reason", missing=at.say(WHY))
    return ExtendAction(action=_action(at).id, due=due, reason=reason)


def read_dropped(at: At, form: Filled) -> Command:
    """It will not be done."""
    return DropAction(action=_action(at).id, reason=form.text("reason", missing=at.say(WHY)))


def read_handed_back(at: At, form: Filled) -> Command:
    """It is somebody else's."""
    return HandBackAction(action=_action(at).id, reason=form.text("reason", missing=at.say(WHY)))


PAGES: Final = (
    DeedPage(
        command="complete_action",
        segment="actie-gedaan",
        template="deeds/complete_action.html",
        read=read_completed,
        values=show_action,
        title=message("This action is done"),
        button=message("Done"),
        done=message("The action is done. Thank you."),
    ),
    DeedPage(
        command="extend_action",
        segment="actie-andere-datum",
        template="deeds/extend_action.html",
        read=read_extended,
        values=show_action,
        title=message("Choose another date for this action"),
        button=message("Record"),
        done=message("The action has another date."),
    ),
    DeedPage(
        command="hand_back_action",
        segment="actie-niet-van-mij",
        template="deeds/hand_back_action.html",
        read=read_handed_back,
        values=show_action,
        title=message("This action is not mine"),
        button=message("Hand back"),
        done=message("The action was handed back. The advisor looks for somebody else."),
    ),
    DeedPage(
        command="drop_action",
        segment="actie-vervalt",
        template="deeds/drop_action.html",
        read=read_dropped,
        values=show_action,
        title=message("Drop this action"),
        button=message("Drop the action"),
        done=message("The action was dropped."),
    ),
)
DEEDS: Final = segments_of(PAGES)
ROUTES: Final = routes_of(PAGES)
