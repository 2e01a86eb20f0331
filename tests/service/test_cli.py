"""The command line: a stranger understands it, a script can rely on its exit codes, and help answers at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from service.cli import app
from service.cli_failure import Failure
from service.settings import PREFIX, Settings

VERBS = {"dev", "api", "worker", "migrate", "seed", "import", "token", "doctor", "rebuild", "openapi", "release"}
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings, and nothing running."""
    for field in Settings.model_fields:
        monkeypatch.delenv(PREFIX + field.upper(), raising=False)
    monkeypatch.setenv("DATA", str(tmp_path))


def test_every_verb_is_there_and_says_what_it_does() -> None:
    assert {
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    } == VERBS
    help_text = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"}).output
    assert all(f" {verb} " in help_text for verb in VERBS)


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_each_verb_explains_itself(verb: str) -> None:
    answer = CliRunner().invoke(app, [verb, "--help"], env={"COLUMNS": "200"})
    assert answer.exit_code == 0
    assert f"startloket {verb}" in answer.output


def test_help_loads_neither_database_nor_temporal_nor_web_server() -> None:
    heavy = {"sqlalchemy", "temporalio", "fastapi", "uvicorn", "pydantic"}
    program = f"import sys, service.cli; print(sorted({heavy} & set(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_without_settings_a_verb_says_which_are_missing_and_what_to_do() -> None:
    answer = CliRunner().invoke(app, ["worker"])
    assert answer.exit_code == 1
    assert "STARTLOKET_DATABASE_URL: Field required" in answer.stderr
    assert "make run" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_what_is_not_understood_is_another_exit_code() -> None:
    assert CliRunner().invoke(app, ["divine"]).exit_code == 2
    assert CliRunner().invoke(app, ["import", "no-such-file.csv"]).exit_code == 2


def test_a_failure_is_a_sentence_and_advice_even_with_brackets_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise Failure("This [red]cannot be.", "Try [another].")

    monkeypatch.setattr("service.settings.load_settings", fail)
    answer = CliRunner().invoke(app, ["worker"])
    assert (answer.exit_code, answer.stderr) == (1, "This [red]cannot be.\nTry [another].\n")
