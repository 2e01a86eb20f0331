"""Which people something refers to. Names are kept elsewhere; here are only references to look them up by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import get_args, get_type_hints

from domain.text import PersonId


def people_in(*shown: object) -> frozenset[PersonId]:
    """Collect every person that views, tasks or other dataclasses refer to, however deep."""
    return frozenset(_people(shown))


def _people(shown: object) -> Iterator[PersonId]:
    if isinstance(shown, Mapping):
        yield from _people(tuple(shown.values()))
    elif isinstance(shown, (tuple, frozenset)):
        for one in shown:
            yield from _people(one)
    elif is_dataclass(shown) and not isinstance(shown, type):
        for name, is_person in _fields(type(shown)):
            value = getattr(shown, name)
            yield from _named(value) if is_person else _people(value)


def _named(value: PersonId | Iterable[PersonId] | None) -> Iterator[PersonId]:
    if value is not None:
        yield from (value,) if isinstance(value, str) else value


@cache
def _fields(kind: type) -> tuple[tuple[str, bool], ...]:
    """Name the fields of a dataclass, each with whether it holds people."""
    hints = get_type_hints(kind, include_extras=True)
    return tuple(
        (one.name, hints[one.name] is PersonId or PersonId in get_args(hints[one.name])) for one in fields(kind)
    )
