"""Meetings: moments to choose from, what is planned, and the reports of what was held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.parts import (
    Answer,
    Figure,
    Invitation,
    Kickoff,
    KickoffStatus,
    Meeting,
    MeetingStatus,
    Proposal,
    ProposalStatus,
    Report,
)
from domain.representation import Presence
from domain.words import Capacity, Level, Side
from service.pages.figures import SHAPES
from service.pages.request_page.looking import SIDES, Looking, Ways

TONES = {MeetingStatus.HELD: "success", MeetingStatus.PLANNED: "warning"}
PLANNED_DEEDS = ("invite", "reschedule_meeting", "cancel_meeting")


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """Moments to choose from."""

    title: str
    moments: tuple[str, ...]
    place: str | None
    agenda: tuple[str, ...]
    who: str
    ways: Ways


@dataclass(frozen=True, kw_only=True)
class Invited:
    """A partner who was invited: coming or not."""

    who: str
    answer: str
    text: str | None
    ways: Ways


@dataclass(frozen=True, kw_only=True)
class Reported:
    """What a report says, question by question."""

    present: str | None
    findings: tuple[tuple[str, str], ...]
    decisions: tuple[str, ...]
    parents_need: str | None
    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """One meeting."""

    title: str
    when: str
    status: str
    tone: str
    facts: tuple[tuple[str, str], ...]
    link: str | None
    agenda: tuple[str, ...]
    invited: tuple[Invited, ...]
    domains: tuple[tuple[str, str, bool], ...]
    report: Reported | None
    report_follows: bool
    ways: Ways


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A kick-off that is wanted and not planned yet."""

    title: str
    about: str
    is_proposed: bool
    ways: Ways


def proposed(looking: Looking) -> tuple[Proposed, ...]:
    """The moments among which somebody has still to choose."""
    return tuple(_proposed(looking, one) for one in looking.shown.view.proposals if one.status is ProposalStatus.OPEN)


def gatherings(looking: Looking) -> tuple[Gathering, ...]:
    """All meetings: first what is planned, soonest first, then the others, latest first."""
    meetings = looking.shown.view.meetings
    planned = sorted((one for one in meetings if _is_planned(one)), key=lambda one: one.starts_at)
    others = sorted((one for one in meetings if not _is_planned(one)), key=lambda one: one.starts_at, reverse=True)
    return tuple(_gathering(looking, one) for one in (*planned, *others))


def wanted(looking: Looking) -> tuple[Wanted, ...]:
    """The kick-offs that are still to be planned."""
    return tuple(_wanted(looking, one) for one in looking.shown.view.kickoffs if one.status is KickoffStatus.WANTED)


def ways_of_all(looking: Looking) -> Ways:
    """What can be done about meetings as a whole."""
    return looking.ways("propose_moments", "plan_meeting", "want_kickoff", "skip_visit")


def _sides() -> tuple[Capacity, ...]:
    return Capacity.MUNICIPALITY, Capacity.ADVISOR


def _is_planned(meeting: Meeting) -> bool:
    return meeting.status is MeetingStatus.PLANNED


def _title(looking: Looking, kind: str, levels: Iterable[Level]) -> str:
    named = [looking.word(one) for one in levels]
    return f"{kind}: {looking.visit.tongue.together(named)}" if named else kind


def _proposed(looking: Looking, proposal: Proposal) -> Proposed:
    asked = SIDES[proposal.asked]
    return Proposed(
        title=_title(looking, looking.word(proposal.kind), proposal.levels),
        moments=tuple(looking.visit.tongue.moment(one.starts_at) for one in proposal.moments if not one.passed),
        place=proposal.place,
        agenda=proposal.agenda,
        who=looking.word(proposal.asked),
        ways=looking.ways(
            "choose_moment", "ask_other_moments", about=proposal.id, of=(asked,), own=asked in looking.mine
        ),
    )


def _wanted(looking: Looking, kickoff: Kickoff) -> Wanted:
    month = looking.visit.tongue.day(kickoff.target_month).split(" ", 1)[1]
    organiser = looking.word(kickoff.organiser)
    open_ones = [one for one in looking.shown.view.proposals if one.status is ProposalStatus.OPEN]
    is_proposed = any(one.kickoff == kickoff.id for one in open_ones)
    deeds = (*(() if is_proposed else ("propose_moments",)), "plan_meeting", "drop_kickoff")
    return Wanted(
        title=_title(looking, looking.say("Kick-off"), kickoff.levels),
        about=looking.say("wanted in %(month)s, organised by %(who)s", month=month, who=organiser),
        is_proposed=is_proposed,
        ways=looking.ways(*deeds, about=kickoff.id, of=_sides()),
    )


def _gathering(looking: Looking, meeting: Meeting) -> Gathering:
    return Gathering(
        title=_title(looking, looking.word(meeting.kind), meeting.levels),
        when=looking.when(meeting.starts_at),
        status=looking.word(meeting.status),
        tone=TONES.get(meeting.status, "neutral"),
        facts=tuple(_facts(looking, meeting)),
        link=meeting.link,
        agenda=meeting.agenda,
        invited=tuple(_invited(looking, meeting, one) for one in meeting.invitations),
        domains=tuple(_domains(looking, meeting)),
        report=_reported(looking, meeting.report) if meeting.report else None,
        report_follows=_writes(looking, meeting) and _is_planned(meeting) and not _began(looking, meeting),
        ways=_ways(looking, meeting),
    )


def _ways(looking: Looking, meeting: Meeting) -> Ways:
    """What can be done about a meeting; its report by who writes it, and not before it began."""
    if not _is_planned(meeting):
        return _written(looking, "amend_report", meeting) if meeting.report else Ways()
    written = _written(looking, "report_meeting", meeting) if _began(looking, meeting) else Ways()
    others = looking.ways(*PLANNED_DEEDS, about=meeting.id, of=_sides())
    return Ways(own=written.own + others.own, by_phone=written.by_phone + others.by_phone)


def _written(looking: Looking, command: str, meeting: Meeting) -> Ways:
    writers = [one for one in _sides() if one is Capacity.ADVISOR or meeting.minutes is Side.MUNICIPALITY]
    return looking.ways(command, about=meeting.id, of=writers, own=_writes(looking, meeting))


def _writes(looking: Looking, meeting: Meeting) -> bool:
    if Capacity.ADVISOR in looking.mine:
        return True
    return meeting.minutes is Side.MUNICIPALITY and Capacity.MUNICIPALITY in looking.mine


def _began(looking: Looking, meeting: Meeting) -> bool:
    return meeting.starts_at <= looking.visit.now


def _facts(looking: Looking, meeting: Meeting) -> Iterator[tuple[str, str]]:
    if meeting.place:
        yield looking.say("Place"), meeting.place
    if meeting.inside:
        yield looking.say("Part of"), meeting.inside
    if meeting.minutes is not Side.ADVISOR:
        yield looking.say("Report by"), looking.word(meeting.minutes)


def _invited(looking: Looking, meeting: Meeting, invitation: Invitation) -> Invited:
    unanswered = _is_planned(meeting) and invitation.answer is Answer.NO_ANSWER
    about = f"{meeting.id}:{invitation.partner}"
    return Invited(
        who=looking.partners.get(invitation.partner, "–"),
        answer=looking.word(invitation.answer),
        text=invitation.text,
        ways=looking.ways("respond", about=about, of=(Capacity.PARTNER,)) if unanswered else Ways(),
    )


def _domains(looking: Looking, meeting: Meeting) -> Iterator[tuple[str, str, bool]]:
    """Domain, who comes of it, and whether that is a gap; for a meeting of the coalition that is still to come."""
    for one in looking.shown.view.representation if _is_planned(meeting) else ():
        if one.meeting == meeting.id:
            gap = one.presence in (Presence.NONE, Presence.NO_ANSWER)
            yield looking.word(one.domain), looking.word(one.presence), gap


def _reported(looking: Looking, report: Report) -> Reported:
    questions = {one.id: looking.word(one.kind) for one in looking.shown.view.questions}
    return Reported(
        present=_present(looking, report),
        findings=tuple((questions.get(one.question, "–"), one.text) for one in report.findings),
        decisions=report.decisions,
        parents_need=report.parents_need,
        figures=tuple(_figure(looking, one) for one in report.figures if one.indicator in SHAPES),
    )


def _present(looking: Looking, report: Report) -> str | None:
    present = list(report.present)
    if report.parents_present:
        present.append(looking.visit.tongue.say_many("%(count)s parent", "%(count)s parents", report.parents_present))
    return looking.visit.tongue.together(present) if present else None


def _figure(looking: Looking, figure: Figure) -> tuple[str, str]:
    shape = SHAPES[figure.indicator]
    place = looking.shown.municipality_name(figure.municipality)
    value = looking.say(shape.said, value=looking.visit.tongue.number(figure.value))
    return f"{looking.say(shape.name)}, {place} ({figure.year})", value
