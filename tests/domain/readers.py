"""Readers of a request with everything in it, secrets included: what each test of what leaves the house begins with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, is_dataclass, replace
from datetime import date, timedelta
from typing import Any, get_args, get_type_hints

from domain.command import Actor
from domain.parts import (
    Action,
    Assignment,
    AssignmentRole,
    Invitation,
    Meeting,
    Message,
    Note,
    Owner,
    Partner,
    Search,
    Seat,
    Shared,
    SharedKind,
)
from domain.request import SupportRequest
from domain.terms import Asked, Term
from domain.views import view
from domain.words import Body, Desk, Domain, Level, MeetingKind, SeatForm, Side
from tests.domain.journey import FIRST_DAY, MONDAY, OTHER_ADVISOR, PEEL_EN_MAAS, REQUEST_ID, STAFF_PERSON, under_way

SECRET = "alleen-voor-het-programma"
MIDWIVES, LIBRARY, GONE = f"{REQUEST_ID}/901", f"{REQUEST_ID}/902", f"{REQUEST_ID}/903"
MEETING, OWN_MEETING, ACTION, SEAT = f"{REQUEST_ID}/911", f"{REQUEST_ID}/912", f"{REQUEST_ID}/921", f"{REQUEST_ID}/931"
PARTY = "Burgerkracht Limburg"

midwives = Actor(person="p:midwives", partners=frozenset({MIDWIVES}))
removed_partner = Actor(person="p:gone", partners=frozenset({GONE}))
party = Actor(person="p:party", organisations=frozenset({"burgerkracht  limburg"}))


def full_request() -> SupportRequest:
    """A request under way with two partners, two meetings, a seat, and secrets of the programme among its parts."""
    journey = under_way(participating=(PEEL_EN_MAAS,))
    request = journey.request
    assert request.coalition
    partners = {
        MIDWIVES: Partner(id=MIDWIVES, organisation="Verloskundigen", domain=Domain.MEDICAL, contact="p:midwives"),
        LIBRARY: Partner(id=LIBRARY, organisation="Bibliotheek", domain=Domain.SOCIAL, contact="p:library"),
        GONE: Partner(id=GONE, organisation="Vertrokken", domain=Domain.SOCIAL, removed=True),
    }
    seat = Seat(
        id=SEAT,
        body=Body.LOCAL_COALITION,
        form=SeatForm.SEARCHING,
        since=FIRST_DAY,
        set_in=REQUEST_ID,
        supported_by=PARTY,
        search=Search(by=Owner(desk=Desk.SUPPORTING_PARTY, organisation=PARTY), due=date(2026, 12, 1)),
    )
    asked = Assignment(advisor=OTHER_ADVISOR, role=AssignmentRole.SUPPORTING, assigned_on=FIRST_DAY)
    invited = tuple(Invitation(partner=one, invited_at=MONDAY, text=f"van {one}") for one in (MIDWIVES, LIBRARY))
    return replace(
        request,
        advisors=(*request.advisors, asked),
        own_interest=frozenset({"p:interested"}),
        coalition=replace(request.coalition, partners=partners, seats={SEAT: seat}),
        questions={one.id: replace(one, result="antwoord") for one in request.questions.values()},
        meetings={MEETING: _meeting(MEETING), OWN_MEETING: replace(_meeting(OWN_MEETING), invitations=invited)},
        actions={ACTION: _action(ACTION, Owner(desk=Desk.PARTNER, partner=MIDWIVES)), **_others_actions()},
        messages={one.id: one for one in _messages()},
        notes={one.id: one for one in _notes()},
        shared={f"{REQUEST_ID}/971": _shared(f"{REQUEST_ID}/971")},
        terms={**request.terms, **{key: _term() for key in OPENED}},
        calls=frozenset({"PROPOSE_VISIT"}),
        escalated=frozenset({"PROPOSE_VISIT"}),
    )


OPENED = (
    f"ACCEPT_ASSIGNMENT:{OTHER_ADVISOR}",
    f"SEEK_PARENTS:{SEAT}",
    f"DO_ACTION:{ACTION}",
    f"ANSWER_MESSAGE:{REQUEST_ID}/951",
    f"ANSWER_MESSAGE:{REQUEST_ID}/952",
    f"RESPOND:{OWN_MEETING}:{MIDWIVES}",
    f"RESPOND:{OWN_MEETING}:{LIBRARY}",
    "CALL:PROPOSE_VISIT",
)


def _term() -> Term:
    return Term(since=FIRST_DAY, due=date(2026, 11, 16), asked=Asked())


def _meeting(part: str) -> Meeting:
    levels = (Level.OPERATIONAL,)
    starts_at = MONDAY + timedelta(days=30)
    return Meeting(
        id=part, kind=MeetingKind.SESSION, levels=levels, starts_at=starts_at, organiser=Side.ADVISOR, place=part
    )


def _action(part: str, owner: Owner) -> Action:
    return Action(id=part, title=f"actie {part}", owner=owner, due=date(2026, 12, 1))


def _others_actions() -> dict[str, Action]:
    owners = (
        Owner(desk=Desk.PARTNER, partner=LIBRARY),
        Owner(desk=Desk.SUPPORTING_PARTY, organisation=PARTY),
        Owner(desk=Desk.MUNICIPALITY, municipality=PEEL_EN_MAAS),
        Owner(desk=Desk.ADVISOR),
    )
    parts = (f"{REQUEST_ID}/{922 + place}" for place in range(len(owners)))
    return {part: _action(part, owner) for part, owner in zip(parts, owners, strict=True)}


def _messages() -> tuple[Message, ...]:
    return (
        Message(id=f"{REQUEST_ID}/951", by=STAFF_PERSON, to=Desk.ADVISOR, text=SECRET, internal=True),
        Message(id=f"{REQUEST_ID}/952", by=STAFF_PERSON, to=Desk.SUPPORTING_PARTY, text="Lukt het zoeken?"),
        Message(id=f"{REQUEST_ID}/953", by="p:midwives", to=Desk.ADVISOR, text="Waar is het?"),
    )


def _notes() -> tuple[Note, ...]:
    return (
        Note(id=f"{REQUEST_ID}/961", by=STAFF_PERSON, text=SECRET, internal=True),
        Note(id=f"{REQUEST_ID}/962", by=STAFF_PERSON, text="voor iedereen"),
        Note(id=f"{REQUEST_ID}/963", by="p:midwives", text="van onszelf"),
    )


def _shared(part: str) -> Shared:
    return Shared(id=part, kind=SharedKind.EXAMPLE, title="Voorbeeld", link="https://example.org")


def seen_by(actor: Actor) -> str:
    """What an actor sees of the full request, written out."""
    shown = view(full_request(), actor)
    assert shown
    return repr(asdict(shown))


def dataclasses_in(kind: Any, known: set[type]) -> Iterator[type]:
    """A dataclass and every dataclass its fields hold, however deep."""
    if isinstance(kind, type) and is_dataclass(kind) and kind not in known:
        known.add(kind)
        yield kind
        for hint in get_type_hints(kind).values():
            yield from dataclasses_in(hint, known)
    for inner in get_args(kind):
        yield from dataclasses_in(inner, known)
