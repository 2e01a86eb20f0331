"""Records journeys that hold an event of every type, for `tests/storage/test_recorded_events.py` to read for ever.

    python -m tests.domain.record_events

What is recorded stays: an event that was shipped is read by every later release. When a type is new, run this again: it
adds journeys that hold it, and changes none that are there.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from domain.importing import ImportMeeting
from domain.words import MeetingKind, Stage
from storage import codec, log
from tests.domain.dice import Dice
from tests.domain.journey import VENLO, Journey, submission, venlo
from tests.domain.stages import at
from tests.domain.test_importing import LAST_MAY, imported, standing
from tests.domain.test_random_journeys import ALONGSIDE, take_a_step
from tests.domain.test_submitting import FOR_KNOWN, with_open_requests

FOLDER = Path(__file__).parent / "recorded_events"
STEPS = 120
MOST_TRIES = 3000


def main() -> None:
    """Tell prepared and then random journeys until every type was met; keep those in which something is met first."""
    met = {tag for path in FOLDER.glob("*.json") for tag in tags(path)}
    for journey in chain(prepared(), (walk(seed) for seed in range(MOST_TRIES))):
        if not (missing := codec.FACTS.keys() - met):
            return
        if new := missing & {event.type for event in journey.log}:
            met |= new
            write(journey, number=len(list(FOLDER.glob("*.json"))) + 1)
    raise SystemExit(f"never met: {sorted(codec.FACTS.keys() - met)}")


def prepared() -> Iterator[Journey]:
    """What nobody does by chance: a second request for one coalition, and a request found in a list."""
    twin = with_open_requests(VENLO)
    twin.give(venlo, submission(coalition=FOR_KNOWN))
    yield twin
    listed = imported()
    listed.tell(ImportMeeting(kind=MeetingKind.VISIT, starts_at=LAST_MAY, held=True))
    listed.tell(standing(Stage.FOLLOW_UP))
    yield listed


def walk(seed: int) -> Journey:
    """One random journey, the same for the same seed."""
    chance = random.Random(seed)
    journey = at(list(Stage)[seed % len(Stage)])
    journey.facts = ALONGSIDE
    for _ in range(STEPS):
        take_a_step(journey, Dice(chance.randrange(2**20), journey.request, journey.now))
    return journey


def tags(path: Path) -> set[str]:
    """The types of the events in a recorded journey."""
    return {event["type"] for event in json.loads(path.read_text(encoding="utf-8"))["events"]}


def write(journey: Journey, *, number: int) -> None:
    """Keep a journey as the log holds it, with what it led to."""
    events = json.loads(log.write_events(journey.log))
    led_to = {"stage": journey.request.stage.value, "version": journey.request.version}
    lines = ",\n".join(json.dumps(event, ensure_ascii=False, sort_keys=True) for event in events)
    head = json.dumps({"request_id": journey.request.id, "led_to": led_to})[1:-1]
    path = FOLDER / f"journey_{number:02}.json"
    path.write_text(f'{{{head}, "events": [\n{lines}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
