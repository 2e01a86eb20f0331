"""What the API answers: views of the domain and lines of storage, in camelCase, times in UTC with `Z`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Final

from pydantic import ConfigDict, TypeAdapter
from pydantic.alias_generators import to_camel
from starlette.responses import Response

from domain.event import OnBehalf
from domain.tasks import Task
from domain.terms import Waiting
from domain.text import MunicipalityCode, PartId, PersonId, RequestId
from domain.timeline import Json
from domain.view_parts import RequestView
from domain.words import Capacity, Desk, Outcome, Stage
from storage.municipalities import AdvisorLine, MunicipalityLine
from storage.people import PersonCard

ANSWERED: Final = ConfigDict(alias_generator=to_camel)
OWN_WORD: Final = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, kw_only=True)
class SupportRequestAnswer(RequestView):
    """One request as the caller may see it, what is open, and what the caller may do now.

    `people` has the cards of everybody the request refers to; `allowedOnBehalf` names, per quality, the commands the
    caller may record for somebody who has it.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ANSWERED

    reference: str
    changed_at: datetime
    tasks: tuple[Task, ...]
    allowed_commands: tuple[str, ...]
    allowed_on_behalf: Mapping[Capacity, tuple[str, ...]]
    people: Mapping[PersonId, PersonCard]


@dataclass(frozen=True, kw_only=True)
class RequestSummary:
    """A request as a line of a list. `nextDue` is the day its most urgent task is due."""

    id: RequestId
    reference: str
    stage: Stage
    outcome: Outcome | None
    version: int
    lead_municipality: MunicipalityCode
    municipality_name: str
    province: str
    lead_advisor: PersonId | None
    is_paused: bool
    submitted_at: datetime
    changed_at: datetime
    next_due: date | None


@dataclass(frozen=True, kw_only=True)
class RequestList:
    """A page of requests; `nextCursor` asks for the page after it, null on the last."""

    __pydantic_config__: ClassVar[ConfigDict] = ANSWERED

    items: tuple[RequestSummary, ...]
    next_cursor: str | None
    people: Mapping[PersonId, PersonCard]


@dataclass(frozen=True, kw_only=True)
class TaskSummary:
    """A task as a line of an inbox. `fulfilledBy` names the commands that do it, `about` the part it concerns."""

    request_id: RequestId
    reference: str
    municipality_name: str
    key: str
    kind: Waiting
    about: str
    desk: Desk
    person: PersonId | None
    municipality: MunicipalityCode | None
    since: date
    due: date
    escalated: bool
    fulfilled_by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TaskList:
    """A page of tasks, soonest due first; `nextCursor` asks for the page after it, null on the last."""

    __pydantic_config__: ClassVar[ConfigDict] = ANSWERED

    items: tuple[TaskSummary, ...]
    next_cursor: str | None
    people: Mapping[PersonId, PersonCard]


@dataclass(frozen=True, kw_only=True)
class TimelineEvent:
    """One fact in its place: `type` says what, `data` holds the fact, `capacity` in what quality it was done.

    Types come in the course of time: a reader ignores those it does not know.
    """

    id: PartId
    seq: int
    type: str
    at: datetime
    by: PersonId
    capacity: Capacity
    on_behalf: OnBehalf | None
    data: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """What happened on a request, oldest first, as far as the caller may read it."""

    __pydantic_config__: ClassVar[ConfigDict] = ANSWERED

    items: tuple[TimelineEvent, ...]
    people: Mapping[PersonId, PersonCard]


@dataclass(frozen=True, kw_only=True)
class MunicipalityList:
    """The municipalities there are."""

    __pydantic_config__: ClassVar[ConfigDict] = ANSWERED

    items: tuple[MunicipalityLine, ...]


@dataclass(frozen=True, kw_only=True)
class AdvisorList:
    """The advisors there are, with how much they have to do."""

    __pydantic_config__: ClassVar[ConfigDict] = ANSWERED

    items: tuple[AdvisorLine, ...]


@dataclass(frozen=True, kw_only=True)
class Me:
    """Who the caller is, and what they may be on a request."""

    __pydantic_config__: ClassVar[ConfigDict] = ANSWERED

    person: PersonId
    name: str
    email: str
    is_staff: bool
    is_advisor: bool
    municipalities: tuple[MunicipalityLine, ...]
    organisations: tuple[str, ...]
    partners: tuple[PartId, ...]


ANSWERS: tuple[type, ...] = (
    SupportRequestAnswer,
    RequestList,
    TaskList,
    Timeline,
    MunicipalityList,
    AdvisorList,
    Me,
)
ADAPTERS: Mapping[type, TypeAdapter[Any]] = {kind: TypeAdapter(kind) for kind in ANSWERS}


def answer(body: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Answer with this body."""
    written = ADAPTERS[type(body)].dump_json(body, by_alias=True)
    return Response(written, status_code=status, media_type="application/json", headers=dict(headers or {}))


def in_camel_case(data: Json) -> Json:
    """Write the names of fields as the API does; ids and codes that are keys stay as they are."""
    if isinstance(data, list):
        return [in_camel_case(one) for one in data]
    if isinstance(data, dict):
        return {to_camel(key) if OWN_WORD.fullmatch(key) else key: in_camel_case(one) for key, one in data.items()}
    return data
