"""Reading a CSV file as spreadsheets write it: which encoding, which separator, which column is where.

What the cells mean is decided in `cells`. Lines are counted as an editor counts them, also when a cell has several.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from service.importing.columns import REQUIRED, Column, column_called
from service.importing.mistakes import ListRefused, Mistake

SEPARATORS = ";,\t"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line with something in it: its cells by column, without those that are empty.

    `fingerprint` is the same for the same cells, whatever order, separator or encoding they were written in.
    """

    line: int
    cells: Mapping[Column, str]
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """The lines of a file, and what is wrong with those that are not among them."""

    rows: tuple[Row, ...]
    mistakes: tuple[Mistake, ...] = ()


def read_table(content: bytes) -> Table:
    """Read a file. Without heads that can be told apart there is nothing to read.

    Raises: ListRefused when the file is no text, has no lines, or its heads are wrong.
    """
    text = _decoded(content)
    head_line, _, _ = text.partition("\n")
    records = _records(text, separator=max(SEPARATORS, key=head_line.count))
    heads = _heads(next(records, (1, []))[1])
    rows, mistakes = dict[str, Row](), list[Mistake]()
    for line, cells in records:
        row = _row(line, zip(heads, cells, strict=False))
        first = rows.get(row.fingerprint)
        if any(cell.strip() for cell in cells[len(heads) :]):
            mistakes.append(Mistake(line=line, sentence=f"it has more cells than the {len(heads)} columns"))
        elif first:
            mistakes.append(
                Mistake(line=line, sentence=f"it says the same as line {first.line}; leave one of them out")
            )
        elif row.cells:
            rows[row.fingerprint] = row
    return Table(rows=tuple(rows.values()), mistakes=tuple(mistakes))


def _row(line: int, said: Iterable[tuple[Column, str]]) -> Row:
    cells = {column: cell.strip() for column, cell in said if cell.strip()}
    fingerprint = hashlib.sha256(json.dumps(sorted(cells.items())).encode()).hexdigest()
    return Row(line=line, cells=cells, fingerprint=fingerprint)


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ListRefused([Mistake(line=1, sentence="this is no text; save the list as CSV (UTF-8)")])


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Give each record with the number of the line on which it begins."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise ListRefused([Mistake(line=line, sentence=f"it cannot be read as CSV: {error}")]) from None


def _heads(names: Sequence[str]) -> list[Column]:
    heads = [column_called(name) for name in names]
    known = [head for head in heads if head]
    strange = [name.strip() or "(empty)" for name, head in zip(names, heads, strict=True) if head is None]
    wrong = [
        *(f'column "{name}" is not known; rename it or leave it out' for name in strange),
        *(f'column "{head}" is there twice' for head, number in Counter(known).items() if number > 1),
        *(f'column "{head}" is missing' for head in REQUIRED if head not in known),
    ]
    if wrong:
        raise ListRefused(Mistake(line=1, sentence=sentence) for sentence in wrong)
    return known
