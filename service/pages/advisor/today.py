"""Today: the home of an advisor. The meetings of today with all one needs on the way, the inbox, and their requests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from starlette.responses import Response

from domain.parts import Meeting, MeetingStatus, Message
from domain.terms import Waiting
from domain.text import PartId
from domain.words import QuestionStatus, Stage
from service.pages.advisor.inbox import inbox_of, tasks_asked
from service.pages.deed_page import address_of_deed
from service.pages.deeds import way_to
from service.pages.figures import first_figures
from service.pages.news import NEWS
from service.pages.questions import question_name
from service.pages.requests import Shown, address_of, seen_by, with_names
from service.pages.visit import Visit
from service.pages.waiting import Item, near_day
from storage.advising import requests_with_tasks
from storage.database import AsyncConnection
from storage.drafts import drafts_of
from storage.listing import RequestLine, RequestQuery, requests_listed
from storage.requests import Stored, read_rows

FIGURES: Final = 3
MEETINGS: Final = (Waiting.REPORT_MEETING,)
"""What a planned meeting asks of an advisor, from the day on which it is."""
MOST: Final = 50


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """A meeting of today: when, where, with whom, and what one should know on the way there."""

    title: str
    at: str
    place: str | None
    link: str | None
    contact: str | None
    last_message: tuple[str, str] | None
    questions: tuple[str, ...]
    figures: tuple[str, ...]
    request: str
    report: str | None
    has_draft: bool
    sheet: str


async def show_today(visit: Visit) -> Response:
    """Show the day of an advisor."""
    actor, today = visit.account.actor, visit.today
    tasks, requests, having_meetings = await visit.reading.ask_together(
        tasks_asked(visit),
        requests_listed(actor, RequestQuery(sort="nextDue", limit=MOST), today),
        requests_with_tasks(actor.person, MEETINGS, since=today, until=today + timedelta(days=1)),
    )
    async with visit.reading.connect() as connection:
        meetings = await _appointments(connection, visit, await read_rows(connection, having_meetings))
    return visit.page(
        "advisor/today.html",
        title=visit.say("Today"),
        news=NEWS,
        day=visit.tongue.weekday(today),
        meetings=meetings,
        inbox=inbox_of(visit, tasks),
        requests=[_request(visit, one) for one in requests.rows if one.stage != Stage.CLOSED],
        has_more_requests=requests.next is not None,
    )


async def _appointments(connection: AsyncConnection, visit: Visit, stored: Iterable[Stored]) -> list[Appointment]:
    """The meetings of today, in their order; one that has a report already is over."""
    requests = [await with_names(connection, visit, seen_by(visit, one)) for one in stored]
    drafts = await drafts_of(connection, [one.view.id for one in requests]) if requests else {}
    found = [(meeting, one) for one in requests for meeting in one.view.meetings if _is_today(visit, meeting)]
    ordered = sorted(found, key=lambda pair: pair[0].starts_at)
    return [await _appointment(connection, visit, meeting, one, drafts) for meeting, one in ordered]


def _is_today(visit: Visit, meeting: Meeting) -> bool:
    starts_on = visit.parts.calendar.today(meeting.starts_at)
    return meeting.status is MeetingStatus.PLANNED and starts_on == visit.today


async def _appointment(
    connection: AsyncConnection, visit: Visit, meeting: Meeting, request: Shown, drafts: Iterable[PartId]
) -> Appointment:
    tongue, view = visit.tongue, request.view
    figures = await first_figures(connection, visit, view.lead_municipality, request.municipality)
    own = [(one.name, next((line.said for line in one.lines if line.is_own), None)) for one in figures]
    questions = [one for one in view.questions if one.status is QuestionStatus.OPEN]
    has_begun = meeting.starts_at <= visit.now
    kind = tongue.word(meeting.kind)
    return Appointment(
        title=f"{kind[:1].upper()}{kind[1:]}, {request.municipality}",
        at=tongue.time(meeting.starts_at),
        place=meeting.place,
        link=meeting.link,
        contact=_contact(request),
        last_message=_last_message(request, view.messages),
        questions=tuple(question_name(tongue, one) for one in questions),
        figures=tuple(f"{name}: {said}" for name, said in own if said)[:FIGURES],
        request=request.address,
        report=way_to(request, "report_meeting", about=meeting.id) if has_begun else None,
        has_draft=meeting.id in set(drafts),
        sheet=address_of_deed(request, "overdrachtsblad"),
    )


def _contact(request: Shown) -> str | None:
    card = request.people.get(request.view.contact) if request.view.contact else None
    known = (card.name, card.phone, card.email) if card else ()
    return ", ".join(filter(None, known)) or None


def _last_message(request: Shown, messages: Iterable[Message]) -> tuple[str, str] | None:
    """Who wrote last, and what; an answer comes after its question."""
    last = next(iter(reversed(tuple(messages))), None)
    return (request.name(last.by), last.reply or last.text) if last else None


def _request(visit: Visit, line: RequestLine) -> Item:
    due = visit.say("next: %(day)s", day=near_day(visit.tongue, line.next_due, visit.today)) if line.next_due else None
    return Item(
        title=line.municipality_name,
        address=address_of(line.reference),
        about=", ".join(filter(None, (line.reference, due))),
        state=visit.say("at rest") if line.is_paused else visit.tongue.word(Stage(line.stage)),
    )
