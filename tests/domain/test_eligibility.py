"""Eligibility: dated rules, judged for the day a request was received, per municipality."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.command import EligibilityRule, Facts
from domain.eligibility import determined, ground_on
from domain.words import Eligibility, Ground
from tests.domain.journey import FACTS, MAASTRICHT, PEEL_EN_MAAS, VENLO, Journey, submission, submitted, venlo

NEW_YEAR = date(2027, 1, 1)
UNTIL_NEW_YEAR = EligibilityRule(valid_from=date(2025, 1, 1), valid_until=NEW_YEAR, ground=Ground.REGISTERED)
FROM_NEW_YEAR = EligibilityRule(valid_from=NEW_YEAR, valid_until=None, ground=Ground.ANY)
DATED = replace(FACTS, eligibility_rules=(UNTIL_NEW_YEAR, FROM_NEW_YEAR))


@pytest.mark.parametrize(
    ("day", "ground"),
    [
        (date(2024, 12, 31), None),
        (date(2025, 1, 1), Ground.REGISTERED),
        (date(2026, 12, 31), Ground.REGISTERED),
        (NEW_YEAR, Ground.ANY),
    ],
)
def test_rule_01_the_rule_of_the_day_decides(day: date, ground: Ground | None) -> None:
    assert ground_on(day, DATED) is ground


def test_rule_01_each_municipality_that_is_named_is_judged() -> None:
    journey = submitted(participating=(MAASTRICHT, PEEL_EN_MAAS))
    assert journey.request.eligibility == {
        VENLO: Eligibility.ELIGIBLE,
        MAASTRICHT: Eligibility.NOT_ELIGIBLE,
        PEEL_EN_MAAS: Eligibility.ELIGIBLE,
    }


@pytest.mark.parametrize(
    ("day", "facts", "outcome"),
    [
        (date(2024, 1, 1), DATED, Eligibility.UNDETERMINED),
        (date(2026, 1, 1), DATED, Eligibility.NOT_ELIGIBLE),
        (date(2026, 1, 1), replace(DATED, lists={}), Eligibility.UNDETERMINED),
        (date(2027, 1, 1), replace(DATED, lists={}), Eligibility.ELIGIBLE),
    ],
    ids=["no rule", "not on the list", "list not loaded", "any municipality"],
)
def test_rule_01_what_cannot_be_told_is_undetermined(day: date, facts: Facts, outcome: Eligibility) -> None:
    assert determined((MAASTRICHT,), day, facts).outcomes == {MAASTRICHT: outcome}


def test_rule_01_a_later_change_of_rules_changes_no_old_decision() -> None:
    journey = Journey(facts=DATED)
    journey.give(venlo, submission(participating=(MAASTRICHT,)))
    journey.facts = replace(DATED, eligibility_rules=(), lists={})
    assert journey.refolded().eligibility[MAASTRICHT] is Eligibility.NOT_ELIGIBLE
