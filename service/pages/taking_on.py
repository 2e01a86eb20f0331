"""Taking on a request: an advisor says yes with the declaration of no interest, says no, or hands it back later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from domain.assignment import AcceptAssignment, DeclineAssignment, NotAcceptedReason
from domain.command import Command
from domain.handing_over import ReturnAssignment
from service.language import message
from service.pages.choosing import words
from service.pages.deed_page import At, DeedPage, address_of_deed, routes_of, segments_of
from service.pages.filled import Filled

DECLINE: Final = "aanvraag-niet-aannemen"
WHY: Final = message("Choose why not.")
DECLARE: Final = message("Say that you have no interest of your own here. Do you have one? Then do not take it on.")


async def show_request(at: At) -> Mapping[str, Any]:
    """What the municipality asks."""
    view, tongue = at.shown.view, at.visit.tongue
    period = view.preferred_period
    return {
        "view": view,
        "kinds": [tongue.word(one.kind) for one in view.questions],
        "others": [at.shown.municipality_name(code) for code in view.participating],
        "period": (period.start, period.end) if period else None,
        "decline": address_of_deed(at.shown, DECLINE, behalf=at.behalf),
    }


def read_accepting(at: At, form: Filled) -> Command:
    """Take it on; only with the declaration."""
    declared = form.is_ticked("noOwnInterest")
    if not declared:
        form.wrong("noOwnInterest", at.say(DECLARE), None)
    return AcceptAssignment(no_own_interest=declared)


async def show_reasons(at: At) -> Mapping[str, Any]:
    """Why an advisor does not take a request."""
    return {"reasons": words(at.visit.tongue, NotAcceptedReason)}


def read_declining(at: At, form: Filled) -> Command:
    """Do not take it on."""
    reason = form.choice("reason", NotAcceptedReason, missing=at.say(WHY))
    return DeclineAssignment(reason=reason, text=form.optional_text("text"))


def read_returning(at: At, form: Filled) -> Command:
    """Hand it back."""
    reason = form.choice("reason", NotAcceptedReason, missing=at.say(WHY))
    return ReturnAssignment(reason=reason, text=form.optional_text("text"))


PAGES: Final = (
    DeedPage(
        command="accept_assignment",
        segment="aanvraag-aannemen",
        template="deeds/accept_assignment.html",
        read=read_accepting,
        values=show_request,
        title=message("Take on this request?"),
        button=message("Take on this request"),
        done=message("You took on this request. Propose a moment for the visit now."),
    ),
    DeedPage(
        command="decline_assignment",
        segment=DECLINE,
        template="deeds/decline_assignment.html",
        read=read_declining,
        values=show_reasons,
        title=message("You do not take on this request"),
        button=message("Do not take on"),
        done=message("It was recorded. The programme looks for somebody else."),
    ),
    DeedPage(
        command="return_assignment",
        segment="aanvraag-teruggeven",
        template="deeds/return_assignment.html",
        read=read_returning,
        values=show_reasons,
        title=message("Hand back this request"),
        button=message("Hand back"),
        done=message("You handed back the request. The programme looks for somebody else."),
    ),
)
DEEDS: Final = segments_of(PAGES)
ROUTES: Final = routes_of(PAGES)
