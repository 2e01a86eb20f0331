"""Guards docs/operating.md: every setting and every verb stands there, and no document names one that is not."""

import re
from pathlib import Path

import pytest
import typer
from pydantic.fields import FieldInfo

from service.cli import app
from service.settings import PREFIX, Settings

HOUSE = Path(__file__).parents[2]
OPERATING = (HOUSE / "docs" / "operating.md").read_text(encoding="utf-8")
SETTINGS = {PREFIX + name.upper(): field for name, field in Settings.model_fields.items()}
VERBS = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]  # it is a group, for it has verbs
DOCUMENTS = sorted(path for path in (*HOUSE.glob("*.md"), HOUSE / ".env.example", *(HOUSE / "docs").rglob("*.md")))


def row_of(setting: str, field: FieldInfo) -> str:
    """The row of the table of settings, as it must stand."""
    default = "required" if field.is_required() else "–" if field.default is None else f"`{field.default}`"
    return f"| `{setting}` | {default} | {field.description} |"


def test_every_setting_stands_there_with_its_default_and_its_meaning() -> None:
    missing = [row for setting, field in SETTINGS.items() if (row := row_of(setting, field)) not in OPERATING]
    assert missing == [], "put these rows into the table of settings:\n" + "\n".join(missing)


def test_every_verb_stands_there() -> None:
    assert set(re.findall(r"^\| `startloket ([a-z]+)", OPERATING, re.MULTILINE)) == VERBS


@pytest.mark.parametrize("document", DOCUMENTS, ids=[str(path.relative_to(HOUSE)) for path in DOCUMENTS])
def test_no_document_names_what_is_not_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert set(re.findall(rf"\b{PREFIX}[A-Z_]*[A-Z]\b", text)) - set(SETTINGS) == set()
    assert set(re.findall(r"(?<![\w/.-])startloket ([a-z]+)\b", text)) - VERBS == set()
