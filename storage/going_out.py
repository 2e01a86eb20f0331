"""What goes out after an event, as rows of the outbox: decided purely by the domain, written with the event.

What time brings reaches people in office hours; what somebody did may be told at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from domain.event import Event
from domain.request import SupportRequest
from domain.words import Capacity
from storage.calendar import build_calendar
from storage.outbox import OutboxRow

OUTBOX_IDS = UUID("6f1d8f5e-0c5b-5a53-9c39-5b6a3e2f8f10")


def messages(request: SupportRequest, events: Sequence[Event]) -> list[OutboxRow]:
    """The rows for what must be told after these events; ids only."""
    return []


def due_at(request: SupportRequest, event: Event) -> datetime:
    """The moment (UTC) from which a message about this event may go out."""
    calendar = build_calendar()
    if event.capacity is not Capacity.TIME or calendar.within_hours(event.at):
        return event.at
    opening = calendar.opening(event.on, request.id)
    return opening if opening >= event.at else calendar.opening(event.on + timedelta(days=1), request.id)


def message_id(event: Event, place: int) -> UUID:
    """The id of the n-th message about an event: the same however often it is worked out."""
    return uuid5(OUTBOX_IDS, f"{event.id}/{place}")
