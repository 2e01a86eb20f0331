"""The request that a page is about, as this visitor may see it, with the people and municipalities it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache

import structlog

from domain.command import Actor
from domain.inbox import tasks_of
from domain.moves import allowed_as, allowed_on_behalf_as
from domain.people import people_in
from domain.reader import Reader, reader
from domain.tasks import Task
from domain.text import MunicipalityCode, PersonId
from domain.view_parts import RequestView
from domain.views import view_of
from domain.words import Capacity
from service.pages.visit import Visit
from storage.database import AsyncConnection
from storage.people import PersonCard, names_of
from storage.references import load_of_reference
from storage.requests import Stored


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a page about a request works with: the view and nothing else leaves the house.

    `stored` is for giving commands alone, `who` is this visitor as a reader of it; `can` and `can_record` are the
    commands that are possible now, by name.
    """

    stored: Stored
    who: Reader
    view: RequestView
    tasks: tuple[Task, ...]
    can: frozenset[str]
    can_record: Mapping[Capacity, frozenset[str]]
    people: Mapping[PersonId, PersonCard] = field(default_factory=dict)
    municipalities: Mapping[MunicipalityCode, str] = field(default_factory=dict)

    def possible(self, behalf: Capacity | None = None) -> frozenset[str]:
        """The commands that are possible now: in their own name, or recorded for somebody in this quality."""
        return self.can_record.get(behalf, frozenset()) if behalf else self.can

    @cached_property
    def named(self) -> frozenset[PersonId]:
        """Everybody it refers to."""
        return people_in(self.view, self.tasks)

    @property
    def reference(self) -> str:
        """What people call it: KS-2026-00042."""
        return self.stored.reference

    @cached_property
    def address(self) -> str:
        """Its page."""
        return address_of(self.reference)

    @property
    def version(self) -> int:
        """What a form about it is filled in on."""
        return self.view.version

    @property
    def municipality(self) -> str:
        """The name of the lead municipality."""
        return self.municipality_name(self.view.lead_municipality)

    def name(self, person: PersonId) -> str:
        """What somebody is called; their address when no name is known, and a dash when nothing is."""
        card = self.people.get(person)
        return (card.name or card.email or "–") if card else "–"

    def municipality_name(self, code: MunicipalityCode) -> str:
        """What a municipality is called."""
        return self.municipalities.get(code, code)


def address_of(reference: str) -> str:
    """The page of a request."""
    return f"/aanvragen/{reference}"


async def request_at(visit: Visit) -> Shown:
    """Give the request that this address names (`{reference}`).

    Raises: HTTPException 404 when there is none, or it is not for this visitor to see.
    """
    async with visit.reading.connect() as connection:
        return await with_names(connection, visit, seen_by(visit, await stored_at(connection, visit)))


async def stored_at(connection: AsyncConnection, visit: Visit) -> Stored:
    """Read the request that this address names, whether or not it is for this visitor: `seen_by` says.

    Raises: HTTPException 404 when there is none.
    """
    stored = visit.stored or await load_of_reference(connection, visit.at("reference"))
    if stored is None:
        raise visit.not_found()
    structlog.contextvars.bind_contextvars(request_id=stored.request.id)
    return stored


def seen_by(visit: Visit, stored: Stored) -> Shown:
    """Give a request as this visitor may see it, nobody's name with it yet.

    Raises: HTTPException 404 when it is not theirs to see.
    """
    seen = _seen(AsRead(stored), visit.account.actor, visit.today)
    if seen is None:
        raise visit.not_found()
    return seen


@dataclass(frozen=True, eq=False)
class AsRead:
    """A request as it was read. The same as another when both were read from the same text (`remembered_state`)."""

    stored: Stored

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, AsRead):
            return NotImplemented
        mine, theirs = self.stored, other.stored
        return mine.request is theirs.request and mine.changed_at == theirs.changed_at

    def __hash__(self) -> int:
        return id(self.stored.request)


@lru_cache(maxsize=256)  # People go from a request to a deed and back.
def _seen(read: AsRead, actor: Actor, today: date) -> Shown | None:
    request = read.stored.request
    who = reader(request, actor)
    if who is None:
        return None
    tasks = tasks_of(request, who)
    return Shown(
        stored=read.stored,
        who=who,
        view=view_of(request, who, tasks, today),
        tasks=tasks,
        can=allowed_as(request, who.qualities),
        can_record=allowed_on_behalf_as(request, who.qualities),
    )


async def with_names(
    connection: AsyncConnection, visit: Visit, seen: Shown, *, others: Iterable[PersonId] = ()
) -> Shown:
    """Look up who is named in it, and these others."""
    return await with_cards(connection, visit, seen, await names_of(connection, seen.named.union(others)))


async def with_cards(
    connection: AsyncConnection, visit: Visit, seen: Shown, people: Mapping[PersonId, PersonCard]
) -> Shown:
    """Give it with the cards of who is named in it, and with the names of municipalities."""
    return replace(seen, people=people, municipalities=await visit.parts.lasting.names(connection))
