"""How Startloket logs: structlog, one line per fact, JSON or readable, also for libraries that log their own way.

An event is a fixed snake_case word with fields, never a sentence. What is bound once at the door (`bind_context`)
stands on every line that follows in that request, command or activity. No names, mail addresses or free text.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TextIO

import structlog
from structlog.contextvars import bound_contextvars
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict, Processor, WrappedLogger

from service.settings import LogFormat, LogLevel

QUIET = ("alembic", "httpcore2", "httpx2", "temporalio.worker", "uvicorn")
"""Libraries that tell at INFO, in sentences, what our own events say."""

WITHOUT_LOCALS = structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False))
"""Tracebacks as data; the values of variables stay out, for they hold what people wrote."""


def set_up_logging(log_format: LogFormat, log_level: LogLevel, stream: TextIO | None = None) -> None:
    """Send our own lines and those of the standard library's loggers to one stream (standard error), in one shape.

    Ours are written at once: on their way through the standard library they would take twice as long. May be called
    again; the last call counts.
    """
    stream = stream or sys.stderr
    ending = _ending(log_format, stream)
    structlog.configure(
        processors=[*_shared(), *ending],
        logger_factory=partial(Writer, stream),
        wrapper_class=structlog.make_filtering_bound_logger(log_level),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter(ending))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(log_level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    logging.getLogger("fastapi").setLevel(logging.ERROR)  # It warns of a mail checker that we do not need.


class Writer(structlog.WriteLogger):
    """Writes the lines of one of our loggers. Where the stream is gone the line is lost, and nothing else."""

    def __init__(self, stream: TextIO, name: str = "startloket") -> None:
        super().__init__(stream)
        self.name = name

    def msg(self, message: str) -> None:
        """Write a line."""
        with suppress(OSError, ValueError):
            super().msg(message)

    log = debug = info = warning = error = exception = critical = msg


@contextmanager
def bind_context(
    *,
    request_id: str | None = None,
    command_id: str | None = None,
    role: str | None = None,
    trace_id: str | None = None,
) -> Iterator[None]:
    """Put who and what this is about on every line logged inside; what is None stays as it was outside."""
    given = {"request_id": request_id, "command_id": command_id, "role": role, "trace_id": trace_id}
    with bound_contextvars(**{name: value for name, value in given.items() if value is not None}):
        yield


def _shared() -> list[Processor]:
    """What happens to every line, ours and the libraries'."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _ending(log_format: LogFormat, stream: TextIO) -> list[Processor]:
    """What makes a line of it: for people, or for machines."""
    if log_format is LogFormat.CONSOLE or (log_format is LogFormat.AUTO and stream.isatty()):
        plain = structlog.dev.plain_traceback
        return [structlog.dev.ConsoleRenderer(colors=stream.isatty(), exception_formatter=plain)]
    return [WITHOUT_LOCALS, structlog.processors.JSONRenderer(ensure_ascii=False)]


def _formatter(ending: list[Processor]) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_shared(), structlog.stdlib.ExtraAdder(), _without_temporal_context],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *ending],
    )


def _without_temporal_context(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """Temporal adds its whole context as one field and colours its message; keep the ids that people search for."""
    for field in ("temporal_workflow", "temporal_activity"):
        context = line.pop(field, None)
        if isinstance(context, dict) and "workflow_id" in context:
            line.setdefault("workflow_id", context["workflow_id"])
            line.setdefault("run_id", context.get("run_id") or context.get("workflow_run_id"))
    line.pop("color_message", None)
    return line
