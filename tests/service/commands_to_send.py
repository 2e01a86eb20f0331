"""Bodies of commands as a machine sends them to the API, sound enough to be judged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pydantic.alias_generators import to_camel

from domain.command import Actor, Context, Facts
from domain.request import SupportRequest
from domain.timeline import plain
from storage.accounts import Account
from storage.calendar import build_calendar
from tests.domain.dice import CODES, Dice
from tests.domain.journey import ADVISOR_PERSON, OTHER_ADVISOR

CALENDAR = build_calendar()
THROWS = 200


def body_of(name: str, request: SupportRequest, accounts: Mapping[str, Account]) -> dict[str, Any]:
    """A body of this command in which nothing is wrong by itself; it names advisors that there are."""
    now, advisors = datetime.now(UTC), frozenset({ADVISOR_PERSON, OTHER_ADVISOR})
    facts = Facts(advisors=advisors, known_municipalities=frozenset(CODES))
    context = Context(actor=Actor(person="p:walk"), now=now, calendar=CALENDAR, facts=facts)
    thrown = (Dice(throw, request, now).command(name) for throw in range(THROWS))
    sound = next(one for one in thrown if not any(one.mistakes(context)))
    known = {ADVISOR_PERSON: accounts["advisor"].person, OTHER_ADVISOR: accounts["other_advisor"].person}
    body: dict[str, Any] = _as_sent(plain(sound), known)
    return {**body, "contact": {"email": "contact@startloket.test"}} if "contact" in body else body


def _as_sent(value: Any, known: Mapping[str, str]) -> Any:
    """In camelCase, without what was not said."""
    if isinstance(value, dict):
        return {to_camel(name): _as_sent(one, known) for name, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_as_sent(one, known) for one in value]
    return known.get(value, value) if isinstance(value, str) else value
