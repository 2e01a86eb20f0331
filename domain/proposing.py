"""Proposing: one side names moments for a meeting, the other chooses one or asks for others.

The other side may always have its answer recorded by the one who heard it. A moment that was agreed in another way is
planned at once, in `planning`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Literal

from domain.command import Apply, Command, Context, Decide
from domain.event import Event, Fact
from domain.meetings import named, open_for, open_proposal, side, wanted, without_proposals
from domain.moments import choice_mistakes, coming_mistakes, kept
from domain.parts import Moment, Proposal, ProposalStatus
from domain.planning import MeetingPlanned, Plan
from domain.refusal import Reason, Refusal
from domain.request import SupportRequest
from domain.tasks import Bring
from domain.terms import Waiting
from domain.text import Line, Link, PartId, Text
from domain.waits import Wait
from domain.words import Level, MeetingKind, Side

OTHER_SIDE: Mapping[Side, Side] = MappingProxyType({Side.ADVISOR: Side.MUNICIPALITY, Side.MUNICIPALITY: Side.ADVISOR})

ANSWER_IS_THEIRS = Reason(
    "ANSWER_IS_THEIRS",
    nl="De ander kiest uit deze momenten. Hebt u al iets afgesproken, leg dan die afspraak vast.",
    en="The other side chooses from these moments. If you have agreed on one, record what was agreed.",
)
NOT_PROPOSED = Reason(
    "NOT_PROPOSED",
    nl="Dit moment is niet voorgesteld. Kies een van de voorgestelde momenten, of vraag om andere.",
    en="This moment was not proposed. Choose one that was, or ask for others.",
)


@dataclass(frozen=True, kw_only=True)
class ProposeMoments(Plan):
    """Name one to five moments to the other side."""

    type: Literal["propose_moments"] = "propose_moments"
    moments: tuple[datetime, ...]

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        yield from choice_mistakes("moments", self.moments, context)
        yield from super().mistakes(context)


@dataclass(frozen=True, kw_only=True)
class MomentsProposed(Fact):
    """One side named moments (UTC) for a meeting; the other is asked. Earlier ones for the same are `replaced`."""

    kind: MeetingKind
    levels: tuple[Level, ...]
    moments: tuple[datetime, ...]
    asked: Side
    minutes: Side
    place: Line | None = None
    link: Link | None = None
    agenda: tuple[Line, ...] = ()
    kickoff: PartId | None = None
    replaced: tuple[PartId, ...] = ()

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return named(own_id, self.kickoff, *self.replaced)


def propose_moments(request: SupportRequest, command: ProposeMoments, context: Context) -> Iterator[Fact]:
    """Ask the other side; this takes the place of what was still open for the same visit or kick-off.

    Raises: Refusal NO_SUCH_PART or KICKOFF_NOT_WANTED.
    """
    kickoff = wanted(request, command.kickoff)
    yield MomentsProposed(
        kind=command.kind,
        levels=command.levels_with(kickoff),
        moments=kept(command.moments),
        asked=OTHER_SIDE[side(request, command, context)],
        minutes=command.minutes,
        place=command.place,
        link=command.link,
        agenda=command.agenda,
        kickoff=command.kickoff,
        replaced=open_for(request, command.kind, command.kickoff),
    )


def on_moments_proposed(request: SupportRequest, event: Event, fact: MomentsProposed) -> SupportRequest:
    """The side asked may choose."""
    proposal = Proposal(
        id=event.id,
        kind=fact.kind,
        levels=fact.levels,
        moments=tuple(Moment(starts_at=moment) for moment in fact.moments),
        asked=fact.asked,
        minutes=fact.minutes,
        place=fact.place,
        link=fact.link,
        agenda=fact.agenda,
        kickoff=fact.kickoff,
    )
    return _with(without_proposals(request, fact.replaced), proposal)


@dataclass(frozen=True, kw_only=True)
class ChooseMoment(Command):
    """Choose one of the moments; that plans the meeting."""

    type: Literal["choose_moment"] = "choose_moment"
    proposal: PartId
    moment: datetime

    def touches(self) -> tuple[str, ...]:
        return (self.proposal,)

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        yield from coming_mistakes("moment", self.moment, context)


@dataclass(frozen=True, kw_only=True)
class MomentChosen(Fact):
    """The side asked chose this moment (UTC)."""

    proposal: PartId
    moment: datetime

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (self.proposal,)


def choose_moment(request: SupportRequest, command: ChooseMoment, context: Context) -> Iterator[Fact]:
    """Plan the meeting at the moment that the side asked chose.

    Raises: Refusal NO_SUCH_PART, PROPOSAL_SETTLED, ANSWER_IS_THEIRS or NOT_PROPOSED.
    """
    proposal = _asked_of(request, command, command.proposal, context)
    if command.moment not in {moment.starts_at for moment in proposal.moments}:
        raise NOT_PROPOSED("moment")
    yield MomentChosen(proposal=proposal.id, moment=command.moment.astimezone(UTC))
    yield _meeting(request, proposal, command.moment.astimezone(UTC))


def _asked_of(request: SupportRequest, command: Command, proposal: PartId, context: Context) -> Proposal:
    found = open_proposal(request, proposal)
    if found.asked is not side(request, command, context):
        raise ANSWER_IS_THEIRS("proposal")
    return found


def _meeting(request: SupportRequest, proposal: Proposal, moment: datetime) -> MeetingPlanned:
    kickoff = wanted(request, proposal.kickoff)
    return MeetingPlanned(
        kind=proposal.kind,
        levels=proposal.levels,
        starts_at=moment,
        organiser=kickoff.organiser if kickoff else OTHER_SIDE[proposal.asked],
        minutes=proposal.minutes,
        place=proposal.place,
        link=proposal.link,
        agenda=proposal.agenda,
        kickoff=proposal.kickoff,
    )


def on_moment_chosen(request: SupportRequest, event: Event, fact: MomentChosen) -> SupportRequest:
    """The proposal is answered."""
    return _with(request, replace(request.proposals[fact.proposal], status=ProposalStatus.CHOSEN))


@dataclass(frozen=True, kw_only=True)
class AskOtherMoments(Command):
    """Say that none of the moments fits and, if one knows, what would."""

    type: Literal["ask_other_moments"] = "ask_other_moments"
    proposal: PartId
    wish: Text | None = None

    def touches(self) -> tuple[str, ...]:
        return (self.proposal,)


@dataclass(frozen=True, kw_only=True)
class OtherMomentsAsked(Fact):
    """None of the moments fits the side that was asked."""

    proposal: PartId
    wish: Text | None = None

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (self.proposal,)


def ask_other_moments(request: SupportRequest, command: AskOtherMoments, context: Context) -> Iterator[Fact]:
    """Turn the moments down; whoever is to arrange the meeting is waited for again.

    Raises: Refusal NO_SUCH_PART, PROPOSAL_SETTLED or ANSWER_IS_THEIRS.
    """
    proposal = _asked_of(request, command, command.proposal, context)
    yield OtherMomentsAsked(proposal=proposal.id, wish=command.wish)


def on_other_moments_asked(request: SupportRequest, event: Event, fact: OtherMomentsAsked) -> SupportRequest:
    """The proposal is answered, with what would fit."""
    asked = replace(request.proposals[fact.proposal], status=ProposalStatus.TURNED_DOWN, wish=fact.wish)
    return _with(request, asked)


@dataclass(frozen=True, kw_only=True)
class MomentsPassed(Fact):
    """Proposed moments (UTC) went by before anybody chose. The others can be chosen as before."""

    proposal: PartId
    moments: tuple[datetime, ...]


def moments_pass(request: SupportRequest, wait: Wait, context: Context) -> Iterator[Fact]:
    """Let the moments fall out that have gone by."""
    moments = (moment.starts_at for moment in request.proposals[wait.about].moments if not moment.passed)
    yield MomentsPassed(proposal=wait.about, moments=tuple(one for one in moments if one <= context.now))


def on_moments_passed(request: SupportRequest, event: Event, fact: MomentsPassed) -> SupportRequest:
    """When none is left the proposal has passed, and whoever is to arrange the meeting is waited for again."""
    proposal = request.proposals[fact.proposal]
    moments = tuple(replace(one, passed=one.passed or one.starts_at in fact.moments) for one in proposal.moments)
    left = any(not one.passed for one in moments)
    status = proposal.status if left else ProposalStatus.PASSED
    return _with(request, replace(proposal, moments=moments, status=status))


def _with(request: SupportRequest, proposal: Proposal) -> SupportRequest:
    return replace(request, proposals={**request.proposals, proposal.id: proposal})


DECIDES: Mapping[type[Command], Decide] = {
    ProposeMoments: propose_moments,
    ChooseMoment: choose_moment,
    AskOtherMoments: ask_other_moments,
}
APPLIES: Mapping[type[Fact], Apply] = {
    MomentsProposed: on_moments_proposed,
    MomentChosen: on_moment_chosen,
    OtherMomentsAsked: on_other_moments_asked,
    MomentsPassed: on_moments_passed,
}
BRINGS: Mapping[Waiting, Bring] = {Waiting.MOMENT: moments_pass}
