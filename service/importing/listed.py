"""One line of the list as a request: what it says, and whether that can be so.

Only what contradicts itself is refused. What is left open stays open; what the domain refuses, it refuses itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.text import Line, MunicipalityCode, PersonId, Text
from domain.words import CoalitionKind, Level, MeetingKind, Outcome, QuestionKind, Stage
from service.importing import cells
from service.importing.cells import Cells
from service.importing.columns import Column
from service.importing.mistakes import Mistake, Unclear
from service.importing.places import Places
from service.importing.table import Row
from storage.people import PersonCard


@dataclass(frozen=True, kw_only=True)
class ListedMeeting:
    """A meeting that the list names; where it gives no hour, `starts_at` is midnight in Amsterdam."""

    kind: MeetingKind
    levels: tuple[Level, ...] = ()
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class Listed:
    """What one line says. `rests_until` of a request that rests may be unknown."""

    row: Row
    municipality: MunicipalityCode
    submitted_on: date
    stage: Stage
    contact: PersonCard
    participating: tuple[MunicipalityCode, ...] = ()
    coalition: Line
    coalition_kind: CoalitionKind
    kinds: tuple[QuestionKind, ...]
    question: Text | None = None
    advisor: PersonId | None = None
    meetings: tuple[ListedMeeting, ...] = ()
    last_contact: date | None = None
    rests: bool = False
    rests_until: date | None = None
    check_in: date | None = None
    outcome: Outcome | None = None
    closed_on: date | None = None
    remarks: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Sources:
    """What a line is read with: the municipalities, the advisors by mail address in small letters, and the day."""

    places: Places
    advisors: Mapping[str, PersonId]
    today: date

    def advisor(self, said: str) -> PersonId:
        """Give the advisor with this mail address.

        Raises: Unclear when no account of an advisor has it.
        """
        person = self.advisors.get(cells.mail(said).lower())
        if person is None:
            raise Unclear(f'"{said}" is no advisor with an account; open the account first')
        return person


def understand(row: Row, sources: Sources) -> tuple[Listed | None, list[Mistake]]:
    """Say what a line means, or everything that is wrong with it."""
    read = Cells(row)
    listed = _listed(read, sources)
    if not read.mistakes:
        read.mistakes.extend(_contradictions(listed, sources.today))
    return (None if read.mistakes else listed), read.mistakes


def _listed(read: Cells, sources: Sources) -> Listed:
    """Read every cell. What stands in for one that is missing or wrong is used nowhere: that is a mistake."""
    municipality = read.read(Column.MUNICIPALITY, sources.places.one, needed=True) or ""
    outcome = read.read(Column.OUTCOME, cells.word_of(cells.OUTCOMES))
    stage = read.read(Column.STAGE, cells.word_of(cells.STAGES), needed=not read.has(Column.OUTCOME))
    participating = read.read(Column.PARTICIPATING, sources.places.several) or ()
    rests_until = read.read(Column.PAUSED_UNTIL, cells.look_again)
    return Listed(
        row=read.row,
        municipality=municipality,
        submitted_on=read.read(Column.SUBMITTED_ON, cells.day, needed=True) or sources.today,
        stage=stage or Stage.CLOSED,
        contact=_contact(read),
        participating=tuple(one for one in participating if one != municipality),
        coalition=read.read(Column.COALITION, cells.line) or _unnamed(sources.places.names.get(municipality, "")),
        coalition_kind=read.read(Column.COALITION_KIND, cells.word_of(cells.COALITION_KINDS)) or CoalitionKind.LOCAL,
        kinds=read.read(Column.KINDS, cells.kinds) or (QuestionKind.UNSURE,),
        question=read.read(Column.QUESTION, cells.text),
        advisor=read.read(Column.ADVISOR, sources.advisor),
        meetings=tuple(_meetings(read)),
        last_contact=read.read(Column.LAST_CONTACT, cells.day),
        rests=read.has(Column.PAUSED_UNTIL) and (rests_until is None or rests_until > sources.today),
        rests_until=rests_until,
        check_in=read.read(Column.CHECK_IN, cells.day),
        outcome=outcome,
        closed_on=read.read(Column.CLOSED_ON, cells.day),
        remarks=read.read(Column.REMARKS, cells.text),
    )


def _unnamed(municipality: str) -> Line:
    """What a coalition is called of which the list gives no name."""
    return f"Lokale coalitie {municipality}"


def _contact(read: Cells) -> PersonCard:
    return PersonCard(
        name=read.read(Column.CONTACT, cells.line),
        email=read.read(Column.MAIL, cells.mail),
        phone=read.read(Column.PHONE, cells.line),
        function=read.read(Column.FUNCTION, cells.line),
    )


def _meetings(read: Cells) -> Iterator[ListedMeeting]:
    """The visit, and the kick-offs; at one moment for both levels these are one meeting."""
    visit = read.read(Column.VISIT, cells.moment)
    governance = read.read(Column.GOVERNANCE, cells.moment)
    operational = read.read(Column.OPERATIONAL, cells.moment)
    if visit:
        yield ListedMeeting(kind=MeetingKind.VISIT, starts_at=visit)
    if governance and governance == operational:
        yield ListedMeeting(kind=MeetingKind.KICKOFF, levels=tuple(Level), starts_at=governance)
        return
    for level, starts_at in ((Level.GOVERNANCE, governance), (Level.OPERATIONAL, operational)):
        if starts_at:
            yield ListedMeeting(kind=MeetingKind.KICKOFF, levels=(level,), starts_at=starts_at)


def _contradictions(listed: Listed, today: date) -> Iterator[Mistake]:
    """Say what on this line cannot all be so."""
    pairs = (*_of_another_stage(listed), *_out_of_time(listed, today))
    return (Mistake(line=listed.row.line, column=column, sentence=sentence) for column, sentence in pairs)


def _of_another_stage(listed: Listed) -> Iterator[tuple[Column, str]]:
    closed = listed.stage is Stage.CLOSED
    if closed and listed.outcome is None:
        yield Column.OUTCOME, "fill in how it ended, for the stage is Gesloten"
    if listed.outcome and not closed:
        yield Column.OUTCOME, "only a request in stage Gesloten has this; change the stage, or leave this empty"
    if listed.closed_on and not closed:
        yield Column.CLOSED_ON, "only a request in stage Gesloten has this; change the stage, or leave this empty"
    if listed.rests and closed:
        yield Column.PAUSED_UNTIL, "a request in stage Gesloten does not rest; leave this empty"
    if listed.advisor and listed.stage is Stage.INTAKE:
        yield Column.ADVISOR, "a request in stage Aanvraag has no advisor yet; change the stage, or leave this empty"
    if listed.check_in and listed.stage is not Stage.EMBEDDING:
        yield Column.CHECK_IN, "only a request in stage Hoe gaat het verder has this; leave this empty"


def _out_of_time(listed: Listed, today: date) -> Iterator[tuple[Column, str]]:
    for column, day in _days(listed):
        may_lie_ahead = column in MEETINGS and listed.stage is not Stage.CLOSED
        if day < listed.submitted_on:
            yield column, f"this is before the request itself ({listed.submitted_on:%d-%m-%Y})"
        elif day > today and not may_lie_ahead:
            yield column, "this day is still to come"
        elif column in MEETINGS and listed.closed_on and day > listed.closed_on:
            yield column, f"this is after the request was closed ({listed.closed_on:%d-%m-%Y})"


MEETINGS = frozenset({Column.VISIT, Column.GOVERNANCE, Column.OPERATIONAL})


def _days(listed: Listed) -> Iterator[tuple[Column, date]]:
    yield Column.SUBMITTED_ON, listed.submitted_on
    for meeting in listed.meetings:
        yield _column_of(meeting), meeting.starts_at.date()
    if listed.last_contact:
        yield Column.LAST_CONTACT, listed.last_contact
    if listed.closed_on:
        yield Column.CLOSED_ON, listed.closed_on


def _column_of(meeting: ListedMeeting) -> Column:
    if not meeting.levels:
        return Column.VISIT
    return Column.GOVERNANCE if Level.GOVERNANCE in meeting.levels else Column.OPERATIONAL
