"""The note that a running `startloket dev` leaves in its data folder, so that other shells find its parts.

`DATA/runtime.json` exists while the parts run: who they are, where they listen, and the environment that leads to
them. This file only reads and writes the note; it is imported by the settings, so it needs the standard library alone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

DEFAULT_DATA = ".data"
FILE_NAME = "runtime.json"


@dataclass(frozen=True, kw_only=True)
class Running:
    """One part that runs now; `started` (seconds since 1970) tells its process from a later one with the same pid."""

    pid: int
    started: float


@dataclass(frozen=True, kw_only=True)
class Runtime:
    """What runs in a data folder: `urls` for people, `environment` for programs."""

    supervisor: int
    urls: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    parts: dict[str, Running] = field(default_factory=dict)


def data_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder that DATA names, `.data` when it names none."""
    return Path(environment.get("DATA") or DEFAULT_DATA)


def read_runtime(folder: Path) -> Runtime | None:
    """What runs in this folder; None when nothing was noted there."""
    try:
        note = json.loads((folder / FILE_NAME).read_text())
    except FileNotFoundError:
        return None
    parts = {name: Running(**running) for name, running in note.pop("parts").items()}
    return Runtime(**note, parts=parts)


def write_runtime(folder: Path, runtime: Runtime) -> None:
    """Replace the note as a whole: a reader sees the old one or the new one, never half of one."""
    fresh = folder / f"{FILE_NAME}.new"
    fresh.write_text(json.dumps(asdict(runtime), indent=2) + "\n")
    fresh.replace(folder / FILE_NAME)


def remove_runtime(folder: Path) -> None:
    """Nothing runs here any more."""
    (folder / FILE_NAME).unlink(missing_ok=True)


def environment_of_running_parts(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What leads a program without settings to the `startloket dev` on this machine.

    Empty as soon as STARTLOKET_DATABASE_URL is set: settings that were given are never mixed with those found.
    """
    if environment.get("STARTLOKET_DATABASE_URL"):
        return {}
    runtime = read_runtime(data_folder(environment))
    return dict(runtime.environment) if runtime else {}


def environment_with(found: Mapping[str, str], environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment for a program that works with these parts; of the caller's, nothing that leads elsewhere."""
    foreign = ("TEMPORAL_", "STARTLOKET_BUILD_ID")
    return {name: value for name, value in environment.items() if not name.startswith(foreign)} | dict(found)
