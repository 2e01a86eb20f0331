"""The coalition, domain by domain with its gaps, and the places for parents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.parts import Partner, Seat
from domain.representation import SPEAKS_FOR_PARENTS
from domain.view_parts import CoalitionView
from domain.words import Domain, Phase, SeatForm
from service.language import Tongue
from service.pages.request_page.looking import Looking, Ways


@dataclass(frozen=True, kw_only=True)
class Member:
    """An organisation in the coalition."""

    name: str
    agreement: str | None
    champion_of: str | None
    contact: str | None
    ways: Ways


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place for parents: where, how, what was agreed, and who looks for somebody."""

    body: str
    form: str
    is_open: bool
    facts: tuple[tuple[str, str], ...]
    ways: Ways


@dataclass(frozen=True, kw_only=True)
class Together:
    """The coalition as the page shows it; a domain without members is a gap."""

    name: str
    kind: str
    municipalities: str
    domains: tuple[tuple[str, tuple[Member, ...]], ...]
    gaps: tuple[str, ...]
    places: tuple[Place, ...]
    ways: Ways
    place_ways: Ways


def _kind(looking: Looking, coalition: CoalitionView) -> str:
    kind = looking.word(coalition.kind)
    return kind if coalition.phase is Phase.UNKNOWN else f"{kind}, {looking.word(coalition.phase)}"


def together(looking: Looking) -> Together | None:
    """Show the coalition; None when the reader has none to see."""
    coalition = looking.shown.view.coalition
    if coalition is None:
        return None
    domains = tuple(_domain(looking, coalition, one) for one in Domain if one is not Domain.MUNICIPAL)
    municipal = _domain(looking, coalition, Domain.MUNICIPAL)
    return Together(
        name=coalition.name,
        kind=_kind(looking, coalition),
        municipalities=looking.visit.tongue.together(
            [looking.shown.municipality_name(one) for one in coalition.municipalities]
        ),
        domains=(*domains, municipal) if municipal[1] else domains,
        gaps=tuple(name for name, members in domains if not members),
        places=tuple(_place(looking, one) for one in coalition.seats if not one.ended),
        ways=looking.ways("add_partner", "change_municipalities"),
        place_ways=looking.ways("set_seat"),
    )


def _domain(looking: Looking, coalition: CoalitionView, domain: Domain) -> tuple[str, tuple[Member, ...]]:
    """Its partners; for parents also the places where somebody speaks for them."""
    members = [_member(looking, one) for one in coalition.partners if one.domain is domain and not one.removed]
    if domain is Domain.PARENTS:
        members += [_seated(name) for name in seats_of_parents(looking.visit.tongue, coalition)]
    return looking.word(domain), tuple(members)


def seats_of_parents(tongue: Tongue, coalition: CoalitionView) -> list[str]:
    """The places that are taken: a representative (local coalition)."""
    taken = [one for one in coalition.seats if one.form in SPEAKS_FOR_PARENTS and not one.ended]
    return [f"{tongue.word(one.form)} ({tongue.word(one.body)})" for one in taken]


def _seated(name: str) -> Member:
    return Member(name=name, agreement=None, champion_of=None, contact=None, ways=Ways())


def _member(looking: Looking, partner: Partner) -> Member:
    return Member(
        name=partner.organisation,
        agreement=partner.role_agreement,
        champion_of=partner.champion_of,
        contact=looking.shown.name(partner.contact) if partner.contact else None,
        ways=looking.ways("update_partner", "remove_partner", about=partner.id),
    )


def _place(looking: Looking, seat: Seat) -> Place:
    return Place(
        body=looking.word(seat.body),
        form=looking.word(seat.form),
        is_open=seat.form is SeatForm.SEARCHING,
        facts=tuple(_facts(looking, seat)),
        ways=looking.ways("set_seat", "end_seat", about=seat.id),
    )


def _facts(looking: Looking, seat: Seat) -> Iterator[tuple[str, str]]:
    if seat.search:
        by, day = looking.owner(seat.search.by), looking.day(seat.search.due)
        yield looking.say("Who looks for parents"), looking.say("%(who)s, before or on %(day)s", who=by, day=day)
    if seat.supported_by:
        yield looking.say("Supported by"), seat.supported_by
    if seat.form in SPEAKS_FOR_PARENTS:
        yield looking.say("Expenses"), looking.word(seat.expenses)
        yield looking.say("Time"), looking.word(seat.time)
        yield looking.say("Training"), looking.word(seat.training)
