"""How the domain is written down: events, requests, coalitions and commands as JSON, and back.

What a person typed stands apart from an event's data: in the data is a mark (`¶3`), in the texts what belongs there. So
a text can be blackened while the event stays. A request's coalition is left out of its state: it has a row of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count
from typing import Any

from pydantic import TypeAdapter

from domain.command import Command
from domain.event import Event, Fact, OnBehalf
from domain.request import Coalition, SupportRequest
from domain.subjects import APPLY, DECIDE
from domain.terms import Term
from domain.text import with_text

STATE_SCHEMA = 1
MARK = re.compile(r"^¶\d+$")

REQUEST = TypeAdapter(SupportRequest)
COALITION = TypeAdapter(Coalition)
TERMS: TypeAdapter[dict[str, Term | None]] = TypeAdapter(dict[str, Term | None])
ON_BEHALF = TypeAdapter(OnBehalf)
ROWS = TypeAdapter(list[dict[str, Any]])
FACTS: Mapping[str, type[Fact]] = {kind.__name__: kind for kind in APPLY}
COMMANDS: Mapping[str, type[Command]] = {str(getattr(kind, "type")): kind for kind in DECIDE}  # noqa: B009 - a default


class UnknownTag(LookupError):
    """An event or command that this code does not know: written by a newer release. Never skipped."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """A fact on paper: its data, with marks where texts belong, and the texts by mark."""

    data: dict[str, Any]
    texts: dict[str, str]


class Adapters(dict[type, TypeAdapter[Any]]):
    """An adapter for each kind of fact and command, made when it is first met."""

    def __missing__(self, kind: type) -> TypeAdapter[Any]:
        self[kind] = made = TypeAdapter[Any](kind)
        return made


ADAPTERS = Adapters()


def write_fact(fact: Fact) -> Written:
    """Write a fact down, its texts apart."""
    texts: dict[str, str] = {}
    marks = count(1)

    def set_apart(text: str) -> str:
        mark = f"¶{next(marks)}"
        texts[mark] = text
        return mark

    return Written(data=ADAPTERS[type(fact)].dump_python(with_text(fact, set_apart), mode="json"), texts=texts)


def read_fact(tag: str, data: Mapping[str, Any], texts: Mapping[str, str]) -> Fact:
    """Read a fact, its texts put back.

    Raises: UnknownTag when no code for it is here.
    """
    if tag not in FACTS:
        raise UnknownTag(tag)
    fact: Fact = ADAPTERS[FACTS[tag]].validate_python(_put_back(data, texts))
    return fact


def _put_back(value: Any, texts: Mapping[str, str]) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, str):
        return texts.get(value, value) if MARK.match(value) else value
    if isinstance(value, Mapping):
        return {key: _put_back(one, texts) for key, one in value.items()}
    return [_put_back(one, texts) for one in value] if isinstance(value, list) else value


def write_rows(rows: list[dict[str, Any]]) -> str:
    """Rows as one JSON array, for a statement that takes them all at once."""
    return ROWS.dump_json(rows).decode()


def write_terms(event: Event) -> dict[str, Any]:
    """The terms an event opens and ends."""
    written: dict[str, Any] = TERMS.dump_python(dict(event.terms), mode="json")
    return written


def write_state(request: SupportRequest) -> str:
    """A request as JSON, without the coalition."""
    return REQUEST.dump_json(replace(request, coalition=None)).decode()


def read_state(state: str, coalition: str | None) -> SupportRequest:
    """A request from its JSON, with the coalition laid in."""
    request = REQUEST.validate_json(state)
    return replace(request, coalition=COALITION.validate_json(coalition)) if coalition else request


remembered_state = lru_cache(maxsize=128)(read_state)
"""The same, for pages: people come back to a request that nobody changed. A command changes what it reads."""


def write_coalition(coalition: Coalition) -> str:
    """A coalition as JSON."""
    return COALITION.dump_json(coalition).decode()


def read_coalition(state: str) -> Coalition:
    """A coalition from its JSON."""
    return COALITION.validate_json(state)


def write_command(command: Command) -> str:
    """A kept command as JSON."""
    return ADAPTERS[type(command)].dump_json(command).decode()


def command_from(tag: str, body: object) -> Command:
    """A command from plain values.

    Raises: UnknownTag when no code for it is here.
    """
    if tag not in COMMANDS:
        raise UnknownTag(tag)
    command: Command = ADAPTERS[COMMANDS[tag]].validate_python(body)
    return command


def read_command(tag: str, body: str) -> Command:
    """A kept command from its JSON.

    Raises: UnknownTag when no code for it is here.
    """
    if tag not in COMMANDS:
        raise UnknownTag(tag)
    command: Command = ADAPTERS[COMMANDS[tag]].validate_json(body)
    return command
