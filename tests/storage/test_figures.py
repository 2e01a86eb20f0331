"""Key figures side by side: what several municipalities have together is weighed, and what is absent stays absent."""

from __future__ import annotations

import pytest

from storage.figures import compare_figures
from tests.domain.journey import VENLO
from tests.office import Office

VOORNE_AAN_ZEE, TEXEL = "GM1992", "GM0448"
FRAMEWORK = "households_in_lowest_40_percent"


async def test_a_municipality_stands_beside_its_neighbours_and_the_country(office: Office) -> None:
    async with office.engine.connect() as connection:
        births, lowest = await compare_figures(connection, VENLO, ["births", FRAMEWORK])

    assert (births.indicator, births.year) == ("births", 2022)
    assert births.own is not None
    assert births.neighbours is not None
    assert lowest.country == pytest.approx(40, abs=0.5), "by definition two in five of all households"


async def test_a_figure_that_is_not_there_is_absent(office: Office) -> None:
    async with office.engine.connect() as connection:
        (births,) = await compare_figures(connection, VOORNE_AAN_ZEE, ["births"])
        (alone,) = await compare_figures(connection, TEXEL, ["births"])
        none = await compare_figures(connection, VENLO, ["nobody counts this"])

    assert births.own is None
    assert births.country is not None
    assert alone.own is not None
    assert alone.neighbours is None
    assert none == ()
