"""The reference of the domain as Markdown, written from the code itself so that it cannot drift from it.

`python -m tests.house.reference` writes it anew, and the diagram of the stages; `test_reference_docs` compares.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from domain.event import Fact
from domain.moves import ROWS, STAGES, diagram
from domain.refusal import Reason
from domain.subjects import APPLY, DECIDE
from domain.tasks import FULFILLED_BY
from domain.terms import CLOCKS, LADDERS, Ladder, Waiting
from domain.words import Capacity, Stage

ENDS_WHEN: Mapping[Stage, tuple[str, str]] = MappingProxyType(
    {
        Stage.INTAKE: ("Aanvraag", "staff accept it; or decline or merge it, which closes it"),
        Stage.ASSIGNMENT: ("Adviseur zoeken", "the lead advisor accepts"),
        Stage.VISIT: ("Adviesgesprek", "a visit is reported, or the lead advisor says that none is needed"),
        Stage.KICKOFF: (
            "Startbijeenkomst",
            "every wanted kick-off is reported or dropped; passed over when none is wanted",
        ),
        Stage.FOLLOW_UP: ("Vervolgacties", "the lead advisor finishes the support"),
        Stage.EMBEDDING: (
            "Hoe gaat het verder",
            "the last check-in is answered or lapsed; passed over when none is agreed",
        ),
        Stage.CLOSED: ("Gesloten", "never; staff may reopen it"),
    }
)
BY_LETTER: Mapping[Capacity, str] = MappingProxyType(
    {
        Capacity.STAFF: "staff",
        Capacity.ADVISOR: "advisor",
        Capacity.CANDIDATE: "advisor asked",
        Capacity.MUNICIPALITY: "lead municipality",
        Capacity.PARTICIPANT: "participating municipality",
        Capacity.SUPPORTING_PARTY: "supporting party",
        Capacity.PARTNER: "partner",
        Capacity.NEWCOMER: "newcomer with a confirmed mail address",
        Capacity.TIME: "time",
    }
)
PEOPLE = frozenset(Capacity) - {Capacity.NEWCOMER, Capacity.TIME}

DOCS = Path(__file__).parents[2] / "docs"
REFERENCE, ARCHITECTURE = DOCS / "domain-reference.md", DOCS / "architecture.md"
DIAGRAM = re.compile(r"```mermaid\nstateDiagram.*?\n```", re.DOTALL)

PREFACE = """\
# Reference of the domain

Written by `python -m tests.house.reference` from the code; change the code, not this page. Words are explained in
[the glossary](glossary.md), the stages are drawn in [the architecture](architecture.md). Days are working days."""


def reference() -> str:
    """Write the whole reference: stages, commands, events, tasks, clocks and refusals."""
    return (
        "\n\n".join(
            (
                PREFACE,
                _section("Stages", ("stage", "Dutch", "ends when"), _stages()),
                _section("Commands", ("command", "who", "stages", "what"), _commands()),
                _section("Events", ("event", "audience", "what"), _events()),
                _section("Tasks", ("task", "due", "meanwhile", "fulfilled by"), _tasks()),
                _section("Clocks", ("clock", "runs", "meanwhile"), _clocks()),
                _section("Refusals", ("code", "kind", "Dutch", "English"), _refusals()),
            )
        ).rstrip()
        + "\n"
    )


def _section(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (f"| {' | '.join(row)} |" for row in (heads, ("---",) * len(heads), *rows))
    return f"## {title}\n\n" + "\n".join(lines)


def _stages() -> Iterator[tuple[str, ...]]:
    for stage in Stage:
        dutch, ends = ENDS_WHEN[stage]
        yield f"`{stage}`", dutch, ends


def _commands() -> Iterator[tuple[str, ...]]:
    meanings = {str(getattr(kind, "type")): meaning(kind) for kind in DECIDE}  # noqa: B009 - each has it
    for name, who, when in ROWS:
        yield f"`{name}`", _who(who), _when(when), meanings.get(name, "")


def _who(capacities: tuple[Capacity, ...]) -> str:
    return "everyone on the request" if set(capacities) >= PEOPLE else ", ".join(BY_LETTER[one] for one in capacities)


def _when(stages: tuple[Stage, ...]) -> str:
    if stages == STAGES:
        return "any"
    return f"`{stages[0]}`" if len(stages) == 1 else f"`{stages[0]}` … `{stages[-1]}`"


def _events() -> Iterator[tuple[str, ...]]:
    for kind in sorted(APPLY, key=lambda kind: kind.__name__):
        depends = kind.heard_by is not Fact.heard_by
        yield f"`{kind.__name__}`", "depends on what it is about" if depends else kind.audience.lower(), meaning(kind)


def _tasks() -> Iterator[tuple[str, ...]]:
    for kind in Waiting:
        if kind not in CLOCKS:
            commands = ", ".join(f"`{name}`" for name in FULFILLED_BY[kind])
            yield f"`{kind}`", _due(LADDERS[kind]), _meanwhile(LADDERS[kind]), commands or "what the call is about"


def _clocks() -> Iterator[tuple[str, ...]]:
    for kind in Waiting:
        if kind in CLOCKS:
            yield f"`{kind}`", _due(LADDERS[kind]), _meanwhile(LADDERS[kind])


def _due(ladder: Ladder) -> str:
    days = f"after {ladder.days}" if ladder.days else "on the day that is named"
    if ladder.before is not None:
        days += f", or {ladder.before} before the day aimed at when that is {'later' if ladder.at_least else 'sooner'}"
    return days + (", not in July or August" if ladder.outside_summer else "")


def _meanwhile(ladder: Ladder) -> str:
    return "; ".join(_rungs(ladder)) or "nothing"


def _rungs(ladder: Ladder) -> Iterator[str]:
    yield from (f"reminder after {days}" for days in ladder.remind_after)
    if ladder.remind_half_way:
        yield "reminder half-way"
    yield from (f"reminder {_late(days)}" for days in ladder.remind_late)
    yield from (f"to {desk.lower()} {_late(days)}" for days, desk in ladder.escalate_late)
    if ladder.call_late is not None:
        yield f"a call {_late(ladder.call_late)}"
    elif ladder.municipal_call_late is not None:
        yield f"a call {_late(ladder.municipal_call_late)} when a municipality is waited for"
    if ladder.lapse_after is not None:
        yield f"lapses after {ladder.lapse_after}"
    yield from (f"runs out {_late(days)}" for days in ladder.bring_late)


def _late(days: int) -> str:
    if days == 0:
        return "on the due day"
    return f"{days} past the due day" if days > 0 else f"{-days} before the due day"


def _refusals() -> Iterator[tuple[str, ...]]:
    for code, reason in sorted(Reason.known.items()):
        yield f"`{code}`", reason.kind.lower(), reason.nl, reason.en


def meaning(kind: type) -> str:
    """Give what a command or an event means: the first paragraph of its docstring, on one line."""
    return " ".join((inspect.getdoc(kind) or "").split("\n\n")[0].split())


def with_diagram(page: str) -> str:
    """Put the diagram of the stages in the place of the one on a page."""
    return DIAGRAM.sub(lambda _: f"```mermaid\n{diagram()}\n```", page, count=1)


if __name__ == "__main__":
    REFERENCE.write_text(reference(), encoding="utf-8")
    ARCHITECTURE.write_text(with_diagram(ARCHITECTURE.read_text(encoding="utf-8")), encoding="utf-8")
