"""Deciding about a request that came in: take it on and assign in one go, ask what is missing, or do not take it on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from domain.command import Command
from domain.intake import Accept, AskInformation, Decline, DeclineReason
from domain.words import Eligibility
from service.language import message
from service.language.deeds import COMMANDS
from service.pages.deed_page import At, DeedPage, address_of_deed, routes_of, segments_of
from service.pages.filled import Filled
from service.pages.staff.choosing_advisors import advisors_to_choose, read_advisors, read_lead
from service.pages.staff.facts_of_request import facts_of

OTHERWISE: Final[Mapping[str, str]] = {
    "ask_information": "informatie-vragen",
    "merge": "samenvoegen",
    "decline": "niet-in-behandeling-nemen",
}
"""What else staff can do with a new request, and where."""


def _eligibility(at: At) -> Eligibility:
    view = at.shown.view
    known = {one.municipality: one.eligibility for one in view.eligibility}
    return known.get(view.lead_municipality, Eligibility.UNDETERMINED)


def _needs_check(at: At) -> bool:
    return _eligibility(at) is Eligibility.UNDETERMINED and not at.shown.view.imported


async def show_request(at: At) -> Mapping[str, Any]:
    """What staff judge by."""
    eligibility = _eligibility(at)
    return {
        "facts": facts_of(at.shown, at.visit.tongue),
        "questions": [(at.visit.tongue.word(one.kind), one.text) for one in at.shown.view.questions],
        "is_eligible": eligibility is Eligibility.ELIGIBLE,
        "needs_exception": eligibility is Eligibility.NOT_ELIGIBLE,
        "needs_check": _needs_check(at),
    }


async def show_accepting(at: At) -> Mapping[str, Any]:
    """What staff judge by, and whom they can ask."""
    others = [
        (address_of_deed(at.shown, segment), at.say(COMMANDS[command]))
        for command, segment in OTHERWISE.items()
        if at.may(command)
    ]
    return {**await show_request(at), **await advisors_to_choose(at), "others": others}


def read_acceptance(at: At, form: Filled) -> Command:
    """Take it on. A reason and a tick count only where the page asked for them."""
    reason = form.optional_text("exceptionReason")
    lead = read_lead(form)
    if _needs_check(at) and not form.is_ticked("verified"):
        form.wrong("verified", at.say("Tick that you verified whether the municipality is eligible."), None)
    return Accept(
        exception_reason=reason,
        verified=form.is_ticked("verified"),
        lead_advisor=lead,
        supporting_advisors=read_advisors(form) if lead else (),
    )


def read_decline(at: At, form: Filled) -> Command:
    """Do not take it on, in words for the municipality."""
    return Decline(
        reason=form.choice("reason", DeclineReason, missing=at.say("Choose why.")),
        text=form.text("text", missing=at.say("Write what the municipality reads.")),
        help_elsewhere=form.optional_text("helpElsewhere"),
    )


async def show_declining(at: At) -> Mapping[str, Any]:
    """Why it can be."""
    tongue = at.visit.tongue
    return {**await show_request(at), "reasons": [(one.value, tongue.word(one)) for one in DeclineReason]}


def read_question(at: At, form: Filled) -> Command:
    """Ask what is missing."""
    return AskInformation(text=form.text("text", missing=at.say("Write what you want to know.")))


PAGES: Final = (
    DeedPage(
        command="accept",
        segment="in-behandeling-nemen",
        template="staff/accept.html",
        read=read_acceptance,
        values=show_accepting,
        button=message("Accept the request"),
        done=message("The request was taken on."),
    ),
    DeedPage(
        command="decline",
        segment="niet-in-behandeling-nemen",
        template="staff/decline.html",
        read=read_decline,
        values=show_declining,
        done=message("The request was not taken on. The municipality hears why."),
    ),
    DeedPage(
        command="ask_information",
        segment="informatie-vragen",
        template="staff/ask_information.html",
        read=read_question,
        values=show_request,
        button=message("Send the question"),
        done=message("Your question was sent to the municipality."),
    ),
)
DEEDS: Final = segments_of(PAGES)
ROUTES: Final = routes_of(PAGES)
