"""Settings: from the environment, else from the `startloket dev` that runs here, and never a mixture of both."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from service.dev.runtime import Running, Runtime, read_runtime, remove_runtime, write_runtime
from service.settings import PREFIX, Settings, load_settings
from service.temporal import connect_config

URL = "postgresql+psycopg://startloket@/startloket?host=/somewhere"
FOUND = Runtime(
    supervisor=1,
    environment={"STARTLOKET_DATABASE_URL": URL, "STARTLOKET_PORT": "8123", "TEMPORAL_ADDRESS": "127.0.0.1:4321"},
    parts={"api": Running(pid=2, started=3.5)},
)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, and an environment without any setting."""
    for name in (*(PREFIX + field.upper() for field in Settings.model_fields), "TEMPORAL_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_any_postgresql_address_is_reached_with_our_driver(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STARTLOKET_DATABASE_URL", f"{scheme}://me@db/startloket")
    assert load_settings().database_url == "postgresql+psycopg://me@db/startloket"


def test_another_kind_of_database_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STARTLOKET_DATABASE_URL", "sqlite:///startloket.db")
    with pytest.raises(ValidationError, match=r"must begin with postgresql\+psycopg://"):
        load_settings()


def test_without_a_database_and_with_nothing_running_it_says_what_is_missing() -> None:
    with pytest.raises(ValidationError, match="database_url"):
        load_settings()


def test_an_empty_setting_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STARTLOKET_DATABASE_URL", URL)
    monkeypatch.setenv("STARTLOKET_BUILD_ID", "")
    assert load_settings().build_id is None


def test_a_program_without_settings_finds_what_runs_here(data: Path) -> None:
    write_runtime(data, FOUND)
    settings = load_settings()
    assert (settings.database_url, settings.port) == (URL, 8123)
    assert connect_config()["target_host"] == "127.0.0.1:4321"


def test_given_settings_are_not_mixed_with_those_found(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_runtime(data, FOUND)
    monkeypatch.setenv("STARTLOKET_DATABASE_URL", "postgresql://elsewhere/startloket")
    assert load_settings().port == Settings.model_fields["port"].default
    assert connect_config()["target_host"] == "localhost:7233"


def test_a_database_found_here_goes_with_the_temporal_found_here(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_runtime(data, FOUND)
    monkeypatch.setenv("TEMPORAL_ADDRESS", "elsewhere:7233")
    assert connect_config()["target_host"] == "127.0.0.1:4321"


def test_the_note_reads_as_it_was_written_and_goes_when_all_has_stopped(data: Path) -> None:
    write_runtime(data, FOUND)
    assert read_runtime(data) == FOUND
    remove_runtime(data)
    assert read_runtime(data) is None


@pytest.mark.parametrize("wrong", ["urn:nld:kvknr:123:systeem:startloket", "https://example.org"])
def test_the_source_of_events_is_a_urn_with_a_number_of_eight_digits(wrong: str) -> None:
    with pytest.raises(ValidationError, match="event_source"):
        Settings(database_url=URL, event_source=wrong)


def test_every_setting_explains_itself() -> None:
    unexplained = [name for name, field in Settings.model_fields.items() if not (field.description or "").endswith(".")]
    assert unexplained == []
