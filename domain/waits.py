"""What a request waits for: by whom, about what, and what the request says of when.

It follows from the request, so it cannot disagree with it. When something is due is computed in `terms`, once; what is
open and when to wake is looked up in `tasks`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.owners import takes_part
from domain.parts import (
    ActionStatus,
    Answer,
    CheckInStatus,
    KickoffStatus,
    MeetingStatus,
    Owner,
    ProposalStatus,
)
from domain.progress import STILL_TO_COME
from domain.request import SupportRequest
from domain.terms import Asked, Waiting
from domain.text import Line, MunicipalityCode, PartId, PersonId
from domain.words import Desk, MeetingKind, Side, Stage
from domain.working_time import ZONE

SUPPORT = frozenset({Stage.VISIT, Stage.KICKOFF, Stage.FOLLOW_UP})


LONGEST_REST = timedelta(days=183)


@dataclass(frozen=True, kw_only=True)
class Assignee:
    """Who a task is for: a desk, and where the request knows it who is behind it."""

    desk: Desk
    person: PersonId | None = None
    municipality: MunicipalityCode | None = None
    partner: PartId | None = None
    organisation: Line | None = None


NOTHING_SAID = Asked()


@dataclass(frozen=True, kw_only=True)
class Wait:
    """One thing that is waited for. `about` is the part it concerns; the key is unique within the request."""

    kind: Waiting
    assignee: Assignee
    about: str = ""
    asked: Asked = NOTHING_SAID

    @property
    def key(self) -> str:
        """The task's key: its kind and what it is about."""
        return f"{self.kind}:{self.about}" if self.about else str(self.kind)


def waits(request: SupportRequest) -> Iterator[Wait]:
    """Say everything that this request waits for, of people and of time, also while it rests."""
    if not request.is_open:
        return
    yield from _intake(request)
    yield from _advisors(request)
    yield from _meetings(request)
    yield from _coalition(request)
    yield from _talk(request)
    yield from _embedding(request)
    yield from _rest(request)


def every_wait(request: SupportRequest) -> tuple[Wait, ...]:
    """All waits, and a call for each that somebody should phone about."""
    known = tuple(waits(request))
    calls = (_call(request, one) for one in known if one.key in request.calls)
    return (*known, *calls)


def _call(request: SupportRequest, wait: Wait) -> Wait:
    """The lead advisor phones; staff do while there is none at work, or when it is the advisor who is waited for."""
    lead = advisor(request)
    return Wait(kind=Waiting.CALL, assignee=STAFF if wait.assignee == lead else lead, about=wait.key)


STAFF = Assignee(desk=Desk.STAFF)


def advisor(request: SupportRequest) -> Assignee:
    """The lead advisor, or staff while there is none."""
    return Assignee(desk=Desk.ADVISOR, person=request.lead.advisor) if request.lead else STAFF


def municipality(request: SupportRequest) -> Assignee:
    """The lead municipality, by way of its contact."""
    return Assignee(desk=Desk.MUNICIPALITY, person=request.contact, municipality=request.lead_municipality)


def is_municipal(who: Assignee) -> bool:
    """A municipality is waited for: somebody phones it in the end."""
    return who.desk is Desk.MUNICIPALITY


def at_side(request: SupportRequest, side: Side) -> Assignee:
    """The one of the two who arrange a meeting."""
    return advisor(request) if side is Side.ADVISOR else municipality(request)


def at_desk(request: SupportRequest, desk: Desk) -> Assignee:
    """Whoever sits at this desk for this request; the lead advisor for a supporting party that is there no more."""
    if desk is Desk.ADVISOR or (desk is Desk.SUPPORTING_PARTY and not request.supporters):
        return advisor(request)
    return municipality(request) if desk is Desk.MUNICIPALITY else Assignee(desk=desk)


def of_owner(request: SupportRequest, owner: Owner) -> Assignee:
    """The one who owns an action or a search; the lead advisor when the owner takes part no more.

    Of a partner the working address is known, when there is one.
    """
    if not takes_part(owner, request):
        return advisor(request)
    if owner.desk is Desk.PARTNER and owner.partner:
        return Assignee(desk=Desk.PARTNER, partner=owner.partner, person=request.partners[owner.partner].contact)
    if owner.desk is Desk.SUPPORTING_PARTY:
        return Assignee(desk=Desk.SUPPORTING_PARTY, organisation=owner.organisation)
    if owner.desk is Desk.MUNICIPALITY and owner.municipality != request.lead_municipality:
        return Assignee(desk=Desk.MUNICIPALITY, municipality=owner.municipality)
    return at_desk(request, owner.desk)


def local_day(moment: datetime) -> date:
    """The day in Amsterdam of a moment."""
    return moment.astimezone(ZONE).date()


def _intake(request: SupportRequest) -> Iterator[Wait]:
    if request.stage is not Stage.INTAKE:
        return
    asked = request.information_asked
    if asked is None:
        yield Wait(kind=Waiting.TRIAGE, assignee=STAFF)
    else:
        yield Wait(
            kind=Waiting.ANSWER_INFORMATION,
            assignee=municipality(request),
            asked=Asked(basis=asked.asked_on, of_municipality=True),
        )


def _advisors(request: SupportRequest) -> Iterator[Wait]:
    if request.stage is Stage.INTAKE:
        return
    if request.lead is None:
        yield Wait(kind=Waiting.ASSIGN, assignee=STAFF)
    for one in request.advisors:
        if one.accepted_on is None:
            who = Assignee(desk=Desk.ADVISOR, person=one.advisor)
            yield Wait(kind=Waiting.ACCEPT_ASSIGNMENT, assignee=who, about=one.advisor)


def _meetings(request: SupportRequest) -> Iterator[Wait]:
    proposals = [one for one in request.proposals.values() if one.status is ProposalStatus.OPEN]
    planned = [one for one in request.meetings.values() if one.status is MeetingStatus.PLANNED]
    arranged = {one.kickoff for one in proposals} | {one.kickoff for one in planned}
    visit_arranged = MeetingKind.VISIT in {one.kind for one in proposals} | {one.kind for one in planned}
    if request.stage is Stage.VISIT and not request.visit_settled and not visit_arranged:
        yield Wait(kind=Waiting.PROPOSE_VISIT, assignee=advisor(request))
    for proposal in proposals:
        first = min(moment.starts_at for moment in proposal.moments)
        who = at_side(request, proposal.asked)
        asked = Asked(target=local_day(first), of_municipality=is_municipal(who))
        yield Wait(kind=Waiting.CHOOSE_MOMENT, assignee=who, about=proposal.id, asked=asked)
        coming = [moment.starts_at for moment in proposal.moments if not moment.passed]
        if coming:
            passes = Asked(wanted=local_day(min(coming)) + timedelta(days=1))
            yield Wait(kind=Waiting.MOMENT, assignee=who, about=proposal.id, asked=passes)
    for meeting in planned:
        day = local_day(meeting.starts_at)
        who = at_side(request, meeting.minutes)
        asked = Asked(basis=day, of_municipality=is_municipal(who))
        yield Wait(kind=Waiting.REPORT_MEETING, assignee=who, about=meeting.id, asked=asked)
        for one in meeting.invitations:
            if one.answer is Answer.NO_ANSWER and one.partner in request.partners:
                invited = of_owner(request, Owner(desk=Desk.PARTNER, partner=one.partner))
                about = f"{meeting.id}:{one.partner}"
                yield Wait(kind=Waiting.RESPOND, assignee=invited, about=about, asked=Asked(target=day))
    for kickoff in request.kickoffs.values():
        if kickoff.status is KickoffStatus.WANTED and kickoff.id not in arranged:
            who = at_side(request, kickoff.organiser)
            asked = Asked(target=kickoff.target_month, of_municipality=is_municipal(who))
            yield Wait(kind=Waiting.PLAN_KICKOFF, assignee=who, about=kickoff.id, asked=asked)


def _coalition(request: SupportRequest) -> Iterator[Wait]:
    for seat in request.seats.values():
        if seat.search and seat.set_in == request.id:
            who = of_owner(request, seat.search.by)
            yield Wait(kind=Waiting.SEEK_PARENTS, assignee=who, about=seat.id, asked=Asked(wanted=seat.search.due))
    for action in request.actions.values():
        if action.status is ActionStatus.OPEN:
            who = advisor(request) if action.handed_back else of_owner(request, action.owner)
            yield Wait(kind=Waiting.DO_ACTION, assignee=who, about=action.id, asked=Asked(wanted=action.due))


def _talk(request: SupportRequest) -> Iterator[Wait]:
    for message in request.messages.values():
        if message.reply is None:
            who = of_owner(request, Owner(desk=Desk.PARTNER, partner=message.partner))
            who = who if message.partner else at_desk(request, message.to)
            asked = Asked(of_municipality=is_municipal(who))
            yield Wait(kind=Waiting.ANSWER_MESSAGE, assignee=who, about=message.id, asked=asked)


def _embedding(request: SupportRequest) -> Iterator[Wait]:
    if request.stage in SUPPORT and request.questions and not request.unsettled:
        yield Wait(kind=Waiting.FINISH_SUPPORT, assignee=advisor(request))
    for check_in in request.check_ins.values():
        who = at_desk(request, check_in.by)
        if check_in.status is CheckInStatus.OPEN:
            asked = Asked(of_municipality=is_municipal(who))
            yield Wait(kind=Waiting.CHECK_IN, assignee=who, about=check_in.id, asked=asked)
        elif check_in.status is CheckInStatus.PLANNED:
            asked = Asked(wanted=check_in.opens_on)
            yield Wait(kind=Waiting.CHECK_IN_OPENS, assignee=who, about=check_in.id, asked=asked)
    for desk in sorted(request.evaluation_asked):
        yield Wait(kind=Waiting.EVALUATE, assignee=at_desk(request, desk), about=desk)


def _rest(request: SupportRequest) -> Iterator[Wait]:
    pause = request.pause
    if pause is not None:
        if pause.rest_over:
            yield Wait(kind=Waiting.DECIDE_REST, assignee=STAFF)
        elif pause.look_again:
            yield Wait(kind=Waiting.PAUSE_ENDS, assignee=STAFF, asked=Asked(wanted=pause.look_again))
        else:
            yield Wait(kind=Waiting.REST, assignee=STAFF, asked=Asked(wanted=pause.since + LONGEST_REST))
    elif request.rest_announced_on:
        yield Wait(kind=Waiting.REST_COMES, assignee=STAFF, asked=Asked(basis=request.rest_announced_on))
    elif _may_fall_silent(request):
        yield Wait(kind=Waiting.SILENCE, assignee=STAFF, asked=Asked(basis=request.quiet_since))


def _may_fall_silent(request: SupportRequest) -> bool:
    """Under way, with no meeting and no look back to come."""
    meetings = any(one.status is MeetingStatus.PLANNED for one in request.meetings.values())
    check_ins = any(one.status in STILL_TO_COME for one in request.check_ins.values())
    return request.stage in SUPPORT | {Stage.EMBEDDING} and not meetings and not check_ins
