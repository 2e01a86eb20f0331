"""The form of a report: three questions first, and what can also be filled in later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from domain.kickoffs import WantedKickoff
from domain.parts import Figure, Finding, Meeting, Proceedings
from domain.words import Level, QuestionStatus, Side
from service.pages.choosing import lines, meeting_name, words
from service.pages.deed_page import At, Start
from service.pages.figures import SHAPES
from service.pages.filled import TEXT, Filled
from service.pages.kickoffs import LEVELS, months, read_month
from service.pages.questions import question_name

MOST_KICKOFFS: Final = 2
FINDING: Final = "finding"
PARENTS: Final = 1000


def reported(at: At) -> Meeting:
    """The meeting that the report is of."""
    return at.part(at.shown.view.meetings)


def start_report(at: At) -> Start:
    """Who was invited and came is there already; figures are talked about at most visits."""
    coalition = at.shown.view.coalition
    coming = {one.partner for one in reported(at).invitations if one.answer == "COMING"}
    names = [one.organisation for one in coalition.partners if one.id in coming] if coalition else []
    agenda = "\n".join(reported(at).agenda)
    organisers = {f"organiser{number}": Side.MUNICIPALITY for number in range(1, MOST_KICKOFFS + 1)}
    return {"present": "\n".join(names), "agenda": agenda, "figuresDiscussed": "yes", **organisers}


def start_amending(at: At) -> Start:
    """The report as it reads now."""
    meeting = reported(at)
    if meeting.report is None:
        return {}
    report = meeting.report
    number = report.parents_present
    return {
        "present": "\n".join(report.present),
        "parentsPresent": "" if number is None else f"{number}",
        "decisions": "\n".join(report.decisions),
        "parentsNeed": report.parents_need or "",
        "agenda": "\n".join(meeting.agenda),
        **{f"{FINDING}{place}": one.text for place, one in _places(at, report.findings)},
    }


def _places(at: At, findings: Iterable[Finding]) -> list[tuple[int, Finding]]:
    found = {one.question: one for one in findings}
    return [(place, found[one.id]) for place, one in enumerate(at.shown.view.questions, start=1) if one.id in found]


async def show_report(at: At) -> Mapping[str, Any]:
    """Which meeting it was, the questions, and what can be chosen."""
    tongue, view, meeting = at.visit.tongue, at.shown.view, reported(at)
    return {
        "meeting": meeting,
        "name": meeting_name(tongue, meeting),
        "questions": [
            (f"{FINDING}{place}", question_name(tongue, one), one.status is QuestionStatus.OPEN)
            for place, one in enumerate(view.questions, start=1)
        ],
        "numbers": range(1, MOST_KICKOFFS + 1),
        "levels": words(tongue, Level),
        "months": months(tongue, at.visit.today),
        "sides": words(tongue, Side),
    }


def shown_figures(at: At, figures: Iterable[Figure]) -> list[tuple[str, str, int, str]]:
    """The figures that would be kept: of whom, what, of which year, how much."""
    tongue = at.visit.tongue
    return [
        (
            at.shown.municipality_name(one.municipality),
            tongue.say(SHAPES[one.indicator].name),
            one.year,
            tongue.say(SHAPES[one.indicator].said, value=tongue.number(round(one.value, 1))),
        )
        for one in figures
        if one.indicator in SHAPES
    ]


def read_proceedings(at: At, form: Filled) -> Proceedings:
    """What came of the meeting."""
    findings = [
        Finding(question=one.id, text=text)
        for place, one in enumerate(at.shown.view.questions, start=1)
        if (text := form.optional_text(f"{FINDING}{place}"))
    ]
    return Proceedings(
        present=lines(form, "present"),
        parents_present=form.optional_number("parentsPresent", most=PARENTS),
        findings=tuple(findings),
        decisions=lines(form, "decisions", most=TEXT),
        parents_need=form.optional_text("parentsNeed"),
    )


def read_kickoffs(at: At, form: Filled) -> tuple[WantedKickoff, ...]:
    """The kick-offs that are wanted; none is an ordinary answer."""
    rows = (_kickoff(at, form, number) for number in range(1, MOST_KICKOFFS + 1))
    return tuple(one for one in rows if one)


def _kickoff(at: At, form: Filled, number: int) -> WantedKickoff | None:
    with form.within(at.say("Kick-off %(number)s", number=number)):
        return _read_kickoff(at, form, number)


def _read_kickoff(at: At, form: Filled, number: int) -> WantedKickoff | None:
    levels, month = form.choices(f"levels{number}", Level), f"targetMonth{number}"
    if not levels and not form.typed(month):
        return None
    if not levels:
        form.wrong(f"levels{number}", at.say(LEVELS), None)
    wanted: date = read_month(at, form, month)
    organiser = form.optional_choice(f"organiser{number}", Side) or Side.MUNICIPALITY
    return WantedKickoff(levels=levels, target_month=wanted, organiser=organiser)
