"""Dice: valid bodies for any command, thrown from its own type and from what the request knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache
from random import Random
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from domain.command import Command
from domain.deciding import command_name
from domain.event import OnBehalf
from domain.parts import Owner
from domain.planning import Plan
from domain.request import SupportRequest
from domain.subjects import DECIDE
from domain.words import Capacity, Desk, Heard, MeetingKind
from tests.domain.agreements import BURGERKRACHT
from tests.domain.journey import (
    ADVISOR_PERSON,
    FIRST_DAY,
    MAASTRICHT,
    MUNICIPAL_PERSON,
    OTHER_ADVISOR,
    PEEL_EN_MAAS,
    REQUEST_ID,
    VENLO,
)

OTHER_ID = "01890000-0000-7000-8000-000000000002"
COMMANDS: Mapping[str, type[Command]] = {
    str(getattr(kind, "type")): kind  # noqa: B009 - a default that every command has, each in a type of its own
    for kind in DECIDE
}
CODES = (VENLO, PEEL_EN_MAAS, MAASTRICHT)
ADVISORS = (ADVISOR_PERSON, OTHER_ADVISOR)
LINKED = "https://www.kansrijkestartnl.nl/"


@cache
def hints(kind: type) -> dict[str, Any]:
    """The types of the fields of a dataclass."""
    return get_type_hints(kind, include_extras=True)


class Dice:
    """Throws values that fit: mostly of this request and soon, sometimes not."""

    def __init__(self, seed: int, request: SupportRequest, now: datetime) -> None:
        self.random, self.request, self.now = Random(seed), request, now

    def happens(self, chance: float) -> bool:
        """Say whether it does, this time."""
        return self.random.random() < chance

    def command(self, name: str) -> Command:
        """Throw a command of this name."""
        command: Command = self.dataclass(COMMANDS[name])
        if isinstance(command, Plan) and command.kickoff:
            command = replace(command, kind=MeetingKind.KICKOFF)
        assert command_name(command) == name
        return command

    def dataclass(self, kind: type) -> Any:
        """Throw each field; what may be left out often is."""
        if kind is Owner:
            return self.owner()
        thrown = {}
        for one in fields(kind):
            optional = one.default is not MISSING or one.default_factory is not MISSING
            if one.name not in ("type", "on_behalf") and not (optional and self.happens(0.4)):
                thrown[one.name] = self.value(hints(kind)[one.name], one.name)
        return kind(**thrown)

    def value(self, hint: Any, name: str) -> Any:
        """Throw a value of this type, for a field of this name."""
        origin = get_origin(hint)
        if origin in (Union, UnionType):
            return self.value(next(one for one in get_args(hint) if one is not type(None)), name)
        if origin is tuple:
            return tuple(self.value(get_args(hint)[0], name) for _ in range(self.random.choice((0, 1, 1, 2))))
        if origin is Mapping:
            key, one = get_args(hint)
            return {self.value(key, name): self.value(one, name)}
        if origin is Annotated:
            return self.words(name)
        return self.dataclass(hint) if isinstance(hint, type) and is_dataclass(hint) else self.plain(hint, name)

    def plain(self, hint: Any, name: str) -> Any:
        """Throw a number, a day, a moment or one of a list of words."""
        if issubclass(hint, Enum):
            return self.random.choice(list(hint))
        if hint is bool:
            return self.happens(0.7)
        if hint is int:
            return self.random.randint(1, 5)
        if hint is datetime:
            return self.moment(name)
        assert hint is date, f"{name}: teach the dice to throw {hint}"
        return self.now.date() + timedelta(days=self.random.randint(-5, 120))

    def moment(self, name: str) -> datetime:
        """A moment that was proposed, or any soon; now and then one that has just passed."""
        proposed = [moment.starts_at for one in self.request.proposals.values() for moment in one.moments]
        if name == "moment" and proposed:
            return self.random.choice(proposed)
        return (self.now + timedelta(hours=self.random.randint(-48, 24 * 40))).astimezone(UTC)

    def words(self, name: str) -> str:
        """Typed words or a reference, by the name of the field."""
        by_name = {
            "advisor": ADVISORS,
            "advisors": ADVISORS,
            "contact": (MUNICIPAL_PERSON, "p:collega"),
            "municipality": CODES,
            "municipalities": CODES,
            "participating": CODES,
            "joins": CODES,
            "leaves": CODES,
            "lead": CODES,
            "into": (OTHER_ID,),
            "other": (OTHER_ID,),
            "merged": (OTHER_ID, REQUEST_ID[:-1] + "3"),
            "link": (LINKED,),
            "supported_by": (BURGERKRACHT,),
        }
        last = name if name in by_name else name.rsplit("_", 1)[-1]
        return self.random.choice(by_name.get(last) or self.parts(name) or ("Zo is het gegaan.",))

    def parts(self, name: str) -> tuple[str, ...]:
        """The parts of this request that a field of this name can refer to."""
        request = self.request
        known: Mapping[str, tuple[str, ...]] = {
            "question": tuple(request.questions),
            "dropped": tuple(request.questions),
            "proposal": tuple(request.proposals),
            "meeting": tuple(request.meetings),
            "kickoff": tuple(request.kickoffs),
            "ambition": tuple(request.ambitions),
            "goal": tuple(request.goals),
            "action": tuple(request.actions),
            "check_in": tuple(request.check_ins),
            "message": tuple(request.messages),
            "partner": tuple(request.partners),
            "partners": tuple(request.partners),
            "seat": tuple(request.seats),
            "id": (),
        }
        return known[name] or (f"{REQUEST_ID}/999",) if name in known else ()

    def owner(self) -> Owner:
        """An owner as it should be."""
        partners = tuple(self.request.partners)
        owners = [
            Owner(desk=Desk.ADVISOR),
            Owner(desk=Desk.MUNICIPALITY, municipality=self.random.choice(CODES)),
            Owner(desk=Desk.SUPPORTING_PARTY, organisation=BURGERKRACHT),
            *(Owner(desk=Desk.PARTNER, partner=one) for one in partners),
        ]
        return self.random.choice(owners)

    def behalf(self, of: Capacity) -> OnBehalf:
        """For somebody of this quality, heard on the first day."""
        people = (None, MUNICIPAL_PERSON, *ADVISORS)
        return OnBehalf(
            of=of, heard=self.random.choice(list(Heard)), heard_on=FIRST_DAY, person=self.random.choice(people)
        )
