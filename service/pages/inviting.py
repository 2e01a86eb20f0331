"""Inviting partners to a meeting, and seeing which domains of the coalition are not there yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from domain.command import Command
from domain.inviting import Invite
from domain.parts import Meeting, Partner
from domain.words import Domain
from service.language import message
from service.pages.choosing import meeting_name, partners, parts, words
from service.pages.deed_page import At, DeedPage, address_of_deed, routes_of, segments_of
from service.pages.filled import Filled
from service.pages.partners import DEEDS as DEEDS_ABOUT_PARTNERS

WHOM: Final = message("Choose whom you invite.")
EVERYBODY: Final = "everybody"


def _meeting(at: At) -> Meeting:
    return at.part(at.shown.view.meetings)


def _not_invited(at: At) -> tuple[Partner, ...]:
    asked = {one.partner for one in _meeting(at).invitations}
    return tuple(one for one in partners(at.shown.view) if one.id not in asked)


async def show_inviting(at: At) -> Mapping[str, Any]:
    """Who can still be invited, who was, and what is known of each domain."""
    tongue, meeting, view = at.visit.tongue, _meeting(at), at.shown.view
    left = _not_invited(at)
    names = {one.id: one.organisation for one in partners(view)}
    missing = {one.domain for one in left}
    return {
        "name": meeting_name(tongue, meeting),
        "left": parts(left, lambda one: f"{one.organisation} ({tongue.word(one.domain)})"),
        "domains": words(tongue, [one for one in Domain if one in missing]),
        "invited": [(names[one.partner], one.answer) for one in meeting.invitations if one.partner in names],
        "adding": address_of_deed(at.shown, DEEDS_ABOUT_PARTNERS["add_partner"]) if at.may("add_partner") else None,
        "representation": [(one.domain, one.presence) for one in view.representation if one.meeting == meeting.id],
    }


def read_inviting(at: At, form: Filled) -> Command:
    """Invite everybody, domains, or these partners."""
    left = {one.id for one in _not_invited(at)}
    chosen = tuple(one for one in form.ticked("partners") if one in left)
    domains, everybody = form.choices("domains", Domain), form.is_ticked(EVERYBODY)
    if not (chosen or domains or everybody):
        form.wrong(EVERYBODY, at.say(WHOM), None)
    return Invite(meeting=_meeting(at).id, partners=chosen, domains=domains, everybody=everybody)


PAGES: Final = (
    DeedPage(
        command="invite",
        segment="uitnodigen",
        template="deeds/invite.html",
        read=read_inviting,
        values=show_inviting,
        title=message("Invite partners"),
        button=message("Invite"),
        done=message("The partners are invited."),
    ),
)
DEEDS: Final = segments_of(PAGES)
ROUTES: Final = routes_of(PAGES)
