"""Redaction: a typed text is blackened wherever the request knew it, and the event stays."""

from __future__ import annotations

import pytest

from domain.redaction import NOTHING_TO_BLACKEN, Redact, blackened
from domain.talking import NoteWritten, TakeNote
from domain.text import BLACKENED, known_as
from domain.words import Audience
from tests.domain.agreements import goal, refused, searching
from tests.domain.journey import Journey, advisor, staff, submitted, under_way, venlo
from tests.domain.stages import completed

SECRET = "Mevrouw Janssen is ziek."


def test_a_blackened_text_is_gone_and_the_event_stays() -> None:
    journey = under_way()
    (written,) = journey.give(venlo, TakeNote(text=SECRET))
    (event,) = journey.give(staff, Redact(seq=written.seq))
    assert event.fact.heard_by() is Audience.PROGRAMME
    assert SECRET not in repr(journey.refolded())
    history = tuple(blackened(journey.log))
    assert [one.seq for one in history] == [one.seq for one in journey.log]
    assert history[written.seq - 1].fact == NoteWritten(text=BLACKENED)
    assert journey.refolded().notes[written.id].text == BLACKENED


def test_texts_are_blackened_however_deep_and_all_else_is_kept() -> None:
    journey = under_way()
    (agreed,) = journey.give(advisor, goal())
    (seat,) = journey.give(advisor, searching())
    for event in (agreed, seat):
        journey.give(staff, Redact(seq=event.seq))
    anew = journey.refolded()
    assert (anew.goals[agreed.id].text, anew.goals[agreed.id].shows) == (BLACKENED, BLACKENED)
    assert anew.goals[agreed.id].means is None
    assert anew.goals[agreed.id].due == journey.request.goals[agreed.id].due
    assert anew.seats[seat.id] == journey.request.seats[seat.id]


@pytest.mark.parametrize("seq", [0, -1, 1000])
def test_only_an_event_that_is_there_can_be_blackened(seq: int) -> None:
    journey: Journey = submitted()
    refused(journey, staff, Redact(seq=seq), NOTHING_TO_BLACKEN, "seq")


def test_also_on_a_closed_request() -> None:
    journey = completed()
    journey.give(staff, Redact(seq=1))
    assert journey.refolded().text == BLACKENED


def test_an_organisation_is_known_by_its_name_however_it_is_written() -> None:
    assert known_as("  Burgerkracht   LIMBURG ") == known_as("burgerkracht limburg")
