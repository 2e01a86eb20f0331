"""Inviting: partners are asked to a meeting, and say whether they come.

A parent is never invited by name: who speaks for parents holds a seat. How the answers add up for a coalition stands in
`representation`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from domain import refusal
from domain.command import Apply, Command, Context, Decide
from domain.event import Event, Fact
from domain.meetings import named, planned, with_meeting
from domain.moments import choice_mistakes, kept
from domain.parts import Answer, Invitation, Meeting
from domain.refusal import Reason, Refusal
from domain.request import SupportRequest
from domain.text import PartId, Text
from domain.words import Domain

MEETING_BEGAN = Reason(
    "MEETING_BEGAN",
    nl="Deze bijeenkomst is al begonnen. Zet in het verslag welke organisaties er waren.",
    en="This meeting has begun already. Name in the report which organisations were there.",
)
NOBODY_TO_INVITE = Reason(
    "NOBODY_TO_INVITE",
    nl="Hier is nog geen partner om uit te nodigen. Voeg eerst een partner toe aan de coalitie.",
    en="There is no partner here to invite yet. Add a partner to the coalition first.",
)
NOT_INVITED = Reason(
    "NOT_INVITED",
    nl="Deze partner is voor deze bijeenkomst niet uitgenodigd. Vraag de organisator om een uitnodiging.",
    en="This partner has not been invited to this meeting. Ask the organiser for an invitation.",
)


@dataclass(frozen=True, kw_only=True)
class Invite(Command):
    """Ask partners to a meeting: these, those of these domains, or everybody in the coalition."""

    type: Literal["invite"] = "invite"
    meeting: PartId
    partners: tuple[PartId, ...] = ()
    domains: tuple[Domain, ...] = ()
    everybody: bool = False

    def touches(self) -> tuple[str, ...]:
        return (self.meeting,)

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        if not (self.partners or self.domains or self.everybody):
            yield refusal.REQUIRED_HERE("partners")


@dataclass(frozen=True, kw_only=True)
class PartnerInvited(Fact):
    """A partner was asked to a meeting."""

    meeting: PartId
    partner: PartId

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (invitation(self.meeting, self.partner),)


def invitation(meeting: PartId, partner: PartId) -> str:
    """Name one partner's place at one meeting: what others answer is no part of it."""
    return f"{meeting}:{partner}"


def invite(request: SupportRequest, command: Invite, context: Context) -> Iterator[Fact]:
    """Ask each partner once, until the meeting begins; who was asked already keeps that invitation.

    Raises: Refusal NO_SUCH_PART, MEETING_SETTLED, MEETING_BEGAN or NOBODY_TO_INVITE.
    """
    meeting = planned(request, command.meeting)
    if meeting.starts_at <= context.now:
        raise MEETING_BEGAN("meeting")
    for place, partner in enumerate(command.partners):
        if partner not in request.partners:
            raise refusal.NO_SUCH_PART(f"partners.{place}")
    asked = tuple(_asked(request, command))
    if not asked:
        raise NOBODY_TO_INVITE()
    already = {one.partner for one in meeting.invitations}
    yield from (PartnerInvited(meeting=meeting.id, partner=one) for one in asked if one not in already)


def _asked(request: SupportRequest, command: Invite) -> Iterator[PartId]:
    for partner in request.partners.values():
        if command.everybody or partner.id in command.partners or partner.domain in command.domains:
            yield partner.id


def on_partner_invited(request: SupportRequest, event: Event, fact: PartnerInvited) -> SupportRequest:
    """The partner may answer."""
    meeting = request.meetings[fact.meeting]
    asked = Invitation(partner=fact.partner, invited_at=event.at)
    return with_meeting(request, replace(meeting, invitations=(*meeting.invitations, asked)))


@dataclass(frozen=True, kw_only=True)
class Respond(Command):
    """Come or not come; `moments` are those at which the partner could come instead.

    `partner` is needed only on behalf, and by who answers for several.
    """

    type: Literal["respond"] = "respond"
    meeting: PartId
    partner: PartId | None = None
    coming: bool
    moments: tuple[datetime, ...] = ()
    text: Text | None = None

    def touches(self) -> tuple[str, ...]:
        own = invitation(self.meeting, self.partner) if self.partner else None
        return named(self.meeting, own)

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        if self.moments:
            yield from choice_mistakes("moments", self.moments, context)
        if self.on_behalf and not self.partner:
            yield refusal.REQUIRED_HERE("partner")


@dataclass(frozen=True, kw_only=True)
class PartnerResponded(Fact):
    """A partner comes, or does not come and could at other moments (UTC)."""

    meeting: PartId
    partner: PartId
    answer: Answer
    moments: tuple[datetime, ...] = ()
    text: Text | None = None

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (invitation(self.meeting, self.partner),)


def respond(request: SupportRequest, command: Respond, context: Context) -> Iterator[Fact]:
    """Answer an invitation, or change the answer, as long as the meeting is planned.

    Raises: Refusal NO_SUCH_PART, MEETING_SETTLED, NOT_INVITED or REQUIRED_HERE.
    """
    meeting = planned(request, command.meeting)
    yield PartnerResponded(
        meeting=meeting.id,
        partner=_answering(request, meeting, command, context),
        answer=Answer.COMING if command.coming else Answer.NOT_COMING,
        moments=kept(command.moments),
        text=command.text,
    )


def _answering(request: SupportRequest, meeting: Meeting, command: Respond, context: Context) -> PartId:
    invited = {one.partner for one in meeting.invitations if one.partner in request.partners}
    mine = invited if command.on_behalf else invited & context.actor.partners
    answering = mine & {command.partner} if command.partner else mine
    if not answering:
        raise NOT_INVITED("partner")
    if len(answering) > 1:
        raise refusal.REQUIRED_HERE("partner")
    return next(iter(answering))


def on_partner_responded(request: SupportRequest, event: Event, fact: PartnerResponded) -> SupportRequest:
    """The answer stands beside the invitation."""
    meeting = request.meetings[fact.meeting]
    answered = tuple(
        replace(one, answer=fact.answer, moments=fact.moments, text=fact.text) if one.partner == fact.partner else one
        for one in meeting.invitations
    )
    return with_meeting(request, replace(meeting, invitations=answered))


DECIDES: Mapping[type[Command], Decide] = {Invite: invite, Respond: respond}
APPLIES: Mapping[type[Fact], Apply] = {PartnerInvited: on_partner_invited, PartnerResponded: on_partner_responded}
