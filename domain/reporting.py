"""Reporting: what came of a meeting, written down once it began, and corrected with a reason.

A report settles nothing by itself but the visit or the kick-off it is about: what a question is answered with stands in
its own subject. Who was there is an organisation, parents are a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Literal

from domain import refusal
from domain.command import Apply, Command, Context, Decide
from domain.event import Event, Fact
from domain.kickoffs import WantedKickoff, wish_mistakes, wished
from domain.meetings import named, planned, side, with_kickoff, with_meeting
from domain.parts import Figure, KickoffStatus, Meeting, MeetingStatus, Proceedings, Report
from domain.refusal import Kind, Reason, Refusal
from domain.request import SupportRequest
from domain.text import Line, PartId, Text
from domain.words import MeetingKind, Side

MOST_PARENTS = 1000

MEETING_NOT_BEGUN = Reason(
    "MEETING_NOT_BEGUN",
    nl="Deze bijeenkomst is nog niet begonnen. Maak het verslag daarna, of verzet de bijeenkomst.",
    en="This meeting has not begun yet. Report it afterwards, or reschedule the meeting.",
)
ALREADY_REPORTED = Reason(
    "ALREADY_REPORTED",
    nl="Van deze bijeenkomst is al een verslag. Verbeter dat verslag.",
    en="This meeting has been reported already. Amend that report.",
)
NOT_REPORTED_YET = Reason(
    "NOT_REPORTED_YET",
    nl="Van deze bijeenkomst is nog geen verslag. Maak eerst het verslag.",
    en="This meeting has not been reported yet. Report it first.",
)
MINUTES_ARE_THE_ADVISORS = Reason(
    "MINUTES_ARE_THE_ADVISORS",
    nl="De adviseur maakt dit verslag. Geef uw aanvulling door met een bericht.",
    en="The advisor writes this report. Send what you would add in a message.",
)
NUMBER_OF_PARENTS = Reason(
    "NUMBER_OF_PARENTS",
    nl="Vul een aantal ouders in van 0 tot en met {most}, of laat het leeg als u het niet weet.",
    en="Give a number of parents from 0 to {most}, or leave it empty when you do not know.",
    kind=Kind.INVALID,
)


@dataclass(frozen=True, kw_only=True)
class Reported(Proceedings, Command):
    """What is written down of a meeting. An `agenda` that is given takes the place of the planned one."""

    meeting: PartId
    agenda: tuple[Line, ...] = ()

    def touches(self) -> tuple[str, ...]:
        return (self.meeting,)

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        if self.parents_present is not None and not 0 <= self.parents_present <= MOST_PARENTS:
            yield NUMBER_OF_PARENTS("parentsPresent", most=MOST_PARENTS)


@dataclass(frozen=True, kw_only=True)
class ReportMeeting(Reported):
    """Report a meeting. Of a visit the figures are kept as they are today, unless they were not discussed."""

    type: Literal["report_meeting"] = "report_meeting"
    figures_discussed: bool = True
    wanted_kickoffs: tuple[WantedKickoff, ...] = ()

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        yield from super().mistakes(context)
        for place, wish in enumerate(self.wanted_kickoffs):
            yield from wish_mistakes(f"wantedKickoffs.{place}.", wish, context)


@dataclass(frozen=True, kw_only=True)
class MeetingReported(Proceedings, Fact):
    """A meeting was held, with what came of it and the figures that were discussed; so was the kick-off it was for."""

    may_progress: ClassVar[bool] = True
    meeting: PartId
    kickoff: PartId | None = None
    agenda: tuple[Line, ...] = ()
    figures: tuple[Figure, ...] = ()

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return named(self.meeting, self.kickoff)


def report_meeting(request: SupportRequest, command: ReportMeeting, context: Context) -> Iterator[Fact]:
    """Report a meeting that began, with the kick-offs it showed to be wanted.

    These come first, so that a reported visit leads to the kick-offs and not past them.

    Raises: Refusal NO_SUCH_PART, ALREADY_REPORTED, MEETING_SETTLED, MINUTES_ARE_THE_ADVISORS or MEETING_NOT_BEGUN.
    """
    meeting = _to_report(request, command, context)
    yield from (wished(wish) for wish in command.wanted_kickoffs)
    frozen = meeting.kind is MeetingKind.VISIT and command.figures_discussed
    yield MeetingReported(
        meeting=meeting.id,
        kickoff=meeting.kickoff,
        agenda=command.agenda,
        figures=context.facts.figures if frozen else (),
        **_proceedings(command),
    )


def _to_report(request: SupportRequest, command: ReportMeeting, context: Context) -> Meeting:
    known = request.meetings.get(command.meeting)
    if known and known.status is MeetingStatus.HELD:
        raise ALREADY_REPORTED("meeting")
    meeting = planned(request, command.meeting)
    _refuse_other_writer(request, meeting, command, context)
    _refuse_unknown_questions(request, command)
    if context.now < meeting.starts_at:
        raise MEETING_NOT_BEGUN("meeting")
    return meeting


def _refuse_other_writer(request: SupportRequest, meeting: Meeting, command: Reported, context: Context) -> None:
    if side(request, command, context) is Side.MUNICIPALITY and meeting.minutes is Side.ADVISOR:
        raise MINUTES_ARE_THE_ADVISORS("meeting")


def _refuse_unknown_questions(request: SupportRequest, command: Reported) -> None:
    for place, finding in enumerate(command.findings):
        if finding.question not in request.questions:
            raise refusal.NO_SUCH_PART(f"findings.{place}.question")


def _proceedings(told: Proceedings) -> dict[str, Any]:
    """What came of the meeting, by the names that a command, a fact and a report share."""
    return {one.name: getattr(told, one.name) for one in fields(Proceedings)}


def on_meeting_reported(request: SupportRequest, event: Event, fact: MeetingReported) -> SupportRequest:
    """The meeting was held, and so was its kick-off; a visit is settled."""
    meeting = request.meetings[fact.meeting]
    report = Report(reported_at=event.at, figures=fact.figures, **_proceedings(fact))
    held = replace(meeting, status=MeetingStatus.HELD, agenda=fact.agenda or meeting.agenda, report=report)
    now = with_kickoff(with_meeting(request, held), fact.kickoff, KickoffStatus.HELD)
    return replace(now, visit_settled=now.visit_settled or held.kind is MeetingKind.VISIT)


@dataclass(frozen=True, kw_only=True)
class AmendReport(Reported):
    """Give a report anew as it should read, and why; what the log held before stays there."""

    type: Literal["amend_report"] = "amend_report"
    reason: Text


@dataclass(frozen=True, kw_only=True)
class ReportAmended(Proceedings, Fact):
    """A report was corrected: this is how it reads now. The figures stay as they were discussed."""

    meeting: PartId
    reason: Text
    agenda: tuple[Line, ...] = ()

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (self.meeting,)


def amend_report(request: SupportRequest, command: AmendReport, context: Context) -> Iterator[Fact]:
    """Correct a report; who writes it corrects it.

    Raises: Refusal NO_SUCH_PART, NOT_REPORTED_YET or MINUTES_ARE_THE_ADVISORS.
    """
    meeting = request.meetings.get(command.meeting)
    if meeting is None:
        raise refusal.NO_SUCH_PART("meeting")
    if meeting.report is None:
        raise NOT_REPORTED_YET("meeting")
    _refuse_other_writer(request, meeting, command, context)
    _refuse_unknown_questions(request, command)
    yield ReportAmended(meeting=meeting.id, reason=command.reason, agenda=command.agenda, **_proceedings(command))


def on_report_amended(request: SupportRequest, event: Event, fact: ReportAmended) -> SupportRequest:
    """The report reads as it should, and shows how often it was corrected."""
    meeting = request.meetings[fact.meeting]
    before = meeting.report or Report(reported_at=event.at)
    report = replace(before, amended=before.amended + 1, **_proceedings(fact))
    return with_meeting(request, replace(meeting, agenda=fact.agenda or meeting.agenda, report=report))


DECIDES: Mapping[type[Command], Decide] = {ReportMeeting: report_meeting, AmendReport: amend_report}
APPLIES: Mapping[type[Fact], Apply] = {MeetingReported: on_meeting_reported, ReportAmended: on_report_amended}
