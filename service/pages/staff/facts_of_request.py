"""What staff read of a request before they decide about it, as pairs of a term and what is known of it."""

from __future__ import annotations

from collections.abc import Iterator

from domain.people import people_in
from service.language import Tongue
from service.pages.requests import Shown

Facts = list[tuple[str, str]]


def facts_of(shown: Shown, tongue: Tongue) -> Facts:
    """Who asks, for which coalition, since when, and whether they may use the programme."""
    return list(_facts(shown, tongue))


def _facts(shown: Shown, tongue: Tongue) -> Iterator[tuple[str, str]]:
    view = shown.view
    yield tongue.say("Municipality"), tongue.together([shown.municipality, *_others(shown)])
    if view.coalition:
        yield tongue.say("Coalition"), f"{view.coalition.name} ({tongue.word(view.coalition.kind)})"
    if view.received_on:
        yield tongue.say("Received"), tongue.weekday(view.received_on)
    if view.contact:
        yield tongue.say("Contact"), _contact(shown)
    if view.preferred_period:
        start, end = view.preferred_period.start, view.preferred_period.end
        yield (
            tongue.say("Preferred period"),
            tongue.say("%(start)s to %(end)s", start=tongue.day(start), end=tongue.day(end)),
        )
    if view.eligibility:
        said = (
            f"{shown.municipality_name(one.municipality)}: {tongue.word(one.eligibility)}" for one in view.eligibility
        )
        yield tongue.say("Who is eligible?"), "\n".join(said)
    if view.text:
        yield tongue.say("In their own words"), view.text


def _others(shown: Shown) -> list[str]:
    return [shown.municipality_name(code) for code in shown.view.participating]


def _contact(shown: Shown) -> str:
    contact = shown.view.contact
    card = shown.people.get(contact) if contact in people_in(shown.view) else None
    known = (card.name, card.function, card.email, card.phone) if card else ()
    return "\n".join(one for one in known if one) or "–"
