"""What is wrong with a list, by line and column, so that all of it can be set right at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from service.cli_failure import Failure
from service.importing.columns import Column

MOST_SHOWN = 50


class Unclear(ValueError):
    """A cell that cannot be understood; its sentence says what to write instead."""


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """What is wrong on one line of the file, counted from 1; without a column it is about the whole line."""

    line: int
    sentence: str
    column: Column | None = None

    def __str__(self) -> str:
        place = f"line {self.line}, {self.column}" if self.column else f"line {self.line}"
        return f"{place}: {self.sentence}"


class ListRefused(Failure):
    """A list with mistakes: nothing of it was taken over."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(mistakes, key=lambda one: (one.line, one.column or "")))
        number = len(self.mistakes)
        shown = "\n".join(f"  {one}" for one in self.mistakes[:MOST_SHOWN])
        more = f"\n  and {number - MOST_SHOWN} more" if number > MOST_SHOWN else ""
        found = "1 mistake was found" if number == 1 else f"{number} mistakes were found"
        super().__init__(
            f"Nothing was imported: {found}.\n{shown}{more}",
            "Set these right in the list and import it again. docs/import.md tells what each column may hold.",
        )
