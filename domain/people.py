"""Which people something refers to. Names are kept elsewhere; here are only references to look them up by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta
from functools import cache
from typing import Annotated, get_args, get_origin, get_type_hints

from domain.text import PersonId

PLAIN = (str, int, float, date, time, timedelta, type(None))


def people_in(*shown: object) -> frozenset[PersonId]:
    """Collect every person that views, tasks or other dataclasses refer to, however deep."""
    found: set[PersonId] = set()
    _gather(shown, found)
    return frozenset(found)


def _gather(shown: object, found: set[PersonId]) -> None:
    kind: type = type(shown)
    if isinstance(shown, (tuple, frozenset)):
        for one in shown:
            _gather(one, found)
    elif inside := _fields(kind):
        for name, is_person in inside:
            value = getattr(shown, name)
            if is_person:
                found.update(_named(value))
            elif value:
                _gather(value, found)
    elif isinstance(shown, Mapping):
        _gather(tuple(shown.values()), found)


def _named(value: PersonId | Iterable[PersonId] | None) -> Iterable[PersonId]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


@cache
def _fields(kind: type) -> tuple[tuple[str, bool], ...]:
    """Name the fields of a dataclass in which people may be, each with whether it holds them itself."""
    if not is_dataclass(kind):
        return ()
    hints = get_type_hints(kind, include_extras=True)
    return tuple((one.name, _names(hints[one.name])) for one in fields(kind) if not _is_plain(hints[one.name]))


def _names(hint: object) -> bool:
    return hint is PersonId or PersonId in get_args(hint)


def _is_plain(hint: object) -> bool:
    """Whether nobody can be in it: a word, a number, a day, or nothing but those."""
    if _names(hint):
        return False
    if get_origin(hint) is Annotated:
        return _is_plain(get_args(hint)[0])
    inner = [one for one in get_args(hint) if one is not Ellipsis]
    return all(map(_is_plain, inner)) if inner else isinstance(hint, type) and issubclass(hint, PLAIN)
