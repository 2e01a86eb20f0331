"""Events that were shipped are read by every later release: one of each type, in journeys that were recorded once."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from domain.deciding import fold
from domain.event import Event
from storage import codec, log
from storage.requests import bare
from tests.domain.record_events import FOLDER, tags

JOURNEYS = sorted(FOLDER.glob("*.json"))
ADVICE = "run `python -m tests.domain.record_events`, which adds a journey, and commit it; recorded ones never change"


def test_an_event_of_every_type_was_recorded() -> None:
    recorded = set().union(*(tags(path) for path in JOURNEYS))

    assert recorded == codec.FACTS.keys(), ADVICE


@pytest.mark.parametrize("path", JOURNEYS, ids=lambda path: path.stem)
def test_a_recorded_journey_still_leads_where_it_led(path: Path) -> None:
    recorded = json.loads(path.read_text(encoding="utf-8"))
    history = [event(recorded["request_id"], row) for row in recorded["events"]]

    request = bare(fold(recorded["request_id"], history))

    assert {"stage": request.stage, "version": request.version} == recorded["led_to"]


@pytest.mark.parametrize("path", JOURNEYS, ids=lambda path: path.stem)
def test_nothing_that_was_recorded_is_lost_in_reading(path: Path) -> None:
    recorded = json.loads(path.read_text(encoding="utf-8"))
    for row in recorded["events"]:
        written = codec.write_fact(event(recorded["request_id"], row).fact)

        assert written.data.items() >= row["data"].items()
        assert written.texts == row["texts"]


def event(request_id: str, row: dict[str, Any]) -> Event:
    """An event as the log would give it."""
    moment, day = datetime.fromisoformat(row["at"]), date.fromisoformat(row["day"])
    return log.to_event({**row, "request_id": request_id, "at": moment, "day": day})
