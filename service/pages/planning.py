"""Planning: proposing moments to the other side, recording one that was agreed, moving it, and calling it off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from domain.command import Command
from domain.parts import Meeting, ProposalStatus
from domain.planning import CancelMeeting, CancelReason, MoveReason, PlanMeeting, RescheduleMeeting
from domain.proposing import ProposeMoments
from domain.words import Side
from service.language import message
from service.pages.arranging import (
    BOTH_FIELDS,
    likely,
    read_arrangement,
    read_link,
    read_moments,
    show_arranging,
    suggested,
    typed_time,
)
from service.pages.choosing import meeting_name, words
from service.pages.deed_page import At, DeedPage, Start, part_id, routes_of, segments_of
from service.pages.filled import Filled

WHEN: Final = message("Write the day and the time.")
WHY: Final = message("Choose why.")


def start_proposing(at: At) -> Start:
    """Three moments to begin with."""
    return {"what": likely(at), "minutes": Side.ADVISOR, **suggested(at)}


def read_proposing(at: At, form: Filled) -> Command:
    """Name moments to the other side."""
    plan = read_arrangement(at, form)
    return ProposeMoments(
        kind=plan.kind,
        levels=plan.levels,
        kickoff=plan.kickoff,
        place=plan.place,
        link=plan.link,
        agenda=plan.agenda,
        minutes=plan.minutes,
        moments=read_moments(at, form),
    )


def start_planning(at: At) -> Start:
    """What is known of the proposal that this settles, when it settles one."""
    open_ones = [one for one in at.shown.view.proposals if one.status is ProposalStatus.OPEN]
    proposal = next((one for one in open_ones if one.id == part_id(at.shown, at.about)), None)
    start: Start = {"what": likely(at), "minutes": proposal.minutes if proposal else Side.ADVISOR}
    if proposal is None:
        return start
    return {
        **start,
        "place": proposal.place or "",
        "link": proposal.link or "",
        "agenda": "\n".join(proposal.agenda),
        "levels": proposal.levels,
    }


def read_planning(at: At, form: Filled) -> Command:
    """Record what was agreed, ahead or afterwards."""
    plan = read_arrangement(at, form)
    open_ones = [one for one in at.shown.view.proposals if one.status is ProposalStatus.OPEN]
    settled = next((one.id for one in open_ones if one.id == part_id(at.shown, at.about)), None)
    return PlanMeeting(
        kind=plan.kind,
        levels=plan.levels,
        kickoff=plan.kickoff,
        place=plan.place,
        link=plan.link,
        agenda=plan.agenda,
        minutes=plan.minutes,
        starts_at=form.optional_moment("day", "time", missing=at.say(BOTH_FIELDS))
        or form.wrong("day", at.say(WHEN), at.visit.now),
        inside=form.optional_line("inside"),
        proposal=settled,
    )


def _meeting(at: At) -> Meeting:
    return at.part(at.shown.view.meetings)


def start_moving(at: At) -> Start:
    """Where it is now; the moment is left to be chosen."""
    meeting = _meeting(at)
    return {
        "day": at.visit.tongue.short_day(meeting.starts_at),
        "time": typed_time(meeting.starts_at),
        "place": meeting.place or "",
        "link": meeting.link or "",
    }


async def show_moving(at: At) -> Mapping[str, Any]:
    """Which meeting it is, and why it could move."""
    return _known(at) | {"reasons": words(at.visit.tongue, MoveReason)}


async def show_cancelling(at: At) -> Mapping[str, Any]:
    """Which meeting it is, and why it could be called off."""
    return _known(at) | {"reasons": words(at.visit.tongue, CancelReason)}


def _known(at: At) -> dict[str, Any]:
    meeting = _meeting(at)
    return {
        "meeting": meeting,
        "name": meeting_name(at.visit.tongue, meeting),
        "are_invited": bool(meeting.invitations),
    }


def read_moving(at: At, form: Filled) -> Command:
    """Move it, and tell who is invited."""
    return RescheduleMeeting(
        meeting=_meeting(at).id,
        starts_at=form.optional_moment("day", "time", missing=at.say(BOTH_FIELDS))
        or form.wrong("day", at.say(WHEN), at.visit.now),
        place=form.optional_line("place"),
        link=read_link(at, form),
        reason=form.choice("reason", MoveReason, missing=at.say(WHY)),
        text=form.optional_text("text"),
    )


def read_cancelling(at: At, form: Filled) -> Command:
    """Call it off, and tell who is invited."""
    return CancelMeeting(
        meeting=_meeting(at).id,
        reason=form.choice("reason", CancelReason, missing=at.say(WHY)),
        text=form.optional_text("text"),
    )


PAGES: Final = (
    DeedPage(
        command="propose_moments",
        segment="momenten-voorstellen",
        template="deeds/propose_moments.html",
        read=read_proposing,
        start=start_proposing,
        values=show_arranging,
        fields={"moments": "day1", "kickoff": "what"},
        button=message("Send the proposal"),
        done=message("Your proposal was sent. You hear it when a moment was chosen."),
    ),
    DeedPage(
        command="plan_meeting",
        segment="bijeenkomst-plannen",
        template="deeds/plan_meeting.html",
        read=read_planning,
        start=start_planning,
        values=show_arranging,
        fields={"startsAt": "day", "kickoff": "what"},
        done=message("The meeting is planned."),
    ),
    DeedPage(
        command="reschedule_meeting",
        segment="bijeenkomst-verzetten",
        template="deeds/reschedule_meeting.html",
        read=read_moving,
        start=start_moving,
        values=show_moving,
        fields={"startsAt": "day"},
        done=message("The meeting was moved."),
    ),
    DeedPage(
        command="cancel_meeting",
        segment="bijeenkomst-afzeggen",
        template="deeds/cancel_meeting.html",
        read=read_cancelling,
        values=show_cancelling,
        done=message("The meeting was called off."),
    ),
)
DEEDS: Final = segments_of(PAGES)
ROUTES: Final = routes_of(PAGES)
