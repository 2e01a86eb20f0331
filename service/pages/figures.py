"""The first figures of a municipality beside its neighbours and the country, for the receipt and the request page.

`first_figures` gives them as plain values, `parts/figures.html` shows them: a bar and a number on each line of a table.
What CBS does not give is said to be absent, and has no bar.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from domain.text import MunicipalityCode
from service.language import Tongue, message
from service.pages.visit import Visit
from storage.database import AsyncConnection
from storage.figures import Comparison

PLAIN: Final = "%(value)s"
PERCENT: Final = "%(value)s%%"
PER_THOUSAND: Final = message("%(value)s per 1,000")


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How an indicator is called, explained and said, with as many decimals as CBS gives of it.

    `number` is how it is written where the explanation stands beside it.
    """

    name: str
    about: str
    said: str = PERCENT
    number: str = PERCENT
    decimals: int = 0


SHAPES: Final[Mapping[str, Shape]] = {
    "births": Shape(
        name=message("Births"),
        about=message("Children born in a year, per 1,000 inhabitants."),
        said=PER_THOUSAND,
        number=PLAIN,
    ),
    "households_with_children": Shape(
        name=message("Households with children"),
        about=message("Of all private households."),
    ),
    "households_in_lowest_40_percent": Shape(
        name=message("Households with a lower income"),
        about=message("Households that are among the 40 percent with the lowest incomes of the country."),
    ),
    "households_around_social_minimum": Shape(
        name=message("Households around the social minimum"),
        about=message("Households with an income below or around the social minimum."),
    ),
    "youth_with_youth_care": Shape(
        name=message("Young people with youth care"),
        about=message("Of all young people in the municipality."),
        decimals=1,
    ),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a figure: of whom, how much in words and as a number, how long its bar is (0 to 100); or absent."""

    who: str
    said: str | None = None
    number: str | None = None
    length: float | None = None
    is_own: bool = False


@dataclass(frozen=True, kw_only=True)
class ShownFigure:
    """One indicator, in its newest year."""

    name: str
    about: str
    year: int
    lines: tuple[Line, ...]


async def first_figures(
    connection: AsyncConnection, visit: Visit, code: MunicipalityCode, name: str
) -> tuple[ShownFigure, ...]:
    """Give the first figures of a municipality (`name` is what it is called), in the reader's language."""
    found = await visit.parts.lasting.figures(connection, code, tuple(SHAPES))
    return tuple(_shown(one, visit.tongue, name) for one in found)


@lru_cache(maxsize=2048)  # They change once a year, and stand on every page of a request.
def _shown(one: Comparison, tongue: Tongue, name: str) -> ShownFigure:
    shape = SHAPES[one.indicator]
    return ShownFigure(
        name=tongue.say(shape.name),
        about=tongue.say(shape.about),
        year=one.year,
        lines=tuple(_lines(one, shape, tongue, name)),
    )


def _lines(one: Comparison, shape: Shape, tongue: Tongue, name: str) -> Iterator[Line]:
    """A line each, rounded as CBS does, so that nothing that was computed looks more exact than what was counted."""
    found = {name: one.own, tongue.say("Neighbours together"): one.neighbours, tongue.say("Netherlands"): one.country}
    values = {who: None if value is None else round(value, shape.decimals) for who, value in found.items()}
    most = max((value for value in values.values() if value is not None), default=0)
    for who, value in values.items():
        if value is None:
            yield Line(who=who, is_own=who == name)
            continue
        number = tongue.number(value, shape.decimals)
        yield Line(
            who=who,
            said=tongue.say(shape.said, value=number),
            number=shape.number % {"value": number},
            length=round(100 * value / most, 1) if most else 0,
            is_own=who == name,
        )
