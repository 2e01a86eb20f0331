"""Recording what somebody else wants: for whom, how it was heard and on which day. Once, for all deeds.

An advisor on the phone records what the municipality says; the timeline then tells for whom, and how it was heard. The
fields stand in `parts/recording.html`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.event import OnBehalf
from domain.text import PersonId
from domain.words import Capacity, Heard
from service.language import Tongue, message
from service.pages.filled import Filled
from service.pages.requests import Shown

HEARD: Final = "heard"
HEARD_ON: Final = "heardOn"
HEARD_OF: Final = "heardOf"
HOW: Final = message("Choose how you heard this.")
WHICH_DAY: Final = message("Write on which day you heard this.")
NOT_YET: Final = message("This day is still to come. Choose today or an earlier day.")


@dataclass(frozen=True, kw_only=True)
class Recording:
    """What a form shows when it is filled in for somebody else: for whom, and what can be chosen."""

    behalf: Capacity | None
    whom: str = ""
    heard: tuple[tuple[str, str], ...] = ()
    people: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, shown: Shown, behalf: Capacity | None, tongue: Tongue) -> Recording:
        """What the form of a deed on this request shows."""
        if behalf is None:
            return cls(behalf=None)
        people = tuple((one, shown.name(one)) for one in people_of(shown, behalf))
        return cls(
            behalf=behalf,
            whom=tongue.word(behalf),
            heard=tuple((one.value, tongue.word(one)) for one in Heard),
            people=people if len(people) > 1 else (),
        )


def people_of(shown: Shown, behalf: Capacity) -> tuple[PersonId, ...]:
    """Who of this quality the request knows; of its own municipality it is always the contact."""
    return tuple(dict.fromkeys(_people(shown, behalf)))


def _people(shown: Shown, behalf: Capacity) -> Iterator[PersonId]:
    view = shown.view
    match behalf:
        case Capacity.ADVISOR:
            yield from (one.advisor for one in view.advisors if one.accepted_on)
        case Capacity.CANDIDATE:
            yield from (one.advisor for one in view.advisors if not one.accepted_on)
        case Capacity.PARTNER:
            yield from (one.contact for one in view.coalition.partners if one.contact) if view.coalition else ()
        case Capacity.PARTICIPANT:
            yield from view.also_told
        case _:
            return


def known_to_record(shown: Shown, behalf: Capacity | None, tongue: Tongue, today: date) -> Mapping[str, str]:
    """How these fields begin: heard by phone, today."""
    return {HEARD: Heard.PHONE, HEARD_ON: tongue.short_day(today)} if behalf else {}


def read_on_behalf(shown: Shown, behalf: Capacity | None, form: Filled, today: date) -> OnBehalf | None:
    """Read for whom it is recorded; None when it is one's own."""
    if behalf is None:
        return None
    heard = form.choice(HEARD, Heard, missing=form.tongue.say(HOW))
    on = form.day(HEARD_ON, missing=form.tongue.say(WHICH_DAY))
    if on > today:
        form.wrong(HEARD_ON, form.tongue.say(NOT_YET), None)
    known = people_of(shown, behalf)
    person = known[0] if len(known) == 1 else form.typed(HEARD_OF)
    return OnBehalf(of=behalf, heard=heard, heard_on=on, person=person if person in known else None)
