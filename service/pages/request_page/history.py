"""What happened, in words: what, when, by whom, for whom and how that was heard. The latest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from domain.event import OnBehalf
from domain.text import PersonId
from domain.timeline import TimelineItem, timeline_of
from domain.waits import local_day
from domain.words import Capacity
from service.language.deeds import EVENTS
from service.pages.reading import Reading
from service.pages.request_page.looking import Looking, Ways
from service.pages.requests import Shown
from storage.database import AsyncConnection
from storage.log import read_events
from storage.past import latest_asked
from storage.people import PersonCard, names_of

Items = tuple[TimelineItem, ...]
Cards = Mapping[PersonId, PersonCard]
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


async def latest(connection: AsyncConnection, reading: Reading, seen: Shown) -> tuple[Items, Cards]:
    """The latest that this visitor may know, and the cards of who is named there or in the request.

    For who reads the whole, no more is read, however long a request lives.
    """
    request, who = seen.stored.request, seen.who
    if not who.reads_whole:
        items = (await everything(connection, seen))[-LATEST:]
        return items, await names_of(connection, seen.named | people_of(items))
    events, cards = await reading.ask(latest_asked(request.id, who.audiences, LATEST, seen.named))
    items = timeline_of(events, request, who)
    others = people_of(items) - seen.named - {one.by for one in items}
    return items, {**cards, **await names_of(connection, others)}


async def everything(connection: AsyncConnection, seen: Shown) -> Items:
    """The whole past, as far as this visitor may know it."""
    request = seen.stored.request
    return timeline_of(await read_events(connection, request.id), request, seen.who)


def people_of(items: Iterable[TimelineItem]) -> frozenset[PersonId]:
    """Everybody who is named there."""
    return frozenset().union(*(one.people for one in items))


def history(looking: Looking, items: Iterable[TimelineItem]) -> tuple[Moment, ...]:
    """The past in words, the latest first; who is named there is among the people of what is shown."""
    return tuple(_moment(looking, one) for one in reversed(tuple(items)))


def _moment(looking: Looking, item: TimelineItem) -> Moment:
    detail = _detail(item)
    return Moment(
        what=looking.say(EVENTS[item.type]),
        when=looking.visit.tongue.day(local_day(item.at)),
        who=_who(looking, item),
        detail=detail,
        ways=looking.ways("redact", about=str(item.seq), own=detail is not None),
    )


def _who(looking: Looking, item: TimelineItem) -> str | None:
    if item.capacity is Capacity.TIME:
        return None
    name = _name(looking, item.by)
    who = f"{name} ({looking.word(item.capacity)})" if name else looking.word(item.capacity)
    return f"{who}, {_behalf(looking, item.on_behalf)}" if item.on_behalf else who


def _behalf(looking: Looking, behalf: OnBehalf) -> str:
    named = _name(looking, behalf.person) if behalf.person else None
    how, day = looking.word(behalf.heard), looking.visit.tongue.day(behalf.heard_on)
    if named:
        return looking.say("for %(whom)s, heard %(how)s on %(day)s", whom=named, how=how, day=day)
    return looking.say("for the %(whom)s, heard %(how)s on %(day)s", whom=looking.word(behalf.of), how=how, day=day)


def _name(looking: Looking, person: PersonId) -> str | None:
    card = looking.shown.people.get(person)
    return (card.name or card.email) if card else None


def _detail(item: TimelineItem) -> str | None:
    """What somebody typed, when that says what it was about."""
    said = (item.data.get(name) for name in TYPED)
    return next((one for one in said if isinstance(one, str) and one), None)
