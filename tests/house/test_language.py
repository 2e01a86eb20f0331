"""Guards what pages say: everything has its Dutch, in plain words and short sentences, and nothing else is kept."""

import re
from collections.abc import Sequence
from enum import StrEnum
from string import Formatter

import pytest

from domain.moves import ROWS
from domain.words import Capacity
from service.language.catalogue import read_catalogue
from service.language.deeds import COMMANDS, EVENTS
from service.language.update import extracted, merged, missing, written
from service.language.words import WORDS
from storage import codec

OFFICE_WORDS = (
    "middels",
    "inzake",
    "conform",
    "betreffende",
    "doelgroep",
    "cliënt",
    "cliënten",
    "alsmede",
    "teneinde",
    "dient te",
    "dienen te",
    "reeds",
    r"welke (is|zijn|was|waren|wordt|worden|heeft|hebben|kan|kunnen)",
    "desbetreffende",
    "kwetsbare ouders",
    "te laat",
    "escalatie",
    "toelatingstoets",
)
"""As regular expressions. "Welke" is plain Dutch in a question, and office Dutch where it stands for "die"."""
LONGEST_SENTENCE = 25


def strings_of(said: str | Sequence[str] | None) -> tuple[str, ...]:
    """The Dutch of one text: one string, or one for each number."""
    return (said,) if isinstance(said, str) else tuple(said or ())


KNOWN = read_catalogue()
DUTCH = sorted({string for one in KNOWN if one.id for string in strings_of(one.string)})


def test_the_catalogue_is_level_with_the_source_and_complete() -> None:
    fresh = merged(extracted(), KNOWN)
    assert list(missing(fresh)) == []
    assert {one.id for one in fresh if one.id} == {one.id for one in KNOWN if one.id}, (
        "run: python -m service.language.update"
    )


def test_updating_an_updated_catalogue_changes_nothing() -> None:
    found = extracted()
    assert written(merged(found, KNOWN)) == written(merged(found, merged(found, KNOWN)))


@pytest.mark.parametrize("word", OFFICE_WORDS)
def test_no_office_word_is_used(word: str) -> None:
    assert [text for text in DUTCH if re.search(rf"\b{word}\b", text, re.IGNORECASE)] == []


def test_no_dutch_sentence_is_long() -> None:
    sentences = [sentence for text in DUTCH for sentence in re.split(r"(?<=[.!?:])\s+", text)]
    assert [one for one in sentences if len(one.split()) >= LONGEST_SENTENCE] == []


def test_people_are_addressed_with_u() -> None:
    assert [text for text in DUTCH if re.search(r"\b(je|jij|jou|jouw|jullie)\b", text, re.IGNORECASE)] == []


def test_the_dutch_of_a_text_names_the_same_values() -> None:
    wrong = [
        one.id
        for one in KNOWN
        if isinstance(one.id, str) and one.id and values_in(one.id) != values_in(str(one.string))
    ]
    assert wrong == []


def values_in(text: str) -> set[str]:
    """The names of the values that a text is filled in with."""
    return set(re.findall(r"%\((\w+)\)s", text))


def test_no_text_is_filled_in_with_braces() -> None:
    assert [text for text in DUTCH if any(name for _, name, _, _ in Formatter().parse(text))] == []


@pytest.mark.parametrize("kind", WORDS, ids=[kind.__name__ for kind in WORDS])
def test_every_member_of_an_enumeration_has_its_word(kind: type[StrEnum]) -> None:
    assert set(WORDS[kind]) == set(kind)


def test_everything_that_a_person_can_do_has_its_button() -> None:
    by_people = {name for name, who, _ in ROWS if set(who) != {Capacity.TIME}}
    assert set(COMMANDS) == by_people


def test_everything_that_can_happen_has_its_line() -> None:
    assert set(EVENTS) == set(codec.FACTS)
