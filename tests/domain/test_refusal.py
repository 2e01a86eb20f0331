"""Refusals: every no has a stable code and tells what to do, in Dutch and in English."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from domain.refusal import NO_SUCH_PART, NOT_IN_THIS_STAGE, Reason, first_of
from domain.subjects import SUBJECTS

FORBIDDEN = ("te laat", "escalatie", "doelgroep", "middels", "inzake", "conform", "betreffende")
MOST_WORDS = 25
REASONS = sorted(Reason.known.values(), key=lambda reason: reason.code)


def named_in(sentence: str) -> set[str]:
    """The parameters that a sentence names."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [one for one in re.split(r"(?<=[.?!:;])\s+", text) if one]


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.code)
def test_rule_14_every_refusal_has_a_code_and_a_sentence_in_dutch_and_in_english(reason: Reason) -> None:
    assert re.fullmatch(r"[A-Z]+(_[A-Z]+)*", reason.code)
    assert reason.nl != reason.en
    for text in (reason.nl, reason.en):
        assert text[0].isupper() or text[0] == "{"
        assert text.endswith(".")
        assert all(len(one.split()) < MOST_WORDS for one in sentences(text))
    assert named_in(reason.nl) == named_in(reason.en)


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.code)
def test_rule_14_the_dutch_is_plain_and_says_u(reason: Reason) -> None:
    assert not [word for word in FORBIDDEN if word in reason.nl.lower()]
    assert not re.search(r"\b(jij|je|jouw|jullie)\b", reason.nl.lower())


def test_rule_14_every_code_is_declared_once() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        Reason(NO_SUCH_PART.code, nl="Nog eens.", en="Again.")
    declared = [one for subject in SUBJECTS for one in vars(subject).values() if isinstance(one, Reason)]
    assert declared
    assert all(Reason.known[one.code] is one for one in declared)


def test_a_sentence_names_what_it_is_about() -> None:
    no = NOT_IN_THIS_STAGE(stage="VISIT")
    assert "(VISIT)" in no.sentence()
    assert "(VISIT)" in no.sentence("en")
    assert repr(no.reason) == "Reason(NOT_IN_THIS_STAGE)"


def test_several_refusals_are_told_as_one() -> None:
    first, second = NO_SUCH_PART("meeting"), NO_SUCH_PART("partner")
    told = first_of((first, second))
    assert (told.code, told.field, told.others) == (first.code, "meeting", (second,))
