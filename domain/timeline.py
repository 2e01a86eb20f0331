"""The past of a request as one reader may see it: which facts, by whom, and when.

An event reaches only who is in its audience; partners and supporting parties read besides only what is about parts they
have a share in, or what they did themselves. The present is in `views`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cache

from domain.command import Actor
from domain.event import Event, OnBehalf
from domain.people import people_in
from domain.reader import Reader, reader
from domain.redaction import blackened
from domain.request import SupportRequest
from domain.text import PartId, PersonId
from domain.words import Capacity

TERMS = "terms"
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, kw_only=True)
class TimelineItem:
    """One fact in its place, without what it means for terms.

    `at` is UTC. `data` is the fact as plain JSON: snake_case keys, days and times in ISO 8601, typed words included.
    `people` are all it refers to, so that names can be looked up at once.
    """

    id: PartId
    seq: int
    type: str
    at: datetime
    by: PersonId
    capacity: Capacity
    on_behalf: OnBehalf | None
    data: dict[str, Json]
    people: tuple[PersonId, ...]


def timeline(events: Iterable[Event], request: SupportRequest, actor: Actor) -> tuple[TimelineItem, ...]:
    """Give the events that this actor may read, oldest first; nothing for who has nothing to read here."""
    who = reader(request, actor)
    return timeline_of(events, request, who) if who else ()


def timeline_of(events: Iterable[Event], request: SupportRequest, who: Reader) -> tuple[TimelineItem, ...]:
    """Give the events that this reader may read, oldest first."""
    own = frozenset(_own_parts(request, who))
    return tuple(_item(event) for event in blackened(events) if _may_read(event, request, who, own))


def _may_read(event: Event, request: SupportRequest, who: Reader, own: frozenset[PartId]) -> bool:
    if not who.hears(event.fact.heard_by()):
        return False
    return who.reads_whole or event.by == who.actor.person or _has_a_share(event, request, who, own)


def _has_a_share(event: Event, request: SupportRequest, who: Reader, own: frozenset[PartId]) -> bool:
    """About a part of their own, and not about what another partner did or said."""
    about = {event.id, *event.fact.touches(event.id), *_strings(plain(event.fact))}
    partners = about.intersection(request.coalition.partners if request.coalition else ())
    return not about.isdisjoint(own) and (who.is_supporter or partners <= who.partners)


def _own_parts(request: SupportRequest, who: Reader) -> Iterator[PartId]:
    """The parts that a partner or a supporting party has a share in."""
    coalition = request.coalition
    actions = (*request.actions.values(), *(coalition.handed_over.values() if coalition else ()))
    yield from who.partners
    yield from (one.id for one in request.meetings.values() if who.reads_meeting(one))
    yield from (one.id for one in actions if who.reads_action(one))
    yield from (one.id for one in request.messages.values() if who.reads_message(one))
    if who.is_supporter:
        yield from request.shared
        yield from coalition.seats if coalition else ()


def _item(event: Event) -> TimelineItem:
    """An event without what it means for terms; of an opinion written down for another, without whose it is."""
    kind: type = type(event.fact)
    on_behalf = None if event.fact.anonymous else event.on_behalf
    return TimelineItem(
        id=event.id,
        seq=event.seq,
        type=event.type,
        at=event.at,
        by=event.by,
        capacity=event.capacity,
        on_behalf=on_behalf,
        data={name: plain(getattr(event.fact, name)) for name in _fields(kind) if name != TERMS},
        people=tuple(sorted({event.by} | people_in(event.fact, on_behalf))),
    )


def plain(value: object) -> Json:
    """Write a value as plain JSON: codes as their word, days and times in ISO 8601, sets in order."""
    if isinstance(value, str):
        return str(value)
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, date):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, frozenset):
        return [plain(one) for one in sorted(value)]
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    kind: type = type(value)
    inside = _fields(kind)
    return {name: plain(getattr(value, name)) for name in inside} if inside else str(value)


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """The names of the fields of a dataclass; none of anything else."""
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else ()


def _strings(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
