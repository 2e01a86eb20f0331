"""The reference data we ship are whole, agree with each other, and keep what is unknown apart from zero."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain.words import Ground
from storage.reference import (
    EligibilityRule,
    MergerStatus,
    eligibility_rules,
    indicators,
    key_figures,
    mergers,
    municipalities,
)

CODES = {municipality.code for municipality in municipalities()}
BY_CODE = {municipality.code: municipality for municipality in municipalities()}
FIGURES = {(figure.municipality, figure.indicator, figure.year): figure for figure in key_figures()}


def test_there_are_342_municipalities_each_with_a_code_of_its_own() -> None:
    assert len(municipalities()) == len(CODES) == 342
    assert all(re.fullmatch(r"GM\d{4}", code) for code in CODES)


def test_a_name_means_one_municipality() -> None:
    names = Counter(m.name.casefold() for m in municipalities())
    others = Counter(m.also_known_as.casefold() for m in municipalities() if m.also_known_as)
    assert (names + others).most_common(1)[0][1] == 1


def test_names_are_read_with_their_accents_and_commas() -> None:
    assert (BY_CODE["GM1900"].name, BY_CODE["GM1900"].also_known_as) == ("Súdwest-Fryslân", "Zuidwest-Friesland")
    assert BY_CODE["GM0820"].name == "Nuenen, Gerwen en Nederwetten"
    assert (BY_CODE["GM0983"].name, BY_CODE["GM0983"].also_known_as) == ("Venlo", None)


def test_every_municipality_lies_in_a_province_a_ggd_region_and_a_safety_region() -> None:
    assert len({m.province for m in municipalities()}) == 12
    assert len({m.ggd_region for m in municipalities()}) == 25
    assert len({m.safety_region for m in municipalities()}) == 25
    assert all(m.name and m.province and m.ggd_region and m.safety_region for m in municipalities())


def test_a_safety_region_is_one_ggd_region_but_for_brabant() -> None:
    shared = {m.safety_region: set[str]() for m in municipalities()}
    for municipality in municipalities():
        shared[municipality.safety_region].add(municipality.ggd_region)
    assert {region for region, ggds in shared.items() if len(ggds) > 1} == {"Midden- en West-Brabant"}
    assert shared["Midden- en West-Brabant"] == {"GGD West-Brabant", "GGD Hart voor Brabant"}


def test_neighbours_are_each_others_neighbours() -> None:
    one_sided = [(m.code, n) for m in municipalities() for n in m.neighbours if m.code not in BY_CODE[n].neighbours]
    assert one_sided == []
    assert not any(m.code in m.neighbours for m in municipalities())


def test_only_three_islands_have_no_neighbour() -> None:
    assert {m.name for m in municipalities() if not m.neighbours} == {"Ameland", "Schiermonnikoog", "Texel"}


def test_every_merger_has_a_successor_and_every_merged_code_has_ended() -> None:
    done = [merger for merger in mergers() if merger.status is MergerStatus.DONE]
    assert len(done) == 14
    assert {merger.new_code for merger in mergers()} <= CODES
    assert {merger.old_code for merger in done}.isdisjoint(CODES)
    assert len({merger.old_code for merger in mergers()}) == len(mergers())


def test_what_is_only_planned_is_shipped_as_planned() -> None:
    planned = [merger for merger in mergers() if merger.status is MergerStatus.PLANNED]
    assert [(merger.old_name, BY_CODE[merger.new_code].name, merger.on) for merger in planned] == [
        ("Wijdemeren", "Hilversum", date(2027, 1, 1))
    ]
    assert planned[0].old_code in CODES


def test_figures_are_about_known_municipalities_and_indicators_once_each() -> None:
    assert {figure.municipality for figure in key_figures()} == CODES
    assert {figure.indicator for figure in key_figures()} == {indicator.code for indicator in indicators()}
    assert {figure.year for figure in key_figures()} == {2022, 2023, 2024}
    assert len(FIGURES) == len(key_figures()) == 6_829


def test_a_figure_that_is_not_there_is_absent_and_not_zero() -> None:
    absent_in_2022 = CODES - {figure.municipality for figure in key_figures() if figure.year == 2022}
    assert absent_in_2022 == {"GM1992"}
    assert ("GM0363", "births", 2023) not in FIGURES
    assert all(figure.value > 0 for figure in key_figures())


def test_figures_carry_the_value_and_unit_that_cbs_gives() -> None:
    figure = FIGURES["GM0014", "distance_to_gp", 2022]
    assert (figure.value, figure.unit) == (Decimal("0.9"), "km")
    assert FIGURES["GM0363", "population", 2022].value == 882_633
    assert FIGURES["GM0363", "population", 2023].value == 918_117


def test_shares_are_percentages_and_classes_run_from_one_to_five() -> None:
    shares = [figure.value for figure in key_figures() if figure.unit == "percent"]
    classes = {figure.value for figure in key_figures() if figure.indicator == "urbanity"}
    assert max(shares) <= 100
    assert classes == {1, 2, 3, 4, 5}


def test_the_lowest_incomes_are_two_fifths_of_all_households() -> None:
    """The national share weighted by households must come near 40: it tells this figure from the poverty line."""
    households = {code: FIGURES[code, "households", 2022].value for code in CODES - {"GM1992"}}
    share = sum(n * FIGURES[code, "households_in_lowest_40_percent", 2022].value for code, n in households.items())
    assert 39 < share / sum(households.values()) < 41


def test_the_netherlands_have_about_eighteen_million_inhabitants() -> None:
    inhabitants = sum(FIGURES[code, "population", 2024].value for code in CODES)
    assert inhabitants == 17_942_942


def answering(day: date) -> list[EligibilityRule]:
    return [r for r in eligibility_rules() if r.valid_from <= day and (r.valid_until is None or day < r.valid_until)]


def test_exactly_one_eligibility_rule_answers_for_every_day_since_2019() -> None:
    days = [date(2019, 1, 1) + timedelta(days=n) for n in range(366 * 12)]
    assert {len(answering(day)) for day in days} == {1}
    assert answering(date(2018, 12, 31)) == []


@pytest.mark.parametrize(
    ("day", "ground"),
    [
        (date(2019, 1, 1), Ground.GIDS_LIST),
        (date(2020, 1, 31), Ground.GIDS_LIST),
        (date(2020, 2, 1), Ground.REGISTERED),
        (date(2022, 8, 31), Ground.REGISTERED),
        (date(2022, 9, 1), Ground.ANY),
        (date(2022, 12, 31), Ground.ANY),
        (date(2023, 1, 1), Ground.REGISTERED),
    ],
)
def test_the_ground_of_a_day_is_the_one_the_programme_published(day: date, ground: Ground) -> None:
    assert [rule.ground for rule in answering(day)] == [ground]


def test_registered_with_vws_is_the_one_rule_in_force() -> None:
    in_force = [rule for rule in eligibility_rules() if rule.valid_until is None]
    assert [(rule.code, rule.ground) for rule in in_force] == [("vws-aangemeld", Ground.REGISTERED)]


def test_every_rule_names_where_it_was_published() -> None:
    assert all(rule.source.startswith("https://www.kansrijkestartnl.nl/") for rule in eligibility_rules())
    assert len({rule.code for rule in eligibility_rules()}) == 4
