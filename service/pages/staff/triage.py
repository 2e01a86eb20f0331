"""The queue: requests to be judged, those that have no advisor yet, and those that wait for an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from domain.terms import Waiting
from service.language import message
from service.pages.guarding import Who, get
from service.pages.news import NEWS
from service.pages.requests import address_of
from service.pages.staff.filtering import Wanted
from service.pages.visit import Visit
from service.pages.waiting import Item, near_day
from storage.database import AsyncConnection
from storage.tasks import TaskLine, TaskPage, TaskQuery, list_tasks

MOST: Final = 20
"""Of each; more than this is looked at in a list with filters."""


@dataclass(frozen=True, kw_only=True)
class Queue:
    """Requests that wait for the same: under which head, and where each of them leads."""

    kind: Waiting
    title: str
    nothing: str
    segment: str = ""


QUEUES: Final = (
    Queue(
        kind=Waiting.TRIAGE,
        title=message("To be judged"),
        nothing=message("There is no new request. Well done."),
        segment="/in-behandeling-nemen",
    ),
    Queue(
        kind=Waiting.ASSIGN,
        title=message("To be assigned"),
        nothing=message("Every request has an advisor."),
        segment="/adviseur-toewijzen",
    ),
    Queue(
        kind=Waiting.ANSWER_INFORMATION,
        title=message("Waiting for an answer of the municipality"),
        nothing=message("No question to a municipality is open."),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A queue as it is shown; `all` is the list with every one of them, when there are more."""

    title: str
    nothing: str
    items: tuple[Item, ...]
    all: str | None


async def show_triage(visit: Visit) -> Response:
    """Show the queues, what is due first on top."""
    async with visit.reading.connect() as connection:
        queues = [await _queue(connection, visit, one) for one in QUEUES]
    return visit.page("staff/triage.html", title=visit.say("New requests"), news=NEWS, queues=queues)


async def _queue(connection: AsyncConnection, visit: Visit, queue: Queue) -> Shown:
    query = TaskQuery(everyone=True, kind=queue.kind, limit=MOST)
    page: TaskPage = await list_tasks(connection, visit.account.actor, query, visit.today)
    return Shown(
        title=visit.say(queue.title),
        nothing=visit.say(queue.nothing),
        items=tuple(_item(one, queue, visit) for one in page.rows),
        all=Wanted(waiting=queue.kind, order="eerstvolgende-dag").address if page.next else None,
    )


def _item(line: TaskLine, queue: Queue, visit: Visit) -> Item:
    tongue, has_passed = visit.tongue, line.due < visit.today
    return Item(
        title=line.municipality_name,
        address=address_of(line.reference) + queue.segment,
        about=tongue.say(
            "%(reference)s, since %(day)s", reference=line.reference, day=near_day(tongue, line.since, visit.today)
        ),
        state=tongue.say("before %(day)s", day=near_day(tongue, line.due, visit.today))
        if not has_passed
        else tongue.say("the day was %(day)s", day=near_day(tongue, line.due, visit.today)),
        tone="warning" if has_passed else "neutral",
    )


routes = (get("/nieuwe-aanvragen", show_triage, who=Who.STAFF),)
