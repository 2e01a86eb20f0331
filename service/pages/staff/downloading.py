"""The list as a file: exactly and completely what is filtered, in the same order, with the same columns.

It is read page by page, so that a hundred thousand requests take no more room than a thousand.
"""

from __future__ import annotations

import asyncio
import csv
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import xlsxwriter  # type: ignore[import-untyped]  # it comes without types
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from service.language import message
from service.pages.guarding import Who, get
from service.pages.staff.all_requests import Line, line_of
from service.pages.staff.filtering import wanted
from service.pages.visit import Visit
from storage.listing import Page, every_page
from storage.people import PersonCard, names_of

AT_ONCE: Final = 1000
CALCULATES: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS: Final = (
    message("Reference"),
    message("Municipality"),
    message("Stage"),
    message("At rest"),
    message("Province"),
    message("Advisor"),
    message("Last changed"),
    message("Submitted"),
    message("Next day"),
)

Cells = Sequence[str]
Write = Callable[[Visit, Path], Awaitable[None]]


async def download_csv(visit: Visit) -> Response:
    """Give the list as CSV, as Dutch spreadsheets read it: semicolons, UTF-8 with a mark."""
    return await _file(visit, "csv", "text/csv; charset=utf-8", _write_csv)


async def download_xlsx(visit: Visit) -> Response:
    """Give the list as a workbook."""
    return await _file(visit, "xlsx", XLSX, _write_xlsx)


async def _file(visit: Visit, kind: str, media_type: str, write: Write) -> Response:
    """A file that is written to the disk, sent, and gone."""
    folder = tempfile.TemporaryDirectory()
    path = Path(folder.name, f"requests.{kind}")
    try:
        await write(visit, path)
    except BaseException:
        folder.cleanup()
        raise
    name = f"{visit.say('requests')}-{visit.today.isoformat()}.{kind}"
    headers = {"Cache-Control": "no-store"}
    gone = BackgroundTask(folder.cleanup)
    return FileResponse(path, media_type=media_type, filename=name, headers=headers, background=gone)


async def _write_csv(visit: Visit, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(_heads(visit))
        async for rows in _pages(visit):
            writer.writerows([[_harmless(cell) for cell in row] for row in rows])


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(CALCULATES) else cell


async def _write_xlsx(visit: Visit, path: Path) -> None:
    """Rows go straight to the disk; every cell is text, so nothing in it is calculated."""
    workbook = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = workbook.add_worksheet(visit.say("Requests"))
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(HEADS) - 1, 20)
    bold, line = workbook.add_format({"bold": True}), 0
    for column, head in enumerate(_heads(visit)):
        sheet.write_string(line, column, head, bold)
    async for rows in _pages(visit):
        for row in rows:
            line += 1
            for column, cell in enumerate(row):
                sheet.write_string(line, column, cell)
    sheet.autofilter(0, 0, line, len(HEADS) - 1)
    await asyncio.to_thread(workbook.close)


async def _pages(visit: Visit) -> AsyncIterator[list[Cells]]:
    """All that is filtered, a page at a time."""
    asked = wanted(visit.request.query_params).first.query(AT_ONCE)
    async for page in every_page(visit.parts.engine, visit.account.actor, asked, visit.today):
        people = await _advisors(visit, page)
        yield [_cells(line_of(one, people, visit), visit) for one in page.rows]


async def _advisors(visit: Visit, page: Page) -> Mapping[str, PersonCard]:
    async with visit.reading.connect() as connection:
        return await names_of(connection, {one.lead_advisor for one in page.rows if one.lead_advisor})


def _cells(line: Line, visit: Visit) -> Cells:
    rests = visit.say("yes") if line.rests else visit.say("no")
    days = (line.changed, line.submitted, line.next_due)
    return line.reference, line.municipality, line.stage, rests, line.province, line.advisor, *days


def _heads(visit: Visit) -> Cells:
    return [visit.say(head) for head in HEADS]


routes = (
    get("/aanvragen.csv", download_csv, who=Who.PROGRAMME),
    get("/aanvragen.xlsx", download_xlsx, who=Who.PROGRAMME),
)
