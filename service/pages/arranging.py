"""Arranging a meeting: what the forms for proposing, planning and moving one have in common."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, Final

from domain.moments import MOMENT_PASSED, MOMENT_TWICE, MOST_MOMENTS
from domain.parts import Kickoff, KickoffStatus, MeetingStatus, ProposalStatus
from domain.text import PartId
from domain.view_parts import RequestView
from domain.words import Level, MeetingKind, Side, Stage
from domain.working_time import ZONE
from service.language import message
from service.pages.choosing import Options, kickoff_name, lines, words
from service.pages.deed_page import At, part_id
from service.pages.filled import Filled
from service.pages.giving import said

WHAT: Final = message("Choose what kind of meeting it is.")
FOR_WHOM: Final = message("Choose for whom the kick-off is.")
BOTH_FIELDS: Final = message("Fill in both the day and the time.")
NOTHING_PROPOSED: Final = message("Propose at least one moment.")
SUGGESTED: Final = ((6, time(10)), (8, time(14)), (11, time(9, 30)))
"""In how many working days, at what time of day."""


@dataclass(frozen=True, kw_only=True)
class Arrangement:
    """What a plan and a proposal have in common, as it was filled in."""

    kind: MeetingKind
    levels: tuple[Level, ...]
    kickoff: PartId | None
    place: str | None
    link: str | None
    agenda: tuple[str, ...]
    minutes: Side


def wanted(view: RequestView) -> tuple[Kickoff, ...]:
    """The kick-offs that still need a moment."""
    return tuple(one for one in view.kickoffs if one.status is KickoffStatus.WANTED)


def kinds(at: At) -> Options:
    """What can be arranged: a visit, each wanted kick-off, another kick-off, a session."""
    tongue = at.visit.tongue
    named = [(one.id, kickoff_name(tongue, one)) for one in wanted(at.shown.view)]
    other = at.say("Another kick-off")
    return [
        (MeetingKind.VISIT.value, _capital(tongue.word(MeetingKind.VISIT))),
        *named,
        (
            MeetingKind.KICKOFF.value,
            other if named else _capital(tongue.word(MeetingKind.KICKOFF)),
        ),
        (MeetingKind.SESSION.value, _capital(tongue.word(MeetingKind.SESSION))),
    ]


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def likely(at: At) -> str:
    """What is most likely arranged now: what the address names, the visit, or the first kick-off that is wanted."""
    view = at.shown.view
    asked = [one for one in view.proposals if one.status is ProposalStatus.OPEN]
    planned = {one.kind for one in view.meetings if one.status is MeetingStatus.PLANNED}
    if about := next((one for one in wanted(view) if one.id == part_id(at.shown, at.about)), None):
        return about.id
    if proposal := next((one for one in asked if one.id == part_id(at.shown, at.about)), None):
        return proposal.kickoff or proposal.kind.value
    if view.stage is Stage.VISIT and MeetingKind.VISIT not in planned:
        return MeetingKind.VISIT.value
    return next((one.id for one in wanted(view)), MeetingKind.SESSION.value)


async def show_arranging(at: At) -> Mapping[str, Any]:
    """What can be chosen."""
    tongue = at.visit.tongue
    return {
        "kinds": kinds(at),
        "levels": words(tongue, Level),
        "sides": words(tongue, Side),
        "numbers": range(1, MOST_MOMENTS + 1),
    }


def read_arrangement(at: At, form: Filled) -> Arrangement:
    """Read what is arranged, where, and what is on the agenda."""
    known = {one.id: one for one in wanted(at.shown.view)}
    what = form.one_of("what", [key for key, _ in kinds(at)], missing=at.say(WHAT))
    levels = form.choices("levels", Level)
    if what == MeetingKind.KICKOFF and not levels:
        form.wrong("levels", at.say(FOR_WHOM), None)
    kind = MeetingKind.KICKOFF if what in known else MeetingKind(what or MeetingKind.VISIT)
    return Arrangement(
        kind=kind,
        levels=levels if kind is not MeetingKind.VISIT and what not in known else (),
        kickoff=what if what in known else None,
        place=form.optional_line("place"),
        link=read_link(at, form),
        agenda=lines(form, "agenda"),
        minutes=form.optional_choice("minutes", Side) or Side.ADVISOR,
    )


def read_link(at: At, form: Filled) -> str | None:
    """The address of a meeting by video, or None."""
    return form.link("link", missing="") if form.typed("link") else None


def read_moments(at: At, form: Filled) -> tuple[datetime, ...]:
    """The moments that were filled in, each still to come and named once."""
    found: list[datetime] = []
    for number in range(1, MOST_MOMENTS + 1):
        with form.within(at.say("Moment %(number)s", number=number)):
            moment = _read_moment(at, form, number, found)
        if moment is not None:
            found.append(moment)
    if not found and not form.mistakes:
        form.wrong("day1", at.say(NOTHING_PROPOSED), None)
    return tuple(found)


def _read_moment(at: At, form: Filled, number: int, before: Collection[datetime]) -> datetime | None:
    day, time = f"day{number}", f"time{number}"
    moment = form.optional_moment(day, time, missing=at.say(BOTH_FIELDS))
    if moment is None or form.found(day) or form.found(time):
        return None
    if moment <= at.visit.now:
        form.wrong(day, said(MOMENT_PASSED(), form.tongue), None)
    elif moment in before:
        form.wrong(day, said(MOMENT_TWICE(), form.tongue), None)
    return moment


def suggested(at: At) -> Mapping[str, str]:
    """Three moments on working days of the coming weeks; for a kick-off in its month."""
    tongue, calendar = at.visit.tongue, at.visit.parts.calendar
    wish = next((one for one in wanted(at.shown.view) if one.id == likely(at)), None)
    begin = max(at.visit.today, wish.target_month) if wish else at.visit.today
    filled_in: dict[str, str] = {}
    for number, (days, at_time) in enumerate(SUGGESTED, start=1):
        filled_in[f"day{number}"] = tongue.short_day(calendar.working_days_after(begin, days))
        filled_in[f"time{number}"] = f"{at_time:%H.%M}"
    return filled_in


def typed_time(moment: datetime) -> str:
    """A time of day in Amsterdam, as it is typed."""
    return f"{moment.astimezone(UTC).astimezone(ZONE):%H.%M}"
