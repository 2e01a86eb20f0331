"""What else can be done: everything that is not about one part of the request, in groups; and for others, by phone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from domain.words import Capacity
from service.language import message
from service.pages.rendering import Way
from service.pages.request_page.looking import Looking

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    message("Handle the request"): (
        "accept",
        "decline",
        "ask_information",
        "answer_information",
        "assign",
        "accept_assignment",
        "decline_assignment",
        "reassign",
        "return_assignment",
        "merge",
        "link_request",
    ),
    message("Change the request"): ("amend", "change_contact", "change_municipalities"),
    message("Meetings"): ("propose_moments", "plan_meeting", "want_kickoff", "skip_visit"),
    message("Coalition and agreements"): (
        "add_partner",
        "set_seat",
        "agree_ambition",
        "agree_goal",
        "agree_action",
    ),
    message("Talk"): ("ask", "note", "share"),
    message("Round off"): ("finish_support", "evaluate"),
    message("Pause or stop"): ("pause", "resume", "withdraw", "stop", "reopen", "step_back"),
}
"""Deeds that need no part of the request to be about; those that do stand beside their part."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """Deeds that belong together."""

    name: str
    ways: tuple[Way, ...]


def more(looking: Looking) -> tuple[Group, ...]:
    """What this visitor can do now."""
    return _groups(looking, None)


def by_phone(looking: Looking) -> tuple[Group, ...]:
    """What this visitor can record now for somebody else who is there, by whom it is for."""
    return tuple(
        Group(name=looking.say("For the %(whom)s", whom=looking.word(capacity)), ways=ways)
        for capacity in looking.shown.can_record
        if _is_there(looking, capacity) and (ways := _all(looking, capacity))
    )


def _is_there(looking: Looking, capacity: Capacity) -> bool:
    view = looking.shown.view
    there = {
        Capacity.ADVISOR: any(one.accepted_on for one in view.advisors),
        Capacity.CANDIDATE: not all(one.accepted_on for one in view.advisors),
        Capacity.PARTICIPANT: bool(view.participating),
        Capacity.PARTNER: bool(looking.partners),
    }
    return capacity not in looking.mine and there.get(capacity, True)


def _groups(looking: Looking, behalf: Capacity | None) -> tuple[Group, ...]:
    made = ((name, _ways(looking, commands, behalf)) for name, commands in GROUPS.items())
    return tuple(Group(name=looking.say(name), ways=ways) for name, ways in made if ways)


def _all(looking: Looking, capacity: Capacity) -> tuple[Way, ...]:
    commands = (one for group in GROUPS.values() for one in group)
    return _ways(looking, tuple(commands), capacity)


def _ways(looking: Looking, commands: tuple[str, ...], behalf: Capacity | None) -> tuple[Way, ...]:
    possible = looking.shown.possible(behalf) - {_idle(looking.shown.view.is_paused)}
    ways = (looking.way(one, behalf=behalf) for one in commands if one in possible)
    return tuple(filter(None, ways))


def _idle(is_paused: bool) -> str:
    """What the table of moves allows, and what would change nothing."""
    return "pause" if is_paused else "resume"
