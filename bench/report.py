"""What came out: as a table for people, as JSON for machines, and beside what was asked for."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import psutil  # type: ignore[import-untyped]  # it ships no types
from rich.console import Console
from rich.table import Table

from bench.commands import COMMAND, Compared
from bench.life import Lived
from bench.lists import Listed
from bench.pages import Shown

RESULTS = Path(__file__).parent / "results" / "latest.json"
MOST_TIMES_P50, LEAST_OF_THROUGHPUT = 1.6, 0.65
MOST_TIMES_LIST = 1.5
MOST_TIMES_PAGE = 3.0
MOST_EVENTS_PER_COMMAND = 8


@dataclass(frozen=True, kw_only=True)
class Results:
    """All figures of one run."""

    rounds: int
    commands: Mapping[str, Compared]
    lists: tuple[Listed, ...]
    pages: tuple[Shown, ...]
    life: Lived
    bytes_per_cached_request: float
    load_before: float
    load_after: float

    @property
    def times_list(self) -> float:
        """How many times as long a list takes among many: the median of all questions."""
        return median(one.times for one in self.lists)


def targets(results: Results) -> Iterator[tuple[str, str, str, bool]]:
    """What was asked for, what was measured, and whether it is met."""
    command = results.commands[COMMAND]
    slowest = max(results.lists, key=lambda one: one.times)
    yield ("command, times p50", f"≤ {MOST_TIMES_P50}", f"{command.times_p50:.2f}", command.times_p50 <= MOST_TIMES_P50)
    enough = command.of_throughput >= LEAST_OF_THROUGHPUT
    yield ("command, of throughput", f"≥ {LEAST_OF_THROUGHPUT}", f"{command.of_throughput:.2f}", enough)
    yield ("lists, median", f"≤ {MOST_TIMES_LIST}", f"{results.times_list:.2f}", results.times_list <= MOST_TIMES_LIST)
    worst = f"{slowest.times:.2f} ({slowest.question})"
    yield ("lists, slowest", f"≤ {MOST_TIMES_LIST}", worst, slowest.times <= MOST_TIMES_LIST)
    page = max((one for one in results.pages if not one.changed), key=lambda one: one.times)
    enough = page.times <= MOST_TIMES_PAGE
    yield ("pages, slowest", f"≤ {MOST_TIMES_PAGE:g}", f"{page.times:.2f} ({page.page})", enough)
    per_command = results.life.events_per_command
    few = per_command <= MOST_EVENTS_PER_COMMAND
    yield ("history events per command", f"≤ {MOST_EVENTS_PER_COMMAND}", f"{per_command:.1f}", few)
    found = results.life.typed_words_found
    yield ("typed texts in a history", "0", str(found), found == 0)


def show(results: Results, console: Console) -> None:
    """Print the tables."""
    ways = Table(
        "way",
        "p50 ms",
        "× p50",
        "a second",
        "of bare",
        "processor ms",
        "× processor",
        title="A command; a second: 32 at once",
    )
    for name, one in results.commands.items():
        speed = (one.p50_ms, one.times_p50, one.per_second, one.of_throughput)
        ways.add_row(name, *(f"{figure:.2f}" for figure in (*speed, one.processor_ms, one.times_processor)))
    lists = Table("question", "1,000: ms", "100,000: ms", "×", title="Lists")
    for listed in sorted(results.lists, key=lambda one: -one.times):
        lists.add_row(listed.question, f"{listed.few_ms:.2f}", f"{listed.many_ms:.2f}", f"{listed.times:.2f}")
    pages = Table("page", "kB", "ms", "bare: ms", "×", title="Pages among 10,000 requests")
    for shown in results.pages:
        speed = (shown.size / 1000, shown.page_ms, shown.bare_ms, shown.times)
        pages.add_row(shown.page, *(f"{figure:.2f}" for figure in speed))
    life = Table("of a whole life", "", title="Temporal")
    for name, value in asdict(results.life).items():
        life.add_row(name.replace("_", " "), f"{value:g}")
    life.add_row("kB of a worker per cached request", f"{results.bytes_per_cached_request / 1000:.0f}")
    asked = Table("target", "asked", "measured", "met", title="Targets")
    for what, wanted, measured, met in targets(results):
        asked.add_row(what, wanted, measured, "[green]yes[/]" if met else "[red]no[/]")
    for table in (ways, lists, pages, life, asked):
        console.print(table)


def keep(results: Results) -> Path:
    """Write everything as JSON, with the machine it was measured on."""
    RESULTS.parent.mkdir(exist_ok=True)
    met = {what: {"asked": asked, "measured": found, "met": met} for what, asked, found, met in targets(results)}
    written = {"machine": machine(), **asdict(results), "targets": met}
    RESULTS.write_text(json.dumps(written, indent=2, ensure_ascii=False) + "\n")
    return RESULTS


def machine() -> dict[str, Any]:
    """What it was measured on, and when."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9),
        "system": platform.platform(),
        "python": platform.python_version(),
    }
