"""Meetings under test: valid proposals, plans and reports, and a request that has come so far."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.command import Actor
from domain.inviting import Invite, Respond
from domain.kickoffs import WantedKickoff, WantKickoff
from domain.parts import Kickoff, Meeting, Proposal
from domain.planning import PlanMeeting
from domain.proposing import ProposeMoments
from domain.reporting import ReportMeeting
from domain.text import PartId
from domain.words import Domain, Level, MeetingKind, Side
from tests.domain.agreements import agreed, partner
from tests.domain.journey import REQUEST_ID, Journey, advisor, under_way

NEXT_TUESDAY = datetime(2026, 11, 10, 9, tzinfo=UTC)
NEXT_THURSDAY = datetime(2026, 11, 12, 13, tzinfo=UTC)
AN_HOUR = timedelta(hours=1)
IN_FEBRUARY = date(2027, 2, 1)
NOBODY = f"{REQUEST_ID}/999"
BOTH_LEVELS = (Level.GOVERNANCE, Level.OPERATIONAL)


def moments(**changes: Any) -> ProposeMoments:
    """Two moments for a visit."""
    given: dict[str, Any] = {"kind": MeetingKind.VISIT, "moments": (NEXT_TUESDAY, NEXT_THURSDAY), "place": "Stadhuis"}
    return ProposeMoments(**{**given, **changes})


def plan(kind: MeetingKind = MeetingKind.VISIT, **changes: Any) -> PlanMeeting:
    """A meeting next Tuesday; a kick-off at the operational level."""
    levels = (Level.OPERATIONAL,) if kind is MeetingKind.KICKOFF else ()
    return PlanMeeting(**{"kind": kind, "levels": levels, "starts_at": NEXT_TUESDAY, **changes})


def wish(**changes: Any) -> WantedKickoff:
    """A kick-off at both levels in February, organised by the municipality."""
    given: dict[str, Any] = {
        "levels": BOTH_LEVELS,
        "target_month": IN_FEBRUARY,
        "organiser": Side.MUNICIPALITY,
    }
    return WantedKickoff(**{**given, **changes})


def want(**changes: Any) -> WantKickoff:
    """The command for the same."""
    wanted = wish(**changes)
    return WantKickoff(levels=wanted.levels, target_month=wanted.target_month, organiser=wanted.organiser)


def with_meeting(kind: MeetingKind = MeetingKind.VISIT, **changes: Any) -> tuple[Journey, PartId]:
    """A request under way with one planned meeting."""
    journey = under_way()
    return journey, agreed(journey, plan(kind, **changes))


def with_wanted_kickoff(**changes: Any) -> tuple[Journey, PartId]:
    """A request under way for which a kick-off is wanted."""
    journey = under_way()
    return journey, agreed(journey, want(**changes))


def with_invited(*domains: Domain, kind: MeetingKind = MeetingKind.SESSION) -> tuple[Journey, PartId, list[PartId]]:
    """A request with a planned meeting in December and a partner invited to it for each domain."""
    journey = under_way()
    partners = [
        agreed(journey, partner(domain=domain, organisation=f"Organisatie {place}"))
        for place, domain in enumerate(domains)
    ]
    meeting = agreed(journey, plan(kind, starts_at=datetime(2026, 12, 8, 9, tzinfo=UTC)))
    journey.give(advisor, Invite(meeting=meeting, partners=tuple(partners)))
    return journey, meeting, partners


def begun(journey: Journey, meeting: PartId) -> Journey:
    """The same an hour after the meeting began."""
    journey.now = meeting_of(journey, meeting).starts_at + AN_HOUR
    return journey


def reported(journey: Journey, meeting: PartId, actor: Actor = advisor, **changes: Any) -> Journey:
    """The same with that meeting held and reported."""
    begun(journey, meeting).give(actor, ReportMeeting(meeting=meeting, **changes))
    return journey


def responds(meeting: PartId, **changes: Any) -> Respond:
    """An answer: coming."""
    return Respond(**{"meeting": meeting, "coming": True, **changes})


def meeting_of(journey: Journey, meeting: PartId) -> Meeting:
    """The meeting as it is now."""
    return journey.request.meetings[meeting]


def proposal_of(journey: Journey, proposal: PartId) -> Proposal:
    """The proposal as it is now."""
    return journey.request.proposals[proposal]


def kickoff_of(journey: Journey, kickoff: PartId) -> Kickoff:
    """The kick-off as it is now."""
    return journey.request.kickoffs[kickoff]
