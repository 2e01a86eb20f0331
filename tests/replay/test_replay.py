"""Guards the shell against changes that a running request cannot follow."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from workflows import WORKFLOWS
from workflows.conversion import DATA_CONVERTER

HISTORIES = sorted((Path(__file__).parent / "histories").glob("*.json"))
SIX = {"submit", "command", "wake", "continue_as_new", "crash_and_catch_up", "close_and_reopen"}
WHAT_TO_DO = """
The shell now does something else than it did in {name}, so requests that are under way would get stuck.
Put the change behind `workflow.patched("what-changes")`, so that old histories follow the old path, and record a new
history for the new path under a new name. Never record this one again: it is what requests out there have lived.
"""
KNOWN = re.compile(
    r"""
    [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}      # an id
    | \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z    # a moment
    | \d+                                          # the number of an activity
    | [a-z_]+ | [A-Z_]+                            # a kind, a stage, a code
    """,
    re.VERBOSE,
)


def read(file: Path) -> WorkflowHistory:
    """Read one recorded history."""
    return WorkflowHistory.from_json(file.stem, file.read_text(encoding="utf-8"))


def texts(part: Any) -> Iterator[str]:
    """Find every text that somebody put into a history: in its payloads and in its failures."""
    if isinstance(part, dict):
        if "metadata" in part and "data" in part:
            yield from strings(json.loads(base64.b64decode(part["data"])))
        if "failureInfo" in part or "applicationFailureInfo" in part:
            yield from (part.get("message", ""), part.get("stackTrace", ""))
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from texts(inner)


def strings(value: Any) -> Iterator[str]:
    """Find every text in a value."""
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(inner)


def test_the_six_histories_are_there() -> None:
    assert {file.stem for file in HISTORIES} >= SIX


@pytest.mark.parametrize("file", HISTORIES, ids=lambda file: file.stem)
async def test_a_request_under_way_can_follow_the_shell(file: Path) -> None:
    replayer = Replayer(workflows=WORKFLOWS, data_converter=DATA_CONVERTER)
    result = await replayer.replay_workflow(read(file), raise_on_replay_failure=False)
    if result.replay_failure:
        pytest.fail(f"{result.replay_failure}\n{WHAT_TO_DO.format(name=file.name)}", pytrace=False)


@pytest.mark.parametrize("file", HISTORIES, ids=lambda file: file.stem)
def test_a_history_holds_ids_moments_and_codes_but_no_word_that_a_person_typed(file: Path) -> None:
    found = list(texts(json.loads(file.read_text(encoding="utf-8"))))
    assert len(found) > 5
    assert [text for text in found if text and not KNOWN.fullmatch(text)] == []
