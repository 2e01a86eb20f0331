"""The files of the look, as they are served, and how a page names them."""

from __future__ import annotations

import gzip
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from service.look import making

FOLDER: Final = making.HERE / "made"
NOTE: Final = "look.json"
PACKED: Final = ".gz"
"""What a file is called besides when it is packed; fonts are packed already."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """The names of the files; `ingredients` tells whether they are still what the pages need."""

    ingredients: str
    stylesheet: str
    icon: str
    script: str


def load_look() -> Look:
    """Give the files that were made; a checkout first makes them anew when something they depend on has changed.

    Raises: PackagesMissing when they were never made and cannot be.
    """
    known = _read_note()
    if not making.PACKAGES.is_dir():
        if known is None:
            raise making.PackagesMissing
        return known
    wanted = making.ingredients()
    return known if known and known.ingredients == wanted else _make(wanted)


def _read_note() -> Look | None:
    try:
        return Look(**json.loads((FOLDER / NOTE).read_text(encoding="utf-8")))
    except (FileNotFoundError, TypeError, ValueError):
        return None


def _make(ingredients: str) -> Look:
    """Write every file under a name of its own, the note last: who reads it finds all that it names."""
    made = making.make_everything()
    FOLDER.mkdir(exist_ok=True)
    for one in (made.stylesheet, made.icon, made.script, *made.fonts):
        _write(FOLDER / one.name, one.content)
    for one in (made.stylesheet, made.icon, made.script):
        _write(FOLDER / f"{one.name}{PACKED}", gzip.compress(one.content, mtime=0))
    look = Look(ingredients=ingredients, stylesheet=made.stylesheet.name, icon=made.icon.name, script=made.script.name)
    _write(FOLDER / NOTE, json.dumps(asdict(look)).encode())
    return look


def _write(file: Path, content: bytes) -> None:
    """Replace a file as a whole, whoever else may be making it."""
    number, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(number, "wb") as fresh:
        fresh.write(content)
    Path(name).chmod(0o644)
    Path(name).replace(file)
