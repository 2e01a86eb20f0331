"""Where a request's meetings, proposals and wanted kick-offs are found, and laid back when they have changed.

What may be done with them stands in `proposing`, `planning`, `inviting`, `reporting` and `kickoffs`.
"""

from __future__ import annotations

from dataclasses import replace

from domain import refusal
from domain.command import Command, Context
from domain.moves import acting_as
from domain.parts import Kickoff, KickoffStatus, Meeting, MeetingStatus, Proposal, ProposalStatus
from domain.refusal import Reason
from domain.request import SupportRequest
from domain.text import PartId
from domain.words import Capacity, MeetingKind, Side

KICKOFF_NOT_WANTED = Reason(
    "KICKOFF_NOT_WANTED",
    nl="Deze startbijeenkomst is al gepland, gehouden of vervallen. Verzet de bijeenkomst of kies een andere.",
    en="This kick-off has been planned, held or dropped. Reschedule its meeting or choose another one.",
)
PROPOSAL_SETTLED = Reason(
    "PROPOSAL_SETTLED",
    nl="Dit voorstel staat niet meer open. Kijk bij de bijeenkomsten hoe het er nu voor staat.",
    en="This proposal is no longer open. See the meetings for how things stand now.",
)
MEETING_SETTLED = Reason(
    "MEETING_SETTLED",
    nl="Deze bijeenkomst is al gehouden of afgezegd. Plan zo nodig een nieuwe.",
    en="This meeting has been held or cancelled. Plan a new one if needed.",
)


def side(request: SupportRequest, command: Command, context: Context) -> Side:
    """Say which of the two who arrange a meeting gives this command, or has it recorded."""
    mine = acting_as(request, context.actor, command.on_behalf)
    return Side.ADVISOR if Capacity.ADVISOR in mine else Side.MUNICIPALITY


def named(*parts: PartId | None) -> tuple[PartId, ...]:
    """The parts that are there."""
    return tuple(part for part in parts if part)


def planned(request: SupportRequest, meeting: PartId) -> Meeting:
    """The meeting with this id, which is still to take place or to be reported.

    Raises: Refusal NO_SUCH_PART or MEETING_SETTLED.
    """
    if meeting not in request.meetings:
        raise refusal.NO_SUCH_PART("meeting")
    if request.meetings[meeting].status is not MeetingStatus.PLANNED:
        raise MEETING_SETTLED("meeting")
    return request.meetings[meeting]


def wanted(request: SupportRequest, kickoff: PartId | None) -> Kickoff | None:
    """The kick-off with this id, for which no meeting is planned yet; None where none is named.

    Raises: Refusal NO_SUCH_PART or KICKOFF_NOT_WANTED.
    """
    if kickoff is None:
        return None
    if kickoff not in request.kickoffs:
        raise refusal.NO_SUCH_PART("kickoff")
    if request.kickoffs[kickoff].status is not KickoffStatus.WANTED:
        raise KICKOFF_NOT_WANTED("kickoff")
    return request.kickoffs[kickoff]


def open_proposal(request: SupportRequest, proposal: PartId) -> Proposal:
    """The proposal with this id, to which nobody has answered yet.

    Raises: Refusal NO_SUCH_PART or PROPOSAL_SETTLED.
    """
    if proposal not in request.proposals:
        raise refusal.NO_SUCH_PART("proposal")
    if request.proposals[proposal].status is not ProposalStatus.OPEN:
        raise PROPOSAL_SETTLED("proposal")
    return request.proposals[proposal]


def open_for(request: SupportRequest, kind: MeetingKind, kickoff: PartId | None) -> tuple[PartId, ...]:
    """The proposals that are open for the same visit, or for the same wanted kick-off."""
    opened = (one for one in request.proposals.values() if one.status is ProposalStatus.OPEN)
    same = (one for one in opened if (one.kickoff == kickoff if kickoff else one.kind is kind is MeetingKind.VISIT))
    return tuple(one.id for one in same)


def with_meeting(request: SupportRequest, meeting: Meeting) -> SupportRequest:
    """The request with this meeting as it is now."""
    return replace(request, meetings={**request.meetings, meeting.id: meeting})


def with_kickoff(request: SupportRequest, kickoff: PartId | None, status: KickoffStatus) -> SupportRequest:
    """The request with this kick-off, where there is one, in that status."""
    if kickoff is None:
        return request
    now = replace(request.kickoffs[kickoff], status=status)
    return replace(request, kickoffs={**request.kickoffs, kickoff: now})


def without_proposals(request: SupportRequest, replaced: tuple[PartId, ...]) -> SupportRequest:
    """The request with these proposals no longer open, because something else was agreed."""
    now = {one: replace(request.proposals[one], status=ProposalStatus.REPLACED) for one in replaced}
    return replace(request, proposals={**request.proposals, **now})
