"""What goes out after an event, as rows of the outbox: decided purely by the domain, written with the event.

What time brings reaches people in office hours, and what it brings in one morning comes in one message; what somebody
did may be told at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from domain.event import Event
from domain.joining import RequestMerged
from domain.notices import Notice, notices
from domain.request import SupportRequest
from domain.words import Capacity
from domain.working_time import OPENS, SPREAD, ZONE
from storage.calendar import build_calendar
from storage.outbox import Outgoing, Route

OUTBOX_IDS = UUID("6f1d8f5e-0c5b-5a53-9c39-5b6a3e2f8f10")
MORNING = (datetime.combine(date.min, OPENS) + SPREAD).time()


def messages(request: SupportRequest, events: Sequence[Event]) -> list[Outgoing]:
    """The rows for what must go out after these events; ids only."""
    return [*_to_people(request, events), *_to_requests(events)]


def _to_people(request: SupportRequest, events: Sequence[Event]) -> Iterator[Outgoing]:
    by_id = {event.id: event for event in events}
    for place, notice in enumerate(notices(request, events)):
        event = by_id[notice.event]
        yield Outgoing(
            id=uuid5(OUTBOX_IDS, f"{event.id}/{place}"),
            request_id=UUID(request.id),
            route=Route.NOTICE,
            kind=notice.kind.value,
            desk=notice.to.desk.value,
            person=notice.to.person,
            payload=_payload(notice),
            due_at=due_at(event),
        )


def _payload(notice: Notice) -> dict[str, str | None]:
    to = notice.to
    return {"event": notice.event, "about": notice.about, "municipality": to.municipality, "partner": to.partner}


def _to_requests(events: Sequence[Event]) -> Iterator[Outgoing]:
    for event in events:
        if isinstance(event.fact, RequestMerged):
            yield Outgoing(
                id=uuid5(OUTBOX_IDS, f"{event.id}/command"),
                request_id=UUID(event.fact.into),
                route=Route.COMMAND,
                kind="receive_merged",
                payload={"merged": event.request_id, "event": event.id},
                due_at=event.at,
            )


def due_at(event: Event) -> datetime:
    """The moment (UTC) from which a message about this event may go out."""
    if event.capacity is not Capacity.TIME:
        return event.at
    calendar = build_calendar()
    morning = _morning(calendar.on_or_after(event.on))
    if event.at <= morning or calendar.within_hours(event.at):
        return max(event.at, morning)
    return _morning(calendar.on_or_after(event.on + timedelta(days=1)))


def _morning(day: date) -> datetime:
    return datetime.combine(day, MORNING, tzinfo=ZONE).astimezone(UTC)
