"""`docs/api.md` names every address, problem and fault, and what it shows can be sent."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from domain.refusal import Refusal
from service.api.app import openapi_document
from service.api.bodies import commands, submission
from service.api.faults import FormFault
from service.errors import PROBLEMS

PAGE = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = [json.loads(block) for block in re.findall(r"```json\n(.+?)```", PAGE, re.DOTALL)]
SENT = [example for example in EXAMPLES if "status" not in example]


def first_column(header: str) -> list[str]:
    """What stands between backticks in the first column of the table with this header."""
    table = PAGE.split(f"| {header} |", 1)[1].split("\n\n", 1)[0]
    return re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)


def test_every_address_is_documented_and_no_other() -> None:
    paths = openapi_document()["paths"]

    assert sorted(first_column("method and path")) == sorted(
        f"{method.upper()} {path}" for path, operations in paths.items() for method in operations
    )


def test_every_problem_is_documented_with_its_status() -> None:
    for problem in PROBLEMS:
        assert f"| `{problem.code}` | {problem.status} |" in PAGE
    assert sorted(first_column("code")) == sorted(problem.code for problem in PROBLEMS)


def test_every_fault_of_form_is_documented() -> None:
    assert sorted(first_column("fault")) == sorted(FormFault.known)


@pytest.mark.parametrize("example", SENT, ids=[example.get("type", "submit") for example in SENT])
def test_every_example_can_be_sent(example: dict[str, object]) -> None:
    form = commands() if "type" in example else submission()
    try:
        form.read(json.dumps(example).encode())
    except Refusal as refusal:
        pytest.fail(f"{refusal.field}: {refusal.code}")
