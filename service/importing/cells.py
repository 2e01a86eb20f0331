"""What the cells of one line mean: days, municipalities, kinds of question, stages and outcomes in Dutch words.

A cell that cannot be understood is a mistake with its line and column; an empty one is unknown, and stays so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from domain.command import LONG_AGO
from domain.text import Line, Text, known_as
from domain.words import CoalitionKind, Outcome, QuestionKind, Stage
from domain.working_time import ZONE
from service.importing.columns import Column
from service.importing.mistakes import Mistake, Unclear
from service.importing.table import Row

Value = TypeVar("Value")
Word = TypeVar("Word", bound=StrEnum)

DAY = r"(?:(?P<day>\d{1,2})[-/](?P<month>\d{1,2})[-/](?P<year>\d{4})|(?P<iso>\d{4}-\d{2}-\d{2}))"
MOMENT = re.compile(rf"{DAY}(?:[ T]+(?P<hour>\d{{1,2}})[:.](?P<minute>\d{{2}})(?::00)?)?")
MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
BETWEEN = re.compile(r"[;,|\n]")
LATEST_YEAR = 2040
NOT_KNOWN_YET = frozenset({"onbekend", "ja", "?"})

KINDS: Mapping[str, QuestionKind] = MappingProxyType(
    {
        "hulp bij de start": QuestionKind.START,
        "start": QuestionKind.START,
        "samenwerking versterken en verduurzamen": QuestionKind.STRENGTHEN,
        "versterken": QuestionKind.STRENGTHEN,
        "een (start)bijeenkomst organiseren": QuestionKind.MEETING,
        "bijeenkomst": QuestionKind.MEETING,
        "rollen en afspraken": QuestionKind.ROLES,
        "rollen": QuestionKind.ROLES,
        "advies over een thema": QuestionKind.THEME,
        "thema": QuestionKind.THEME,
        "voorbeelden en nieuws": QuestionKind.EXAMPLES,
        "voorbeelden": QuestionKind.EXAMPLES,
        "samenwerken in de regio": QuestionKind.REGIONAL,
        "regio": QuestionKind.REGIONAL,
        "dat weten we nog niet": QuestionKind.UNSURE,
        "onbekend": QuestionKind.UNSURE,
    }
)
STAGES: Mapping[str, Stage] = MappingProxyType(
    {
        "aanvraag": Stage.INTAKE,
        "adviseur zoeken": Stage.ASSIGNMENT,
        "adviesgesprek": Stage.VISIT,
        "startbijeenkomst": Stage.KICKOFF,
        "vervolgacties": Stage.FOLLOW_UP,
        "hoe gaat het verder": Stage.EMBEDDING,
        "gesloten": Stage.CLOSED,
    }
)
OUTCOMES: Mapping[str, Outcome] = MappingProxyType(
    {
        "afgerond": Outcome.COMPLETED,
        "niet in behandeling": Outcome.DECLINED,
        "samengevoegd": Outcome.MERGED,
        "ingetrokken": Outcome.WITHDRAWN,
        "gestopt": Outcome.STOPPED,
    }
)
COALITION_KINDS: Mapping[str, CoalitionKind] = MappingProxyType(
    {"lokaal": CoalitionKind.LOCAL, "regionaal": CoalitionKind.REGIONAL}
)
LINE: TypeAdapter[Line] = TypeAdapter(Line)
TEXT: TypeAdapter[Text] = TypeAdapter(Text)


class Cells:
    """The cells of one line, read one by one; what is wrong with them is kept."""

    def __init__(self, row: Row) -> None:
        self.row, self.mistakes = row, list[Mistake]()

    def read(self, column: Column, understand: Callable[[str], Value], *, needed: bool = False) -> Value | None:
        """Understand a cell; None when it is empty, or cannot be understood."""
        said = self.row.cells.get(column)
        if needed and not said:
            self.wrong("fill this in", column)
        try:
            return understand(said) if said else None
        except Unclear as unclear:
            self.wrong(str(unclear), column)
            return None

    def wrong(self, sentence: str, column: Column | None = None) -> None:
        """Keep a mistake of this line."""
        self.mistakes.append(Mistake(line=self.row.line, column=column, sentence=sentence))

    def has(self, column: Column) -> bool:
        """Say whether anything stands in this cell."""
        return column in self.row.cells


def moment(said: str) -> datetime:
    """Read a day as dd-mm-jjjj, d-m-jjjj or jjjj-mm-dd, with or without an hour; without it, midnight in Amsterdam."""
    found = MOMENT.fullmatch(said)
    try:
        if found is None:
            raise ValueError
        hour = time(int(found["hour"] or 0), int(found["minute"] or 0))
        return datetime.combine(_day(found), hour, ZONE)
    except ValueError:
        raise Unclear(f'"{said}" is no date; write it as dd-mm-jjjj, as in 07-09-2026') from None


def day(said: str) -> date:
    """Read a day; an hour beside it means nothing."""
    return moment(said).date()


def look_again(said: str) -> date | None:
    """Read until which day a request rests; a word that says that nobody knows is no day."""
    return None if known_as(said) in NOT_KNOWN_YET else day(said)


def _day(found: re.Match[str]) -> date:
    if found["iso"]:
        read = date.fromisoformat(found["iso"])
    else:
        read = date(int(found["year"]), int(found["month"]), int(found["day"]))
    if not LONG_AGO.year <= read.year <= LATEST_YEAR:
        raise ValueError(read)
    return read


def mail(said: str) -> str:
    """Read a mail address."""
    if not MAIL.fullmatch(said):
        raise Unclear(f'"{said}" is no mail address')
    return line(said)


def line(said: str) -> Line:
    """Read a short text of one person."""
    return _typed(LINE, said)


def text(said: str) -> Text:
    """Read a longer text of one person."""
    return _typed(TEXT, said)


def _typed(adapter: TypeAdapter[Any], said: str) -> str:
    try:
        typed: str = adapter.validate_python(said)
    except ValidationError as error:
        told = error.errors()[0]
        if told["type"] == "string_too_long":
            raise Unclear(f"it is longer than {told['ctx']['max_length']} characters") from None
        raise Unclear("it holds a character that is no text") from None
    return typed


def word_of(words: Mapping[str, Word]) -> Callable[[str], Word]:
    """Make a reader of one of these Dutch words, or of the identifier that stands for it."""

    def read(said: str) -> Word:
        known = {**words, **{known_as(one.value): one for one in words.values()}}
        if known_as(said) not in known:
            raise Unclear(f'"{said}" is not known; write one of: {", ".join(_first_words(words))}')
        return known[known_as(said)]

    return read


def kinds(said: str) -> tuple[QuestionKind, ...]:
    """Read kinds of question, each once."""
    read = word_of(KINDS)
    return tuple(dict.fromkeys(read(one.strip()) for one in BETWEEN.split(said) if one.strip()))


def _first_words(words: Mapping[str, Word]) -> list[str]:
    """The word to write for each, where more than one is understood."""
    return list({one: word for word, one in reversed(list(words.items()))}.values())[::-1]
