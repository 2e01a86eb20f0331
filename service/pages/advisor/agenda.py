"""My agenda: the meetings of all my requests and the moments that are still to be chosen, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Final

from starlette.responses import Response

from domain.parts import Answer, MeetingStatus, ProposalStatus
from domain.terms import Waiting
from domain.view_parts import RequestView
from domain.views import view
from domain.waits import local_day
from service.pages.guarding import Who, get
from service.pages.requests import address_of
from service.pages.visit import Visit
from storage.advising import requests_with_tasks
from storage.requests import read_rows

AHEAD: Final = timedelta(days=730)
BEFORE: Final = timedelta(days=730)
KINDS: Final = (Waiting.REPORT_MEETING, Waiting.CHOOSE_MOMENT)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something in the agenda: a meeting, or a moment that is proposed for one."""

    starts_at: datetime
    what: str
    where: str
    address: str
    coming: str | None
    is_proposed: bool

    @property
    def day(self) -> date:
        """The day in Amsterdam."""
        return local_day(self.starts_at)


async def show_agenda(visit: Visit) -> Response:
    """Show what is planned from today on, and what was proposed."""
    since, until = visit.today - BEFORE, visit.today + AHEAD
    async with visit.reading.connect() as connection:
        rows = await requests_with_tasks(visit.account.person, KINDS, since=since, until=until).ask(connection)
        stored = await read_rows(connection, rows)
        names = await visit.parts.lasting.names(connection)
    seen = [(one.reference, view(one.request, visit.account.actor, visit.today)) for one in stored]
    entries = [
        entry
        for reference, found in seen
        if found
        for entry in _entries(visit, found, names.get(found.lead_municipality, found.lead_municipality), reference)
    ]
    coming = sorted((one for one in entries if one.day >= visit.today), key=lambda one: (one.starts_at, one.what))
    days = [
        (visit.tongue.weekday(day), day == visit.today, list(found))
        for day, found in groupby(coming, attrgetter("day"))
    ]
    return visit.page("advisor/agenda.html", title=visit.say("My agenda"), days=days)


def _entries(visit: Visit, seen: RequestView, municipality: str, reference: str) -> Iterator[Entry]:
    tongue = visit.tongue
    for meeting in seen.meetings:
        if meeting.status is MeetingStatus.PLANNED:
            comes = sum(one.answer is Answer.COMING for one in meeting.invitations)
            yield Entry(
                starts_at=meeting.starts_at,
                what=f"{_capital(tongue.word(meeting.kind))}, {municipality}",
                where=meeting.place or meeting.inside or (visit.say("online") if meeting.link else ""),
                address=f"{address_of(reference)}#meetings",
                coming=tongue.say_many("%(count)s partner comes", "%(count)s partners come", comes) if comes else None,
                is_proposed=False,
            )
    for proposal in seen.proposals:
        moments = proposal.moments if proposal.status is ProposalStatus.OPEN else ()
        for moment in (one.starts_at for one in moments if not one.passed):
            yield Entry(
                starts_at=moment,
                what=f"{_capital(tongue.word(proposal.kind))}, {municipality}",
                where=proposal.place or (visit.say("online") if proposal.link else ""),
                address=f"{address_of(reference)}#meetings",
                coming=visit.say("%(who)s still chooses", who=tongue.word(proposal.asked)),
                is_proposed=True,
            )


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


routes = (get("/agenda", show_agenda, who=Who.ADVISOR),)
