"""Assigning advisors to one request, and choosing others later. Many requests at once stand in `bulk_reassigning`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from domain.assignment import Assign
from domain.command import Command
from domain.handing_over import Reassign, ReplacedReason
from domain.parts import AssignmentRole
from service.language import message
from service.pages.deed_page import At, DeedPage, Start, routes_of, segments_of
from service.pages.filled import Filled
from service.pages.staff.choosing_advisors import LEAD, SUPPORTING, advisors_to_choose, read_advisors, read_lead
from service.pages.staff.facts_of_request import facts_of

CHOOSE: Final = message("Choose an advisor.")


async def show_assigning(at: At) -> Mapping[str, Any]:
    """What the request is about, and whom to ask."""
    return {"facts": facts_of(at.shown, at.visit.tongue), **await advisors_to_choose(at)}


def read_assignment(at: At, form: Filled) -> Command:
    """Ask these advisors."""
    lead = read_lead(form) or form.wrong(LEAD, at.say(CHOOSE), "–")
    return Assign(lead_advisor=lead, supporting_advisors=read_advisors(form))


def start_reassigning(at: At) -> Start:
    """As it is now."""
    advisors = at.shown.view.advisors
    return {
        LEAD: [one.advisor for one in advisors if one.role is AssignmentRole.LEAD],
        SUPPORTING: [one.advisor for one in advisors if one.role is AssignmentRole.SUPPORTING],
    }


async def show_reassigning(at: At) -> Mapping[str, Any]:
    """Whom to ask instead, and why it can be."""
    reasons = [(one.value, at.visit.tongue.word(one)) for one in ReplacedReason]
    return {**await show_assigning(at), "reasons": reasons}


def read_reassignment(at: At, form: Filled) -> Command:
    """Name who works on it from now on."""
    return Reassign(
        reason=form.choice("reason", ReplacedReason, missing=at.say("Choose why.")),
        lead_advisor=read_lead(form),
        supporting_advisors=read_advisors(form),
    )


PAGES: Final = (
    DeedPage(
        command="assign",
        segment="adviseur-toewijzen",
        template="staff/assign.html",
        read=read_assignment,
        values=show_assigning,
        done=message("The advisor was asked."),
    ),
    DeedPage(
        command="reassign",
        segment="andere-adviseur",
        template="staff/reassign.html",
        read=read_reassignment,
        start=start_reassigning,
        values=show_reassigning,
        done=message("The advisors were changed. Tasks and planned meetings moved along."),
    ),
)
DEEDS: Final = segments_of(PAGES)
ROUTES: Final = routes_of(PAGES)
