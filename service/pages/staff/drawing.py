"""Plots as plain numbers: bars that stand in the table whose figures they show, so that neither is without the other.

A board is 100 wide, whatever room the page has. Colours and lines come from the stylesheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

BOARD: Final = 100
MARK: Final = 2
"""What a mark takes of a board, so that none stands half beside it."""


@dataclass(frozen=True, kw_only=True)
class Value:
    """What a bar shows: a number, how much of it stands out, and a mark, such as how much would fit."""

    number: float
    stands_out: float = 0
    mark: float | None = None


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A bar on its board: how long it is, how long the part that stands out, and where the mark is."""

    length: float
    stands_out: float
    mark: float | None


def bars(values: Sequence[Value]) -> tuple[Bar, ...]:
    """Draw a bar for each, in proportion to the largest of them."""
    most = max((max(one.number, one.mark or 0) for one in values), default=0) or 1
    board = BOARD - MARK if any(one.mark is not None for one in values) else BOARD

    def long(number: float) -> float:
        return round(number / most * board, 1)

    return tuple(
        Bar(
            length=long(one.number),
            stands_out=long(one.stands_out),
            mark=long(one.mark) if one.mark is not None else None,
        )
        for one in values
    )
