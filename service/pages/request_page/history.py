"""What happened, in words: what, when, by whom, for whom and how that was heard. The latest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from domain.event import Event, OnBehalf
from domain.timeline import TimelineItem, timeline
from domain.waits import local_day
from domain.words import Capacity
from service.language.deeds import EVENTS
from service.pages.request_page.looking import Looking, Ways
from storage.database import AsyncConnection
from storage.log import read_events, read_latest_events
from storage.people import PersonCard, names_of

TYPED: Final = ("title", "text", "wish", "result", "why")
LATEST: Final = 6


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One thing that happened, and what can be done about the words that were typed then."""

    what: str
    when: str
    who: str | None
    detail: str | None
    ways: Ways


async def latest(connection: AsyncConnection, looking: Looking) -> tuple[Moment, ...]:
    """The latest moments: for who reads the whole, no more is read, however long a request lives."""
    request_id, who = looking.shown.view.id, looking.reader
    if who is not None and who.reads_whole:
        events = await read_latest_events(connection, request_id, who.audiences, LATEST)
    else:
        events = await read_events(connection, request_id)
    return await _with_names(connection, looking, items_of(looking, events)[-LATEST:])


async def everything(connection: AsyncConnection, looking: Looking) -> tuple[Moment, ...]:
    """The whole past."""
    events = await read_events(connection, looking.shown.view.id)
    return await _with_names(connection, looking, items_of(looking, events))


async def _with_names(
    connection: AsyncConnection, looking: Looking, items: Iterable[TimelineItem]
) -> tuple[Moment, ...]:
    return history(looking, items, await names_of(connection, people_of(items)))


def items_of(looking: Looking, events: Iterable[Event]) -> tuple[TimelineItem, ...]:
    """What this reader may know of the past."""
    return timeline(events, looking.shown.stored.request, looking.visit.account.actor)


def people_of(items: Iterable[TimelineItem]) -> frozenset[str]:
    """Everybody who is named there."""
    return frozenset().union(*(one.people for one in items))


def history(looking: Looking, items: Iterable[TimelineItem], people: Mapping[str, PersonCard]) -> tuple[Moment, ...]:
    """The past in words, the latest first."""
    return tuple(_moment(looking, one, people) for one in reversed(tuple(items)))


def _moment(looking: Looking, item: TimelineItem, people: Mapping[str, PersonCard]) -> Moment:
    detail = _detail(item)
    return Moment(
        what=looking.say(EVENTS[item.type]),
        when=looking.visit.tongue.day(local_day(item.at)),
        who=_who(looking, item, people),
        detail=detail,
        ways=looking.ways("redact", about=str(item.seq), own=detail is not None),
    )


def _who(looking: Looking, item: TimelineItem, people: Mapping[str, PersonCard]) -> str | None:
    if item.capacity is Capacity.TIME:
        return None
    name = _name(item.by, people)
    who = f"{name} ({looking.word(item.capacity)})" if name else looking.word(item.capacity)
    return f"{who}, {_behalf(looking, item.on_behalf, people)}" if item.on_behalf else who


def _behalf(looking: Looking, behalf: OnBehalf, people: Mapping[str, PersonCard]) -> str:
    named = _name(behalf.person, people) if behalf.person else None
    how, day = looking.word(behalf.heard), looking.visit.tongue.day(behalf.heard_on)
    if named:
        return looking.say("for %(whom)s, heard %(how)s on %(day)s", whom=named, how=how, day=day)
    return looking.say("for the %(whom)s, heard %(how)s on %(day)s", whom=looking.word(behalf.of), how=how, day=day)


def _name(person: str, people: Mapping[str, PersonCard]) -> str | None:
    card = people.get(person)
    return (card.name or card.email) if card else None


def _detail(item: TimelineItem) -> str | None:
    """What somebody typed, when that says what it was about."""
    said = (item.data.get(name) for name in TYPED)
    return next((one for one in said if isinstance(one, str) and one), None)
