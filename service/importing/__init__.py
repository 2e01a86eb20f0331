"""Import: the programme's existing list becomes requests, each with the past that the list knows.

`table` reads the file, `cells` and `listed` understand a line, `telling` puts it in commands, `taking_over` carries
these out. docs/import.md tells what a list may hold.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from service.database_verbs import with_database
from service.importing.progress import shown_progress
from service.importing.table import read_table
from service.importing.taking_over import Imported, importer, take_over
from service.settings import Settings
from storage.database import AsyncEngine
from storage.people import PersonCard, add_people

IMPORTER = "person:import"
NAME = "Overgenomen uit de lijst van het programma"


def import_file(settings: Settings, file: Path) -> Imported:
    """Take over a list, all of it or nothing, and say what came of it.

    Raises: ListRefused with every mistake, by line; Failure when there is no database.
    """
    table = read_table(file.read_bytes())

    async def work(engine: AsyncEngine) -> Imported:
        with shown_progress("Importing") as progress:
            async with engine.begin() as connection:
                await add_people(connection, {IMPORTER: PersonCard(name=NAME)})
                now = datetime.now(UTC)
                return await take_over(connection, table, now=now, actor=importer(IMPORTER), on_progress=progress)

    imported = with_database(settings, work)
    Console(highlight=False).print(_sentence(imported), markup=False)
    return imported


def _sentence(imported: Imported) -> str:
    before = f" {imported.known} of the list were there already." if imported.known else ""
    requests = "1 request was" if imported.added == 1 else f"{imported.added} requests were"
    return f"{requests} imported.{before}"


__all__ = ["IMPORTER", "Imported", "import_file"]
