"""Forms: what a page shows in its fields, and what was wrong when they were sent.

Every form carries an id, by which sending twice is sending once, and the version of the request that it was filled in
on. A form that could not be carried out is shown again: what was typed is kept, what is wrong stands on top and by its
field.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

KEY: Final = "key"
VERSION: Final = "version"
RESUMED: Final = "resumed"

Values = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """One thing that is wrong, in the reader's language; `field` is where, unless it is about the whole.

    `group` is which of several groups of fields alike it stands in.
    """

    field: str | None
    text: str
    group: str | None = None

    @property
    def in_summary(self) -> str:
        """How it is said away from its field: no two of them alike."""
        return f"{self.group}: {self.text}" if self.group else self.text


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form as it is shown.

    `changed` says what others did meanwhile, when it was filled in on an older version; `is_resumed` that it is shown
    to somebody whose session ended before it was sent.
    """

    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    version: int | None = None
    values: Values = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()
    changed: tuple[str, ...] = ()
    is_resumed: bool = False

    @property
    def is_wrong(self) -> bool:
        """Whether it is shown again because it could not be carried out."""
        return bool(self.mistakes)

    def value(self, name: str) -> str:
        """What stands in a field."""
        return next(iter(self.values.get(name, ())), "")

    def has(self, name: str, value: str) -> bool:
        """Whether this choice was made."""
        return value in self.values.get(name, ())

    def mistake(self, name: str) -> str | None:
        """What is wrong with a field."""
        return next((one.text for one in self.mistakes if one.field == name), None)


def blank(version: int | None = None, **values: str | Iterable[str]) -> Form:
    """A form that is shown for the first time, filled in with what is known already."""
    known = {name: (value,) if isinstance(value, str) else tuple(value) for name, value in values.items()}
    return Form(version=version, values=known)
