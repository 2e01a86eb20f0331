"""Representation: who of the coalition comes to a meeting, domain by domain.

A gap never stops a meeting; it is shown, and the advisor can make it somebody's task (a seat that is searched for, an
action). Nothing is kept of parents but their seats: no parent is ever asked for an answer here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from domain.inviting import invitation
from domain.parts import Answer, Invitation, Meeting, MeetingStatus
from domain.planning import OF_THE_COALITION
from domain.request import SupportRequest
from domain.terms import Waiting
from domain.words import Domain, SeatForm

SHOWN = (Domain.MEDICAL, Domain.SOCIAL, Domain.INFORMAL, Domain.PARENTS)
SPEAKS_FOR_PARENTS = frozenset({SeatForm.PARENT, SeatForm.REPRESENTATIVE})


class Presence(StrEnum):
    """What is known of a domain: somebody comes, is invited, was invited without an answer in time, or none of these.

    In this order the best that holds for anybody of the domain counts.
    """

    COMES = "COMES"
    INVITED = "INVITED"
    NO_ANSWER = "NO_ANSWER"
    NONE = "NONE"


def representation(request: SupportRequest, meeting: Meeting, today: date) -> Mapping[Domain, Presence]:
    """Say of each domain who comes to a meeting of the coalition; empty for a visit.

    Parents count only by a seat of form PARENT or REPRESENTATIVE. With such a seat they are invited, unless the answer
    of a partner who speaks for them tells more.
    """
    if meeting.kind not in OF_THE_COALITION:
        return {}
    return {domain: _presence(request, meeting, domain, today) for domain in SHOWN}


def _presence(request: SupportRequest, meeting: Meeting, domain: Domain, today: date) -> Presence:
    asked = [one for one in meeting.invitations if _domain(request, one) is domain]
    if domain is Domain.PARENTS and not any(seat.form in SPEAKS_FOR_PARENTS for seat in request.seats.values()):
        return Presence.NONE
    if domain is Domain.PARENTS and not asked:
        return Presence.INVITED
    known = set(_known(request, meeting, asked, today))
    return next((presence for presence in Presence if presence in known), Presence.NONE)


def _domain(request: SupportRequest, asked: Invitation) -> Domain | None:
    partner = request.partners.get(asked.partner)
    return partner.domain if partner else None


def _known(request: SupportRequest, meeting: Meeting, asked: list[Invitation], today: date) -> Iterator[Presence]:
    for one in asked:
        if one.answer is Answer.COMING:
            yield Presence.COMES
        elif one.answer is Answer.NO_ANSWER:
            yield Presence.INVITED if _may_answer(request, meeting, one, today) else Presence.NO_ANSWER


def _may_answer(request: SupportRequest, meeting: Meeting, asked: Invitation, today: date) -> bool:
    """Until the day on which an answer was due."""
    term = request.terms.get(f"{Waiting.RESPOND}:{invitation(meeting.id, asked.partner)}")
    return meeting.status is MeetingStatus.PLANNED and term is not None and today <= term.due
