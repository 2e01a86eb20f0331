"""A cursor leads to the next page of the list it was written for, and is worth nothing when it was changed."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from domain.refusal import Refusal
from service.api.paging import Cursors

Place = tuple[date, str, str]
CURSORS: Cursors[Place] = Cursors(TypeAdapter(Place), "tasks").signed_by("secret")
PLACE: Place = (date(2027, 3, 1), "0a1b2c3d-0000-4000-8000-000000000000", "DO_ACTION:7")
CURSOR = CURSORS.write(PLACE, "due") or ""


@given(st.tuples(st.dates(), st.text(), st.text()), st.text())
def test_what_is_written_is_read_back(place: Place, order: str) -> None:
    assert CURSORS.read(CURSORS.write(place, order), order) == place


def test_the_last_page_has_no_cursor_and_the_first_needs_none() -> None:
    assert CURSORS.write(None) is None
    assert CURSORS.read(None) is None


@pytest.mark.parametrize("at", range(len(CURSOR)))
def test_a_cursor_with_one_other_character_is_refused(at: int) -> None:
    other = "A" if CURSOR[at] != "A" else "B"

    with pytest.raises(Refusal, match="UNKNOWN_CURSOR"):
        CURSORS.read(CURSOR[:at] + other + CURSOR[at + 1 :], "due")


@pytest.mark.parametrize("sent", ["a", "AAAA", CURSOR[:-1], CURSOR + "AAAA", urlsafe_b64encode(b"[1]").decode()])
def test_a_cursor_that_was_made_up_or_cut_off_is_refused(sent: str) -> None:
    with pytest.raises(Refusal, match="UNKNOWN_CURSOR"):
        CURSORS.read(sent.rstrip("="), "due")


def test_a_cursor_is_of_one_list_in_one_order_of_one_installation() -> None:
    with pytest.raises(Refusal, match="UNKNOWN_CURSOR"):
        CURSORS.read(CURSOR, "reference")
    with pytest.raises(Refusal, match="UNKNOWN_CURSOR"):
        Cursors(TypeAdapter(Place), "support-requests").signed_by("secret").read(CURSOR, "due")
    with pytest.raises(Refusal, match="UNKNOWN_CURSOR"):
        CURSORS.signed_by("another secret").read(CURSOR, "due")
