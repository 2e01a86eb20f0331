"""Reference data: what Startloket knows about the Netherlands before anybody has typed a word.

The facts lie beside this file as CSV (UTF-8, ISO dates, an empty field is absent); `SOURCES.md` names where each comes
from. This file only reads them into values. Loading them into tables, and following a merger, is done elsewhere.

Of the eligibility rules, `valid_until` is the first day on which a rule no longer holds, so that exactly one answers
for every day from 1 January 2019 on, and none before. How four texts became four rules:

- 2019: a GIDS municipality that had registered. Both conditions sit in one ground, GIDS_LIST: the list that staff load
  comes from the circulars that name whom the impuls was paid to.
- From 1 February 2020, when other municipalities could register too ("early February"): REGISTERED.
- From 1 September 2022, when the September circular paid all others as well: ANY.
- From 1 January 2023, without end: REGISTERED. This is the rule in force. The programme's own text asks for
  registration with the ministry of VWS; since 2023 that is an application for the brede SPUK. It names the GIDS
  municipalities as well, which is why staff may replace it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources
from io import StringIO

from domain.words import Ground


@dataclass(frozen=True, kw_only=True)
class Municipality:
    """A municipality of 2024 to 2026, with the names of its regions as they write them.

    `code` is the CBS code, `GM` and four digits; `also_known_as` is one other name people search for, if there is one;
    `neighbours` are the codes of the municipalities it shares a border with, none for three of the islands.
    """

    code: str
    name: str
    also_known_as: str | None
    province: str
    ggd_region: str
    safety_region: str
    neighbours: tuple[str, ...]


class MergerStatus(StrEnum):
    """Whether a merger took place. A planned one is told to staff and never followed."""

    DONE = "DONE"
    PLANNED = "PLANNED"


@dataclass(frozen=True, kw_only=True)
class MunicipalMerger:
    """A municipality that ends: `on` is the first day on which `new_code` stands in its place."""

    on: date
    old_code: str
    old_name: str
    new_code: str
    status: MergerStatus


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """What a key figure measures: a Dutch name and definition for pages, and the unit its values are in."""

    code: str
    name: str
    unit: str
    definition: str


@dataclass(frozen=True, kw_only=True)
class KeyFigure:
    """One figure of CBS about one municipality in one year; `indicator` is the code of an `Indicator`, in `unit`.

    A figure that CBS does not give is not in the list. It is never 0.
    """

    municipality: str
    indicator: str
    year: int
    value: Decimal
    unit: str


@dataclass(frozen=True, kw_only=True)
class EligibilityRule:
    """Which municipalities may use the programme when they ask from `valid_from` up to, not including, `valid_until`.

    No `valid_until` means that the rule is in force. `name` is Dutch, for pages; `source` is where it was published.
    """

    code: str
    valid_from: date
    valid_until: date | None
    ground: Ground
    name: str
    source: str


@cache
def municipalities() -> tuple[Municipality, ...]:
    """Return all 342 municipalities, by code."""
    return tuple(_municipality(row) for row in _rows("municipalities.csv"))


@cache
def mergers() -> tuple[MunicipalMerger, ...]:
    """Return the mergers since 2022, done and planned, in order of time."""
    return tuple(_merger(row) for row in _rows("mergers.csv"))


@cache
def indicators() -> tuple[Indicator, ...]:
    """Return what is measured, in the order in which it is shown."""
    return tuple(Indicator(**row) for row in _rows("indicators.csv"))


@cache
def key_figures() -> tuple[KeyFigure, ...]:
    """Return every figure that CBS gives for 2022, 2023 and 2024, by municipality, year and indicator."""
    return tuple(figure for row in _rows("key_figures.csv") for figure in _key_figures(row))


@cache
def eligibility_rules() -> tuple[EligibilityRule, ...]:
    """Return the rules that are shipped, in order of time; the last one is in force."""
    return tuple(_eligibility_rule(row) for row in _rows("eligibility_rules.csv"))


def _rows(file: str) -> Iterator[dict[str, str]]:
    text = resources.files(__name__).joinpath(file).read_text(encoding="utf-8")
    return csv.DictReader(StringIO(text, newline=""), strict=True)


def _municipality(row: dict[str, str]) -> Municipality:
    return Municipality(
        code=row["code"],
        name=row["name"],
        also_known_as=row["also_known_as"] or None,
        province=row["province"],
        ggd_region=row["ggd_region"],
        safety_region=row["safety_region"],
        neighbours=tuple(row["neighbours"].split()),
    )


def _merger(row: dict[str, str]) -> MunicipalMerger:
    return MunicipalMerger(
        on=date.fromisoformat(row["on"]),
        old_code=row["old_code"],
        old_name=row["old_name"],
        new_code=row["new_code"],
        status=MergerStatus(row["status"]),
    )


def _key_figures(row: dict[str, str]) -> Iterator[KeyFigure]:
    """Yield the figures of one row, which holds one municipality and year and a column for each indicator."""
    for indicator in indicators():
        if value := row[indicator.code]:
            yield KeyFigure(
                municipality=row["municipality"],
                indicator=indicator.code,
                year=int(row["year"]),
                value=Decimal(value),
                unit=indicator.unit,
            )


def _eligibility_rule(row: dict[str, str]) -> EligibilityRule:
    return EligibilityRule(
        code=row["code"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_until=date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
        ground=Ground(row["ground"]),
        name=row["name"],
        source=row["source"],
    )
