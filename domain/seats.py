"""Seats: agreed places for parents in a body of the coalition, how parents take part there, and what is arranged.

A parent is never a file: a seat and its facts have no room for a name, an address or a remark about anybody. Seats
belong to the coalition and outlive the request; looking for parents is a task of the request that agreed on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from domain import refusal
from domain.command import Apply, ApplyToCoalition, Command, Context, Decide, ahead, passed
from domain.event import Event, Fact
from domain.owners import decides_for_all, owner_mistakes, refuse_absent
from domain.parts import Search, Seat
from domain.refusal import Kind, Reason, Refusal
from domain.request import Coalition, SupportRequest
from domain.text import Line, PartId, known_as
from domain.words import Agreed, Body, Desk, SeatForm

NOT_YOUR_SEAT = Reason(
    "NOT_YOUR_SEAT",
    nl="U kunt alleen plekken voor ouders vastleggen die uw eigen organisatie ondersteunt.",
    en="You can only set seats for parents that your own organisation supports.",
    kind=Kind.FORBIDDEN,
)


@dataclass(frozen=True, kw_only=True)
class SetSeat(Command):
    """Say how a seat is from now on; without `seat` it is a new one.

    `search` says who looks for parents and by which day, for the form SEARCHING alone. `since` is the first day of the
    seat, today when nothing is said; an existing seat keeps its own.
    """

    type: Literal["set_seat"] = "set_seat"
    seat: PartId | None = None
    body: Body
    form: SeatForm
    since: date | None = None
    expenses: Agreed = Agreed.NOT_YET
    time: Agreed = Agreed.NOT_YET
    training: Agreed = Agreed.NOT_YET
    supported_by: Line | None = None
    search: Search | None = None

    def touches(self) -> tuple[str, ...]:
        return (self.seat,) if self.seat else ()

    def mistakes(self, context: Context) -> Iterator[Refusal]:
        yield from passed("since", self.since, context)
        if self.form is not SeatForm.SEARCHING:
            return
        if self.search is None:
            yield refusal.REQUIRED_HERE("search")
        else:
            yield from owner_mistakes("search.by", self.search.by)
            yield from ahead("search.due", self.search.due, context)


@dataclass(frozen=True, kw_only=True)
class SeatSet(Fact):
    """A seat is from now on as is said here; without `seat` it is the one that this event makes."""

    seat: PartId | None = None
    body: Body
    form: SeatForm
    since: date
    expenses: Agreed
    time: Agreed
    training: Agreed
    supported_by: Line | None = None
    search: Search | None = None

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (self.seat or own_id,)


def set_seat(request: SupportRequest, command: SetSeat, context: Context) -> Iterator[Fact]:
    """Agree on a seat. Who looks for parents takes part here; a supporting party sets only what it supports."""
    known = _known(request, command.seat) if command.seat else None
    _refuse_others(request, command, context, known.supported_by if known else command.supported_by)
    search = command.search if command.form is SeatForm.SEARCHING else None
    if search and not _looks_itself(search, command.supported_by):
        refuse_absent("search.by", search.by, request)
    yield SeatSet(
        seat=command.seat,
        body=command.body,
        form=command.form,
        since=command.since or (known.since if known else context.today),
        expenses=command.expenses,
        time=command.time,
        training=command.training,
        supported_by=command.supported_by,
        search=search,
    )


def _known(request: SupportRequest, seat: PartId) -> Seat:
    if seat not in request.seats:
        raise refusal.NO_SUCH_PART("seat")
    return request.seats[seat]


def _refuse_others(request: SupportRequest, command: Command, context: Context, supporter: Line | None) -> None:
    if decides_for_all(request, command, context):
        return
    if known_as(supporter or "") not in {known_as(name) for name in context.actor.organisations}:
        raise NOT_YOUR_SEAT()


def _looks_itself(search: Search, supporter: Line | None) -> bool:
    """Whoever supports the seat becomes known with it, and may be the one who looks for parents."""
    named = search.by.organisation if search.by.desk is Desk.SUPPORTING_PARTY else None
    return named is not None and known_as(named) == known_as(supporter or "")


def with_seat_set(coalition: Coalition, event: Event, fact: SeatSet) -> Coalition:
    """The seat is there, as it was last agreed on."""
    seat = Seat(
        id=fact.seat or event.id,
        body=fact.body,
        form=fact.form,
        since=fact.since,
        set_in=event.request_id,
        expenses=fact.expenses,
        time=fact.time,
        training=fact.training,
        supported_by=fact.supported_by,
        search=fact.search,
    )
    return replace(coalition, seats={**coalition.seats, seat.id: seat})


@dataclass(frozen=True, kw_only=True)
class EndSeat(Command):
    """A seat is there no more."""

    type: Literal["end_seat"] = "end_seat"
    seat: PartId

    def touches(self) -> tuple[str, ...]:
        return (self.seat,)


@dataclass(frozen=True, kw_only=True)
class SeatEnded(Fact):
    """A seat is there no more."""

    seat: PartId

    def touches(self, own_id: PartId) -> tuple[str, ...]:
        return (self.seat,)


def end_seat(request: SupportRequest, command: EndSeat, context: Context) -> Iterator[Fact]:
    """End a seat; a supporting party ends only what it supports."""
    known = _known(request, command.seat)
    _refuse_others(request, command, context, known.supported_by)
    yield SeatEnded(seat=known.id)


def with_seat_ended(coalition: Coalition, event: Event, fact: SeatEnded) -> Coalition:
    """It stays known as one that was there."""
    ended = coalition.seats.get(fact.seat)
    if ended is None:
        return coalition
    return replace(coalition, seats={**coalition.seats, ended.id: replace(ended, ended=True)})


DECIDES: Mapping[type[Command], Decide] = {SetSeat: set_seat, EndSeat: end_seat}
ON_COALITION: Mapping[type[Fact], ApplyToCoalition] = {SeatSet: with_seat_set, SeatEnded: with_seat_ended}
APPLIES: Mapping[type[Fact], Apply] = {}
