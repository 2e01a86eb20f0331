"""What a person typed, and how long it may be.

A field annotated as `Line`, `Text` or `Link` holds words of a person: storage keeps them apart from the event, so that
they can be blackened. Every other string in a command or an event is a code or a reference.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints
from unicodedata import normalize

BLACKENED = "■■■"


@dataclass(frozen=True, slots=True)
class Typed:
    """Typed words: at least one and at most `most` characters, no control characters but tab and line ends."""

    most: int
    pattern: str = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"

    def __get_pydantic_core_schema__(
        self, source: object, handler: Callable[[object], dict[str, Any]]
    ) -> dict[str, Any]:
        """Tell the door these limits in its own language; a plain dictionary, so that nothing is imported for it."""
        limits = {"min_length": 1, "max_length": self.most, "pattern": self.pattern, "strip_whitespace": True}
        return {**handler(source), **limits}


@dataclass(frozen=True, slots=True)
class Coded:
    """A code or a reference: never typed words, so it stays with the event."""

    pattern: str
    most: int = 80

    def __get_pydantic_core_schema__(
        self, source: object, handler: Callable[[object], dict[str, Any]]
    ) -> dict[str, Any]:
        """Tell the door the pattern, as `Typed` does."""
        return {**handler(source), "pattern": self.pattern, "max_length": self.most}


Line = Annotated[str, Typed(200)]
Text = Annotated[str, Typed(4000)]
Link = Annotated[str, Typed(500, pattern=r"^https://[^\s\x00-\x1f\x7f]+$")]

MunicipalityCode = Annotated[str, Coded(r"^GM[0-9]{4}$", most=6)]
RequestId = Annotated[str, Coded(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", most=36)]
PersonId = Annotated[str, Coded(r"^[0-9A-Za-z._:@-]+$")]
PartId = Annotated[str, Coded(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/[0-9]{1,6}$")]
CoalitionId = PartId

Value = TypeVar("Value")


def known_as(name: str) -> str:
    """Write the name of an organisation the way two of them are compared: small letters, single spaces."""
    return " ".join(normalize("NFKC", name).casefold().split())


def with_text(value: Value, change: Callable[[str], str]) -> Value:
    """Give a copy of a dataclass in which every typed text, however deep, is what `change` makes of it."""
    changed: Value = _with_text(value, change)
    return changed


def _with_text(value: Any, change: Callable[[str], str]) -> Any:
    hints = _typed_hints(value.__class__)
    changed = {name: _changed(getattr(value, name), hint, change) for name, hint in hints.items()}
    return replace(value, **changed) if changed else value


def _changed(value: Any, hint: Any, change: Callable[[str], str]) -> Any:
    if value is None:
        return None
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_changed(one, hint, change) for one in value)
    return _with_text(value, change)


@cache
def _typed_hints(kind: type) -> dict[str, Any]:
    """Name the fields of a dataclass in which typed text stands, or may stand deeper down."""
    if not is_dataclass(kind):
        return {}
    hints = get_type_hints(kind, include_extras=True)
    return {one.name: hints[one.name] for one in fields(kind) if _holds_text(hints[one.name])}


def _holds_text(hint: Any) -> bool:
    origin = get_origin(hint)
    if origin is Annotated:
        return any(isinstance(one, Typed) for one in hint.__metadata__)
    if origin in (Union, UnionType, tuple):
        return any(_holds_text(one) for one in get_args(hint))
    return isinstance(hint, type) and bool(_typed_hints(hint))
