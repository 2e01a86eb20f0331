"""The reference of the domain is complete, says what each thing means, and names nothing that is not there."""

from __future__ import annotations

import inspect
import re
from enum import StrEnum

import pytest

from domain import words
from domain.moves import ROWS
from domain.refusal import Reason
from domain.subjects import APPLY, DECIDE
from domain.terms import Waiting
from domain.words import Stage
from tests.house.reference import DOCS, REFERENCE, meaning, reference

NAMES = {
    "Stages": {str(stage) for stage in Stage},
    "Commands": {name for name, _, _ in ROWS},
    "Events": {kind.__name__ for kind in APPLY},
    "Refusals": set(Reason.known),
}
KINDS: list[type] = sorted([*DECIDE, *APPLY], key=lambda kind: kind.__name__)
ENUMS: list[type[StrEnum]] = [
    kind for _, kind in inspect.getmembers(words, inspect.isclass) if issubclass(kind, StrEnum)
]
FIRST_COLUMN = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)
DUTCH_OFFICE_WORDS = re.compile(r"te laat|escalatie|doelgroep|cliënt|middels|inzake|conform|betreffende", re.IGNORECASE)
MOST_WORDS = 25


def documented(title: str) -> list[str]:
    """The names in the first column of one section of the reference."""
    page = REFERENCE.read_text(encoding="utf-8")
    section = page.split(f"## {title}\n")[1].split("\n## ")[0]
    return FIRST_COLUMN.findall(section)


@pytest.mark.parametrize("title", NAMES)
def test_everything_is_documented_and_nothing_else(title: str) -> None:
    assert sorted(documented(title)) == sorted(NAMES[title])


def test_every_waiting_is_documented_as_a_task_or_as_a_clock() -> None:
    assert sorted(documented("Tasks") + documented("Clocks")) == sorted(Waiting)


def test_the_reference_is_what_the_code_says() -> None:
    written = REFERENCE.read_text(encoding="utf-8")

    assert written == reference(), "run `python -m tests.house.reference` and commit what it writes"


def test_every_command_of_the_table_has_a_rule_and_every_rule_a_place_in_the_table() -> None:
    assert {str(vars(kind)["type"]) for kind in DECIDE} == NAMES["Commands"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_command_and_event_says_what_it_means(kind: type) -> None:
    assert meaning(kind).endswith(".")
    assert not meaning(kind).startswith(f"{kind.__name__}(")


@pytest.mark.parametrize("code", sorted(Reason.known))
def test_rule_14_every_refusal_says_what_to_do_in_plain_dutch_and_in_english(code: str) -> None:
    reason = Reason.known[code]

    assert reason.code.isupper()
    assert len(reason.nl.split()) <= MOST_WORDS
    assert not DUTCH_OFFICE_WORDS.search(reason.nl)
    assert reason.nl.endswith(".")
    assert reason.en.endswith(".")
    assert reason.nl != reason.en


def test_the_glossary_knows_every_word_of_the_journey() -> None:
    glossary = set(re.findall(r"`(\w+)`", (DOCS / "glossary.md").read_text(encoding="utf-8")))

    assert {str(word) for kind in ENUMS for word in kind} | set(Waiting) <= glossary
