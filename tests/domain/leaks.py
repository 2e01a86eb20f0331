"""What reaches somebody that is not theirs: for any request, log and reader, however they came about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from domain.command import Actor
from domain.event import Event
from domain.reader import reader
from domain.request import SupportRequest
from domain.text import with_text
from domain.timeline import timeline
from domain.views import view
from domain.words import Audience


def leaks(request: SupportRequest, log: Iterable[Event], actor: Actor) -> list[str]:
    """Name what of the programme an actor outside it gets to see: events, and words that stand in no other event.

    What somebody did themselves they know: it is no leak in a view.
    """
    who = reader(request, actor)
    if who is None or who.in_programme:
        return []
    events = tuple(log)
    internal = [event for event in events if event.fact.heard_by() is Audience.PROGRAMME]
    items = timeline(events, request, actor)
    public = {word for event in events if event not in internal for word in typed(event)}
    hidden = {word for event in internal if event.by != actor.person for word in typed(event)} - public
    seen = repr((items, view(request, actor)))
    numbers = {event.seq for event in internal}
    return [
        *(f"event {item.seq}, {item.type}" for item in items if item.seq in numbers),
        *(f"the words {word!r}" for word in sorted(hidden) if repr(word)[1:-1] in seen),
    ]


def typed(event: Event) -> Iterator[str]:
    """The words that were typed in an event."""
    words: list[str] = []

    def collect(word: str) -> str:
        words.append(word)
        return word

    with_text(event.fact, collect)
    yield from words
