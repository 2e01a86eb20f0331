"""Who somebody is to one request when they read it: the programme, a municipality, a supporting party or a partner.

What each of them reads stands in `views` and `timeline`; here is only said what they are, from their qualities.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from domain.command import Actor
from domain.moves import capacities
from domain.parts import Action, Meeting, Message, Note, Owner
from domain.request import SupportRequest
from domain.text import PartId, known_as
from domain.words import Audience, Capacity, Desk

PROGRAMME = frozenset({Capacity.STAFF, Capacity.ADVISOR, Capacity.CANDIDATE})
MUNICIPAL = frozenset({Capacity.MUNICIPALITY, Capacity.PARTICIPANT})
READS = PROGRAMME | MUNICIPAL | {Capacity.SUPPORTING_PARTY, Capacity.PARTNER}


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Somebody who may read a request, in these qualities. Who has several reads what each of them may."""

    actor: Actor
    qualities: frozenset[Capacity]
    is_staff: bool
    in_programme: bool
    is_municipal: bool
    is_supporter: bool
    partners: frozenset[PartId]

    @property
    def organisations(self) -> frozenset[str]:
        """The supporting parties they speak for, written as `known_as` does."""
        return frozenset(known_as(name) for name in self.actor.organisations)

    @property
    def reads_whole(self) -> bool:
        """Reads the request as a whole, and not only the parts they have a share in."""
        return self.in_programme or self.is_municipal

    @property
    def audiences(self) -> frozenset[Audience]:
        """The audiences they are in."""
        return frozenset(one for one in Audience if self.hears(one))

    def hears(self, audience: Audience) -> bool:
        """Say whether something for this audience may reach this reader."""
        return self.in_programme or audience is Audience.EVERYONE

    def is_owner(self, owner: Owner) -> bool:
        """Say whether an action or a search is theirs."""
        match owner.desk:
            case Desk.PARTNER:
                return owner.partner in self.partners
            case Desk.MUNICIPALITY:
                return owner.municipality in self.actor.municipalities
            case Desk.SUPPORTING_PARTY:
                return self.is_supporter and known_as(owner.organisation or "") in self.organisations
            case Desk.ADVISOR | Desk.STAFF:
                return self.in_programme
            case _:
                assert_never(owner.desk)

    def reads_action(self, action: Action) -> bool:
        """Say whether an action is for these eyes."""
        return self.reads_whole or self.is_owner(action.owner)

    def reads_meeting(self, meeting: Meeting) -> bool:
        """Say whether a meeting is for these eyes: of partners, only those who are invited."""
        return self.reads_whole or any(one.partner in self.partners for one in meeting.invitations)

    def reads_message(self, message: Message) -> bool:
        """Say whether a message is for these eyes: internal ones stay with the programme."""
        if self.in_programme or message.by == self.actor.person:
            return True
        asked = message.partner in self.partners or (message.to is Desk.SUPPORTING_PARTY and self.is_supporter)
        return not message.internal and (self.is_municipal or asked)

    def reads_note(self, note: Note) -> bool:
        """Say whether a note is for these eyes: internal ones stay with the programme."""
        if self.in_programme or note.by == self.actor.person:
            return True
        return not note.internal and (self.is_municipal or self.is_supporter)


def reader(request: SupportRequest, actor: Actor) -> Reader | None:
    """Say who this actor is as a reader; None for who has nothing to read here."""
    mine = READS.intersection(capacities(request, actor))
    if not mine:
        return None
    return Reader(
        actor=actor,
        qualities=mine,
        is_staff=Capacity.STAFF in mine,
        in_programme=not mine.isdisjoint(PROGRAMME),
        is_municipal=not mine.isdisjoint(MUNICIPAL),
        is_supporter=Capacity.SUPPORTING_PARTY in mine,
        partners=actor.partners.intersection(request.partners),
    )
