"""The picture of the stages in the architecture is the table of moves, drawn."""

from __future__ import annotations

from domain.moves import STEPS, diagram
from domain.words import Stage
from tests.house.reference import ARCHITECTURE


def test_the_stages_are_drawn_as_the_table_says() -> None:
    page = ARCHITECTURE.read_text(encoding="utf-8")

    assert f"```mermaid\n{diagram()}\n```" in page, "run `python -m tests.house.reference` and commit what it writes"


def test_the_picture_shows_every_stage_and_a_way_out_of_each() -> None:
    assert {start for start, _, _ in STEPS} == set(Stage)
    assert {end for _, end, _ in STEPS} >= set(Stage) - {Stage.INTAKE}
