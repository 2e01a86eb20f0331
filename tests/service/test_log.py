"""Logging: one line per fact, one shape for all loggers, and nothing in it that people wrote."""

from __future__ import annotations

import io
import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
import structlog

from service.log import bind_context, set_up_logging
from service.settings import LogFormat, LogLevel

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """Everything logged as JSON so far; how pytest itself listens is put back afterwards."""
    root, stream = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    set_up_logging(LogFormat.JSON, LogLevel.INFO, stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_a_line_tells_event_level_logger_and_time_in_utc(lines: Lines) -> None:
    structlog.get_logger("storage.log").info("events_appended", version=3)
    (line,) = lines()
    assert (line["event"], line["level"], line["logger"], line["version"]) == (
        "events_appended",
        "info",
        "storage.log",
        3,
    )
    assert line["timestamp"].endswith("Z")


def test_what_is_bound_at_the_door_stands_on_every_line_inside_and_on_none_outside(lines: Lines) -> None:
    with bind_context(request_id="r1", role="ADVISOR"), bind_context(command_id="c1"):
        structlog.get_logger().info("command_recorded")
        logging.getLogger("some.library").warning("library_spoke")
    structlog.get_logger().info("afterwards")
    ours, theirs, afterwards = lines()
    for line in (ours, theirs):
        assert (line["request_id"], line["role"], line["command_id"]) == ("r1", "ADVISOR", "c1")
    assert not {"request_id", "role", "command_id", "trace_id"} & set(afterwards)


def test_fields_that_a_library_adds_are_kept_and_the_context_of_temporal_becomes_two_ids(lines: Lines) -> None:
    temporal = {"workflow_id": "request/1", "run_id": "2", "attempt": 1, "namespace": "default"}
    logging.getLogger("temporalio.workflow").warning(
        "record_failed", extra={"what": "catch_up", "temporal_workflow": temporal}
    )
    (line,) = lines()
    assert (line["what"], line["workflow_id"], line["run_id"]) == ("catch_up", "request/1", "2")
    assert "temporal_workflow" not in line


@pytest.mark.parametrize("level", ["debug", "info", "warning", "error", "exception", "critical"])
def test_a_stream_that_is_gone_takes_nothing_down_with_it(lines: Lines, level: str) -> None:
    gone = io.StringIO()
    set_up_logging(LogFormat.JSON, LogLevel.DEBUG, gone)
    gone.close()
    getattr(structlog.get_logger("service.worker"), level)("loop_failed")
    assert lines() == []


def test_nothing_happens_where_nobody_reads_the_lines_any_more(lines: Lines) -> None:
    read, write = os.pipe()
    pipe = os.fdopen(write, "w")
    set_up_logging(LogFormat.JSON, LogLevel.INFO, pipe)
    os.close(read)
    structlog.get_logger().info("request_answered")
    structlog.get_logger().info("request_answered")
    with suppress(BrokenPipeError):
        pipe.close()
    assert lines() == []


def test_a_traceback_does_not_show_what_variables_held(lines: Lines) -> None:
    def fail() -> None:
        typed = "words of a person".replace(" ", "-")
        raise RuntimeError(len(typed))

    try:
        fail()
    except RuntimeError:
        structlog.get_logger().exception("command_failed")
    (line,) = lines()
    assert line["exception"][0]["exc_type"] == "RuntimeError"
    assert "words-of-a-person" not in json.dumps(line)


def test_libraries_do_not_repeat_in_sentences_what_our_events_say(lines: Lines) -> None:
    for name in ("uvicorn.error", "temporalio.worker._worker", "alembic.runtime.migration", "httpx2"):
        logging.getLogger(name).info("Something happened")
    assert lines() == []


def test_people_at_a_terminal_read_lines_without_json() -> None:
    stream = io.StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    set_up_logging(LogFormat.CONSOLE, LogLevel.INFO, stream)
    structlog.get_logger("service.worker").info("worker_started", task_queue="startloket")
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    assert "worker_started" in stream.getvalue()
    assert "{" not in stream.getvalue()
