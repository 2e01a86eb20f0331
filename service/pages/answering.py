"""Choosing a moment in one tap, asking for others, and answering an invitation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from domain.command import Command
from domain.inviting import Respond
from domain.meetings import PROPOSAL_SETTLED
from domain.parts import Invitation, Meeting, Proposal, ProposalStatus
from domain.proposing import AskOtherMoments, ChooseMoment
from domain.refusal import Refusal
from service.language import message
from service.pages.choosing import meeting_name
from service.pages.deed_page import At, DeedPage, address_of_deed, part_id, routes_of, segments_of
from service.pages.filled import Filled

WHICH: Final = message("Choose one of the moments.")
COMING: Final = message("Choose whether they are coming.")
YES, NO = "yes", "no"
OTHERS: Final = "andere-momenten"


def _proposal(at: At) -> Proposal:
    return at.part(at.shown.view.proposals)


def is_settled(at: At) -> Refusal | None:
    """Why there is nothing to choose: somebody did already, or something else was agreed."""
    return None if _proposal(at).status is ProposalStatus.OPEN else PROPOSAL_SETTLED()


def _moments(proposal: Proposal) -> tuple[datetime, ...]:
    return tuple(one.starts_at for one in proposal.moments if not one.passed)


async def show_moments(at: At) -> Mapping[str, Any]:
    """The moments, where it would be and what it is about."""
    proposal, tongue = _proposal(at), at.visit.tongue
    levels = tongue.together([tongue.word(one) for one in proposal.levels])
    facts = [(at.say("Meeting"), ", ".join(one for one in (tongue.word(proposal.kind), levels) if one))]
    if proposal.place:
        facts.append((at.say("Place"), proposal.place))
    if proposal.agenda:
        facts.append((at.say("Agenda"), "\n".join(proposal.agenda)))
    moments = [(one.isoformat(), tongue.weekday(one), tongue.time(one)) for one in _moments(proposal)]
    others = address_of_deed(at.shown, OTHERS, about=at.about, behalf=at.behalf)
    options = [(value, f"{day}, {time}") for value, day, time in moments]
    return {"facts": facts, "moments": moments, "options": options, "others": others}


def read_chosen(at: At, form: Filled) -> Command:
    """Choose one of the moments."""
    proposal = _proposal(at)
    known = {one.isoformat(): one for one in _moments(proposal)}
    chosen = form.one_of("moment", known, missing=at.say(WHICH))
    return ChooseMoment(proposal=proposal.id, moment=known.get(chosen, at.visit.now))


def read_others(at: At, form: Filled) -> Command:
    """Ask for other moments."""
    return AskOtherMoments(proposal=_proposal(at).id, wish=form.optional_text("wish"))


def _invited(at: At) -> tuple[Meeting, Invitation]:
    """The invitation that the address names: `meeting:partner`."""
    meeting_part, _, partner_part = at.about.partition(":")
    meeting_id, partner_id = part_id(at.shown, meeting_part), part_id(at.shown, partner_part)
    found = (
        (meeting, one)
        for meeting in at.shown.view.meetings
        for one in meeting.invitations
        if (meeting.id, one.partner) == (meeting_id, partner_id)
    )
    invitation = next(found, None)
    if invitation is None:
        raise at.visit.not_found()
    return invitation


async def show_invitation(at: At) -> Mapping[str, Any]:
    """Who was invited to which meeting."""
    meeting, invitation = _invited(at)
    partners = at.shown.view.coalition.partners if at.shown.view.coalition else ()
    who = next((one.organisation for one in partners if one.id == invitation.partner), "–")
    facts = [(at.say("Who"), who), (at.say("Meeting"), meeting_name(at.visit.tongue, meeting))]
    return {"facts": facts, "answers": [(YES, at.say("Coming")), (NO, at.say("Not coming"))]}


def read_response(at: At, form: Filled) -> Command:
    """Come, or not."""
    meeting, invitation = _invited(at)
    answer = form.one_of("coming", (YES, NO), missing=at.say(COMING))
    return Respond(
        meeting=meeting.id, partner=invitation.partner, coming=answer == YES, text=form.optional_text("text")
    )


PAGES: Final = (
    DeedPage(
        command="choose_moment",
        segment="moment-kiezen",
        template="deeds/choose_moment.html",
        read=read_chosen,
        hindrance=is_settled,
        values=show_moments,
        title=message("Choose a moment"),
        button=message("Record"),
        done=message("The moment was chosen. The meeting is planned."),
    ),
    DeedPage(
        command="ask_other_moments",
        segment=OTHERS,
        template="deeds/ask_other_moments.html",
        read=read_others,
        hindrance=is_settled,
        values=show_moments,
        done=message("Other moments were asked."),
    ),
    DeedPage(
        command="respond",
        segment="uitnodiging-beantwoorden",
        template="deeds/respond.html",
        read=read_response,
        values=show_invitation,
        title=message("Answer an invitation"),
        button=message("Record"),
        done=message("The answer was recorded."),
    ),
)
DEEDS: Final = segments_of(PAGES)
ROUTES: Final = routes_of(PAGES)
