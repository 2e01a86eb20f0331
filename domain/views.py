"""What each reader may see of a request now: a pure allow-list. Nothing leaves the house that is not named here.

The past is in `timeline`, tasks in `inbox`, who is told what in `notices`; `view_parts` says what things look like.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from domain.command import Actor
from domain.goals import loose
from domain.inbox import tasks_of
from domain.parts import Assignment, Meeting, Partner, Question
from domain.reader import Reader, reader
from domain.representation import representation
from domain.request import Closing, Coalition, Pause, SupportRequest
from domain.tasks import Task
from domain.view_parts import ClosingView, CoalitionView, EligibilityView, NextStep, RepresentationView, RequestView
from domain.words import Outcome


def view(request: SupportRequest, actor: Actor, today: date = date.min) -> RequestView | None:
    """Give what this actor may read of the request; None when it is none of theirs.

    Staff and advisors read all but others' own interest, which staff alone read. Municipalities read what is for
    everyone, a supporting party what is shared, the coalition and its own, a partner only what it has a share in.
    By `today`, a day in Amsterdam, an invitation that is still to be answered is told from one that was not answered.
    """
    who = reader(request, actor)
    return view_of(request, who, tasks_of(request, who), today) if who else None


def view_of(request: SupportRequest, who: Reader, tasks: tuple[Task, ...], today: date) -> RequestView:
    """Give what this reader may read of the request; `tasks` are those that they may see."""
    seen = _own_share(request, who, tasks)
    return _whole(request, who, seen, today) if who.reads_whole else seen


def coalition_seen(request: SupportRequest, actor: Actor) -> CoalitionView | None:
    """Give what this actor may read of the coalition alone, as it stands in the view of the request."""
    who = reader(request, actor)
    return _coalition(request.coalition, who) if who and request.coalition else None


def _own_share(request: SupportRequest, who: Reader, tasks: tuple[Task, ...]) -> RequestView:
    """What every reader sees: where it stands, and the parts that this reader may see."""
    return RequestView(
        id=request.id,
        version=request.version,
        stage=request.stage,
        outcome=request.closing.outcome if request.closing else None,
        is_paused=request.pause is not None,
        lead_municipality=request.lead_municipality,
        participating=request.participating,
        coalition=_coalition(request.coalition, who) if request.coalition else None,
        advisor_wanted=request.lead is None or request.lead.accepted_on is None,
        advisors=_advisors(request, who),
        questions=tuple(_questions(request, who)),
        meetings=tuple(_meetings(request, who)),
        actions=tuple(action for action in request.actions.values() if who.reads_action(action)),
        messages=tuple(one for one in request.messages.values() if who.reads_message(one)),
        notes=tuple(one for one in request.notes.values() if who.reads_note(one)),
        shared=tuple(request.shared.values()) if who.reads_whole or who.is_supporter else (),
        has_evaluated=who.actor.person in request.evaluated_by,
        next_step=_next_step(tasks),
    )


def _whole(request: SupportRequest, who: Reader, seen: RequestView, today: date) -> RequestView:
    """What the programme and the municipalities see besides."""
    return replace(
        seen,
        pause=_pause(request.pause, who) if request.pause else None,
        imported=request.imported,
        received_on=request.received_on,
        submitted_at=request.submitted_at,
        accepted_on=request.accepted_on,
        finished_on=request.finished_on,
        contact=request.contact,
        also_told=request.also_told,
        text=request.text,
        preferred_period=request.preferred_period,
        eligibility=tuple(
            EligibilityView(municipality=code, eligibility=outcome) for code, outcome in request.eligibility.items()
        ),
        information_asked=request.information_asked,
        own_interest=tuple(sorted(request.own_interest)) if who.is_staff else (),
        supporting_parties=request.supporting_parties,
        proposals=tuple(request.proposals.values()),
        representation=_representation(request, today),
        kickoffs=tuple(request.kickoffs.values()),
        ambitions=tuple(request.ambitions.values()),
        goals=tuple(request.goals.values()),
        check_ins=tuple(request.check_ins.values()),
        loose_ends=tuple(one.id for one in loose(request)),
        linked=request.linked,
        merged_into=request.merged_into,
        merged_from=request.merged_from,
        closing=_closing(request.closing, who) if request.closing else None,
    )


def _coalition(coalition: Coalition, who: Reader) -> CoalitionView:
    """The whole coalition; a partner sees its name and their own place in it."""
    sees_all = who.reads_whole or who.is_supporter
    return CoalitionView(
        id=coalition.id,
        name=coalition.name,
        kind=coalition.kind,
        phase=coalition.phase,
        municipalities=coalition.municipalities,
        partners=tuple(_partners(coalition, who)),
        seats=tuple(coalition.seats.values()) if sees_all else (),
        handed_over=tuple(action for action in coalition.handed_over.values() if who.reads_action(action)),
    )


def _partners(coalition: Coalition, who: Reader) -> Iterator[Partner]:
    for key, partner in coalition.partners.items():
        if who.reads_whole or key in who.partners:
            yield partner
        elif who.is_supporter:
            yield replace(partner, contact=None)


def _advisors(request: SupportRequest, who: Reader) -> tuple[Assignment, ...]:
    """Outside the programme an advisor who has not accepted is still being looked for."""
    if who.in_programme:
        return request.advisors
    return tuple(one for one in request.advisors if one.accepted_on)


def _questions(request: SupportRequest, who: Reader) -> Iterator[Question]:
    if who.reads_whole:
        yield from request.questions.values()
    elif who.is_supporter:
        yield from (replace(question, result=None) for question in request.questions.values())


def _meetings(request: SupportRequest, who: Reader) -> Iterator[Meeting]:
    """All meetings; a partner sees those it is invited to, and of the invitations its own."""
    for meeting in request.meetings.values():
        if who.reads_whole:
            yield meeting
        elif who.reads_meeting(meeting):
            own = tuple(one for one in meeting.invitations if one.partner in who.partners)
            yield replace(meeting, invitations=own)


def _representation(request: SupportRequest, today: date) -> tuple[RepresentationView, ...]:
    return tuple(
        RepresentationView(meeting=meeting.id, domain=domain, presence=presence)
        for meeting in request.meetings.values()
        for domain, presence in representation(request, meeting, today).items()
    )


def _pause(pause: Pause, who: Reader) -> Pause:
    """Since when and until when it rests; that staff are to decide about a long rest is the programme's."""
    return pause if who.in_programme else replace(pause, rest_over=False)


def _closing(closing: Closing, who: Reader) -> ClosingView:
    """How it ended; why a municipality withdrew stays with the programme (rule 11)."""
    seen = ClosingView(outcome=closing.outcome, closed_at=closing.at)
    if closing.outcome is Outcome.WITHDRAWN and not who.in_programme:
        return seen
    return replace(seen, reason=closing.reason, text=closing.text, help_elsewhere=closing.help_elsewhere)


def _next_step(tasks: tuple[Task, ...]) -> NextStep | None:
    return next((NextStep(kind=one.kind, desk=one.assignee.desk, due=one.due) for one in tasks), None)
