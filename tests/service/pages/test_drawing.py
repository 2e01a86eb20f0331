"""Bars: in proportion to each other, and a mark whole on its board."""

from __future__ import annotations

from service.pages.staff.drawing import BOARD, MARK, Value, bars


def test_bars_are_in_proportion_to_the_largest() -> None:
    drawn = bars([Value(number=4, stands_out=1), Value(number=2), Value(number=0)])
    assert [one.length for one in drawn] == [BOARD, BOARD / 2, 0]
    assert drawn[0].stands_out == BOARD / 4


def test_a_mark_is_never_cut_off() -> None:
    full, roomy = bars([Value(number=8, mark=8), Value(number=4, mark=None)])
    assert full.length == full.mark == BOARD - MARK
    assert roomy.mark is None


def test_nothing_to_show_has_no_length() -> None:
    assert [one.length for one in bars([Value(number=0)])] == [0]
