"""What happened last on a request, with the cards of everybody that a page about it names: in one query."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from domain.event import Event
from domain.text import PersonId
from domain.words import Audience
from storage.log import to_event
from storage.people import PersonCard
from storage.statement import Question, Row, Statement

OF_EVENT = ("request_id", "seq", "at", "day", "by", "capacity", "type", "on_behalf", "data", "texts", "terms")
AS_JSON = ("on_behalf", "data", "texts", "terms")
OF_PERSON = ("id", "name", "email", "phone", "function")
LATEST = Statement(
    "with latest as (select request_id, seq, at, day, by, capacity, type,"
    " on_behalf::text, data::text, texts::text, terms::text"
    " from event where request_id = :request and audience = any(:audiences) order by seq desc limit :latest)"
    " select latest.*, null as id, null as name, null as email, null as phone, null as function from latest"
    " union all select null, null, null, null, null, null, null, null, null, null, null,"
    " id, name, email, phone, function from person"
    " where id = any(array(select by from latest) || cast(:people as text[])) order by seq"
)


def latest_asked(
    request_id: str, audiences: Iterable[Audience], latest: int, people: Iterable[PersonId]
) -> Question[tuple[tuple[Event, ...], Mapping[PersonId, PersonCard]]]:
    """Ask for the latest so many events of a request that are for these audiences, oldest first.

    With the cards of whose events they are, and of these people besides.
    """
    values = {
        "request": UUID(request_id),
        "audiences": sorted(one.value for one in audiences),
        "latest": latest,
        "people": sorted(people),
    }
    return Question(statement=LATEST, values=values, read=_read_latest)


def _read_latest(rows: list[Row]) -> tuple[tuple[Event, ...], Mapping[PersonId, PersonCard]]:
    events = tuple(_remembered_event(*row[: len(OF_EVENT)]) for row in rows if row.seq is not None)
    cards = {row.id: PersonCard(**{one: getattr(row, one) for one in OF_PERSON[1:]}) for row in rows if row.seq is None}
    return events, cards


@lru_cache(maxsize=1024)
def _remembered_event(*columns: Any) -> Event:  # noqa: ANN401 - as PostgreSQL gives them
    """An event from its row, its JSON still text. People come back to what happened last, and that stays as it is."""
    row = dict(zip(OF_EVENT, columns, strict=True))
    return to_event(row | {column: json.loads(row[column]) for column in AS_JSON if row[column]})
