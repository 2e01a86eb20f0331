"""Taking over a list: all of its lines in one transaction, or nothing and every mistake at once.

A line is known by the hash of its cells, so a list can be imported again: what was taken over before is left alone. A
line that was changed meanwhile is not taken for a new request, but said to be there already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from domain.command import Actor
from domain.refusal import Refusal
from domain.submitting import CoalitionChoice
from domain.text import PersonId, RequestId, known_as
from service.importing.listed import Listed, Sources, understand
from service.importing.mistakes import ListRefused, Mistake
from service.importing.places import Places
from service.importing.table import Table
from service.importing.telling import told
from storage import importing
from storage.calendar import build_calendar
from storage.database import AsyncConnection
from storage.importing import History
from storage.people import add_people

LINES = UUID("4d0c6f7a-2f0e-5c55-8a43-6c0d6c0b1e01")
IMPORTED_REQUESTS = UUID("4d0c6f7a-2f0e-5c55-8a43-6c0d6c0b1e02")
CONTACTS = UUID("4d0c6f7a-2f0e-5c55-8a43-6c0d6c0b1e03")


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What came of an import: how many requests were taken over, and how many were there before."""

    added: int
    known: int


Progress = Callable[[int, int], None]
"""Told after each line: how many are done, of how many."""


def importer(person: PersonId) -> Actor:
    """Who imports: one of the staff, who may for once also say where requests were found."""
    return Actor(person=person, is_staff=True, is_time=True)


def command_id_of(fingerprint: str) -> UUID:
    """The command that a line is: the same line is the same command."""
    return uuid5(LINES, fingerprint)


def request_id_of(fingerprint: str) -> RequestId:
    """The request that a line becomes."""
    return str(uuid5(IMPORTED_REQUESTS, fingerprint))


async def take_over(
    connection: AsyncConnection, table: Table, *, now: datetime, actor: Actor, on_progress: Progress
) -> Imported:
    """Take over every line of a table, as found now (UTC). The caller commits, or rolls back when this raises.

    Raises: ListRefused with every mistake.
    """
    listed, mistakes = await read_lines(connection, table, now)
    known = await importing.known_commands(connection, [command_id_of(one.row.fingerprint) for one in listed])
    new = [one for one in listed if command_id_of(one.row.fingerprint) not in known]
    mistakes += await _changed_lines(connection, new, listed)
    for done, one in enumerate(new, start=1):
        try:
            history = await begin(connection, one, now=now, actor=actor)
            await history.keep(command_id_of(one.row.fingerprint), one.row.fingerprint, now)
        except Refusal as refusal:
            mistakes.extend(_refused(one, refusal))
        on_progress(done, len(new))
    if mistakes:
        raise ListRefused(mistakes)
    return Imported(added=len(new), known=len(known))


async def read_lines(connection: AsyncConnection, table: Table, now: datetime) -> tuple[list[Listed], list[Mistake]]:
    """Understand every line, with the municipalities and advisors of today."""
    today = build_calendar().today(now)
    sources = await sources_of(connection, today)
    listed, mistakes = list[Listed](), list[Mistake](table.mistakes)
    for row in table.rows:
        understood, wrong = understand(row, sources)
        mistakes.extend(wrong)
        if understood:
            listed.append(understood)
    return listed, mistakes


async def sources_of(connection: AsyncConnection, today: date) -> Sources:
    """Gather what lines are read with."""
    return Sources(places=Places(today), advisors=await importing.advisors_by_mail(connection), today=today)


async def begin(connection: AsyncConnection, listed: Listed, *, now: datetime, actor: Actor) -> History:
    """Tell the past of one line, as of now (UTC); its clocks start today.

    Raises: Refusal when the domain does not take it.
    """
    contact = await _contact(connection, listed)
    known = await importing.coalition_called(connection, listed.coalition, listed.municipality)
    coalition = CoalitionChoice(id=known, name=listed.coalition, kind=listed.coalition_kind)
    history = History(connection, request_id_of(listed.row.fingerprint))
    for step in told(listed, contact=contact, coalition=coalition, now=now):
        await history.give(actor, step.command, step.at, clocks_from=build_calendar().today(now))
    return history


async def _contact(connection: AsyncConnection, listed: Listed) -> PersonId:
    """Whoever has an account under the address; else somebody known by it, or by this line alone."""
    mail = (listed.contact.email or "").lower()
    accounts = await importing.people_of_accounts(connection, [mail]) if mail else {}
    if mail in accounts:
        return accounts[mail]
    person = f"person:{uuid5(CONTACTS, mail or listed.row.fingerprint)}"
    await add_people(connection, {person: listed.contact})
    return person


async def _changed_lines(connection: AsyncConnection, new: Sequence[Listed], listed: Sequence[Listed]) -> list[Mistake]:
    """Find new lines about a request that came from a line which is not in this list any more."""
    still_there = {request_id_of(one.row.fingerprint) for one in listed}
    before = await importing.imported_before(connection, (one.municipality for one in new))
    gone = {(one.municipality, one.received_on, known_as(one.coalition)) for one in before if one.id not in still_there}
    sentence = "this request was imported before, and the line said something else then; change it in Startloket"
    return [
        Mistake(line=one.row.line, sentence=sentence)
        for one in new
        if (one.municipality, one.submitted_on, known_as(one.coalition)) in gone
    ]


def _refused(listed: Listed, refusal: Refusal) -> Iterator[Mistake]:
    for one in (refusal, *refusal.others):
        yield Mistake(line=listed.row.line, sentence=one.sentence("en"))
