"""What one line of the list tells, as commands in the order of time, each on its own day.

Nothing is added to it: a meeting counts as held when the stage lies beyond it, and is otherwise still to be reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from domain.command import Command
from domain.importing import ImportMeeting, ImportStanding
from domain.moves import STAGES
from domain.resting import PauseReason, PauseRequest
from domain.submitting import AskedQuestion, CoalitionChoice, Submit
from domain.talking import TakeNote
from domain.text import PersonId
from domain.words import MeetingKind, Outcome, Stage
from domain.working_time import OPENS, ZONE
from service.importing.listed import Listed, ListedMeeting

NO_QUESTION = "De vraag van de gemeente staat niet in de lijst van het programma."
LAST_CONTACT = "Laatste contact, volgens de lijst van het programma."
OWN_STAGE = {MeetingKind.VISIT: Stage.VISIT, MeetingKind.KICKOFF: Stage.KICKOFF}


@dataclass(frozen=True, kw_only=True)
class Step:
    """A command, and the moment (UTC) as of which it is given."""

    at: datetime
    command: Command


def told(listed: Listed, *, contact: PersonId, coalition: CoalitionChoice, now: datetime) -> tuple[Step, ...]:
    """Tell a request from its submission to where it stands, as of `now` (UTC)."""
    past = sorted(_past(listed, now), key=lambda step: step.at)
    submitted = Step(at=morning(listed.submitted_on, now), command=_submission(listed, contact, coalition))
    end = morning(listed.closed_on, now) if listed.closed_on else now
    meetings = [step.at for step in past if isinstance(step.command, ImportMeeting)]
    end = max([submitted.at, end, *meetings])
    standing = [*_to_come(listed, now), *_standing(listed)]
    return (
        submitted,
        *(step for step in past if step.at <= end),
        *(Step(at=end, command=command) for command in standing),
        *(step for step in past if step.at > end),
        *(Step(at=now, command=command) for command in _present(listed)),
    )


def morning(day: date, now: datetime) -> datetime:
    """The moment (UTC) at which a day is told of: when the offices open, though never ahead of now."""
    return min(datetime.combine(day, OPENS, ZONE).astimezone(UTC), now)


def _submission(listed: Listed, contact: PersonId, coalition: CoalitionChoice) -> Submit:
    return Submit(
        lead_municipality=listed.municipality,
        participating=listed.participating,
        coalition=coalition,
        contact=contact,
        text=listed.question or NO_QUESTION,
        questions=tuple(AskedQuestion(kind=kind) for kind in listed.kinds),
        imported=True,
    )


def _past(listed: Listed, now: datetime) -> Iterator[Step]:
    for meeting in listed.meetings:
        if meeting.starts_at <= now:
            at = max(meeting.starts_at.astimezone(UTC), morning(meeting.starts_at.date(), now))
            held = STAGES.index(reached(listed)) > STAGES.index(OWN_STAGE[meeting.kind])
            yield Step(at=at, command=_meeting(meeting, held=held))
    if listed.last_contact:
        yield Step(at=morning(listed.last_contact, now), command=TakeNote(text=LAST_CONTACT, internal=True))


def _to_come(listed: Listed, now: datetime) -> Iterator[Command]:
    yield from (_meeting(one, held=False) for one in listed.meetings if one.starts_at > now)


def _meeting(meeting: ListedMeeting, *, held: bool) -> ImportMeeting:
    return ImportMeeting(kind=meeting.kind, levels=meeting.levels, starts_at=meeting.starts_at, held=held)


def _standing(listed: Listed) -> Iterator[Command]:
    if listed.stage is not Stage.INTAKE:
        check_ins = (listed.check_in,) if listed.check_in else ()
        yield ImportStanding(
            stage=reached(listed), lead_advisor=listed.advisor, check_ins=check_ins, outcome=listed.outcome
        )


def reached(listed: Listed) -> Stage:
    """Say how far a request came; of a closed one no further than the list shows."""
    if listed.stage is not Stage.CLOSED:
        return listed.stage
    if listed.outcome is Outcome.COMPLETED:
        return Stage.FOLLOW_UP
    if listed.outcome in (Outcome.DECLINED, Outcome.MERGED):
        return Stage.INTAKE
    return Stage.VISIT if listed.advisor or listed.meetings else Stage.ASSIGNMENT


def _present(listed: Listed) -> Iterator[Command]:
    if listed.rests:
        yield PauseRequest(reason=PauseReason.OTHER, look_again=listed.rests_until)
    if listed.remarks:
        yield TakeNote(text=listed.remarks, internal=True)
