"""The inbox of an advisor: what is theirs to do, by the day on which it was to be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.terms import Waiting
from domain.words import MeetingKind
from service.pages.deeds import DEEDS
from service.pages.requests import address_of
from service.pages.visit import Visit
from service.pages.waiting import Item, near_day
from storage.statement import Question
from storage.tasks import TaskLine, TaskPage, TaskQuery, tasks_listed

MOST: Final = 100
SHORT: Final = 90
DEED_OF: Final[Mapping[Waiting, str]] = {
    Waiting.ACCEPT_ASSIGNMENT: "accept_assignment",
    Waiting.PROPOSE_VISIT: "propose_moments",
    Waiting.CHOOSE_MOMENT: "choose_moment",
    Waiting.REPORT_MEETING: "report_meeting",
    Waiting.PLAN_KICKOFF: "propose_moments",
    Waiting.SEEK_PARENTS: "set_seat",
    Waiting.DO_ACTION: "complete_action",
    Waiting.ANSWER_MESSAGE: "reply",
    Waiting.FINISH_SUPPORT: "finish_support",
    Waiting.CHECK_IN: "check_in",
    Waiting.EVALUATE: "evaluate",
}
"""The page on which each task is done; the request itself where there is more than one way."""


@dataclass(frozen=True, kw_only=True)
class Inbox:
    """Tasks by due day: the day has passed, this week, later. `has_more` when there are more than fit."""

    overdue: tuple[Item, ...]
    this_week: tuple[Item, ...]
    later: tuple[Item, ...]
    has_more: bool

    @property
    def is_empty(self) -> bool:
        """Nothing is to be done."""
        return not (self.overdue or self.this_week or self.later)


def tasks_asked(visit: Visit) -> Question[TaskPage]:
    """Ask for what stands in the inbox of who visits."""
    return tasks_listed(visit.account.actor, TaskQuery(limit=MOST, in_words=True), visit.today)


def inbox_of(visit: Visit, found: TaskPage) -> Inbox:
    """Give the inbox of who visits, soonest due first."""
    sunday = visit.today + timedelta(days=6 - visit.today.weekday())
    soon = [one for one in found.rows if visit.today <= one.due <= sunday]
    return Inbox(
        overdue=_items(visit, [one for one in found.rows if one.due < visit.today]),
        this_week=_items(visit, soon),
        later=_items(visit, [one for one in found.rows if one.due > sunday]),
        has_more=found.next is not None,
    )


def _items(visit: Visit, lines: Iterable[TaskLine]) -> tuple[Item, ...]:
    return tuple(_item(visit, one) for one in lines)


def _item(visit: Visit, line: TaskLine) -> Item:
    """A task leads to where it is done. An advisor may read that its day has passed."""
    day = near_day(visit.tongue, line.due, visit.today)
    return Item(
        title=visit.tongue.word(Waiting(line.kind)),
        address=_address(line),
        about=", ".join(filter(None, (line.municipality_name, _words(visit, line)))),
        state=visit.say("was due on %(day)s", day=day) if line.due < visit.today else _weekday(visit, line.due),
        tone="warning" if line.due < visit.today else "neutral",
    )


def _weekday(visit: Visit, due: date) -> str:
    if due == visit.today:
        return visit.say("today")
    return visit.say("by %(day)s", day=near_day(visit.tongue, due, visit.today))


def _words(visit: Visit, line: TaskLine) -> str:
    if line.meeting and line.starts_at:
        day = near_day(visit.tongue, visit.parts.calendar.today(line.starts_at), visit.today)
        return f"{visit.tongue.word(MeetingKind(line.meeting))}, {day}"
    words = " ".join((line.words or "").split())
    return words if len(words) <= SHORT else words[: SHORT - 2].rsplit(" ", 1)[0] + " …"


def _address(line: TaskLine) -> str:
    segment = DEEDS.get(DEED_OF.get(Waiting(line.kind), ""))
    page = address_of(line.reference)
    if segment is None:
        return page
    maker, _, number = line.about.rpartition("/")
    about = number if maker == line.request_id else line.about
    return f"{page}/{segment}?over={about}" if maker else f"{page}/{segment}"
